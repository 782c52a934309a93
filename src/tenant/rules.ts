/** A tenant: one company on the appliance. Its own choices are kept as JSON of what differs from the defaults. */
import { settingsOf } from "~/kernel/choices.ts"
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"

export type TenantSettings = {
  /** How long an offer stands before it moves on. */
  offerTimeoutSeconds: number
  /** An agent who let an offer pass is not offered the same conversation again for this long, unless alone. */
  repeatOfferPauseSeconds: number
  /** Whether an agent may give back what was offered to them. */
  mayDecline: boolean
}

/** How a tenant's settings are kept, and what each may be. */
export const TENANT_SETTINGS = settingsOf<TenantSettings>({
  offerTimeoutSeconds: { standard: 180, least: 1, most: 86_400 },
  repeatOfferPauseSeconds: { standard: 600, least: 0, most: 86_400 },
  mayDecline: { standard: false },
})

export const offerTimeout = (settings: TenantSettings): Milliseconds => seconds(settings.offerTimeoutSeconds)
export const repeatOfferPause = (settings: TenantSettings): Milliseconds => seconds(settings.repeatOfferPauseSeconds)

/** How long a lost stream may take to come back before its agent counts as disconnected. */
export const LINK_GRACE: Milliseconds = minutes(2)

/** What names a tenant in commands and files: short, lower case, for good. */
export const isSlug = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
