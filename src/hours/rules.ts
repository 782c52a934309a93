/**
 * Opening hours: when a service number answers. Always, or weekly shifts on the wall clocks of a timezone – split, past
 * midnight, all day. On the night of a change of time a skipped hour is not waited for and a repeated one counts twice.
 */
import { days, type Instant, minutes } from "~/kernel/clock.ts"
import { endMomentOf, firstMomentOf, type Wall, wallAt } from "./rules/zone.ts"

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Minutes after midnight, `to` up to 1440; when `to` is not after `from`, it is on the next day. */
export type Shift = { from: number; to: number }

export type Hours = { kind: "always" } | { kind: "weekly"; weekly: Record<Weekday, readonly Shift[]> }

/** A shift of a particular day: from `opensAt` until just before `closesAt`. */
export type Span = { shift: Shift; opensAt: Instant; closesAt: Instant }

export function openAt(hours: Hours, zone: string, instant: Instant): boolean {
  if (hours.kind === "always") return true
  const today = dayOf(zone, instant)
  return [today - days(1), today].some((day) =>
    spansOf(hours, zone, day).some(({ opensAt, closesAt }) => opensAt <= instant && instant < closesAt),
  )
}

/** When it opens or closes next; null when it never does. */
export function nextChange(hours: Hours, zone: string, instant: Instant): Instant | null {
  if (hours.kind === "always") return null
  const today = dayOf(zone, instant)
  const ahead = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => today + days(index - 1))
  const next = joined(ahead.flatMap((day) => spansOf(hours, zone, day))).find(({ closesAt }) => closesAt > instant)
  if (!next) return null
  if (next.opensAt > instant) return next.opensAt
  return next.closesAt - instant > days(LONGEST_OPEN_DAYS) ? null : next.closesAt
}

/** The shifts that touch the day of `instant`, yesterday's past midnight included; null: always open. */
export function todaysShifts(hours: Hours, zone: string, instant: Instant): Span[] | null {
  if (hours.kind === "always") return null
  const today = dayOf(zone, instant)
  const midnight = firstMomentOf(zone, today)
  return [
    ...spansOf(hours, zone, today - days(1)).filter(({ closesAt }) => closesAt > midnight),
    ...spansOf(hours, zone, today),
  ]
}

/** A week repeats; a second one is looked at for shifts that a change of time swallows. */
const DAYS_AHEAD = 15
/** Whoever is open for longer than a week is open for good. */
const LONGEST_OPEN_DAYS = 8

/** Midnight, on the wall clock, of the day that holds `instant`. */
function dayOf(zone: string, instant: Instant): Wall {
  return Math.floor(wallAt(zone, instant) / days(1)) * days(1)
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: Wall): Weekday => WEEKDAYS[(((day / days(1) + 3) % 7) + 7) % 7]!

function spansOf(hours: Hours & { kind: "weekly" }, zone: string, day: Wall): Span[] {
  return hours.weekly[weekdayOf(day)]
    .map((shift) => ({
      shift,
      opensAt: firstMomentOf(zone, day + minutes(shift.from)),
      closesAt: endMomentOf(zone, day + minutes(shift.to) + (shift.to > shift.from ? 0 : days(1))),
    }))
    .filter(({ opensAt, closesAt }) => opensAt < closesAt)
}

/** Spans in order of time, those that meet made one. */
function joined(spans: readonly Span[]): { opensAt: Instant; closesAt: Instant }[] {
  const result: { opensAt: Instant; closesAt: Instant }[] = []
  for (const { opensAt, closesAt } of [...spans].sort((a, b) => a.opensAt - b.opensAt)) {
    const last = result.at(-1)
    if (last && opensAt <= last.closesAt) last.closesAt = Math.max(last.closesAt, closesAt)
    else result.push({ opensAt, closesAt })
  }
  return result
}
