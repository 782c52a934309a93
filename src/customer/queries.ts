/** A customer for whoever may know of them, and what a screen shows beside their conversations. */
import { may } from "~/account/rules/policy.ts"
import { mayKnow } from "~/conversation/queries/of-customer.ts"
import { nameOf } from "~/conversation/queries/refusal.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import { type Tag, tagsOfCustomer } from "~/tag/queries.ts"
import type { Consent } from "./rules/consent.ts"
import type { Customer } from "./rules.ts"
import { isBeingErased } from "./store/erasing.ts"
import { loadOwnFields, loadValues } from "./store/fields.ts"
import { personOf } from "./store/joins.ts"
import { loadBlock, loadConsent } from "./store/standing.ts"
import { loadCustomer } from "./store.ts"

export type PropertyLine = { property: CustomerProperty; value: string }
export type CustomerCard = {
  id: Id
  name: string | null
  otherPhone: string | null
  email: string | null
  language: string | null
  properties: readonly PropertyLine[]
  tags: readonly Tag[]
  block: { at: Instant; by: string; reason: string } | null
  consent: (Consent & { by: string }) | null
}

/** Where a customer is to be found by now: themselves, or whom they have been joined with. */
export { personOf, rowsOfPerson } from "./store/joins.ts"

/**
 * The customer, if the actor has or may see a conversation of theirs; null otherwise, and once they are being erased. One
 * rule for every screen.
 */
export function customerFor(reader: Reader, actor: UserActor, id: Id): Customer | null {
  const customer = loadCustomer(reader, id)
  const isThere = personOf(reader, id) === id && !isBeingErased(reader, id)
  return customer && isThere && mayKnow(reader, actor, id) ? customer : null
}

/** Beside a conversation with the number; null: with none in particular. Whether the reader may see it is asked before. */
export function customerCard(reader: Reader, id: Id, channel: Id | null): CustomerCard {
  const own = loadOwnFields(reader, id)
  const values = loadValues(reader, id)
  const block = loadBlock(reader, id)
  const consent = loadConsent(reader, id)
  return {
    id,
    name: own?.name ?? null,
    otherPhone: own?.otherPhone ?? null,
    tags: tagsOfCustomer(reader, id),
    email: own?.email ?? null,
    language: own?.language ?? null,
    properties: propertiesFor(reader, channel).map((property) => ({ property, value: values.get(property.id) ?? "" })),
    block: block && { at: block.at, reason: block.reason, by: nameOf(reader, block.actor) },
    consent: consent && { ...consent, by: consent.actor === null ? "" : nameOf(reader, consent.actor) },
  }
}

/** Only supervisors block. */
export const mayBlock = (actor: UserActor): boolean => supervises(actor)

/** Bringing in files of customers is for administrators. */
export const mayImport = (actor: UserActor): boolean => may(actor, "administer")

/** Whether what they write goes to nobody. */
export const isBlocked = (reader: Reader, customer: Id): boolean => loadBlock(reader, customer) !== null

/** Whether they may be sent what they have not asked for: marketing templates, campaigns. */
export const mayReceiveMarketing = (reader: Reader, customer: Id): boolean =>
  loadConsent(reader, customer)?.choice !== "out" && !isBlocked(reader, customer)

/** When they wrote first, or were entered. */
export const knownSince = (reader: Reader, id: Id): Instant => found(loadOwnFields(reader, id)).createdAt

export const phoneOf = ({ phone }: Customer): string | null => (phone === null ? null : readablePhone(phone))
