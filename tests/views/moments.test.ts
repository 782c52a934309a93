import { describe, expect, test } from "bun:test"
import { formatters } from "views/locales/formatters.ts"
import { minutesAgo, NOW } from "./props.ts"

const rome = formatters("en", "Europe/Rome")
const HOUR = 3_600_000

describe("moments are told on the tenant's clock, in the reader's language", () => {
  test("the same instant reads differently in another zone", () => {
    expect([rome.time(NOW), formatters("en", "America/New_York").time(NOW)]).toEqual(["09:20", "03:20"])
  })

  test("days are named while they are near, and begin at the tenant's midnight", () => {
    const italian = formatters("it", "Europe/Rome")
    expect(rome.day(NOW, NOW)).toBe("Today, 22 November")
    expect(italian.day(minutesAgo(24 * 60), NOW)).toBe("Ieri, 21 novembre")
    expect(italian.day(minutesAgo(3 * 24 * 60), NOW)).toBe("Giovedì 19 novembre")
    const midnight = Date.UTC(2026, 10, 21, 23)
    expect([rome.dayKey(midnight - 1), rome.dayKey(midnight)]).toEqual(["2026-11-21", "2026-11-22"])
  })

  test("the night the clocks go back has twenty-five hours and is still one day", () => {
    const start = Date.UTC(2026, 9, 24, 22)
    const end = Date.UTC(2026, 9, 25, 22, 59)
    expect([rome.dayKey(start), rome.dayKey(end)]).toEqual(["2026-10-25", "2026-10-25"])
    expect(rome.day(start, end)).toBe("Today, 25 October")
  })

  test("a day of another year says its year", () => {
    expect(rome.day(Date.UTC(2025, 0, 7, 12), NOW)).toBe("Tuesday, 7 January 2025")
  })

  test("today needs no date, every other day does", () => {
    expect([rome.moment(NOW, NOW), rome.moment(minutesAgo(24 * 60), NOW)]).toEqual(["09:20", "21 Nov 2026, 09:20"])
  })
})

describe("sizes are told in the unit that reads best", () => {
  test.each([
    [0, "0 kB", "0 kB"],
    [1, "1 kB", "1 kB"],
    [340_400, "340 kB", "340 kB"],
    [999_499, "999 kB", "999 kB"],
    [999_500, "1 MB", "1 MB"],
    [5_120_000, "5.1 MB", "5,1 MB"],
    [99_940_000, "99.9 MB", "99,9 MB"],
    [99_960_000, "100 MB", "100 MB"],
    [412_345_678_901, "412 GB", "412 GB"],
    [999_500_000_000, "1 TB", "1 TB"],
    [1_840_000_000_000, "1.8 TB", "1,8 TB"],
    [4_200_000_000_000_000, "4,200 TB", "4200 TB"],
  ])("%d bytes", (bytes, english, italian) => {
    expect([rome.size(bytes), formatters("it", "Europe/Rome").size(bytes)]).toEqual([english, italian])
  })
})

describe("spans are short", () => {
  test("waiting is told as on a stopwatch until it is an hour", () => {
    expect([0, 134_000, 59 * 60_000 + 999, HOUR].map(rome.stopwatch)).toEqual(["0:00", "2:14", "59:00", "1h"])
  })

  test("what is left is told in its two largest units, days alone, and never below nothing", () => {
    expect([-5, 42_000, 240_000, 23.85 * HOUR, 49 * HOUR].map(rome.span)).toEqual(["0s", "42s", "4m", "23h 51m", "2d"])
  })
})
