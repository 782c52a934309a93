/** What came before the message it speaks of: kept until that message becomes known (wire reference §1.2, "Order"). */
import type { Tx } from "~/database/handles.ts"
import { query, remembered, slotRow, statement } from "~/database/statement.ts"
import type { EarlyStatusRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Letter } from "../rules/content.ts"
import type { StatusReport } from "../rules/delivery.ts"

const COLUMNS = ["wamid", "status", "at", "item"] as const

const keep = statement((_: Pick<EarlyStatusRow, (typeof COLUMNS)[number]>) =>
  query
    .insertInto("earlyStatus")
    .values(slotRow(COLUMNS))
    .onConflict((conflict) => conflict.doNothing()),
)
const about = statement((p: { wamid: string }) =>
  query.selectFrom("earlyStatus").select(["item", "at"]).where("wamid", "=", p.wamid),
)
const anything = remembered(statement(() => query.selectFrom("earlyStatus").select("wamid").limit(1)))
const forget = statement((p: { wamid: string }) => query.deleteFrom("earlyStatus").where("wamid", "=", p.wamid))

/** What is kept: a status, or what a customer did to the message. */
export type Early = { report: StatusReport } | { letter: Letter & { targetWamid: string } }

/** Keeps it under the message's wamid; one of the same `kind` about the same message is kept once. */
export function keepEarly(tx: Tx, wamid: string, kind: string, at: Instant, early: Early): void {
  tx.run(keep, { wamid, status: kind, at, item: JSON.stringify(early) })
}

/** Takes out everything that came before the message, in the order of its times. */
export function takeEarly(tx: Tx, wamid: string): Early[] {
  if (tx.one(anything) === null) return []
  const rows = tx.all(about, { wamid })
  if (rows.length > 0) tx.run(forget, { wamid })
  // Sorted here: asked with every message, and nearly always there is nothing to sort.
  return rows.sort((a, b) => a.at - b.at).map(({ item }) => JSON.parse(item) as Early)
}
