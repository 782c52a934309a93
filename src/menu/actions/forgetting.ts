import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteVisitOf } from "../store/forgetting.ts"

/** Where the customer stood in the menu goes with the conversation; nobody is told. */
export const forgetVisit = (tx: Tx, conversation: Id): void => deleteVisitOf(tx, conversation)
