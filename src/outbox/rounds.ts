import { type Cancel, type Instant, onNextTurn } from "~/kernel/clock.ts"
import { describeError } from "~/kernel/log.ts"
import type { OutboxParts } from "./outbox.ts"
import { backOff } from "./rules.ts"

/** When a part of the outbox looks for what may leave: once, soon, however often it is woken, and at the time it has set. */
export class Rounds {
  #scheduled = false
  #stopped = false
  #disarm: Cancel = () => {}

  /** `look` answers when to look again, null when only an event can change something; `about` says in the log whose look failed. */
  constructor(
    private readonly parts: Pick<OutboxParts, "clock" | "log">,
    private readonly about: Readonly<Record<string, string | number>>,
    private readonly look: () => Instant | null,
    private readonly changed: () => void,
  ) {}

  get idle(): boolean {
    return !this.#scheduled
  }

  get stopped(): boolean {
    return this.#stopped
  }

  wake(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    onNextTurn(() => {
      this.#scheduled = false
      if (!this.#stopped) this.lookAgainAt(this.#looked())
      this.changed()
    })
  }

  lookAgainAt(nextAt: Instant | null): void {
    this.#disarm()
    if (nextAt !== null && !this.#stopped) this.#disarm = this.parts.clock.wakeAt(nextAt, () => this.wake())
  }

  stop(): void {
    this.#stopped = true
    this.#disarm()
  }

  #looked(): Instant | null {
    try {
      return this.look()
    } catch (error) {
      this.parts.log.error("outbox could not look", { ...this.about, ...describeError(error) })
      return this.parts.clock.now() + backOff(1)
    }
  }
}
