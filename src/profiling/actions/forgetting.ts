import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteProfilingOf } from "../store/forgetting.ts"

export const forgetProfiling = (tx: Tx, conversation: Id): void => deleteProfilingOf(tx, conversation)
