/**
 * Figures of two or more at once (a skillset on a number, an agent by skillsets): no counter is kept for them, so what was
 * recorded is counted again by the same rules, and of every count whose it is decides whether it is one of these.
 */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Day, placesOf } from "./calendar.ts"
import { type Dimension, isLongest, type Tick } from "./measures.ts"
import type { Period } from "./period.ts"
import { isDimension, type Rows } from "./reports.ts"

export type Filter = { dimension: Dimension; member: Id }
export type ByKey = Map<number, Map<string, number>>

/** One count, with everybody whose it is. */
type Count = { at: Instant; measure: string; by: number; whose: ReadonlyMap<Dimension, Id> }

/** A count is told of its number first, then of whoever else it is (`ticks` in measures.ts). */
export function countsIn(all: readonly Tick[]): Count[] {
  const counts: (Count & { whose: Map<Dimension, Id> })[] = []
  for (const { at, dimension, member, measure, by } of all)
    if (dimension === "channel") counts.push({ at, measure, by, whose: new Map([[dimension, member]]) })
    else counts.at(-1)?.whose.set(dimension, member)
  return counts
}

export type Combination = {
  filters: readonly Filter[]
  measures: ReadonlySet<string>
  period: Period
  before: Period
  step: "hour" | "day" | "month"
  rows: Rows
}

/** What has been added up so far. */
export class Combined {
  readonly total = new Map<string, number>()
  readonly before = new Map<string, number>()
  readonly along: ByKey = new Map()
  readonly lines: ByKey = new Map()

  constructor(
    private readonly asked: Combination,
    private readonly zoneAt: (at: Instant) => string,
  ) {}

  add(ticks: readonly Tick[]): void {
    const { filters, measures } = this.asked
    for (const count of countsIn(ticks))
      if (
        measures.has(count.measure) &&
        filters.every(({ dimension, member }) => count.whose.get(dimension) === member)
      )
        this.#put(count)
  }

  #put({ at, measure, by, whose }: Count): void {
    const { period, before, step, rows } = this.asked
    const { hour, day, month, clock } = placesOf(this.zoneAt(at), at)
    if (isIn(before, day)) raise(this.before, measure, by)
    if (!isIn(period, day)) return
    const places = { hour, day, month, clock: clock % 100 }
    raise(this.total, measure, by)
    raise(figuresOf(this.along, places[step]), measure, by)
    const key = isDimension(rows) ? whose.get(rows) : places[rows]
    if (key !== undefined) raise(figuresOf(this.lines, key), measure, by)
  }
}

const isIn = ({ from, to }: Pick<Period, "from" | "to">, day: Day): boolean => from <= day && day <= to

function figuresOf(all: ByKey, key: number): Map<string, number> {
  const figures = all.get(key) ?? new Map<string, number>()
  all.set(key, figures)
  return figures
}

function raise(figures: Map<string, number>, measure: string, by: number): void {
  const known = figures.get(measure) ?? 0
  figures.set(measure, isLongest(measure) ? Math.max(known, by) : known + by)
}
