/**
 * Opening hours: when a service number answers. Always, or weekly shifts on the wall clocks of a timezone – split, past
 * midnight, all day – but for holidays. On the night of a change of time a skipped hour is not waited for and a repeated
 * one counts twice.
 */
import { days, type Instant, minutes } from "~/kernel/clock.ts"
import { type Holiday, holidayOn, missingYear } from "./rules/holidays.ts"
import { endMomentOf, firstMomentOf, type Wall, wallAt } from "./rules/zone.ts"

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Minutes after midnight, `to` up to 1440; when `to` is not after `from`, it is on the next day. */
export type Shift = { from: number; to: number }

export type Hours =
  | { kind: "always" }
  | { kind: "weekly"; weekly: Record<Weekday, readonly Shift[]>; holidays: readonly Holiday[] }

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
  const horizon = hours.holidays.length > 0 ? LONGEST_YEAR : LONGEST_WEEK
  const today = dayOf(zone, instant)
  let openUntil: Instant | null = null
  for (let day = today - days(1); day < today + horizon; day += days(1)) {
    if (openUntil !== null && openUntil < firstMomentOf(zone, day)) return openUntil
    for (const { opensAt, closesAt } of spansOf(hours, zone, day)) {
      if (closesAt <= instant) continue
      if (openUntil === null && opensAt > instant) return opensAt
      if (openUntil !== null && opensAt > openUntil) return openUntil
      openUntil = Math.max(openUntil ?? 0, closesAt)
    }
  }
  return null
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

/** The holiday of the day that holds `instant`. */
export const todaysHoliday = (hours: Hours, zone: string, instant: Instant): Holiday | null =>
  hours.kind === "always" ? null : holidayOn(hours.holidays, dayOf(zone, instant))

/** In December: the year of which no holidays are entered yet, although there are some of this one. */
export const missingHolidays = (hours: Hours, zone: string, instant: Instant): number | null =>
  hours.kind === "always" ? null : missingYear(hours.holidays, dayOf(zone, instant))

/** The next moment at which the clocks show that minute of the day: today, else tomorrow. */
export function nextTime(zone: string, minuteOfDay: number, now: Instant): Instant {
  const today = dayOf(zone, now) + minutes(minuteOfDay)
  const moment = firstMomentOf(zone, today)
  return moment > now ? moment : firstMomentOf(zone, today + days(1))
}

/** A week repeats; a second one is looked at for shifts that a change of time swallows. */
const LONGEST_WEEK = days(15)
/** Whoever does not open or close for longer than a year, holidays included, never does. */
const LONGEST_YEAR = days(400)

/** Midnight, on the wall clock, of the day that holds `instant`. */
function dayOf(zone: string, instant: Instant): Wall {
  return Math.floor(wallAt(zone, instant) / days(1)) * days(1)
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: Wall): Weekday => WEEKDAYS[(((day / days(1) + 3) % 7) + 7) % 7]!

/** A holiday's shifts stand in place of its weekday's; a night that began the day before goes on. */
function spansOf(hours: Hours & { kind: "weekly" }, zone: string, day: Wall): Span[] {
  const shifts = holidayOn(hours.holidays, day)?.shifts ?? hours.weekly[weekdayOf(day)]
  return shifts
    .map((shift) => ({
      shift,
      opensAt: firstMomentOf(zone, day + minutes(shift.from)),
      closesAt: endMomentOf(zone, day + minutes(shift.to) + (shift.to > shift.from ? 0 : days(1))),
    }))
    .filter(({ opensAt, closesAt }) => opensAt < closesAt)
    .sort((a, b) => a.opensAt - b.opensAt)
}
