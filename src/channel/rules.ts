/** A service number: one WhatsApp Business number the tenant manages, with its credentials, hours and skillsets. */
import type { Hours } from "~/hours/rules.ts"
import { nextChange, openAt } from "~/hours/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { ChannelSettings } from "./rules/settings.ts"

export type Channel = {
  id: Id
  name: string
  /** Meta's id of the number, unique on the appliance: what webhooks and calls name. */
  phoneNumberId: string
  displayPhoneNumber: string
  wabaId: string
  hours: Hours
  /** IANA name of the clocks its hours are read on; null: the tenant's. */
  timezone: string | null
  enabled: boolean
  settings: ChannelSettings
  /** Why the number may not send at the moment (a key); null: it may. */
  holdReason: string | null
  heldSince: Instant | null
  /** In order of priority; the first is the default one. */
  skillsets: readonly Id[]
  /** A supervisor's word over the hours; null: the hours hold. */
  forced: Forced | null
}

export const FORCED_STATES = ["open", "closed"] as const
/** Ends by itself at `until`. */
export type Forced = { state: (typeof FORCED_STATES)[number]; since: Instant; until: Instant; setBy: Id }

/** What is kept under the key file. */
export type ChannelSecrets = { accessToken: string; appSecret: string; verifyToken: string }
export const SECRET_COLUMNS = ["accessToken", "appSecret", "verifyToken"] as const

/** The words that bind a sealed secret to its row and column. */
export const secretPlace = (phoneNumberId: string, column: keyof ChannelSecrets): string =>
  `channel/${phoneNumberId}/${column}`

export const isMetaId = (text: string): boolean => /^\d{3,32}$/.test(text)
export const isDisplayPhoneNumber = (text: string): boolean => /^\+?[\d ().-]{5,32}$/.test(text)

export type Opening = Pick<Channel, "enabled" | "hours" | "timezone" | "forced">

/** Whether it takes and gives conversations at `now`; `tenantTimezone` counts where it has none of its own. */
export function isOpen(channel: Opening, tenantTimezone: string, now: Instant): boolean {
  if (!channel.enabled) return false
  const forced = forcedAt(channel, now)
  return forced ? forced.state === "open" : openAt(channel.hours, channel.timezone ?? tenantTimezone, now)
}

/** What a supervisor said that still holds. */
export const forcedAt = ({ forced }: Pick<Channel, "forced">, now: Instant): Forced | null =>
  forced && forced.until > now ? forced : null

/** When it opens or closes next, by its hours or because what was forced ends; null: never. */
export function nextOpeningOrClosing(channel: Opening, tenantTimezone: string, now: Instant): Instant | null {
  const zone = channel.timezone ?? tenantTimezone
  const forced = forcedAt(channel, now)
  if (!forced) return nextChange(channel.hours, zone, now)
  const staysAsItIs = openAt(channel.hours, zone, forced.until) === (forced.state === "open")
  return staysAsItIs ? nextChange(channel.hours, zone, forced.until) : forced.until
}

export function deadlines(channel: Opening, tenantTimezone: string, now: Instant) {
  if (!channel.enabled) return []
  const at = forcedAt(channel, now)?.until ?? nextChange(channel.hours, channel.timezone ?? tenantTimezone, now)
  return at === null ? [] : [{ kind: "hours_change" as const, at }]
}

export type ServiceStatus = "open" | "mixed" | "closed"

/** S16: open when every number is, closed when none is (or there is none), mixed in between. */
export function overallStatus(open: readonly boolean[]): ServiceStatus {
  if (!open.includes(true)) return "closed"
  return open.includes(false) ? "mixed" : "open"
}
