/** Customers: people who write to us. WhatsApp's user id is the identity; the phone number may be missing. */
import type { Id } from "~/kernel/id.ts"

/** What WhatsApp says of a person; a null says nothing. Phone in digits only, username without "@". */
export type Identity = {
  userId: string | null
  phone: string | null
  profileName: string | null
  username: string | null
}

export type Customer = {
  id: Id
  whatsappUserId: string | null
  phone: string | null
  username: string | null
  profileName: string | null
  /** Given by an agent; wins over what the profile says. */
  name: string | null
}

/** The customer with what was missing filled in; the profile's own words follow the profile. */
export const completed = (customer: Customer, { userId, phone, profileName, username }: Identity): Customer => ({
  ...customer,
  whatsappUserId: customer.whatsappUserId ?? userId,
  phone: customer.phone ?? phone,
  profileName: profileName ?? customer.profileName,
  username: username ?? customer.username,
})

/** The customer under new ids: the number or the user id changed, the person and the history did not. */
export const readdressed = (customer: Customer, current: Pick<Identity, "userId" | "phone">): Customer => ({
  ...customer,
  whatsappUserId: current.userId ?? customer.whatsappUserId,
  phone: current.phone ?? customer.phone,
})

/**
 * Whether somebody found by phone may be the person of this user id. WhatsApp makes a new user id with every new
 * number, so that another id under the same number is a new owner (wire reference §10.1): never a guessed merge.
 */
export const mayBe = (customer: Customer, userId: string | null): boolean =>
  userId === null || customer.whatsappUserId === null || customer.whatsappUserId === userId

/** WhatsApp named nobody at all. */
export const isNobody = ({ userId, phone }: Pick<Identity, "userId" | "phone">): boolean =>
  userId === null && phone === null

export const sameCustomer = (a: Customer, b: Customer): boolean =>
  a.whatsappUserId === b.whatsappUserId &&
  a.phone === b.phone &&
  a.username === b.username &&
  a.profileName === b.profileName &&
  a.name === b.name
