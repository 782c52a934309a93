/** What was counted, added up into the rows that are kept. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { GRAINS, type Grain, type Places, placesOf } from "./calendar.ts"
import { type Dimension, isLongest, type Tick } from "./measures.ts"

export type Sum = { grain: Grain; dimension: Dimension; measure: string; start: number; member: Id; value: number }

/** The clocks of a tenant by the moment at which it took them, oldest first; before the first one, that one. */
export type Zones = readonly { since: Instant; timezone: string }[]

export const zoneAt = (zones: Zones, at: Instant): string =>
  (zones.findLast(({ since }) => since <= at) ?? zones[0])?.timezone ?? "UTC"

/** Sums of many ticks, by what they are the sum of. */
export class Sums {
  readonly #sums = new Map<string, Sum>()
  /** Much is counted at the same moment. */
  #lately: { at: Instant; places: Places } | null = null

  constructor(private readonly zones: Zones) {}

  add({ at, dimension, member, measure, by }: Tick): void {
    const places = this.#placesOf(at)
    for (const grain of GRAINS) this.#put({ grain, dimension, measure, start: places[grain], member, value: by })
  }

  /** What was added up before. */
  addSums(sums: readonly Sum[]): void {
    for (const sum of sums) this.#put({ ...sum })
  }

  #placesOf(at: Instant): Places {
    if (this.#lately?.at !== at) this.#lately = { at, places: placesOf(zoneAt(this.zones, at), at) }
    return this.#lately.places
  }

  #put(sum: Sum): void {
    const key = keyOf(sum)
    const known = this.#sums.get(key)
    if (!known) this.#sums.set(key, sum)
    else if (isLongest(sum.measure)) known.value = Math.max(known.value, sum.value)
    else known.value += sum.value
  }

  /** Those that are something. */
  get list(): Sum[] {
    return [...this.#sums.values()].filter(({ value }) => value !== 0)
  }
}

export const keyOf = ({ grain, dimension, measure, start, member }: Omit<Sum, "value">): string =>
  `${grain} ${dimension} ${measure} ${start} ${member}`
