/** Opening hours on wall clocks, both nights of change and odd zones included. */
import { expect, test } from "bun:test"
import { readHours, shiftText } from "~/hours/rules/notation.ts"
import { isTimezone } from "~/hours/rules/zone.ts"
import { type Hours, nextChange, openAt, todaysShifts } from "~/hours/rules.ts"
import type { Instant } from "~/kernel/clock.ts"

const weekly = (days: Record<string, string[]>): Hours => {
  const hours = readHours({ weekly: days })
  if ("problems" in hours) throw new Error(JSON.stringify(hours.problems))
  return hours
}
const at = (utc: string): Instant => Date.parse(`${utc}:00Z`)

const SPLIT = weekly({ mon: ["09:00-13:00", "14:00-18:00"], tue: ["09:00-13:00"] })
const NIGHTS = weekly({ sat: ["22:00-02:30"], sun: ["03:30-06:00"] })
const ALL_DAY = weekly({ wed: ["00:00-24:00"], thu: ["00:00-24:00"] })
const EARLY_SUNDAY = weekly({ sun: ["02:15-02:45"] })
const UNTIL_TWO = weekly({ sun: ["01:00-02:00"] })
const NEPAL = weekly({ mon: ["09:00-17:00"] })
const CHATHAM = weekly({ sun: ["02:30-05:00"] })

// Rome is at +1 in winter, +2 in summer; on 2026-03-29 02:00 becomes 03:00, on 2026-10-25 03:00 becomes 02:00.
test.each([
  ["before the first shift", SPLIT, "Europe/Rome", "2026-01-05T07:59", false],
  ["at the first minute", SPLIT, "Europe/Rome", "2026-01-05T08:00", true],
  ["in the last minute before lunch", SPLIT, "Europe/Rome", "2026-01-05T11:59", true],
  ["at lunch", SPLIT, "Europe/Rome", "2026-01-05T12:00", false],
  ["after lunch", SPLIT, "Europe/Rome", "2026-01-05T13:00", true],
  ["at closing time", SPLIT, "Europe/Rome", "2026-01-05T17:00", false],
  ["on a day without shifts", SPLIT, "Europe/Rome", "2026-01-07T10:00", false],
  ["an hour earlier by UTC in summer", SPLIT, "Europe/Rome", "2026-07-06T07:00", true],
  ["before midnight in a shift past it", NIGHTS, "Europe/Rome", "2026-01-10T22:59", true],
  ["after midnight in a shift past it", NIGHTS, "Europe/Rome", "2026-01-11T01:29", true],
  ["after the end of a shift past midnight", NIGHTS, "Europe/Rome", "2026-01-11T01:30", false],
  ["at any time of a whole day", ALL_DAY, "Europe/Rome", "2026-01-07T22:59", true],
  ["between two whole days", ALL_DAY, "Europe/Rome", "2026-01-07T23:00", true],
  ["after the last whole day", ALL_DAY, "Europe/Rome", "2026-01-08T23:00", false],
  ["spring: until the clocks jump over the end", NIGHTS, "Europe/Rome", "2026-03-29T00:59", true],
  ["spring: closed once the clocks have jumped", NIGHTS, "Europe/Rome", "2026-03-29T01:00", false],
  ["spring: the later shift begins on the new time", NIGHTS, "Europe/Rome", "2026-03-29T01:30", true],
  ["spring: a shift inside the skipped hour does not exist", EARLY_SUNDAY, "Europe/Rome", "2026-03-29T01:00", false],
  ["autumn: open in the first of the repeated hours", NIGHTS, "Europe/Rome", "2026-10-25T00:45", true],
  ["autumn: open in the second of the repeated hours", NIGHTS, "Europe/Rome", "2026-10-25T01:29", true],
  ["autumn: closed at the second end", NIGHTS, "Europe/Rome", "2026-10-25T01:30", false],
  ["autumn: a shift that ends as the hour repeats is not longer", UNTIL_TWO, "Europe/Rome", "2026-10-25T00:00", false],
  ["a zone 45 minutes off: opening", NEPAL, "Asia/Kathmandu", "2026-01-05T03:15", true],
  ["a zone 45 minutes off: before opening", NEPAL, "Asia/Kathmandu", "2026-01-05T03:14", false],
  ["a zone 45 minutes off that changes: on the night of change", CHATHAM, "Pacific/Chatham", "2026-09-26T13:59", true],
  ["a zone 45 minutes off that changes: before it", CHATHAM, "Pacific/Chatham", "2026-09-26T13:44", false],
  ["the leap day", weekly({ tue: ["00:00-24:00"] }), "Europe/Rome", "2028-02-29T12:00", true],
  ["the turn of the year", weekly({ thu: ["20:00-04:00"] }), "Europe/Rome", "2026-12-31T23:30", true],
] as const)("%s", (_, hours, zone, utc, open) => {
  expect(openAt(hours, zone, at(utc))).toBe(open)
})

