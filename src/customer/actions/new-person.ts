/** A number changed hands: its new owner is somebody else, and the history of the one before is none of theirs. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { customerFor } from "../queries.ts"
import { insertCustomer, noteOpened, updateCustomer } from "../store.ts"
import { mayEdit, putOnRecord, userActing } from "./entering.ts"

/**
 * Makes a new customer of the same WhatsApp ids, to whom what is open belongs from now on; the old one keeps name, number
 * and past. Refuses `customer.no_number` where nothing but a WhatsApp id is known, which never changes hands.
 */
export function startAsNewPerson(tx: Tx, id: Id): Id {
  const known = found(customerFor(tx, userActing(tx), id))
  demand(mayEdit(tx), "customer.may_not_edit")
  demand(known.phone !== null, "customer.no_number")
  const { whatsappUserId, phone, username, profileName } = known
  // Freed first: a user id belongs to one customer at a time. Of two with the same number the later one is found.
  updateCustomer(tx, { ...known, whatsappUserId: null, username: null })
  const newcomer = tx.newId()
  insertCustomer(tx, { id: newcomer, whatsappUserId, phone, username, profileName, name: null })
  noteOpened(tx, newcomer, tx.now)
  tx.raise({ type: "customer.replaced", customer: id, by: newcomer })
  putOnRecord(tx, "customer.replaced", id, { customer: { before: id, after: newcomer } })
  return newcomer
}
