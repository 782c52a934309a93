import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteNotesOf } from "../store/forgetting.ts"

export const forgetNotes = (tx: Tx, conversation: Id): void => deleteNotesOf(tx, conversation)
