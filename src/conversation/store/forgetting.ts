/** A conversation of which nothing else is left. */
import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { replaceDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"

const dropEvents = statement((p: { id: Id }) => query.deleteFrom("event").where("conversation", "=", p.id))
const dropQueues = statement((p: { id: Id }) =>
  query.deleteFrom("conversationOverflow").where("conversation", "=", p.id),
)
const drop = statement((p: { id: Id }) => query.deleteFrom("conversation").where("id", "=", p.id))

export function deleteConversation(tx: Tx, id: Id): void {
  tx.run(dropEvents, { id })
  tx.run(dropQueues, { id })
  replaceDeadlines(tx, id, [])
  tx.run(drop, { id })
}
