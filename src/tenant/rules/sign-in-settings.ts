/** How people sign in: which settings their page shows, by whom it is opened, and how its form writes them. */
import type { TenantSettings } from "../rules.ts"

const NUMBERS = [
  "passwordCharacters",
  "passwordCharactersWithFactor",
  "sessionIdleMinutes",
  "sessionLifeHours",
] as const
const FACTORS = [
  "secondFactorAgent",
  "secondFactorSupervisor",
  "secondFactorCampaignManager",
  "secondFactorTenantAdmin",
] as const
const OF_THE_APPLIANCE = ["secondFactorPlatformAdmin"] as const

export type SignInNumber = (typeof NUMBERS)[number]
export type FactorSetting = (typeof FACTORS)[number] | (typeof OF_THE_APPLIANCE)[number]
export type SignInSetting = SignInNumber | FactorSetting | "singleSession" | "allowedNetworks"

/** The people who run the appliance are of one level; a company has the four others. */
export const factorSettings = (isAppliance: boolean): readonly FactorSetting[] =>
  isAppliance ? OF_THE_APPLIANCE : FACTORS

export const SIGN_IN_NUMBERS: readonly SignInNumber[] = NUMBERS

/** The settings as the form of the page writes them, field by field. */
export function writtenSignIn(settings: TenantSettings, isAppliance: boolean): Record<string, string[]> {
  const texts = [...NUMBERS, ...factorSettings(isAppliance), "allowedNetworks"] as const
  return {
    ...Object.fromEntries(texts.map((name) => [name, [String(settings[name])]])),
    singleSession: settings.singleSession ? ["on"] : [],
  }
}
