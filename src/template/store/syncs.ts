/** How it is kept when an account was synchronised last, and what came of it. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { TemplateSync } from "../rules.ts"

const STANDING = ["nextAttemptAt", "runningSince", "syncedAt", "tries", "count", "problem", "problemDetails"] as const

const byAccount = statement((p: { wabaId: string }) =>
  query.selectFrom("templateSync").selectAll().where("wabaId", "=", p.wabaId),
)
const add = inserting("templateSync", ["wabaId", ...STANDING])
const change = statement((p: TemplateSync) =>
  query.updateTable("templateSync").set(slotRow(STANDING)).where("wabaId", "=", p.wabaId),
)

export const loadSync = (reader: Reader, wabaId: string): TemplateSync | null => reader.one(byAccount, { wabaId })

export function saveSync(tx: Tx, sync: TemplateSync): void {
  if (tx.run(change, sync) === 0) tx.run(add, sync)
}
