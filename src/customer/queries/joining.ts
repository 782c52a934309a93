/** What joining two customers would do, who may be the same person, and what is joined already. */
import { titleOf } from "~/conversation/queries/console.ts"
import { nameOf } from "~/conversation/queries/refusal.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import { tagsOfCustomer } from "~/tag/queries.ts"
import { customerFor } from "../queries.ts"
import type { Fields } from "../rules/editing.ts"
import { OWN_FIELDS } from "../rules/editing.ts"
import { type FieldPreview, fieldPreviews, refuseJoin, refuseUndo, variantsOf } from "../rules/joining.ts"
import { propertyColumn } from "../rules/list.ts"
import { loadOwnFields, loadValues } from "../store/fields.ts"
import { conversationsAt, joinsOf, personOf } from "../store/joins.ts"
import { loadBlock, loadConsent } from "../store/standing.ts"
import { loadCustomer } from "../store.ts"

const everyConversation = statement((p: { customer: Id }) =>
  query.selectFrom("conversation").select("id").where("customer", "=", p.customer).orderBy("id"),
)
const firstMessage = statement((p: { conversation: Id }) =>
  query.selectFrom("message").select("id").where("conversation", "=", p.conversation).limit(1),
)
const previous = statement((p: { customer: Id; channel: Id; before: Id }) =>
  query
    .selectFrom("conversation as c")
    .leftJoin("joinedConversation as at", "at.conversation", "c.id")
    .select("at.address")
    .where("c.customer", "=", p.customer)
    .where("c.channel", "=", p.channel)
    .where("c.id", "<", p.before)
    .orderBy("c.id", "desc")
    .limit(1),
)
const openOnes = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("channel", "channel.id", "c.channel")
    .select(["c.channel", "channel.name"])
    .where("c.customer", "=", p.customer)
    .where("c.state", "<>", "closed"),
)

const opened = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.max("openedAt").as("at"))
    .where("customer", "=", p.customer),
)

/** When their latest conversation was opened; 0: there is none. */
export const latestOpening = (reader: Reader, customer: Id): Instant => reader.one(opened, { customer })?.at ?? 0

export const conversationIdsOf = (reader: Reader, customer: Id): Id[] =>
  reader.all(everyConversation, { customer }).map(({ id }) => id)

export const hasMessages = (reader: Reader, conversation: Id): boolean =>
  reader.one(firstMessage, { conversation }) !== null

/** Under which joined number they were spoken with on the channel before; null: their own. */
export const previousAddress = (reader: Reader, before: { customer: Id; channel: Id; before: Id }): Id | null =>
  reader.one(previous, before)?.address ?? null

/** Conversations of the number in which they wrote from another, too. */
export const mixedSince = (reader: Reader, joined: Id): number =>
  conversationsAt(reader, joined).filter(({ isMixed }) => isMixed === 1).length

/** Everything that stands in a customer's fields, those in use. */
function fieldsIn(reader: Reader, customer: Id): Fields {
  const own = found(loadOwnFields(reader, customer))
  const values = loadValues(reader, customer)
  const theirs = propertiesFor(reader, null).map(({ id }) => [propertyColumn(id), values.get(id) ?? ""])
  return Object.fromEntries([...OWN_FIELDS.map((field) => [field, own[field] ?? ""]), ...theirs])
}

export type JoinSide = { id: Id; title: string; phone: string | null; conversations: number }
export type JoinPreview = {
  kept: JoinSide
  joined: JoinSide
  fields: FieldPreview[]
  /** Names of the tags there will be. */
  tags: string[]
  /** One of them wants no marketing, and so nobody of them will get any. */
  becomesOptedOut: boolean
  refusal: Refusal | null
}

