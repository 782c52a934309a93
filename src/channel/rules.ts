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
}

/** What is kept under the key file. */
export type ChannelSecrets = { accessToken: string; appSecret: string; verifyToken: string }
export const SECRET_COLUMNS = ["accessToken", "appSecret", "verifyToken"] as const

/** The words that bind a sealed secret to its row and column. */
export const secretPlace = (phoneNumberId: string, column: keyof ChannelSecrets): string =>
  `channel/${phoneNumberId}/${column}`

export const isMetaId = (text: string): boolean => /^\d{3,32}$/.test(text)
export const isDisplayPhoneNumber = (text: string): boolean => /^\+?[\d ().-]{5,32}$/.test(text)

type Opening = Pick<Channel, "enabled" | "hours" | "timezone">

/** Whether it takes and gives conversations at `now`; `tenantTimezone` counts where it has none of its own. */
export const isOpen = (channel: Opening, tenantTimezone: string, now: Instant): boolean =>
  channel.enabled && openAt(channel.hours, channel.timezone ?? tenantTimezone, now)

export function deadlines(channel: Opening, tenantTimezone: string, now: Instant) {
  const at = channel.enabled ? nextChange(channel.hours, channel.timezone ?? tenantTimezone, now) : null
  return at === null ? [] : [{ kind: "hours_change" as const, at }]
}

export type ServiceStatus = "open" | "mixed" | "closed"

/** S16: open when every number is, closed when none is (or there is none), mixed in between. */
export function overallStatus(open: readonly boolean[]): ServiceStatus {
  if (!open.includes(true)) return "closed"
  return open.includes(false) ? "mixed" : "open"
}
