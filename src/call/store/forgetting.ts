import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { replaceDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"

const callsOf = statement((p: { conversation: Id }) =>
  query.selectFrom("call").select("id").where("conversation", "=", p.conversation),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("call").where("id", "=", p.id))

/** With their links, which lead nowhere from now on. */
export function deleteCallsOf(tx: Tx, conversation: Id): void {
  for (const { id } of tx.all(callsOf, { conversation })) {
    replaceDeadlines(tx, id, [])
    tx.run(remove, { id })
  }
}
