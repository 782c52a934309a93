/** Holidays that are about to be added: which year and country one plans for, and what each number has already. */
import type { Reader } from "~/database/handles.ts"
import { type Calendar, readCalendar } from "~/hours/rules/calendar.ts"
import { COUNTRIES, type Country, publicHolidays } from "~/hours/rules/public-holidays.ts"
import { wallAt } from "~/hours/rules/zone.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOfZone } from "~/kernel/phone.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { dateOf, type HolidayPreview, placed } from "../rules/holiday-import.ts"
import { channelHoursOf } from "./administering.ts"

export type HolidayCountry = Country
export const HOLIDAY_COUNTRIES = COUNTRIES

/** From October on one plans the next year. */
const PLANNING_FROM_MONTH = 9

export function plannedFor(read: Reader): { year: number; country: Country } {
  const { timezone } = tenantProfile(read)
  const today = new Date(wallAt(timezone, read.now))
  const country = countryOfZone(timezone)
  return {
    year: today.getUTCFullYear() + (today.getUTCMonth() >= PLANNING_FROM_MONTH ? 1 : 0),
    country: COUNTRIES.find((known) => known === country) ?? "IT",
  }
}

export const publicOf = ({ country, year }: { country: Country; year: number }): Calendar => ({
  days: publicHolidays(country, year).map((one) => ({ ...one, hours: "" })),
  problems: [],
  otherYears: 0,
})

/** What of a calendar file or a list lies in the year. */
export const calendarIn = (text: string, year: number): Calendar => readCalendar(text, year)

/** Every day that was found, and in which of the numbers it stands already, under what name. */
export function previewOf(
  read: Reader,
  { numbers, year }: { numbers: readonly Id[]; year: number },
  { days, problems, otherYears }: Calendar,
): HolidayPreview {
  const chosen = channelHoursOf(read).filter(({ id }) => numbers.includes(id))
  const places = chosen.map(({ name, hours }) => ({ name, days: placed(hours, days) }))
  const weekly = places.filter((place) => place.days !== null)
  return {
    year,
    problems,
    otherYears,
    aroundTheClock: places.filter((place) => place.days === null).map(({ name }) => name),
    days: days.map(({ day, name, hours }, index) => {
      const there = weekly.flatMap((place) => {
        const known = place.days?.[index]?.there
        return known ? [{ number: place.name, name: known.name, isHalf: known.shifts.length > 0 }] : []
      })
      return { date: dateOf(day), name, hours, there, isNew: there.length < weekly.length }
    }),
  }
}
