/** Two places keep the same rows: what is counted as it happens, and what was counted of what is removed by now. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, slotRow, statement } from "~/database/statement.ts"
import type { ReportCounterRow, ReportPresenceRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { isLongest } from "../rules/measures.ts"
import type { Presence } from "../rules/presence.ts"
import type { Sum } from "../rules/sums.ts"

const COUNTER = ["grain", "dimension", "measure", "start", "member", "value"] as const
const KEY = ["tenant", "grain", "dimension", "measure", "start", "member"] as const
const PRESENCE = ["user", "countedTo", "status", "isThere", "since"] as const

/** Adds sums to those of a table; of what is the longest of something the longer one stays. */
export function addingTo(table: "reportCounter" | "settledCounter") {
  const value = `${table}.value` as const
  const addTo = statement((_: ReportCounterRow) =>
    query
      .insertInto(table)
      .values(slotRow(COUNTER))
      .onConflict((conflict) =>
        conflict.columns(KEY as never).doUpdateSet((row) => ({ value: row(value, "+", row.ref("excluded.value")) })),
      ),
  )
  const raiseTo = statement((_: ReportCounterRow) =>
    query
      .insertInto(table)
      .values(slotRow(COUNTER))
      .onConflict((conflict) =>
        conflict.columns(KEY as never).doUpdateSet((row) => ({
          value: row.fn<number>("max", [value, "excluded.value"]),
        })),
      ),
  )
  return (tx: Tx, sums: readonly Sum[]): void => {
    for (const sum of sums) tx.run(isLongest(sum.measure) ? raiseTo : addTo, sum)
  }
}

export type KeptPresence = { presence: Presence; countedTo: Id }

/** How far the presence of each user is counted, and how they stood then. */
export function presencesIn(table: "reportPresence" | "settledPresence") {
  const presenceOf = statement((p: { user: Id }) => query.selectFrom(table).selectAll().where("user", "=", p.user))
  const keepPresence = statement((_: ReportPresenceRow) =>
    query
      .insertInto(table)
      .values(slotRow(PRESENCE))
      .onConflict((conflict) =>
        conflict.column("user").doUpdateSet((row) => ({
          countedTo: row.ref("excluded.countedTo"),
          status: row.ref("excluded.status"),
          isThere: row.ref("excluded.isThere"),
          since: row.ref("excluded.since"),
        })),
      ),
  )
  return {
    load(reader: Reader, user: Id): KeptPresence | null {
      const row = reader.one(presenceOf, { user })
      return row && { presence: { ...row, isThere: row.isThere === 1 }, countedTo: row.countedTo }
    },
    save(tx: Tx, { presence, countedTo }: KeptPresence): void {
      const { user, status, isThere, since } = presence
      tx.run(keepPresence, { user, countedTo, status, isThere: isThere ? 1 : 0, since })
    },
  }
}
