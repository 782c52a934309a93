/** What came before the message it speaks of: kept until that message becomes known (wire reference §1.2, "Order"). */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, slotRow, statement } from "~/database/statement.ts"
import type { EarlyStatusRow } from "~/database/tables.ts"

const COLUMNS = ["wamid", "status", "at", "item"] as const

const keep = statement((_: Pick<EarlyStatusRow, (typeof COLUMNS)[number]>) =>
  query
    .insertInto("earlyStatus")
    .values(slotRow(COLUMNS))
    .onConflict((conflict) => conflict.doNothing()),
)
const about = statement((p: { wamid: string }) =>
  query.selectFrom("earlyStatus").select(COLUMNS).where("wamid", "=", p.wamid).orderBy("at").orderBy("status"),
)
const forget = statement((p: { wamid: string }) => query.deleteFrom("earlyStatus").where("wamid", "=", p.wamid))

/** Keeps `row`; one of the same kind about the same message is kept once. */
export function keepEarly(tx: Tx, row: EarlyStatusRow): void {
  tx.run(keep, row)
}

/** Takes out everything that came before the message, in the order of its times. */
export function takeEarly(tx: Tx, wamid: string): EarlyStatusRow[] {
  const rows = earlyAbout(tx, wamid)
  if (rows.length > 0) tx.run(forget, { wamid })
  return rows
}

const earlyAbout = (reader: Reader, wamid: string): EarlyStatusRow[] => reader.all(about, { wamid })
