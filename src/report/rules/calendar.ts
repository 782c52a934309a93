/** When something counts: hours, days and months as the tenant's clocks showed them. */

import { firstMomentOf, wallAt } from "~/hours/rules/zone.ts"
import { hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"

/**
 * `hour`: the moment at which the clock hour began. `day`: 20261129. `month`: 202611. `clock`: the hour of the day within
 * a month, 20261117: over years it is asked for in the place of every hour.
 */
export const GRAINS = ["hour", "day", "month", "clock"] as const
export type Grain = (typeof GRAINS)[number]
export type Places = Readonly<Record<Grain, number>>

/** A day as a number that sorts: 20261129. */
export type Day = number

const HOUR: Milliseconds = hours(1)
const QUARTER: Milliseconds = minutes(15)

/** The places in which a moment counts. Clocks may show an hour twice, or begin it at any quarter. */
export function placesOf(zone: string, at: Instant): Places {
  const wall = wallAt(zone, at)
  const intoHour = ((wall % HOUR) + HOUR) % HOUR
  const date = new Date(wall)
  const month = date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
  return { hour: at - intoHour, day: month * 100 + date.getUTCDate(), month, clock: month * 100 + date.getUTCHours() }
}

/** The end of the clock hour or of the part of it that a moment is in: clocks change at whole quarters. */
export function endOfPart(zone: string, at: Instant): Instant {
  const { hour } = placesOf(zone, at)
  let end = Math.floor(at / QUARTER) * QUARTER + QUARTER
  while (placesOf(zone, end).hour === hour) end += QUARTER
  return end
}

/** The hour that the clocks show, 0 to 23. */
export const clockAt = (zone: string, at: Instant): number => placesOf(zone, at).clock % 100

export const dayAt = (zone: string, at: Instant): Day => placesOf(zone, at).day

const utcOf = (day: Day): number => Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)
const dayOf = (utc: number): Day => {
  const date = new Date(utc)
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

export const addDays = (day: Day, count: number): Day => dayOf(utcOf(day) + count * hours(24))
/** The first of the month so many months away. */
export const addMonths = (day: Day, count: number): Day =>
  dayOf(Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1 + count, 1))
export const daysBetween = (from: Day, to: Day): number => Math.round((utcOf(to) - utcOf(from)) / hours(24))
/** 1 is Monday. */
export const weekdayOf = (day: Day): number => ((new Date(utcOf(day)).getUTCDay() + 6) % 7) + 1
export const monthOf = (day: Day): number => Math.floor(day / 100)

/** The first moment of a day. */
export const startOfDay = (zone: string, day: Day): Instant => firstMomentOf(zone, utcOf(day))

/** The hours of a day, as they begin: 23 or 25 when the clocks change. */
export function hoursOfDay(zone: string, day: Day): Instant[] {
  const end = startOfDay(zone, addDays(day, 1))
  const found: Instant[] = []
  for (let at = startOfDay(zone, day); at < end; at = endOfPart(zone, at)) found.push(placesOf(zone, at).hour)
  return found
}

/** A date of a form, 2026-11-29; null for what is none. */
export function readDay(text: string): Day | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return null
  const day = Number(found[1]) * 10_000 + Number(found[2]) * 100 + Number(found[3])
  return dayOf(utcOf(day)) === day && day > 19_700_101 ? day : null
}

export const writeDay = (day: Day): string => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")
