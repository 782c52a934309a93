import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteCallsOf } from "../store/forgetting.ts"

export const forgetCalls = (tx: Tx, conversation: Id): void => deleteCallsOf(tx, conversation)
