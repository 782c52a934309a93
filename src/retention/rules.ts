/**
 * How long a tenant keeps what. Nothing is removed until somebody chooses; what is open, or under a hold, stays whatever
 * its age. Reports keep their figures: what goes was counted before.
 */
import { firstMomentOf } from "~/hours/rules/zone.ts"
import { settingsOf } from "~/kernel/choices.ts"
import { days, hours, type Instant } from "~/kernel/clock.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { addDays, type Day, dayAt, startOfDay } from "~/report/rules/calendar.ts"

/** Each in days, 0: for ever. */
export type Retention = {
  /** Closed conversations, whole: messages, files, notes, copies by mail. */
  conversationsDays: number
  /** Files alone: the bubble stays and says so. */
  mediaDays: number
  /** What WhatsApp sent, as it came. */
  webhooksDays: number
  /** Notices, mails that went out, what came early. */
  logsDays: number
  /** Who was Ready, Back office or on Break, and when. */
  presenceDays: number
}
export const RETENTION_FIELDS = [
  "conversationsDays",
  "mediaDays",
  "webhooksDays",
  "logsDays",
  "presenceDays",
] as const satisfies readonly (keyof Retention)[]

const span = { standard: 0, least: 0, most: 36_500 } as const

export const RETENTION = settingsOf<Retention>({
  conversationsDays: span,
  mediaDays: span,
  webhooksDays: span,
  logsDays: span,
  presenceDays: span,
})

/**
 * Shorter would take away what people still work with: a closing can be taken back, a customer comes back to their agent,
 * WhatsApp may bring the same webhook for a week, and the team's page shows the last day.
 */
export const LEAST_DAYS: Readonly<Record<keyof Retention, number>> = {
  conversationsDays: 7,
  mediaDays: 1,
  webhooksDays: 7,
  logsDays: 7,
  presenceDays: 7,
}

/** By field: refuses `retention.too_short {days}`; empty when it may be kept so. */
export const refuseRetention = (retention: Partial<Retention>): Partial<Record<keyof Retention, Refusal>> =>
  Object.fromEntries(
    RETENTION_FIELDS.flatMap((field) => {
      const chosen = retention[field] ?? 0
      const isWrong = chosen !== 0 && chosen < LEAST_DAYS[field]
      return isWrong ? [[field, refuse("retention.too_short", { days: LEAST_DAYS[field] })]] : []
    }),
  )

export const removesAnything = (retention: Retention): boolean => RETENTION_FIELDS.some((field) => retention[field] > 0)

/** What came before that moment is kept no longer; null: for ever. */
export const cutOff = (retention: Retention, field: keyof Retention, now: Instant): Instant | null =>
  retention[field] === 0 ? null : now - days(retention[field])

/** In the night, when nobody is in a hurry. */
const HOUR_OF_NIGHT = 3

/** The first night after `doneUntil`, by the tenant's clocks. */
export function nightAfter(zone: string, doneUntil: Instant): Instant {
  for (let day = dayAt(zone, doneUntil); ; day = addDays(day, 1)) {
    const at = nightOf(zone, day)
    if (at > doneUntil) return at
  }
}

/** Three on the clocks of that day; where they jump over it, at the jump. */
const nightOf = (zone: string, day: Day): Instant => {
  const midnight = startOfDay(zone, day)
  const utc = Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)
  return Math.max(midnight, firstMomentOf(zone, utc + hours(HOUR_OF_NIGHT)))
}

export const deadlines = (retention: Retention, doneUntil: Instant, zone: string) =>
  removesAnything(retention) ? [{ kind: "retention_due" as const, at: nightAfter(zone, doneUntil) }] : []

/** So much goes in one commit: whoever writes meanwhile waits for some milliseconds, not for a night's work. */
export const AT_ONCE = {
  messages: 20,
  conversations: 10,
  files: 20,
  webhooks: 100,
  logs: 50,
  changes: 200,
  problems: 500,
  /** Of a quarter of a megabyte each; what is removed is overwritten, which costs as much as writing it did. */
  pieces: 2,
}

export const RUN_PHASES = ["conversations", "media", "webhooks", "logs", "presence", "over"] as const
export type RunPhase = (typeof RUN_PHASES)[number]
export const ERASURE_PHASES = ["conversations", "customer", "webhooks", "traces", "over"] as const
export type ErasurePhase = (typeof ERASURE_PHASES)[number]

export const nextPhase = <Phase extends string>(phases: readonly Phase[], phase: Phase): Phase =>
  phases[phases.indexOf(phase) + 1] ?? phase

export const LONGEST_HOLD_REASON = 300
