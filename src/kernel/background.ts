/** Work that goes on by itself, one round after another, and is looked for again whenever somebody wakes it. */
import type { Cancel, Clock, Milliseconds } from "./clock.ts"
import { describeError, type Log } from "./log.ts"

export type Work = {
  /** One round; answers after how long the next one is due (0: at once), null when nothing is under way. */
  round(isStopped: () => boolean): Promise<Milliseconds | null>
  /** What the log says when a round fails; it is tried again after `afterFault`. */
  fault: string
  afterFault: Milliseconds
}

export class Background {
  #state: "new" | "running" | "stopped" = "new"
  #isWanted = false
  #busy: Promise<void> | null = null
  #disarm: Cancel = () => {}

  constructor(
    private readonly parts: { clock: Clock; log: Log },
    private readonly work: Work,
  ) {}

  /** Until then nobody can wake it; what waits since an earlier run is found now. */
  start(): void {
    this.#state = "running"
    this.wake()
  }

  /** Looks now, or once more after the round under way. */
  wake(): void {
    if (this.#state !== "running") return
    if (this.#busy) this.#isWanted = true
    else this.#run()
  }

  /** Resolves when no round is under way; the next one may wait for its time. */
  async idle(): Promise<void> {
    while (this.#busy) await this.#busy
  }

  /** Starts nothing more; resolves when what is under way is written down. */
  async stop(): Promise<void> {
    this.#state = "stopped"
    this.#disarm()
    await this.#busy
  }

  readonly #isStopped = () => this.#state === "stopped"

  #run(): void {
    this.#isWanted = false
    this.#disarm()
    this.#busy = this.#round().then((pause) => {
      this.#busy = null
      if (this.#isStopped()) return
      if (this.#isWanted || pause === 0) this.#run()
      else if (pause !== null) this.#disarm = this.parts.clock.wakeAt(this.parts.clock.now() + pause, () => this.wake())
    })
  }

  async #round(): Promise<Milliseconds | null> {
    try {
      return await this.work.round(this.#isStopped)
    } catch (error) {
      this.parts.log.error(this.work.fault, describeError(error))
      return this.work.afterFault
    }
  }
}
