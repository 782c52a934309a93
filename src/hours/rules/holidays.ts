/** Days that are not like their weekday: once, every year, or so many days before or after Easter Sunday. */
import { days } from "~/kernel/clock.ts"
import type { Shift } from "../rules.ts"
import type { Wall } from "./zone.ts"

export type HolidayDate =
  | { kind: "once"; year: number; month: number; day: number }
  | { kind: "yearly"; month: number; day: number }
  /** `offset` in days from Easter Sunday of the Gregorian calendar: +1 is Easter Monday, −2 Good Friday. */
  | { kind: "easter"; offset: number }

/** `shifts`: when it is open all the same; none: closed. */
export type Holiday = { date: HolidayDate; name: string; shifts: readonly Shift[] }

/** What holds on `day` (its midnight on the wall clock): a date of that year before one of every year. */
export function holidayOn(holidays: readonly Holiday[], day: Wall): Holiday | null {
  if (holidays.length === 0) return null
  const on = holidays.filter(({ date }) => isOn(date, day))
  return KINDS.flatMap((kind) => on.find(({ date }) => date.kind === kind) ?? [])[0] ?? null
}

/** The most particular first. */
const KINDS: readonly HolidayDate["kind"][] = ["once", "easter", "yearly"]

/**
 * In December: the year whose movable holidays nobody has entered yet, although this year's were; null when none is
 * missing.
 */
export function missingYear(holidays: readonly Holiday[], today: Wall): number | null {
  const at = new Date(today)
  if (at.getUTCMonth() !== 11) return null
  const has = (year: number) => holidays.some(({ date }) => date.kind === "once" && date.year === year)
  const year = at.getUTCFullYear()
  const next = at.getUTCFullYear() + 1
  return has(year) && !has(next) ? next : null
}

/** Whether the calendar has such a day, in some year at least. */
export function isDate(date: HolidayDate): boolean {
  if (date.kind === "easter") return Math.abs(date.offset) <= MOST_FROM_EASTER
  const at = new Date(Date.UTC(date.kind === "once" ? date.year : LEAP_YEAR, date.month - 1, date.day))
  return at.getUTCMonth() === date.month - 1 && at.getUTCDate() === date.day
}

const LEAP_YEAR = 2028
/** Within the same year, whenever Easter is. */
const MOST_FROM_EASTER = 70

/** Whether a day of the calendar is one that the date means. */
export function isOn(date: HolidayDate, day: Wall): boolean {
  const at = new Date(day)
  const year = at.getUTCFullYear()
  const month = at.getUTCMonth() + 1
  const dayOfMonth = at.getUTCDate()
  switch (date.kind) {
    case "once":
      return date.year === year && date.month === month && date.day === dayOfMonth
    case "yearly":
      return date.month === month && date.day === dayOfMonth
    case "easter":
      return easterSunday(year) + days(date.offset) === day
  }
}

/** By the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): Wall {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const skippedMoons = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - skippedMoons + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7
  const tooLate = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const afterMarch = epact + toSunday - 7 * tooLate + 114
  return Date.UTC(year, Math.floor(afterMarch / 31) - 1, (afterMarch % 31) + 1)
}
