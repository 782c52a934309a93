/** What happens to customers. */
import type { Reader, Tx } from "~/database/handles.ts"
import { assert } from "~/kernel/assert.ts"
import type { Id } from "~/kernel/id.ts"
import { type Customer, completed, type Identity, isNobody, mayBe, readdressed, sameCustomer } from "./rules.ts"
import { personOf } from "./store/joins.ts"
import { customerByUserId, customersByPhone, insertCustomer, loadCustomer, updateCustomer } from "./store.ts"

/** Whose message it is: somebody known, with what was missing filled in, or a new customer. */
export function identify(tx: Tx, identity: Identity): Id {
  assert(!isNobody(identity), "a person has a user id or a phone number")
  const known = rowOf(tx, identity)
  if (!known) return introduce(tx, identity)
  const next = completed(known, identity)
  if (!sameCustomer(known, next)) updateCustomer(tx, next)
  return personOf(tx, known.id)
}

/** Somebody known by these ids; whoever has been joined with somebody is that one. */
export function findCustomer(reader: Reader, identity: Pick<Identity, "userId" | "phone">): Customer | null {
  const row = rowOf(reader, identity)
  const person = row && personOf(reader, row.id)
  return row && person !== row.id ? loadCustomer(reader, person ?? row.id) : row
}

/** Whose ids these are: by WhatsApp user id, else by phone unless the number has another owner now. */
export function rowOf(reader: Reader, { userId, phone }: Pick<Identity, "userId" | "phone">): Customer | null {
  const byUserId = userId === null ? null : customerByUserId(reader, userId)
  if (byUserId || phone === null) return byUserId
  return customersByPhone(reader, phone).find((customer) => mayBe(customer, userId)) ?? null
}

type IdentityChange = {
  previous: Pick<Identity, "userId" | "phone">
  current: Pick<Identity, "userId" | "phone">
}

/**
 * The number or the user id of a customer changed: the history follows. Answers whose it was; null when we know nobody
 * by the old ids, or when the new ones are somebody's already (two customers are never joined by themselves).
 */
export function changeIdentity(tx: Tx, { previous, current }: IdentityChange): Id | null {
  const known = isNobody(previous) ? null : rowOf(tx, previous)
  if (!known) return null
  const taken = current.userId === null ? null : customerByUserId(tx, current.userId)
  if (taken && taken.id !== known.id) return null
  const next = readdressed(known, current)
  const person = personOf(tx, known.id)
  if (sameCustomer(known, next)) return person
  updateCustomer(tx, next)
  tx.raise({
    type: "customer.identity_changed",
    customer: person,
    previousPhone: known.phone,
    phone: next.phone,
  })
  return person
}

/** Somebody nobody knew is written to first, under the id that was promised for them. */
export function meet(tx: Tx, given: { customer: Id; phone: string; name: string | null }): void {
  const { customer: id, phone, name } = given
  insertCustomer(tx, { id, whatsappUserId: null, phone, username: null, profileName: null, name })
}

function introduce(tx: Tx, { userId, phone, profileName, username }: Identity): Id {
  const id = tx.newId()
  insertCustomer(tx, { id, whatsappUserId: userId, phone, username, profileName, name: null })
  return id
}
