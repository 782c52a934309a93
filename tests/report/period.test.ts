import { describe, expect, test } from "bun:test"
import { longestOf, meanOf, quantileOf, shareWithin } from "~/report/rules/figures.ts"
import { CLASS_ENDS, classOf, spanTicks } from "~/report/rules/measures.ts"
import { before, piecesOf, placesAlong, readPeriod, stepOf } from "~/report/rules/period.ts"

const NOW = Date.parse("2026-11-29T11:00:00Z")
const asked = (query: string) => readPeriod(new URLSearchParams(query), "Europe/Rome", NOW)

describe("The days that are asked for", () => {
  test.each([
    ["period=today", 20261129, 20261129, 20261128, 20261128],
    ["period=yesterday", 20261128, 20261128, 20261127, 20261127],
    ["period=week", 20261123, 20261129, 20261116, 20261122],
    ["period=month", 20261101, 20261129, 20261001, 20261029],
    ["period=last_month", 20261001, 20261031, 20260901, 20260930],
    ["period=custom&from=2026-02-01&to=2026-03-31", 20260201, 20260331, 20251201, 20260131],
    ["period=custom&from=2026-11-10&to=2026-11-12", 20261110, 20261112, 20261107, 20261109],
    ["period=custom&from=2026-11-12&to=2026-11-10", 20261110, 20261112, 20261107, 20261109],
    ["period=custom&from=2026-02-30&to=x", 20261101, 20261129, 20261001, 20261029],
    ["period=never", 20261101, 20261129, 20261001, 20261029],
  ])("%s, and those before", (query, from, to, fromBefore, toBefore) => {
    const period = asked(query)
    expect(period).toMatchObject({ from, to })
    expect(before(period)).toMatchObject({ from: fromBefore, to: toBefore })
  })

  test("are whole months where they can be, and days around them, none twice", () => {
    const pieces = piecesOf({ name: "custom", from: 20251130, to: 20261129 })
    expect(pieces).toEqual([
      { grain: "day", from: 20251130, to: 20251130 },
      { grain: "month", from: 202512, to: 202610 },
      { grain: "day", from: 20261101, to: 20261129 },
    ])
    expect(piecesOf({ name: "custom", from: 20261103, to: 20261120 })).toEqual([
      { grain: "day", from: 20261103, to: 20261120 },
    ])
    expect(piecesOf({ name: "custom", from: 20261001, to: 20261031 })).toEqual([
      { grain: "month", from: 202610, to: 202610 },
    ])
    expect(piecesOf({ name: "custom", from: 20261015, to: 20261114 })).toEqual([
      { grain: "day", from: 20261015, to: 20261114 },
    ])
  })

  test("are drawn by hours, days or months, none left out", () => {
    const drawn = (query: string) => placesAlong(asked(query), stepOf(asked(query)), "Europe/Rome").length
    expect(drawn("period=custom&from=2026-10-25&to=2026-10-25")).toBe(25)
    expect(drawn("period=month")).toBe(29)
    expect(drawn("period=year")).toBe(12)
  })
})

describe("Times that were counted", () => {
  const figures = (...lengths: number[]) => {
    const sums = new Map<string, number>()
    for (const length of lengths)
      for (const { measure, by } of spanTicks(0, { channel: 1 }, "waited", length))
        sums.set(
          measure,
          measure.endsWith("_max") ? Math.max(sums.get(measure) ?? 0, by) : (sums.get(measure) ?? 0) + by,
        )
    return sums
  }

  test("have a mean and a longest", () => {
    expect(meanOf(figures(10_000, 30_000), "waited")).toBe(20_000)
    expect(longestOf(figures(10_000, 30_000), "waited")).toBe(30_000)
    expect([meanOf(figures(), "waited"), longestOf(figures(), "waited"), quantileOf(figures(), "waited", 0.5)]).toEqual(
      [null, null, null],
    )
  })

  test("have their middle in the class it is in, and none beyond the longest", () => {
    const found = quantileOf(figures(20_000, 40_000, 50_000, 55_000, 700_000), "waited", 0.5) ?? 0
    expect(found).toBeGreaterThan(30_000)
    expect(found).toBeLessThanOrEqual(60_000)
    expect(quantileOf(figures(31_000), "waited", 0.9)).toBeLessThanOrEqual(31_000)
    expect(quantileOf(figures(100_000_000), "waited", 0.9)).toBeLessThanOrEqual(100_000_000)
  })

  test("are within a limit or not", () => {
    expect(shareWithin(figures(10_000, 299_999, 300_000, 900_000), "waited", 300_000)).toBe(0.5)
    expect(shareWithin(figures(), "waited", 300_000)).toBeNull()
  })

  test("fall into one class each", () => {
    for (const [index, end] of CLASS_ENDS.entries())
      expect([classOf(end - 1), classOf(end)]).toEqual([index, index + 1])
  })
})
