/** The days that are asked about, and the pieces of the counters that make them up. */
import type { Instant } from "~/kernel/clock.ts"
import {
  addDays,
  addMonths,
  type Day,
  dayAt,
  daysBetween,
  type Grain,
  hoursOfDay,
  monthOf,
  readDay,
  weekdayOf,
} from "./calendar.ts"

export const PERIODS = ["today", "yesterday", "week", "month", "last_month", "year", "custom"] as const
export type PeriodName = (typeof PERIODS)[number]
/** Both days are in it. */
export type Period = { name: PeriodName; from: Day; to: Day }

const MOST_DAYS = 366 * 20

/** What an address asks for; what it cannot mean is this month. */
export function readPeriod(asked: URLSearchParams, zone: string, now: Instant): Period {
  const today = dayAt(zone, now)
  const name = PERIODS.find((one) => one === asked.get("period")) ?? "month"
  if (name !== "custom") return named(name, today)
  const from = readDay(asked.get("from") ?? "")
  const to = readDay(asked.get("to") ?? "")
  if (from === null || to === null) return named("month", today)
  const [first, last] = from <= to ? [from, to] : [to, from]
  return { name, from: daysBetween(first, last) > MOST_DAYS ? addDays(last, -MOST_DAYS) : first, to: last }
}

export function named(name: Exclude<PeriodName, "custom">, today: Day): Period {
  switch (name) {
    case "today":
      return { name, from: today, to: today }
    case "yesterday":
      return { name, from: addDays(today, -1), to: addDays(today, -1) }
    case "week":
      return { name, from: addDays(today, 1 - weekdayOf(today)), to: today }
    case "month":
      return { name, from: addMonths(today, 0), to: today }
    case "last_month":
      return { name, from: addMonths(today, -1), to: addDays(addMonths(today, 0), -1) }
    case "year":
      return { name, from: addDays(addMonths(today, -11), 0), to: today }
  }
}

/** The days just before it, as many of them: whole months before whole months. */
export function before({ name, from, to }: Period): Period {
  const isWhole = from % 100 === 1 && addDays(to, 1) % 100 === 1
  if (isWhole) {
    const months = monthsIn(from, to)
    return { name, from: addMonths(from, -months), to: addDays(from, -1) }
  }
  // So far of this month is set beside so far of the one before; of a week, beside the same days of the week before.
  if (name === "month") return { name, from: addMonths(from, -1), to: lesser(sameDay(to, -1), addDays(from, -1)) }
  if (name === "week") return { name, from: addDays(from, -7), to: addDays(to, -7) }
  return { name, from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
}

const lesser = (one: Day, other: Day): Day => Math.min(one, other)
const sameDay = (day: Day, months: number): Day => addDays(addMonths(day, months), (day % 100) - 1)
const monthsIn = (from: Day, to: Day): number => {
  const count = (day: Day) => Math.floor(day / 10_000) * 12 + (monthOf(day) % 100)
  return count(to) - count(from) + 1
}

/** A run of places of one grain: both ends are in it. */
export type Piece = { grain: Grain; from: number; to: number }

/** Whole months as months, the days around them as days: years are a handful of rows. */
export function piecesOf({ from, to }: Period): Piece[] {
  const firstWhole = from % 100 === 1 ? from : addMonths(from, 1)
  const afterLast = addMonths(addDays(to, 1), 0)
  if (firstWhole >= afterLast) return [{ grain: "day", from, to }]
  const pieces: Piece[] = [{ grain: "month", from: monthOf(firstWhole), to: monthOf(addDays(afterLast, -1)) }]
  if (from < firstWhole) pieces.unshift({ grain: "day", from, to: addDays(firstWhole, -1) })
  if (afterLast <= to) pieces.push({ grain: "day", from: afterLast, to })
  return pieces
}

export const STEPS = ["hour", "day", "month"] as const
/** How finely a period is drawn over time. */
export type Step = (typeof STEPS)[number]

export function stepOf({ from, to }: Period): Step {
  const days = daysBetween(from, to)
  return days <= 1 ? "hour" : days <= 100 ? "day" : "month"
}

/** The run of places of a period at a step. */
export function rangeOf({ from, to }: Pick<Period, "from" | "to">, step: Step, zone: string): Piece {
  if (step === "day") return { grain: step, from, to }
  if (step === "month") return { grain: step, from: monthOf(from), to: monthOf(to) }
  const first = hoursOfDay(zone, from)[0] ?? 0
  return { grain: step, from: first, to: hoursOfDay(zone, to).at(-1) ?? first }
}

/** The places along the time of a period, none left out. */
export function placesAlong(period: Period, step: Step, zone: string): number[] {
  const { from, to } = period
  const days = daysBetween(from, to) + 1
  if (step === "hour") return Array.from({ length: days }, (_, index) => hoursOfDay(zone, addDays(from, index))).flat()
  if (step === "day") return Array.from({ length: days }, (_, index) => addDays(from, index))
  return Array.from({ length: monthsIn(from, to) }, (_, index) => monthOf(addMonths(from, index)))
}
