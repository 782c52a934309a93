import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError } from "~/kernel/log.ts"
import type { OutboxParts } from "./outbox.ts"
import { Rounds } from "./rounds.ts"

/** What a pool works on, and how. */
export type Trade<Work> = {
  /** As the log says it. */
  name: string
  /** How many calls may be in flight. */
  atOnce: number
  /** What is due now, the longest due first, `most` at the most; what is in flight may be among it. */
  due(most: number): readonly Work[]
  /** When the next that is not due yet becomes due. */
  nextAt(): Instant | null
  keyOf(work: Work): Id
  /** Makes the call and writes down what came of it. */
  settle(work: Work): Promise<void>
}

/** Works off rows in any order, a few at once, each by one call at a time. */
export class Pool<Work> {
  #busy = new Set<Id>()
  #rounds: Rounds

  constructor(
    private readonly parts: Pick<OutboxParts, "clock" | "log">,
    private readonly trade: Trade<Work>,
    private readonly changed: () => void,
  ) {
    this.#rounds = new Rounds(parts, { part: trade.name }, () => this.#look(), changed)
  }

  get idle(): boolean {
    return this.#busy.size === 0 && this.#rounds.idle
  }

  wake(): void {
    this.#rounds.wake()
  }

  stop(): void {
    this.#rounds.stop()
  }

  #look(): Instant | null {
    const { atOnce, keyOf } = this.trade
    for (const work of this.trade.due(atOnce + this.#busy.size))
      if (this.#busy.size < atOnce && !this.#busy.has(keyOf(work))) this.#start(work)
    return this.trade.nextAt()
  }

  #start(work: Work): void {
    const key = this.trade.keyOf(work)
    this.#busy.add(key)
    void this.trade
      .settle(work)
      .catch((error) => this.parts.log.warn("not settled", { part: this.trade.name, ...describeError(error) }))
      .finally(() => {
        this.#busy.delete(key)
        this.wake()
        this.changed()
      })
  }
}
