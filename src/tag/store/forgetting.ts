import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { TagPlace } from "../rules.ts"

const fromConversation = statement((p: { id: Id }) =>
  query.deleteFrom("conversationTag").where("conversation", "=", p.id),
)
const fromCustomer = statement((p: { id: Id }) => query.deleteFrom("customerTag").where("customer", "=", p.id))

/** Whatever stands there. */
export const detachAll = (tx: Tx, { on, id }: TagPlace): void =>
  void tx.run(on === "conversation" ? fromConversation : fromCustomer, { id })
