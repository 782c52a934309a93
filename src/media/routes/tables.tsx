/** A file of customers: kept piece by piece until it has been read. */
import { Refused } from "~/kernel/step.ts"
import { tableLimits } from "~/kernel/table/table.ts"
import type { Areas } from "~/web/areas.ts"
import type { Visit } from "~/web/visit.ts"
import { receiveFile } from "../actions/receiving.ts"
import { keepTable } from "../actions.ts"
import { tidyName } from "../rules/kinds.ts"

/** For administrators. */
export const tableFileRoutes = ({ administration }: Areas) =>
  administration().receive("/admin/imports/files", async (visit) => visit.json({ import: await takeTable(visit) }))

async function takeTable({ request, query, act }: Visit): Promise<number> {
  const name = tidyName(query.get("name") ?? "") || "file"
  const tooLarge = (size: number) => size > tableLimits.bytes
  const refused = () =>
    new Refused({ refused: "table.too_large", detail: { megabytes: tableLimits.bytes / 1_000_000 } })
  if (tooLarge(Number(request.headers.get("content-length") ?? 0))) throw refused()
  const receiver = receiveFile(act)
  try {
    for await (const piece of request.body ?? []) {
      if (tooLarge(receiver.size + piece.length)) throw refused()
      await receiver.write(piece)
    }
    const size = receiver.size
    if (size === 0) throw new Refused({ refused: "table.empty" })
    const { keep } = await receiver.end()
    return await act((tx) => keepTable(tx, { file: keep(tx), name, size }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}
