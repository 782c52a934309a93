import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteSaidTo } from "../store/forgetting.ts"

export const forgetSaidTo = (tx: Tx, customer: Id): void => deleteSaidTo(tx, customer)
