/** A customer entered by hand, before they have ever written. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOfZone, phoneOf } from "~/kernel/phone.ts"
import { demand } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { findCustomer } from "../actions.ts"
import { insertCustomer } from "../store.ts"
import { mayEdit, putOnRecord, userActing } from "./entering.ts"

/**
 * Refuses `customer.may_not_edit`, `customer.not_a_phone` and `customer.known {name}`. An isolated agent makes none:
 * whether somebody is known already would tell them of other skillsets' customers.
 */
export function createCustomer(tx: Tx, given: { name: string; phone: string }): Id {
  demand(mayEdit(tx) && !userActing(tx).isolated, "customer.may_not_edit")
  const phone = phoneOf(given.phone, countryOfZone(tenantProfile(tx).timezone))
  demand(phone !== null, "customer.not_a_phone")
  const known = findCustomer(tx, { userId: null, phone })
  demand(known === null, "customer.known", { name: known?.name ?? known?.profileName ?? given.phone })
  const id = tx.newId()
  insertCustomer(tx, { id, whatsappUserId: null, phone, username: null, profileName: null, name: given.name })
  putOnRecord(tx, "customer.created", id, {})
  return id
}
