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
const USUAL_HOURS = 3

/**
 * Nothing came for hours in several of which something came one week and two weeks ago: a certificate, a firewall, a
 * subscription that was lost. A night, and a number on which little is written, are no silence.
 */
export function hasFallenSilent({ lastAt, hours: heard }: Hearing, now: Instant): boolean {
  if (lastAt === null || now - lastAt < SHORTEST || now - lastAt > LONGEST) return false
  const silent = hoursBetween(hourOf(lastAt) + HOUR, hourOf(now))
  const known = new Set(heard)
  const isUsual = (weeks: number) => {
    const then = silent.filter((hour) => known.has(hour - days(7) * weeks)).length
    return then >= 2 && then >= Math.min(USUAL_HOURS, silent.length)
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
