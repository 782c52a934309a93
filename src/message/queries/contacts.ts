/** Whose card may be sent to a customer: colleagues, the tenant's numbers, other customers. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { CardSource, Person } from "../rules/cards.ts"
import { folded } from "../rules/searching.ts"

export type SendableContact = Person & { source: CardSource; id: Id }

const colleagues = statement(() =>
  query
    .selectFrom("user")
    .select(["id", "firstName", "lastName", "email"])
    .where("enabled", "=", 1)
    .orderBy("firstName")
    .orderBy("lastName"),
)
const numbers = statement(() =>
  query.selectFrom("channel").select(["id", "name", "displayPhoneNumber"]).where("enabled", "=", 1).orderBy("name"),
)
const customers = statement((p: { pattern: string; digits: string; limit: number }) =>
  query
    .selectFrom("customer")
    .select(["id", "name", "profileName", "phone"])
    .where("phone", "is not", null)
    .where((row) =>
      row.or([row("name", "like", p.pattern), row("profileName", "like", p.pattern), row("phone", "like", p.digits)]),
    )
    .orderBy("id", "desc")
    .limit(p.limit),
)
const customer = statement((p: { id: Id }) =>
  query.selectFrom("customer").select(["id", "name", "profileName", "phone"]).where("id", "=", p.id),
)
const skillsetsOfCustomer = statement((p: { customer: Id }) =>
  query.selectFrom("conversation").select("skillset").distinct().where("customer", "=", p.customer),
)

const MOST_OF_A_KIND = 20
/** Fewer letters find everybody. */
const LEAST_LETTERS = 2

/** Those whose name or number says `words`; without words colleagues and numbers. */
export function contactsToSend(reader: Reader, actor: UserActor, words: string): SendableContact[] {
  const wanted = folded(words.trim())
  const fits = ({ name, phone }: Person) => wanted === "" || folded(`${name} ${phone ?? ""}`).includes(wanted)
  const ours = [...numbersOf(reader), ...colleaguesOf(reader)].filter(fits)
  const theirs = wanted.length < LEAST_LETTERS ? [] : customersLike(reader, actor, words.trim())
  return [...ours.slice(0, MOST_OF_A_KIND), ...theirs]
}

/** One of them; null when there is none, or not for this actor. */
export function contactToSend(reader: Reader, actor: UserActor, source: CardSource, id: Id): SendableContact | null {
  if (source === "colleague") return colleaguesOf(reader).find((one) => one.id === id) ?? null
  if (source === "number") return numbersOf(reader).find((one) => one.id === id) ?? null
  const row = reader.one(customer, { id })
  return row && row.phone !== null && mayKnow(reader, actor, id) ? customerContact(row) : null
}

function colleaguesOf(reader: Reader): SendableContact[] {
  const { name: company } = tenantProfile(reader)
  return reader.all(colleagues).map(({ id, firstName, lastName, email }) => ({
    source: "colleague",
    id,
    name: `${firstName} ${lastName}`.trim(),
    phone: null,
    email,
    company,
  }))
}

function numbersOf(reader: Reader): SendableContact[] {
  const { name: company } = tenantProfile(reader)
  return reader.all(numbers).map(({ id, name, displayPhoneNumber }) => ({
    source: "number",
    id,
    name: `${company} · ${name}`,
    email: null,
    company,
    phone: readablePhone(displayPhoneNumber.replace(/[^\d+]/g, "")),
  }))
}

function customersLike(reader: Reader, actor: UserActor, words: string): SendableContact[] {
  const digits = words.replace(/\D/g, "")
  const pattern = `%${words.replace(/[%_]/g, "")}%`
  const limit = MOST_OF_A_KIND * (actor.isolated ? 10 : 1)
  return reader
    .all(customers, { pattern, digits: digits.length < LEAST_LETTERS ? "\0" : `%${digits}%`, limit })
    .filter(({ id }) => mayKnow(reader, actor, id))
    .slice(0, MOST_OF_A_KIND)
    .map(customerContact)
}

type Row = { id: Id; name: string | null; profileName: string | null; phone: string | null }

function customerContact({ id, name, profileName, phone }: Row): SendableContact {
  const readable = readablePhone(phone ?? "")
  const called = name ?? profileName ?? readable
  return { source: "customer", id, name: called, phone: readable, email: null, company: null }
}

/** An isolated agent knows only customers who talked with their skillsets (decided ambiguity 13). */
const mayKnow = (reader: Reader, actor: UserActor, id: Id): boolean =>
  !actor.isolated ||
  reader
    .all(skillsetsOfCustomer, { customer: id })
    .some(({ skillset }) => skillset !== null && actor.skillsets.includes(skillset))
