/** A year's holidays put into the hours of a number: what it has already stays as it is, half days included. */
import type { CalendarDay, CalendarProblem } from "~/hours/rules/calendar.ts"
import { type Holiday, isOn } from "~/hours/rules/holidays.ts"
import { readHours, writeHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"

/** A year as it is looked at before anything is added. */
export type HolidayPreview = {
  year: number
  days: readonly {
    /** `2027-01-06` */
    date: string
    name: string
    hours: string
    /** In which numbers it stands already, and as what. */
    there: readonly { number: string; name: string; isHalf: boolean }[]
    /** In one of the numbers at least. */
    isNew: boolean
  }[]
  problems: readonly CalendarProblem[]
  otherYears: number
  /** Numbers to which holidays mean nothing. */
  aroundTheClock: readonly string[]
}
/** What would become of a day in a number's hours: new, or it is there already, under that name and with those hours. */
export type Placed = { day: CalendarDay; there: Holiday | null }

/** Null: it is open around the clock, and holidays mean nothing to it. */
export function placed(hours: Hours, found: readonly CalendarDay[]): Placed[] | null {
  if (hours.kind === "always") return null
  return found.map((day) => ({ day, there: hours.holidays.find(({ date }) => isOn(date, day.day)) ?? null }))
}

/** The hours with what is new in them; the same ones where nothing is. */
export function withHolidays(hours: Hours, found: readonly CalendarDay[]): Hours {
  const added = (placed(hours, found) ?? []).filter(({ there }) => there === null).map(({ day }) => day)
  if (hours.kind === "always" || added.length === 0) return hours
  const written = JSON.parse(writeHours(hours)) as { weekly: object; holidays?: object[] }
  const holidays = [...(written.holidays ?? []), ...added.map(notationOf)]
  const read = readHours({ ...written, holidays })
  return "kind" in read ? read : hours
}

const notationOf = ({ day, name, hours }: CalendarDay) => ({
  date: dateOf(day),
  name,
  shifts: hours.split(",").flatMap((one) => one.replaceAll(/\s/g, "").replace("–", "-") || []),
})

/** `2027-01-06` */
export const dateOf = (day: number): string => new Date(day).toISOString().slice(0, 10)
