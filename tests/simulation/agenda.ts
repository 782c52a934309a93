/** What is going to be done, and when. Everything of the same few seconds is done at the same moment: that is where races are. */
import type { SeededChance } from "~/kernel/chance.ts"
import { type Instant, type Milliseconds, seconds, type VirtualClock } from "~/kernel/clock.ts"

export type Deed = () => Promise<unknown> | unknown

export const TICK: Milliseconds = seconds(5)

export class Agenda {
  #deeds = new Map<number, Deed[]>()

  constructor(private readonly clock: VirtualClock) {}

  at(when: Instant, deed: Deed): void {
    const tick = Math.max(Math.ceil(when / TICK), Math.floor(this.clock.now() / TICK) + 1)
    const deeds = this.#deeds.get(tick)
    if (deeds) deeds.push(deed)
    else this.#deeds.set(tick, [deed])
  }

  in(span: Milliseconds, deed: Deed): void {
    this.at(this.clock.now() + span, deed)
  }

  /** When the next deed is due; `otherwise` when there is none. */
  next(otherwise: Instant): Instant {
    return Math.min(otherwise, ...[...this.#deeds.keys()].map((tick) => tick * TICK))
  }

  /** What is to be done at this tick of the clock. */
  due(): Deed[] {
    const tick = Math.floor(this.clock.now() / TICK)
    const deeds = this.#deeds.get(tick) ?? []
    this.#deeds.delete(tick)
    return deeds
  }
}

/** A span as people take it: mostly around `usual`, now and then much longer. */
export function about(chance: SeededChance, usual: Milliseconds): Milliseconds {
  const normal = Array.from({ length: 6 }, () => chance.fraction()).reduce((sum, one) => sum + one - 0.5, 0)
  return usual * Math.exp(normal)
}

export const happens = (chance: SeededChance, percent: number): boolean => chance.fraction() * 100 < percent

export function oneOf<Item>(chance: SeededChance, items: readonly Item[]): Item {
  const item = items[chance.below(items.length)]
  if (item === undefined) throw new Error("nothing to choose from")
  return item
}
