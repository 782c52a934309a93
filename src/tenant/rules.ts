/** A tenant: one company on the appliance. Its own choices are kept as JSON of what differs from the defaults. */
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { nearest } from "~/kernel/nearest.ts"

export type TenantSettings = {
  /** How long an offer stands before it moves on. */
  offerTimeoutSeconds: number
  /** An agent who let an offer pass is not offered the same conversation again for this long, unless alone. */
  repeatOfferPauseSeconds: number
}

/** Each setting with its default and the whole numbers it may be. */
export const SETTINGS: { readonly [Key in keyof TenantSettings]: { standard: number; least: number; most: number } } = {
  offerTimeoutSeconds: { standard: 180, least: 1, most: 86_400 },
  repeatOfferPauseSeconds: { standard: 600, least: 0, most: 86_400 },
}
const SETTING_NAMES = Object.keys(SETTINGS) as (keyof TenantSettings)[]

export const DEFAULT_SETTINGS: TenantSettings = {
  offerTimeoutSeconds: SETTINGS.offerTimeoutSeconds.standard,
  repeatOfferPauseSeconds: SETTINGS.repeatOfferPauseSeconds.standard,
}

/** Settings with the defaults filled in; `text` is the tenant's own part as it is kept. */
export function settingsFrom(text: string): TenantSettings {
  if (lastRead?.text !== text)
    lastRead = { text, settings: { ...DEFAULT_SETTINGS, ...(JSON.parse(text) as Partial<TenantSettings>) } }
  return lastRead.settings
}

/** Every command asks; nearly always for the same text as the one before. */
let lastRead: { text: string; settings: TenantSettings } | null = null

/** What of `settings` differs from the defaults, as it is kept. */
export function settingsText(settings: TenantSettings): string {
  const own = SETTING_NAMES.filter((name) => settings[name] !== DEFAULT_SETTINGS[name])
  return JSON.stringify(Object.fromEntries(own.map((name) => [name, settings[name]])))
}

export type SettingProblem = { path: string; reason: string }

/** Some settings as a file or a form gives them, or everything that is wrong with them. */
export function readSettings(
  written: Record<string, unknown>,
): Partial<TenantSettings> | { problems: SettingProblem[] } {
  const problems = Object.entries(written).flatMap(([name, value]) => problemOf(name, value) ?? [])
  return problems.length > 0 ? { problems } : (written as Partial<TenantSettings>)
}

function problemOf(name: string, value: unknown): SettingProblem | null {
  const known = SETTING_NAMES.find((candidate) => candidate === name)
  if (!known) {
    const meant = nearest(name, SETTING_NAMES)
    return { path: `.${name}`, reason: `is not a setting${meant ? `; did you mean ${meant}?` : ""}` }
  }
  const { least, most } = SETTINGS[known]
  const fits = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
  return fits ? null : { path: `.${name}`, reason: `must be a whole number from ${least} to ${most}` }
}

export const offerTimeout = (settings: TenantSettings): Milliseconds => seconds(settings.offerTimeoutSeconds)
export const repeatOfferPause = (settings: TenantSettings): Milliseconds => seconds(settings.repeatOfferPauseSeconds)

/** How long a lost stream may take to come back before its agent counts as disconnected. */
export const LINK_GRACE: Milliseconds = minutes(2)

/** What names a tenant in commands and files: short, lower case, for good. */
export const isSlug = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
