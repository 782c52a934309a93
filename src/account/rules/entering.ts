/** What is still to be done between a right password and a session. */
import type { Level } from "~/facts.ts"
import { days, hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { SecondFactorRule, TenantSettings } from "~/tenant/rules.ts"

/** A code of the second factor, a password of one's own, or a second factor that one has to have. */
export type Need = "code" | "password" | "factor"

export type Standing = {
  hasFactor: boolean
  /** A code was given on this way in. */
  factorPassed: boolean
  /** The password is one that somebody else made. */
  isOneTime: boolean
  rule: SecondFactorRule
}

/** The next thing, or null: come in. Whoever is asked for a code proves that first; nothing is changed before. */
export function nextNeed({ hasFactor, factorPassed, isOneTime, rule }: Standing): Need | null {
  if (hasFactor && !factorPassed) return "code"
  if (isOneTime) return "password"
  return !hasFactor && rule === "required" ? "factor" : null
}

export function factorRule(settings: TenantSettings, level: Level): SecondFactorRule {
  switch (level) {
    case "agent":
      return settings.secondFactorAgent
    case "supervisor":
      return settings.secondFactorSupervisor
    case "campaign_manager":
      return settings.secondFactorCampaignManager
    case "tenant_admin":
      return settings.secondFactorTenantAdmin
    case "platform_admin":
      return settings.secondFactorPlatformAdmin
  }
}

/** How long somebody may take on the way in. */
export const STEP_LIFE: Milliseconds = minutes(15)
/** How long an invitation's one-time password is good (S1). */
export const INVITATION_LIFE: Milliseconds = hours(72)
export const RESET_LIFE: Milliseconds = minutes(30)
/** Somebody who asks again and again is written to no more often than this. */
export const RESETS_AT_ONCE = 3
export const RESETS_COUNTED_FOR: Milliseconds = hours(1)
export const RECOVERY_CODES = 10
/** A browser that signed in once is known for this long. */
export const DEVICE_KNOWN: Milliseconds = days(400)
/** How long somebody may take at a provider. */
export const PROVIDER_VISIT_LIFE: Milliseconds = minutes(10)

/** What is handed over where no mail can be: to be shown once. */
export type Invitation = { username: string; link: string; password: string; until: Instant }
export type Invited = { by: "mail"; to: string } | { by: "hand"; invitation: Invitation }
