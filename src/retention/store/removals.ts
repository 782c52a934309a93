/** Conversations of which something has gone already. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const begun = statement((p: { conversation: Id }) =>
  query.selectFrom("conversationRemoval").select("conversation").where("conversation", "=", p.conversation),
)
const begin = inserting("conversationRemoval", ["conversation", "begunAt"])
const end = statement((p: { conversation: Id }) =>
  query.deleteFrom("conversationRemoval").where("conversation", "=", p.conversation),
)

export const isGoing = (reader: Reader, conversation: Id): boolean => reader.one(begun, { conversation }) !== null
export const beginRemoval = (tx: Tx, conversation: Id): void => void tx.run(begin, { conversation, begunAt: tx.now })
export const endRemoval = (tx: Tx, conversation: Id): void => void tx.run(end, { conversation })
