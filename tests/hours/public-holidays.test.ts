/** The public holidays of whole countries, and the days of a year as they come from files and lists. */
import { describe, expect, test } from "bun:test"
import { dateOf, placed, withHolidays } from "~/channel/rules/holiday-import.ts"
import { readCalendar } from "~/hours/rules/calendar.ts"
import { readHours, writeHours } from "~/hours/rules/notation.ts"
import { COUNTRIES, publicHolidays } from "~/hours/rules/public-holidays.ts"
import type { Hours } from "~/hours/rules.ts"

const dates = (country: (typeof COUNTRIES)[number], year: number) =>
  publicHolidays(country, year).map(({ day }) => dateOf(day).slice(5))
const read = (text: string) => {
  const { days, ...rest } = readCalendar(text, 2027)
  return { ...rest, days: days.map(({ day, name, hours }) => [dateOf(day), name, hours].filter(Boolean).join(" ")) }
}

describe("Public holidays", () => {
  test("of Italy in 2027, Easter being on 28 March", () =>
    expect(dates("IT", 2027)).toEqual([
      "01-01",
      "01-06",
      "03-28",
      "03-29",
      "04-25",
      "05-01",
      "06-02",
      "08-15",
      "10-04",
      "11-01",
      "12-08",
      "12-25",
      "12-26",
    ]))
  test("Saint Francis is one in Italy from 2026 on", () =>
    expect([2025, 2026].map((year) => dates("IT", year).includes("10-04"))).toEqual([false, true]))
  test.each([
    ["DE", 2026, ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26"]],
    ["FR", 2026, ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]],
    // gov.uk/bank-holidays, England and Wales.
    ["GB", 2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28"]],
    ["GB", 2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-25", "12-26", "12-27", "12-28"]],
  ] as const)("%s in %d", (country, year, expected) => expect(dates(country, year)).toEqual([...expected]))
  test("every country has each day once, named, in order, whatever the year", () => {
    for (const country of COUNTRIES)
      for (let year = 2020; year < 2060; year++) {
        const found = publicHolidays(country, year)
        const days = found.map(({ day }) => day)
        expect([country, year, new Set(days).size]).toEqual([country, year, found.length])
        expect(days).toEqual(days.toSorted((a, b) => a - b))
        expect(found.every(({ name }) => name.length > 0 && name.length <= 80)).toBe(true)
      }
  })
})

describe("A pasted list", () => {
  test.each([
    ["2027-01-06; Epifania", ["2027-01-06 Epifania"]],
    ["06/01/2027\tEpifania", ["2027-01-06 Epifania"]],
    ["6.1.2027, Epifania", ["2027-01-06 Epifania"]],
    ["24/12; Vigilia; 09:00-12:30", ["2027-12-24 Vigilia 09:00-12:30"]],
    ["24.12.; Vigilia; 09:00-12:30, 14:00 – 15:00", ["2027-12-24 Vigilia 09:00-12:30, 14:00 – 15:00"]],
    ["2027-12-24; Vigilia, mezza giornata; 09:00-12:30", ["2027-12-24 Vigilia, mezza giornata 09:00-12:30"]],
    ["\n\n 2027-12-31 ;  San Silvestro \r\n2027-01-02;Ponte\n", ["2027-01-02 Ponte", "2027-12-31 San Silvestro"]],
    ["2027-01-06; Epifania\n06/01; Befana", ["2027-01-06 Epifania, Befana"]],
  ])("%p", (text, days) => expect(read(text)).toEqual({ days, problems: [], otherYears: 0 }))

  test("says what is wrong with which line, and keeps the others", () =>
    expect(
      read("2027-02-30; Never\nfoo\n2027-01-06\n2027-01-07; X; noon\n2027-01-08;Y;09:00-12:00,11:00-13:00\n1/5;Ok"),
    ).toEqual({
      days: ["2027-05-01 Ok"],
      problems: [
        { line: 1, text: "2027-02-30; Never", reason: "no_date" },
        { line: 2, text: "foo", reason: "no_date" },
        { line: 3, text: "2027-01-06", reason: "no_name" },
        { line: 4, text: "2027-01-07; X; noon", reason: "no_hours" },
        { line: 5, text: "2027-01-08;Y;09:00-12:00,11:00-13:00", reason: "no_hours" },
      ],
      otherYears: 0,
    }))
  test("counts the days of other years", () =>
    expect(read("2026-01-06; Past\n2027-01-06; Now")).toMatchObject({ days: ["2027-01-06 Now"], otherYears: 1 }))
})

describe("A calendar file", () => {
  const file = (...events: string[]) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map((one) => `BEGIN:VEVENT\r\n${one}\r\nEND:VEVENT\r\n`).join("")}END:VCALENDAR\r\n`
  test.each([
    [
      "a whole day",
      "DTSTART;VALUE=DATE:20270106\r\nDTEND;VALUE=DATE:20270107\r\nSUMMARY:Epifania",
      ["2027-01-06 Epifania"],
    ],
    ["no end", "DTSTART;VALUE=DATE:20270106\r\nSUMMARY:Epifania", ["2027-01-06 Epifania"]],
    [
      "several days, over the end of the year",
      "DTSTART;VALUE=DATE:20271230\r\nDTEND;VALUE=DATE:20280102\r\nSUMMARY:Chiusura",
      ["2027-12-30 Chiusura", "2027-12-31 Chiusura"],
    ],
    ["a moment", 'DTSTART;TZID="Europe/Rome":20270106T090000\r\nSUMMARY:Epifania', ["2027-01-06 Epifania"]],
    ["every year", "DTSTART;VALUE=DATE:20150815\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Ferragosto", ["2027-08-15 Ferragosto"]],
    [
      "a folded line with signs",
      "DTSTART;VALUE=DATE:20270106\r\nSUMMARY;LANGUAGE=it:Epifania\\, Befa\r\n na\\; e\\nbasta",
      ["2027-01-06 Epifania, Befana, e basta"],
    ],
    ["a cancelled one", "STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20270106\r\nSUMMARY:Epifania", []],
  ])("%s", (_, event, days) => expect(read(file(event))).toEqual({ days, problems: [], otherYears: 0 }))
  test("an entry without a day is named, one of another year is counted", () =>
    expect(read(file("SUMMARY:Nothing", "DTSTART;VALUE=DATE:20260106\r\nSUMMARY:Past"))).toMatchObject({
      days: [],
      problems: [{ line: 3, text: "Nothing", reason: "no_date" }],
      otherYears: 1,
    }))
})

describe("Put into the hours of a number", () => {
  const hours = readHours({
    weekly: { mon: ["09:00-18:00"] },
    holidays: [
      { date: "12-25", name: "Natale", shifts: [] },
      { date: "easter+1", name: "Pasquetta", shifts: [] },
      { date: "2027-12-24", name: "Vigilia", shifts: ["09:00-12:00"] },
    ],
  }) as Hours
  const { days } = readCalendar(
    "2027-12-24;Eve\n2027-12-25;Xmas\n2027-03-29;Monday\n2027-01-06;Epifania;10:00-12:00",
    2027,
  )

  test("what is there stays, a half day too; what is new is a day of that year", () => {
    const there = placed(hours, days)?.map(({ day, there }) => [dateOf(day.day), there?.name ?? null])
    expect(there).toEqual([
      ["2027-01-06", null],
      ["2027-03-29", "Pasquetta"],
      ["2027-12-24", "Vigilia"],
      ["2027-12-25", "Natale"],
    ])
    const { holidays } = JSON.parse(writeHours(withHolidays(hours, days))) as { holidays: object[] }
    expect(holidays).toHaveLength(4)
    expect(holidays.slice(2)).toEqual([
      { date: "2027-12-24", name: "Vigilia", shifts: ["09:00-12:00"] },
      { date: "2027-01-06", name: "Epifania", shifts: ["10:00-12:00"] },
    ])
  })
  test("twice changes nothing; a number around the clock has none", () => {
    const once = withHolidays(hours, days)
    expect(withHolidays(once, days)).toBe(once)
    expect([placed({ kind: "always" }, days), withHolidays({ kind: "always" }, days)]).toEqual([
      null,
      { kind: "always" },
    ])
  })
})
