/** Sums of a period, read off the counters: a handful of ranges, whatever has happened in it. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { addDays, clockAt, hoursOfDay, startOfDay } from "../rules/calendar.ts"
import type { Figures } from "../rules/figures.ts"
import { type Dimension, isLongest, type Measure } from "../rules/measures.ts"
import { type Period, type Piece, piecesOf, rangeOf, type Step } from "../rules/period.ts"

type Range = Piece & { dimension: Dimension }

/** One statement for each set of measures: what is constant in a statement is planned for. */
const statements = new Map<string, ReturnType<typeof sumsStatement>>()

const sumsStatement = (measures: readonly Measure[]) =>
  statement((p: Range) =>
    query
      .selectFrom("reportCounter")
      .select(({ fn }) => ["member", "measure", fn.sum<number>("value").as("sum"), fn.max<number>("value").as("most")])
      .where("grain", "=", p.grain)
      .where("dimension", "=", p.dimension)
      .where("measure", "in", measures)
      .where("start", ">=", p.from)
      .where("start", "<=", p.to)
      .groupBy(["measure", "member"]),
  )
const alongStatements = new Map<string, ReturnType<typeof alongStatement>>()
const alongStatement = (measures: readonly Measure[]) =>
  statement((p: Range) =>
    query
      .selectFrom("reportCounter")
      .select(["start", "member", "measure", "value"])
      .where("grain", "=", p.grain)
      .where("dimension", "=", p.dimension)
      .where("measure", "in", measures)
      .where("start", ">=", p.from)
      .where("start", "<=", p.to),
  )

function kept<Made>(
  known: Map<string, Made>,
  measures: readonly Measure[],
  make: (all: readonly Measure[]) => Made,
): Made {
  const key = measures.join(" ")
  const made = known.get(key) ?? make(measures)
  known.set(key, made)
  return made
}

/** Whose figures: a whole dimension, or one of its members. */
export type Of = { dimension: Dimension; member: Id | null }
export type ByMember = Map<Id, Map<string, number>>

/** The sums of a period for each member of a dimension. */
export function sumsByMember(
  reader: Reader,
  period: Period,
  dimension: Dimension,
  measures: readonly Measure[],
): ByMember {
  const found: ByMember = new Map()
  for (const piece of piecesOf(period))
    for (const { member, measure, sum, most } of reader.all(kept(statements, measures, sumsStatement), {
      ...piece,
      dimension,
    }))
      put(found, member, measure, isLongest(measure) ? most : sum)
  return found
}

/** The same for all of them, or for one. */
export function sumsOf(reader: Reader, period: Period, of: Of, measures: readonly Measure[]): Figures {
  const all = sumsByMember(reader, period, of.dimension, measures)
  return of.member === null ? together(all.values()) : (all.get(of.member) ?? new Map())
}

/** Along the time of a period, by the place of each step; of a month that is in it in part, the days that are. */
export function sumsAlong(
  reader: Reader,
  { period, step, zone }: { period: Period; step: Step; zone: string },
  of: Of,
  measures: readonly Measure[],
): ByMember {
  const found: ByMember = new Map()
  const pieces = step === "month" ? piecesOf(period) : [rangeOf(period, step, zone)]
  for (const piece of pieces) {
    const scale = step === "month" && piece.grain === "day" ? 100 : 1
    for (const { start, member, measure, value } of rowsAlong(reader, piece, of.dimension, measures))
      if (of.member === null || member === of.member) put(found, Math.floor(start / scale), measure, value)
  }
  return found
}

const rowsAlong = (reader: Reader, piece: Piece, dimension: Dimension, measures: readonly Measure[]) =>
  reader.all(kept(alongStatements, measures, alongStatement), { ...piece, dimension })

/** By the hour of the day: whole months from where they are kept so, the days around them hour by hour. */
export function sumsByClock(
  reader: Reader,
  { period, zone }: { period: Period; zone: string },
  of: Of,
  measures: readonly Measure[],
): ByMember {
  const found: ByMember = new Map()
  for (const piece of piecesOf(period)) {
    const isMonths = piece.grain === "month"
    const range: Piece = isMonths
      ? { grain: "clock", from: piece.from * 100, to: piece.to * 100 + 23 }
      : rangeOf({ ...period, from: piece.from, to: piece.to }, "hour", zone)
    const hours = isMonths ? null : clocksOf(piece, zone)
    const rows = rowsAlong(reader, range, of.dimension, measures)
    for (const { start, member, measure, value } of rows)
      if (of.member === null || member === of.member) put(found, hours?.get(start) ?? start % 100, measure, value)
  }
  return found
}

/** The hour of the day by the beginning of each hour. */
function clocksOf({ from, to }: Piece, zone: string): Map<number, number> {
  const clocks = new Map<number, number>()
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const start = startOfDay(zone, day)
    for (const hour of hoursOfDay(zone, day)) clocks.set(hour, clockAt(zone, Math.max(hour, start)))
  }
  return clocks
}

function put(found: ByMember, key: number, measure: string, value: number): void {
  const figures = found.get(key) ?? new Map<string, number>()
  const known = figures.get(measure) ?? 0
  figures.set(measure, isLongest(measure) ? Math.max(known, value) : known + value)
  found.set(key, figures)
}

/** Figures of several, as one. */
export function together(all: Iterable<Figures>): Map<string, number> {
  const sum = new Map<string, number>()
  for (const figures of all)
    for (const [measure, value] of figures) {
      const known = sum.get(measure) ?? 0
      sum.set(measure, isLongest(measure) ? Math.max(known, value) : known + value)
    }
  return sum
}
