/** How much one user may ask of the speech server, so that one page gone wild does not take it from everybody. */
import { type Clock, type Instant, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** Somebody who speaks without a breath makes about thirty segments. */
const MOST_A_MINUTE = 60

export class Pace {
  readonly #asked = new Map<Id, Instant[]>()
  constructor(private readonly clock: Clock) {}

  /** Whether `user` may ask once more; counts it when they may. */
  take(user: Id): boolean {
    const now = this.clock.now()
    const recent = (this.#asked.get(user) ?? []).filter((at) => at > now - minutes(1))
    const isFree = recent.length < MOST_A_MINUTE
    this.#asked.set(user, isFree ? [...recent, now] : recent)
    return isFree
  }
}
