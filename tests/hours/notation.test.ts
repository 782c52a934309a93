/** Opening hours as people write them. */
import { expect, test } from "bun:test"
import { readHours, writeHours } from "~/hours/rules/notation.ts"

const problemsOf = (written: unknown) => {
  const hours = readHours(written)
  return "problems" in hours ? hours.problems : []
}

test.each([
  ["always", "always"],
  [
    "split shifts, past midnight and whole days",
    { weekly: { mon: ["09:00-13:00", "14:00-18:00"], fri: ["22:00-02:00"], sun: ["10:00-24:00"] } },
  ],
  ["no day at all", { weekly: {} }],
  [
    "holidays: once, every year, around Easter, whole and half days",
    {
      weekly: { mon: ["09:00-18:00"] },
      holidays: [
        { date: "2026-12-24", name: "Christmas Eve", shifts: ["09:00-13:00"] },
        { date: "12-25", name: "Christmas", shifts: [] },
        { date: "02-29", name: "Leap day", shifts: [] },
        { date: "easter", name: "Easter", shifts: [] },
        { date: "easter+1", name: "Easter Monday", shifts: [] },
        { date: "easter-2", name: "Good Friday", shifts: ["22:00-02:00"] },
      ],
    },
  ],
] as const)("%s is understood and written back as it was", (_, written) => {
  const hours = readHours(written)
  if ("problems" in hours) throw new Error(JSON.stringify(hours.problems))
  expect(JSON.parse(writeHours(hours))).toEqual(written)
})

test("shifts are kept in the order of the day", () => {
  const hours = readHours({ weekly: { mon: ["14:00-18:00", "09:00-13:00"] } })
  expect("problems" in hours ? null : writeHours(hours)).toBe('{"weekly":{"mon":["09:00-13:00","14:00-18:00"]}}')
})

test.each([
  ["a word", "sometimes", ""],
  ["nothing", null, ""],
  ["no week", {}, ".weekly"],
  ["a day that is no list", { weekly: { mon: "09:00-13:00" } }, ".weekly.mon"],
  ["a shift without an end", { weekly: { mon: ["09:00"] } }, ".weekly.mon[0]"],
  ["an hour that does not exist", { weekly: { mon: ["09:00-13:00", "25:00-26:00"] } }, ".weekly.mon[1]"],
  ["a shift of no length", { weekly: { mon: ["09:00-09:00"] } }, ".weekly.mon[0]"],
  ["a shift that begins at 24:00", { weekly: { mon: ["24:00-02:00"] } }, ".weekly.mon[0]"],
  ["a number", { weekly: { mon: [9] } }, ".weekly.mon[0]"],
  ["an unknown day", { weekly: { mond: [] } }, ".weekly.mond"],
  ["an unknown field", { weekly: {}, holiday: [] }, ".holiday"],
  ["shifts that overlap", { weekly: { mon: ["09:00-13:00", "12:00-14:00"] } }, ".weekly.mon"],
  ["a night that runs into the morning", { weekly: { fri: ["22:00-06:00"], sat: ["05:00-13:00"] } }, ".weekly.sat"],
  ["holidays that are no list", { weekly: {}, holidays: {} }, ".holidays"],
  ["a holiday that is no object", { weekly: {}, holidays: ["12-25"] }, ".holidays[0]"],
  ["a day that no calendar has", { weekly: {}, holidays: [{ date: "02-30", name: "X" }] }, ".holidays[0].date"],
  ["a leap day of a common year", { weekly: {}, holidays: [{ date: "2027-02-29", name: "X" }] }, ".holidays[0].date"],
  ["a feast nobody reckons with", { weekly: {}, holidays: [{ date: "xmas", name: "X" }] }, ".holidays[0].date"],
  [
    "a day in another year than its Easter",
    { weekly: {}, holidays: [{ date: "easter+99", name: "X" }] },
    ".holidays[0].date",
  ],
  ["a holiday without a name", { weekly: {}, holidays: [{ date: "12-25", name: " " }] }, ".holidays[0].name"],
  [
    "an unknown field of a holiday",
    { weekly: {}, holidays: [{ date: "12-25", name: "X", day: 1 }] },
    ".holidays[0].day",
  ],
  [
    "a holiday's wrong shift",
    { weekly: {}, holidays: [{ date: "12-25", name: "X", shifts: ["9-13"] }] },
    ".holidays[0].shifts[0]",
  ],
  [
    "a holiday's shifts that overlap",
    { weekly: {}, holidays: [{ date: "12-25", name: "X", shifts: ["09:00-13:00", "12:00-14:00"] }] },
    ".holidays[0].shifts",
  ],
  [
    "the same day twice",
    {
      weekly: {},
      holidays: [
        { date: "easter", name: "X" },
        { date: "easter+0", name: "Y" },
      ],
    },
    ".holidays[1].date",
  ],
  ["Sunday's night that runs into Monday", { weekly: { sun: ["22:00-06:00"], mon: ["05:00-13:00"] } }, ".weekly.mon"],
])("%s is refused where it stands", (_, written, path) => {
  expect(problemsOf(written).map((problem) => problem.path)).toEqual([path])
})

test("a day that is misspelt is answered with the day that was meant", () => {
  expect(problemsOf({ weekly: { tues: [] } })[0]?.reason).toBe("is not known; did you mean tue?")
})

test("a holiday without shifts is a closed day", () => {
  const hours = readHours({ weekly: {}, holidays: [{ date: "12-25", name: "Christmas" }] })
  expect("problems" in hours ? null : JSON.parse(writeHours(hours)).holidays[0].shifts).toEqual([])
})
