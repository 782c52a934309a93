/** Whether a number is well: it may send, and Meta is heard for it as usual. */
import { days, hours, type Instant, type Milliseconds } from "~/kernel/clock.ts"

/** The hours in which Meta was heard, by their beginning; `lastAt` is the latest moment. */
export type Hearing = { lastAt: Instant | null; hours: readonly Instant[] }

export const HOUR: Milliseconds = hours(1)
export const hourOf = (at: Instant): Instant => Math.floor(at / HOUR) * HOUR

/** Weeks are alike: so much is kept to compare with. */
export const HEARING_KEPT: Milliseconds = days(22)
/** Nobody compares longer silences: after that the number is out of use. */
const LONGEST: Milliseconds = days(7)
const SHORTEST: Milliseconds = hours(2)

/**
 * Nothing came for hours in which something came one week and two weeks ago, every hour of them but one: a certificate,
 * a firewall, a subscription that was lost. Quiet numbers are never silent.
 */
export function hasFallenSilent({ lastAt, hours: heard }: Hearing, now: Instant): boolean {
  if (lastAt === null || now - lastAt < SHORTEST || now - lastAt > LONGEST) return false
  const silent = hoursBetween(hourOf(lastAt) + HOUR, hourOf(now))
  const known = new Set(heard)
  const isUsual = (weeks: number) => {
    const then = silent.filter((hour) => known.has(hour - days(7) * weeks)).length
    return then >= 2 && then >= silent.length - 1
  }
  return isUsual(1) && isUsual(2)
}

function hoursBetween(from: Instant, until: Instant): Instant[] {
  const count = Math.max(0, Math.round((until - from) / HOUR))
  return Array.from({ length: count }, (_, index) => from + index * HOUR)
}

export type Standing = "off" | "held" | "silent" | "unheard" | "well"

/** What has to be said of a number first. */
export function standingOf(
  channel: { enabled: boolean; holdReason: string | null; hearing: Hearing },
  now: Instant,
): Standing {
  if (!channel.enabled) return "off"
  if (channel.holdReason !== null) return "held"
  if (channel.hearing.lastAt === null) return "unheard"
  return hasFallenSilent(channel.hearing, now) ? "silent" : "well"
}
