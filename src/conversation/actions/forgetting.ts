import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteConversation } from "../store/forgetting.ts"

/** What happened in it, and the conversation itself. */
export const forgetConversation = (tx: Tx, id: Id): void => deleteConversation(tx, id)
