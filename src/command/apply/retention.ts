/** How long the file says that what is kept. */
import type { Tx } from "~/database/handles.ts"
import { setRetention } from "~/retention/actions.ts"
import { RETENTION, RETENTION_FIELDS, type Retention, refuseRetention } from "~/retention/rules.ts"
import { refusalLine } from "../wording.ts"
import type { Application } from "./provision.ts"
import { type Shape, settingsBy, tell } from "./shape.ts"

const fields = settingsBy(RETENTION.read)

export const retentionShape: Shape<Partial<Retention>> = (given, path, problems) => {
  const read = fields(given, path, problems)
  if (!read) return undefined
  const refused = refuseRetention(read)
  const wrong = RETENTION_FIELDS.find((field) => refused[field])
  const refusal = wrong && refused[wrong]
  return refusal ? tell(problems, `${path}.${wrong}`, refusalLine(refusal)) : read
}

export function applyRetention(
  { report }: Application,
  tx: Tx,
  entry: Partial<Retention> | undefined,
  slug: string,
): void {
  if (!entry) return
  report.push({ object: `retention of ${slug}`, outcome: setRetention(tx, entry) ? "changed" : "left alone" })
}
