import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteCustomer, takeNames } from "../store/erasing.ts"

/** From this moment nobody finds them: their number, should it write again, is somebody new. */
export function loseNames(tx: Tx, customer: Id): void {
  takeNames(tx, customer)
  tx.ring(`customer-${customer}`, { everyone: true, watchersOnly: true })
}

/** Nothing else is left of them. */
export const forgetCustomer = (tx: Tx, customer: Id): void => deleteCustomer(tx, customer)
