/** What «Start Conversation» asks: from which numbers, to whom, and who of them may be written to freely (S20). */
import { isBlocked, mayReceiveMarketing, personOf } from "~/customer/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf, countryOfZone, phoneOf, readablePhone } from "~/kernel/phone.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { maySee } from "../rules/policy.ts"
import { ownerOf, windowOpen } from "../rules.ts"
import { findOpen, lastWindowEnd } from "../store.ts"
import { titleOf } from "./console.ts"
import { nameOf } from "./refusal.ts"

const outbound = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["outbound", "enabled"]).where("id", "=", p.id),
)
const channels = statement(() =>
  query
    .selectFrom("channel")
    .select(["id", "name", "displayPhoneNumber", "wabaId", "holdReason"])
    .where("enabled", "=", 1)
    .orderBy("name"),
)
const served = statement(() => query.selectFrom("channelSkillset").select(["channel", "skillset"]))

/** Whether the admin lets a user write first. */
export function mayStart(reader: Reader, user: Id): boolean {
  const row = reader.one(outbound, { id: user })
  return row !== null && row.outbound === 1 && row.enabled === 1
}

export type StartChannel = { id: Id; name: string; phone: string; wabaId: string; holdReason: string | null }

/** The numbers a user may write from: for an isolated one, those that serve their skillsets. */
export function startChannels(reader: Reader, actor: UserActor): StartChannel[] {
  const own = new Set(
    reader
      .all(served)
      .filter(({ skillset }) => actor.skillsets.includes(skillset))
      .map(({ channel }) => channel),
  )
  return reader
    .all(channels)
    .filter(({ id }) => !actor.isolated || own.has(id))
    .map(({ displayPhoneNumber, ...rest }) => ({ ...rest, phone: readablePhone(digits(displayPhoneNumber)) }))
}

const digits = (phone: string): string => phone.replace(/\D/g, "")

/** The country a number is from when it is written without one. */
export function startCountry(reader: Reader): string | null {
  const [first] = reader.all(channels)
  return countryOfZone(tenantProfile(reader).timezone) ?? (first ? countryOf(digits(first.displayPhoneNumber)) : null)
}

export const isServiceNumber = (reader: Reader, phone: string): boolean =>
  reader.all(channels).some(({ displayPhoneNumber }) => digits(displayPhoneNumber) === phone)

const MOST_SHOWN = 30
/** So many of the latest are looked through for a name; a customer of ten years ago is found by number. */
const MOST_LOOKED_AT = 5_000

const COLUMNS = ["id", "name", "profileName", "phone", "username"] as const
const latest = statement((p: { limit: number }) =>
  query.selectFrom("customer").select(COLUMNS).orderBy("id", "desc").limit(p.limit),
)
const skillsetsOf = statement((p: { customer: Id }) =>
  query.selectFrom("conversation").select("skillset").where("customer", "=", p.customer),
)

export type StartCustomer = {
  id: Id
  title: string
  phone: string | null
  /** They wrote to the number in the last 24 hours: until when it may be written to freely. */
  windowEndsAt: Instant | null
  /** They may not be written to at all, or not what they have not asked for. */
  isBlocked: boolean
  isOptedOut: boolean
  /** There is a conversation already. */
  open: { id: Id | null; ownerName: string; isMine: boolean } | null
}
/** A number typed by hand that is nobody's yet. */
export type StartNumber = { phone: string; digits: string; country: string | null }
export type StartSearch = { customers: StartCustomer[]; number: StartNumber | null }

/** Customers that fit the words, by name (accents and case ignored) or number, and the number itself when it is one. */
export function startSearch(reader: Reader, actor: UserActor, channel: Id, words: string): StartSearch {
  const wanted = folded(words).split(/\s+/).filter(Boolean)
  const number = digits(words)
  const fits = (row: {
    name: string | null
    profileName: string | null
    phone: string | null
    username: string | null
  }) => {
    const text = folded([row.name, row.profileName, row.username].filter(Boolean).join(" "))
    const isNumber = number.length >= 3 && (row.phone ?? "").includes(number.replace(/^0+/, ""))
    return isNumber || wanted.every((word) => text.includes(word))
  }
  const rows = reader.all(latest, { limit: MOST_LOOKED_AT }).filter(fits)
  const people = new Map(rows.map((row) => [personOf(reader, row.id), row]))
  const customers = [...people]
    .filter(([id]) => mayAddress(reader, actor, id))
    .slice(0, MOST_SHOWN)
    .flatMap(([id, row]) => (id === row.id ? row : (reader.one(oneCustomer, { id }) ?? [])))
    .map((row) => startCustomer(reader, actor, channel, row))
  const phone = /^[\d\s+().\-/]{5,}$/.test(words.trim()) ? phoneOf(words, startCountry(reader)) : null
  return { customers, number: phone === null || isKnownTo(reader, actor, phone) ? null : numberOf(phone) }
}

const byPhone = statement((p: { phone: string }) =>
  query.selectFrom("customer").select("id").where("phone", "=", p.phone),
)

const isKnownTo = (reader: Reader, actor: UserActor, phone: string): boolean =>
  reader.all(byPhone, { phone }).some(({ id }) => mayAddress(reader, actor, personOf(reader, id)))

const numberOf = (phone: string): StartNumber => ({
  phone: readablePhone(phone),
  digits: phone,
  country: countryOf(phone),
})

/** A number that was offered before and is still typed: in digits, with its country code. */
export function startNumber(
  reader: Reader,
  actor: UserActor,
  digitsGiven: string,
  words: string | null,
): StartNumber | null {
  const phone = phoneOf(`+${digitsGiven}`, null)
  const isTyped = words === null || phoneOf(words, startCountry(reader)) === phone
  return phone === null || !isTyped || isKnownTo(reader, actor, phone) ? null : numberOf(phone)
}

const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** Isolated: only whoever talked with their skillsets. */
const mayAddress = (reader: Reader, actor: UserActor, customer: Id): boolean =>
  !actor.isolated ||
  reader.all(skillsetsOf, { customer }).some(({ skillset }) => skillset !== null && actor.skillsets.includes(skillset))

type Row = { id: Id; name: string | null; profileName: string | null; phone: string | null; username: string | null }

function startCustomer(reader: Reader, actor: UserActor, channel: Id, row: Row): StartCustomer {
  const windowEndsAt = lastWindowEnd(reader, row.id, channel)
  const open = findOpen(reader, row.id, channel)
  const owner = open && ownerOf(open)
  return {
    id: row.id,
    title: titleOf(row),
    phone: row.phone === null ? null : readablePhone(row.phone),
    isBlocked: isBlocked(reader, row.id),
    isOptedOut: !mayReceiveMarketing(reader, row.id),
    windowEndsAt: windowOpen({ windowEndsAt }, reader.now) ? windowEndsAt : null,
    open: open && {
      id: maySee(actor, open) ? open.id : null,
      ownerName: owner === null || !maySee(actor, open) ? "" : nameOf(reader, owner),
      isMine: owner === actor.id,
    },
  }
}

const oneCustomer = statement((p: { id: Id }) => query.selectFrom("customer").select(COLUMNS).where("id", "=", p.id))

/** One customer as the search lists them; null when there is none, or not for this actor. */
export function startCustomerById(reader: Reader, actor: UserActor, channel: Id, id: Id): StartCustomer | null {
  const row = reader.one(oneCustomer, { id })
  return row && mayAddress(reader, actor, id) ? startCustomer(reader, actor, channel, row) : null
}
