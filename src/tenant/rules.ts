/** A tenant's own choices, with their defaults; kept as JSON of what differs. */
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"

export type TenantSettings = {
  /** How long an offer stands before it moves on. */
  offerTimeoutSeconds: number
  /** An agent who let an offer pass is not offered the same conversation again for this long, unless alone. */
  repeatOfferPauseSeconds: number
}

export const DEFAULT_SETTINGS: TenantSettings = { offerTimeoutSeconds: 180, repeatOfferPauseSeconds: 600 }

/** Settings with the defaults filled in; `text` is the tenant's own part as it is kept. */
export function settingsFrom(text: string): TenantSettings {
  if (lastRead?.text !== text)
    lastRead = { text, settings: { ...DEFAULT_SETTINGS, ...(JSON.parse(text) as Partial<TenantSettings>) } }
  return lastRead.settings
}

/** Every command asks; nearly always for the same text as the one before. */
let lastRead: { text: string; settings: TenantSettings } | null = null

export const offerTimeout = (settings: TenantSettings): Milliseconds => seconds(settings.offerTimeoutSeconds)
export const repeatOfferPause = (settings: TenantSettings): Milliseconds => seconds(settings.repeatOfferPauseSeconds)

/** How long a lost stream may take to come back before its agent counts as disconnected. */
export const LINK_GRACE: Milliseconds = minutes(2)