export function joinPreview(reader: Reader, actor: UserActor, kept: Id, joined: Id): JoinPreview {
  const one = found(customerFor(reader, actor, kept))
  const other = found(customerFor(reader, actor, joined))
  const side = (customer: typeof one): JoinSide => ({
    id: customer.id,
    title: titleOf(customer),
    phone: customer.phone === null ? null : readablePhone(customer.phone),
    conversations: conversationIdsOf(reader, customer.id).length,
  })
  const choice = (id: Id) => loadConsent(reader, id)?.choice
  const openAt = new Set(reader.all(openOnes, { customer: kept }).map(({ channel }) => channel))
  const both = reader.all(openOnes, { customer: joined }).filter(({ channel }) => openAt.has(channel))
  return {
    kept: side(one),
    joined: side(other),
    fields: fieldPreviews(fieldsIn(reader, kept), fieldsIn(reader, joined)),
    tags: [...new Set([kept, joined].flatMap((id) => tagsOfCustomer(reader, id).map(({ name }) => name)))],
    becomesOptedOut: choice(joined) === "out" && choice(kept) !== "out",
    refusal: refuseJoin({
      isSame: kept === joined,
      keptIsBlocked: loadBlock(reader, kept) !== null,
      joinedIsBlocked: loadBlock(reader, joined) !== null,
      openOnBoth: both.map(({ name }) => name),
    }),
  }
}

/** A number or WhatsApp identity beside the customer's first one. */
export type JoinedAddress = {
  join: Id
  joined: Id
  title: string
  phone: string | null
  username: string | null
  at: Instant
  by: string
  conversations: number
  mixed: number
  /** Why joining them cannot be undone any more; they can be parted all the same. */
  undoRefusal: Refusal | null
}

export function joinedAddresses(reader: Reader, customer: Id): JoinedAddress[] {
  return joinsOf(reader, customer).map((join) => {
    const row = found(loadCustomer(reader, join.joined))
    const held = conversationsAt(reader, join.joined)
    const mixed = held.filter(({ isMixed }) => isMixed === 1).length
    return {
      join: join.id,
      joined: row.id,
      title: titleOf(row),
      username: row.username,
      at: join.at,
      mixed,
      phone: row.phone === null ? null : readablePhone(row.phone),
      by: nameOf(reader, join.actor),
      conversations: held.length - mixed,
      undoRefusal: refuseUndo(join, { mixed }, reader.now),
    }
  })
}

/** Who is the same person as they: by name, or by number. */
export const titlesOfJoined = (reader: Reader, kept: Id): string[] =>
  joinsOf(reader, kept).map(({ joined }) => titleOf(found(loadCustomer(reader, joined))))

/** Joining and parting are for supervisors who may change customers. */
export const mayJoin = (actor: UserActor, { mayEditCustomers }: { mayEditCustomers: boolean }): boolean =>
  supervises(actor) && mayEditCustomers

const MOST_SUGGESTED = 5
const alike = statement((p: { email: string; limit: number }) =>
  query.selectFrom("customer").select("id").where("email", "=", p.email).where("email", "is not", null).limit(p.limit),
)
const numbered = statement((p: { phone: string; limit: number }) =>
  query.selectFrom("customer").select("id").where("phone", "=", p.phone).where("phone", "is not", null).limit(p.limit),
)

export type Suggestion = { id: Id; title: string; phone: string | null; why: "email" | "phone" }

/** Who may be the same person: the same address, or a number that is the same line written otherwise. Never by name. */
export function suggestionsFor(reader: Reader, actor: UserActor, customer: Id): Suggestion[] {
  const own = found(loadOwnFields(reader, customer))
  const { phone } = found(loadCustomer(reader, customer))
  const limit = MOST_SUGGESTED + 1
  const digits = (own.otherPhone ?? "").replace(/\D/g, "").replace(/^00/, "")
  const numbers = [...(phone === null ? [] : [...variantsOf(phone), phone]), ...(digits.length > 6 ? [digits] : [])]
  const hits = [
    ...(own.email === null ? [] : reader.all(alike, { email: own.email, limit })).map(({ id }) => ({
      id,
      why: "email" as const,
    })),
    ...numbers
      .flatMap((one) => reader.all(numbered, { phone: one, limit }))
      .map(({ id }) => ({ id, why: "phone" as const })),
  ]
  const people = new Map(hits.map(({ id, why }) => [personOf(reader, id), why]))
  people.delete(customer)
  return [...people].slice(0, MOST_SUGGESTED).flatMap(([id, why]) => {
    const other = customerFor(reader, actor, id)
    return other
      ? [{ id, title: titleOf(other), phone: other.phone === null ? null : readablePhone(other.phone), why }]
      : []
  })
}
