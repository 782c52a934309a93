/** The room of people: what a user may be called, how long a session lives, how guessing is slowed down. */
import type { Level } from "~/facts.ts"
import { hours, type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export const LEVELS: readonly Level[] = ["agent", "supervisor", "campaign_manager", "tenant_admin", "platform_admin"]

/** The reserved tenant of the people who run the appliance; it has no customers and no conversations. */
export const APPLIANCE_SLUG = "appliance"

/** Everything the admin decides about a user. */
export type UserDetails = {
  email: string | null
  firstName: string
  lastName: string
  level: Level
  language: string
  maxConversations: number
  isolated: boolean
  outbound: boolean
  /** Change what is known of customers, and their tags. */
  mayEditCustomers: boolean
  loginType: LoginType
  /** Who they are in another system of the company. */
  externalId: string | null
}
/** How somebody proves who they are: here, at the company's directory, at another provider. */
export const LOGIN_TYPES = ["password", "ldap", "external"] as const
export type LoginType = (typeof LOGIN_TYPES)[number]

type Elsewhere = "loginType" | "externalId"
export type NewUser = Omit<UserDetails, Elsewhere> &
  Partial<Pick<UserDetails, Elsewhere>> & { username: string; passwordHash: string | null }

/** Who administers a new tenant first; without a password they are invited like everybody else. */
export type NewAdmin = Pick<NewUser, "username" | "passwordHash" | "email" | "firstName" | "lastName" | "language">

/** They can always get in, whatever happens to a directory or a provider: there must be one at each level of administration. */
export const holdsTheKeys = (user: Pick<UserDetails, "level" | "loginType"> & { enabled: boolean }): boolean =>
  user.enabled && /_admin$/.test(user.level) && user.loginType === "password"

const NAME_CHARACTERS = 100
const MOST_CONVERSATIONS = 100
const CONTROL = /\p{Cc}/u

/** Usernames differ by more than case or composition: lower case, NFC, no space around. */
export const normalUsername = (typed: string): string => typed.normalize("NFC").trim().toLowerCase()

/** Why a (normal) username cannot be one; null when it can. */
export const refuseUsername = (username: string): Refusal | null =>
  /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]{0,63}$/u.test(username) ? null : refuse("username.malformed")

/** Why `details` cannot be a user's; null when they can. `tenant` is the slug of the user's tenant. */
export function refuseDetails(details: UserDetails, tenant: string): Refusal | null {
  const { firstName, lastName, email, externalId, maxConversations, level } = details
  if (firstName.trim() === "" || [firstName, lastName].some(isUnfitName)) return refuse("user.name_malformed")
  if (email !== null && !isMailAddress(email)) return refuseMailAddress(email)
  if (externalId !== null && (externalId.trim() === "" || isUnfitName(externalId)))
    return refuse("user.external_id_malformed")
  if (!Number.isInteger(maxConversations) || maxConversations < 0 || maxConversations > MOST_CONVERSATIONS)
    return refuse("user.max_conversations_out_of_range", { most: MOST_CONVERSATIONS })
  if ((level === "platform_admin") !== (tenant === APPLIANCE_SLUG)) return refuse("user.level_not_here")
  return null
}

const isMailAddress = (text: string): boolean => /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(text)

/** The usual slip is named. */
function refuseMailAddress(text: string): Refusal {
  const meant = text.replaceAll(",", ".")
  return isMailAddress(meant) ? refuse("user.email_comma", { meant }) : refuse("user.email_malformed")
}

const isUnfitName = (name: string) => name.length > NAME_CHARACTERS || CONTROL.test(name)

/** A session ends after `idle` without a person doing something (its live stream is not a person), and after `life`. */
export type SessionLimits = { idle: Milliseconds; life: Milliseconds }
type SessionSettings = { sessionIdleMinutes: number; sessionLifeHours: number }
export const sessionLimits = ({ sessionIdleMinutes, sessionLifeHours }: SessionSettings): SessionLimits => ({
  idle: minutes(sessionIdleMinutes),
  life: hours(sessionLifeHours),
})
/** How stale «last seen» may be: it costs a write. */
export const SEEN_EVERY: Milliseconds = minutes(1)

export type SessionTimes = { createdAt: Instant; lastSeenAt: Instant }
export const sessionEndsAt = ({ createdAt, lastSeenAt }: SessionTimes, { idle, life }: SessionLimits): Instant =>
  Math.min(createdAt + life, lastSeenAt + idle)

/** Failed attempts under one key: an account, a known device of it, or a network. */
export type Failures = { failures: number; lastFailureAt: Instant }
export type ThrottleScope = "account" | "device" | "network"

/** An office shares one network, so a network is given more patience and forgets sooner. */
const PATIENCE: Record<ThrottleScope, { free: number; forgottenAfter: Milliseconds }> = {
  account: { free: 5, forgottenAfter: hours(24) },
  device: { free: 5, forgottenAfter: hours(24) },
  network: { free: 20, forgottenAfter: minutes(15) },
}
export const LONGEST_MEMORY: Milliseconds = hours(24)
const LONGEST_DELAY: Milliseconds = minutes(15)

/** How long to wait after `failures` in a row: nothing below `free`, then 1 s, 2 s, 4 s … 15 min. */
export const delayAfter = (failures: number, free = PATIENCE.account.free): Milliseconds =>
  failures < free ? 0 : Math.min(LONGEST_DELAY, seconds(2 ** (failures - free)))

/** When the next attempt may be made. */
export const nextAttemptAt = (scope: ThrottleScope, known: Failures): Instant =>
  known.lastFailureAt + delayAfter(known.failures, PATIENCE[scope].free)

/** The record after one more attempt at `now`; a long quiet is forgotten. */
export function attempted(scope: ThrottleScope, known: Failures | null, now: Instant): Failures {
  const forgotten = !known || now - known.lastFailureAt > PATIENCE[scope].forgottenAfter
  return { failures: forgotten ? 1 : known.failures + 1, lastFailureAt: now }
}
