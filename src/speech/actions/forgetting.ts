import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteLanguagesFor } from "../store/forgetting.ts"

export const forgetLanguagesFor = (tx: Tx, customer: Id): void => deleteLanguagesFor(tx, customer)
