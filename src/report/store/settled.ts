/** What was counted of conversations and presence that are removed by now: kept, so that counters can be made again. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, slotRow, statement } from "~/database/statement.ts"
import type { ReportCounterRow, ReportPresenceRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { isLongest } from "../rules/measures.ts"
import type { Sum } from "../rules/sums.ts"
import type { KeptPresence } from "../store.ts"

const COUNTER = ["grain", "dimension", "measure", "start", "member", "value"] as const
const KEY = ["tenant", "grain", "dimension", "measure", "start", "member"] as const
const PRESENCE = ["user", "countedTo", "status", "isThere", "since"] as const

const every = statement(() => query.selectFrom("settledCounter").selectAll())
const addTo = statement((_: ReportCounterRow) =>
  query
    .insertInto("settledCounter")
    .values(slotRow(COUNTER))
    .onConflict((conflict) =>
      conflict
        .columns(KEY as never)
        .doUpdateSet((row) => ({ value: row("settledCounter.value", "+", row.ref("excluded.value")) })),
    ),
)
const raiseTo = statement((_: ReportCounterRow) =>
  query
    .insertInto("settledCounter")
    .values(slotRow(COUNTER))
    .onConflict((conflict) =>
      conflict.columns(KEY as never).doUpdateSet((row) => ({
        value: row.fn<number>("max", ["settledCounter.value", "excluded.value"]),
      })),
    ),
)
const forgetTally = statement((p: { conversation: Id }) =>
  query.deleteFrom("reportTally").where("conversation", "=", p.conversation),
)
const presenceOf = statement((p: { user: Id }) =>
  query.selectFrom("settledPresence").selectAll().where("user", "=", p.user),
)
const keepPresence = statement((_: ReportPresenceRow) =>
  query
    .insertInto("settledPresence")
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
const people = statement(() => query.selectFrom("settledPresence").select("user"))

export const settledSums = (reader: Reader): Sum[] => reader.all(every)

export function addSettled(tx: Tx, sums: readonly Sum[]): void {
  for (const sum of sums) tx.run(isLongest(sum.measure) ? raiseTo : addTo, sum)
}

/** How far a conversation was counted is of no use once it is settled. */
export const dropTally = (tx: Tx, conversation: Id): void => void tx.run(forgetTally, { conversation })

export function settledPresence(reader: Reader, user: Id): KeptPresence | null {
  const row = reader.one(presenceOf, { user })
  return row && { presence: { ...row, isThere: row.isThere === 1 }, countedTo: row.countedTo }
}

export const peopleSettled = (reader: Reader): Id[] => reader.all(people).map(({ user }) => user)

export function saveSettledPresence(tx: Tx, { presence, countedTo }: KeptPresence): void {
  const { user, status, isThere, since } = presence
  tx.run(keepPresence, { user, countedTo, status, isThere: isThere ? 1 : 0, since })
}
