/** Counts what is going on right now, so that virtual time waits until it is done. */
export class Activity {
  #going = 0
  #waiting: (() => void)[] = []

  begin(): void {
    this.#going += 1
  }

  end(): void {
    this.#going -= 1
    if (this.#going > 0) return
    for (const resolve of this.#waiting) resolve()
    this.#waiting = []
  }

  /** What waits for time or for others is not going on: it does not keep `idle` from resolving. */
  async rest<Result>(waiting: Promise<Result>): Promise<Result> {
    this.end()
    try {
      return await waiting
    } finally {
      this.begin()
    }
  }

  idle(): Promise<void> {
    return this.#going === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve))
  }
}