test.each([
  ["from closed to the next opening", SPLIT, "Europe/Rome", "2026-01-05T07:00", "2026-01-05T08:00"],
  ["from open to lunch", SPLIT, "Europe/Rome", "2026-01-05T08:00", "2026-01-05T12:00"],
  ["over the days without shifts", SPLIT, "Europe/Rome", "2026-01-06T12:00", "2026-01-12T08:00"],
  ["through midnight where two whole days meet", ALL_DAY, "Europe/Rome", "2026-01-07T10:00", "2026-01-08T23:00"],
  ["spring: closes as the clocks jump", NIGHTS, "Europe/Rome", "2026-03-28T22:00", "2026-03-29T01:00"],
  ["autumn: closes at the second end", NIGHTS, "Europe/Rome", "2026-10-24T21:00", "2026-10-25T01:30"],
  ["spring: a swallowed shift is passed over", EARLY_SUNDAY, "Europe/Rome", "2026-03-23T12:00", "2026-04-05T00:15"],
] as const)("the next change goes %s", (_, hours, zone, from, next) => {
  expect(nextChange(hours, zone, at(from))).toBe(at(next))
})

test("who is always open, or never, has no next change", () => {
  const everyDay = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, ["00:00-24:00"]])
  expect(nextChange({ kind: "always" }, "Europe/Rome", at("2026-01-05T08:00"))).toBeNull()
  expect(nextChange(weekly(Object.fromEntries(everyDay)), "Europe/Rome", at("2026-01-05T08:00"))).toBeNull()
  expect(nextChange(weekly({}), "Europe/Rome", at("2026-01-05T08:00"))).toBeNull()
})

test("at every change that is announced, it does open or close, and nothing changes in between", () => {
  for (const zone of ["Europe/Rome", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana"])
    for (const hours of [SPLIT, NIGHTS, ALL_DAY, UNTIL_TWO]) {
      let moment = at("2026-02-20T00:00")
      for (let count = 0; count < 120; count++) {
        const next = nextChange(hours, zone, moment)!
        expect(next).toBeGreaterThan(moment)
        const middle = Math.floor((moment + next) / 2)
        expect(openAt(hours, zone, middle)).toBe(openAt(hours, zone, moment))
        expect(openAt(hours, zone, next)).toBe(!openAt(hours, zone, next - 1))
        moment = next
      }
    }
})

test("today's shifts are those of the number's own day, last night's included", () => {
  const written = (hours: Hours, utc: string) =>
    todaysShifts(hours, "Europe/Rome", at(utc))?.map(({ shift }) => shiftText(shift)) ?? null
  expect(written(SPLIT, "2026-01-05T10:00")).toEqual(["09:00-13:00", "14:00-18:00"])
  expect(written(NIGHTS, "2026-01-11T10:00")).toEqual(["22:00-02:30", "03:30-06:00"])
  expect(written(SPLIT, "2026-01-04T23:30")).toEqual(["09:00-13:00", "14:00-18:00"])
  expect(written(SPLIT, "2026-01-07T10:00")).toEqual([])
  expect(written({ kind: "always" }, "2026-01-07T10:00")).toBeNull()
})

test("a timezone is an IANA name", () => {
  expect(["Europe/Rome", "Asia/Kathmandu", "UTC"].map(isTimezone)).toEqual([true, true, true])
  expect(["Europe/Roma", "", "+02:00", "Mars/Olympus"].map(isTimezone)).toEqual([false, false, false, false])
})
