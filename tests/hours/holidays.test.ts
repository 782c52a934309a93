/** Days that are not like their weekday: closed or half open, once, every year, around Easter. */
import { describe, expect, test } from "bun:test"
import { readHours, shiftText } from "~/hours/rules/notation.ts"
import { type Hours, nextChange, openAt, todaysHoliday, todaysShifts } from "~/hours/rules.ts"
import type { Instant } from "~/kernel/clock.ts"

const ROME = "Europe/Rome"
const WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
const EVERY_DAY = [...WORKDAYS, "sat", "sun"]
const hoursOf = (days: readonly string[], shift: string, holidays: readonly object[]): Hours => {
  const hours = readHours({ weekly: Object.fromEntries(days.map((day) => [day, [shift]])), holidays })
  if ("problems" in hours) throw new Error(JSON.stringify(hours.problems))
  return hours
}
const at = (utc: string): Instant => Date.parse(`${utc}:00Z`)

const OFFICE = hoursOf(WORKDAYS, "09:00-18:00", [
  { date: "2026-12-24", name: "Christmas Eve", shifts: ["09:00-13:00"] },
  { date: "12-25", name: "Christmas" },
  { date: "01-01", name: "New Year" },
  { date: "easter+1", name: "Easter Monday" },
  { date: "02-29", name: "Leap day", shifts: ["10:00-11:00"] },
])

// Christmas 2026 is a Friday; Rome is at +1 in winter, +2 in summer.
test.each([
  ["open in the morning of a half holiday", "2026-12-24T08:00", true],
  ["closed in the afternoon of a half holiday", "2026-12-24T12:00", false],
  ["open as usual on that day of another year", "2027-12-24T12:00", true],
  ["closed on a holiday of every year", "2026-12-25T10:00", false],
  ["closed on it in the next year that has it on a workday", "2029-12-25T10:00", false],
  ["closed at New Year, from midnight on the wall clock", "2026-01-01T10:00", false],
  ["closed on Easter Monday 2026", "2026-04-06T10:00", false],
  ["open on the Monday before it", "2026-03-30T10:00", true],
  ["closed on Easter Monday 2027, three weeks earlier in the year", "2027-03-29T10:00", false],
  ["half open on the leap day", "2028-02-29T09:30", true],
  ["closed in the rest of the leap day", "2028-02-29T10:00", false],
  ["open on the first of March of a common year", "2027-03-01T10:00", true],
] as const)("%s", (_, utc, open) => {
  expect(openAt(OFFICE, ROME, at(utc))).toBe(open)
})

/** Dates of Easter from the tables of the churches: the earliest, the latest, and the exceptions of the reckoning. */
test.each([
  "1818-03-22",
  "1943-04-25",
  "1954-04-18",
  "1961-04-02",
  "1981-04-19",
  "2000-04-23",
  "2024-03-31",
  "2025-04-20",
  "2026-04-05",
  "2027-03-28",
  "2038-04-25",
  "2049-04-18",
  "2076-04-19",
  "2285-03-22",
])("Easter is on %s", (date) => {
  const easter = hoursOf(EVERY_DAY, "00:00-24:00", [{ date: "easter", name: "Easter" }])
  const noon = at(`${date}T12:00`)
  const day = 86_400_000
  expect([noon - day, noon, noon + day].map((moment) => openAt(easter, "UTC", moment))).toEqual([true, false, true])
})

describe("The next change", () => {
  test("passes over holidays and week-ends together", () => {
    expect(nextChange(OFFICE, ROME, at("2026-12-24T12:00"))).toBe(at("2026-12-28T08:00"))
    expect(nextChange(OFFICE, ROME, at("2026-12-24T08:00"))).toBe(at("2026-12-24T12:00"))
  })

  test("of a number that never sleeps is its next holiday, however far", () => {
    const always = hoursOf(EVERY_DAY, "00:00-24:00", [{ date: "12-25", name: "Christmas" }])
    expect(nextChange(always, ROME, at("2026-12-26T10:00"))).toBe(at("2027-12-24T23:00"))
    expect(nextChange(always, ROME, at("2026-12-25T10:00"))).toBe(at("2026-12-25T23:00"))
  })

  test("of a company that shuts for all of August is in September", () => {
    const august = Array.from({ length: 31 }, (_, index) => ({
      date: `08-${String(index + 1).padStart(2, "0")}`,
      name: "Ferie",
    }))
    const shut = hoursOf(WORKDAYS, "09:00-18:00", august)
    expect(nextChange(shut, ROME, at("2026-07-31T16:00"))).toBe(at("2026-09-01T07:00"))
  })

  test("is announced truly all year round, on holidays in a zone 45 minutes off too", () => {
    const holidays = ["01-01", "04-05", "09-27", "12-31", "easter", "easter-2", "2026-02-06"]
    const hours = hoursOf(EVERY_DAY, "20:30-02:30", [
      ...holidays.map((date) => ({ date, name: date, shifts: date === "04-05" ? ["01:00-04:00"] : [] })),
    ])
    for (const zone of [ROME, "Asia/Kathmandu", "Pacific/Chatham"]) {
      let moment = at("2025-12-20T00:00")
      for (let count = 0; count < 900; count++) {
        const next = nextChange(hours, zone, moment)!
        expect(next).toBeGreaterThan(moment)
        expect(openAt(hours, zone, Math.floor((moment + next) / 2))).toBe(openAt(hours, zone, moment))
        expect(openAt(hours, zone, next)).toBe(!openAt(hours, zone, next - 1))
        moment = next
      }
    }
  })
})

describe("A holiday", () => {
  const nights = hoursOf(EVERY_DAY, "22:00-02:00", [
    { date: "12-25", name: "Christmas" },
    { date: "2026-12-31", name: "Last night", shifts: ["18:00-06:00"] },
    { date: "12-31", name: "New Year's Eve" },
  ])

  test("lets the night that began before it come to its end", () => {
    expect(openAt(nights, ROME, at("2026-12-25T00:30"))).toBe(true)
    expect(openAt(nights, ROME, at("2026-12-25T21:30"))).toBe(false)
    expect(openAt(nights, ROME, at("2026-12-26T00:30"))).toBe(false)
  })

  test("of this year goes before the same day of every year, over the turn of the year", () => {
    expect(openAt(nights, ROME, at("2026-12-31T17:00"))).toBe(true)
    expect(openAt(nights, ROME, at("2027-01-01T04:59"))).toBe(true)
    expect(openAt(nights, ROME, at("2027-12-31T21:30"))).toBe(false)
  })

  test("is named on its day, by the number's own clocks", () => {
    expect(todaysHoliday(nights, ROME, at("2026-12-24T22:59"))).toBeNull()
    expect(todaysHoliday(nights, ROME, at("2026-12-24T23:00"))?.name).toBe("Christmas")
    expect(todaysHoliday({ kind: "always" }, ROME, at("2026-12-25T10:00"))).toBeNull()
  })

  test("shows the shifts that hold on it", () => {
    const shown = (utc: string) => todaysShifts(OFFICE, ROME, at(utc))?.map(({ shift }) => shiftText(shift))
    expect(shown("2026-12-24T10:00")).toEqual(["09:00-13:00"])
    expect(shown("2026-12-25T10:00")).toEqual([])
  })
})
