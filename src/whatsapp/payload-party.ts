import { child, digits, either, get, identifier, isRecord, name } from "./payload-read.ts"
import type { Json, Party } from "./payload-types.ts"

/** Who is meant, from the ids beside a message and the `contacts` around it. Either may lack the phone (§10.1). */

type Ids = Pick<Party, "userId" | "parentUserId" | "phone">
type Company = { contacts: readonly unknown[]; companions: number }

export const accountIds = (from: Json | null, phoneKey: string, userKey: string, parentKey: string): Ids => ({
  phone: digits(get(from, phoneKey)),
  userId: identifier(get(from, userKey)),
  parentUserId: identifier(get(from, parentKey)),
})

/** The customer at the `from` or `to` end of `raw`. `recipient` is how a send request names a user id. */
export function partyFor(raw: Json, end: "from" | "to", company: Company): Party {
  const written = accountIds(raw, end, `${end}_user_id`, `${end}_parent_user_id`)
  const ids = end === "to" ? { ...written, userId: written.userId ?? identifier(get(raw, "recipient")) } : written
  const contact = contactOf(ids, company)
  if (contact === null) return { ...ids, profileName: null, username: null }
  const known = partyIn(contact)
  return {
    userId: ids.userId ?? known.userId,
    parentUserId: ids.parentUserId ?? known.parentUserId,
    phone: ids.phone ?? known.phone,
    profileName: known.profileName,
    username: known.username,
  }
}

/** One element of `contacts`, or anything else that names a person the same way. */
export function partyIn(contact: Json | null): Party {
  const profile = child(contact, "profile")
  return {
    ...accountIds(contact, "wa_id", "user_id", "parent_user_id"),
    profileName: name(either(profile, "name")),
    username: usernameOf(get(profile, "username") ?? get(contact, "username")),
  }
}

/** Documented with and without the leading "@" (§10.1). */
const usernameOf = (value: unknown) => name(value)?.replace(/^@/, "") || null

/**
 * The contact with the same id. Without any, a sole contact is taken for a sole message only when neither says
 * otherwise: joining the ids of two people would merge two customers.
 */
function contactOf(ids: Ids, { contacts, companions }: Company): Json | null {
  const records = contacts.filter(isRecord)
  const same = records.find((contact) => {
    const known = partyIn(contact)
    return ids.userId !== null && known.userId !== null
      ? ids.userId === known.userId
      : ids.phone === known.phone && ids.phone !== null
  })
  if (same !== undefined) return same
  const sole = records.length === 1 && companions === 1 ? records[0] : undefined
  return sole !== undefined && !contradicts(ids, partyIn(sole)) ? sole : null
}

const contradicts = (ids: Ids, known: Ids) =>
  (ids.userId !== null && known.userId !== null && ids.userId !== known.userId) ||
  (ids.phone !== null && known.phone !== null && ids.phone !== known.phone)
