import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const remove = statement((p: { conversation: Id }) =>
  query.deleteFrom("note").where("conversation", "=", p.conversation),
)
export const deleteNotesOf = (tx: Tx, conversation: Id): void => void tx.run(remove, { conversation })
