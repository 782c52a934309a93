import { describe, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import {
  addDays,
  addMonths,
  endOfPart,
  hoursOfDay,
  placesOf,
  readDay,
  startOfDay,
  weekdayOf,
} from "~/report/rules/calendar.ts"
import { spent } from "~/report/rules/presence.ts"

const ROME = "Europe/Rome"
const KATHMANDU = "Asia/Kathmandu"
const CHATHAM = "Pacific/Chatham"
const LORD_HOWE = "Australia/Lord_Howe"
const at = (text: string) => Date.parse(text)

describe("A moment counts", () => {
  test.each([
    ["in the day that the tenant's clocks show", ROME, "2026-11-29T22:59:59.999Z", 20261129, 202611, 23],
    ["in the next one from its midnight on", ROME, "2026-11-29T23:00:00Z", 20261130, 202611, 0],
    ["in the month that the clocks show", ROME, "2026-11-30T23:00:00Z", 20261201, 202612, 0],
    ["in the year that the clocks show", ROME, "2026-12-31T23:00:00Z", 20270101, 202701, 0],
    ["on the leap day", ROME, "2028-02-29T12:00:00Z", 20280229, 202802, 13],
    ["where clocks stand 45 minutes off", KATHMANDU, "2026-11-29T18:15:00Z", 20261130, 202611, 0],
    ["a minute before its midnight", KATHMANDU, "2026-11-29T18:14:59Z", 20261129, 202611, 23],
  ])("%s", (_, zone, text, day, month, clock) => {
    expect(placesOf(zone, at(text))).toMatchObject({ day, month, clock: month * 100 + clock })
  })

  test("in the hour that the clocks show, which begins at any quarter", () => {
    expect(placesOf(KATHMANDU, at("2026-11-29T18:15:00Z")).hour).toBe(at("2026-11-29T18:15:00Z"))
    expect(placesOf(KATHMANDU, at("2026-11-29T19:14:59.999Z")).hour).toBe(at("2026-11-29T18:15:00Z"))
    expect(placesOf(CHATHAM, at("2026-07-01T00:20:00Z")).hour).toBe(at("2026-07-01T00:15:00Z"))
  })

  test("in one hour of its own, each time that an hour is shown twice", () => {
    const summer = at("2026-10-25T00:30:00Z")
    const winter = at("2026-10-25T01:30:00Z")
    expect(placesOf(ROME, summer).hour).not.toBe(placesOf(ROME, winter).hour)
    expect([summer, winter].map((one) => placesOf(ROME, one).clock % 100)).toEqual([2, 2])
  })
})

describe("A day", () => {
  test.each([
    [ROME, 20261129, 24],
    [ROME, 20260329, 23],
    [ROME, 20261025, 25],
    [KATHMANDU, 20261129, 24],
    [CHATHAM, 20260405, 25],
    [CHATHAM, 20260927, 23],
  ])("in %s, %i, has its %i hours, one after the other", (zone, day, count) => {
    const found = hoursOfDay(zone, day)
    expect(found).toHaveLength(count)
    expect(found[0]).toBe(startOfDay(zone, day))
    for (const [index, hour] of found.entries()) expect(hour - (found[0] ?? 0)).toBe(hours(index))
  })

  test("has every moment of it in one of its hours, also where clocks change by half an hour", () => {
    for (const [zone, day] of [
      [ROME, 20260329],
      [ROME, 20261025],
      [LORD_HOWE, 20260405],
      [LORD_HOWE, 20261004],
    ] as const) {
      const known = new Set(hoursOfDay(zone, day))
      for (let moment = startOfDay(zone, day); moment < startOfDay(zone, addDays(day, 1)); moment += minutes(5)) {
        expect(placesOf(zone, moment).day).toBe(day)
        expect(known.has(placesOf(zone, moment).hour)).toBe(true)
      }
    }
  })

  test("is read as it is written, and nothing else is one", () => {
    expect(readDay("2026-11-29")).toBe(20261129)
    for (const text of ["2026-02-30", "2026-13-01", "29.11.2026", "", "1970-01-01"]) expect(readDay(text)).toBeNull()
  })

  test("comes after another, over months and years", () => {
    expect(addDays(20261231, 1)).toBe(20270101)
    expect(addDays(20280228, 1)).toBe(20280229)
    expect(addMonths(20260131, -1)).toBe(20251201)
    expect(weekdayOf(20261129)).toBe(7)
  })
})

describe("A time in a status", () => {
  const presence = (since: string) => ({ user: 7, status: "ready" as const, isThere: true, since: at(since) })

  test("is told hour by hour, across midnight", () => {
    const told = spent(ROME, presence("2026-11-29T21:40:00Z"), at("2026-11-29T23:10:00Z"))
    expect(told.map(({ by }) => by)).toEqual([minutes(20), minutes(60), minutes(10)])
    expect(told.map((one) => placesOf(ROME, one.at).day)).toEqual([20261129, 20261129, 20261130])
  })

  test("loses and repeats nothing when the clocks change", () => {
    for (const night of ["2026-03-28T22:10:00Z", "2026-10-24T21:10:00Z"]) {
      const told = spent(ROME, presence(night), at(night) + hours(6))
      expect(told.reduce((sum, { by }) => sum + by, 0)).toBe(hours(6))
      expect(Math.max(...told.map(({ by }) => by))).toBe(hours(1))
    }
  })

  test("ends its parts where the clocks' hour ends", () => {
    expect(endOfPart(KATHMANDU, at("2026-11-29T18:20:00Z"))).toBe(at("2026-11-29T19:15:00Z"))
  })

  test("is none while somebody is gone", () => {
    expect(spent(ROME, { ...presence("2026-11-29T10:00:00Z"), isThere: false }, at("2026-11-29T12:00:00Z"))).toEqual([])
  })
})
