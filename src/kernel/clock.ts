/** The only place that knows what time it is. Everything else is told. */

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number
/** A span of time in milliseconds. */
export type Milliseconds = number

export const seconds = (count: number): Milliseconds => count * 1_000
export const minutes = (count: number): Milliseconds => count * 60_000
export const hours = (count: number): Milliseconds => count * 3_600_000
export const days = (count: number): Milliseconds => count * 86_400_000

/** Ends a wake-up that was asked for; harmless when it has already happened. */
export type Cancel = () => void

export interface Clock {
  now(): Instant
  /** Calls `ring` once, at `at` or as soon after it as possible (at once when `at` is past, never synchronously). */
  wakeAt(at: Instant, ring: () => void): Cancel
}

/** setTimeout overflows beyond 2^31-1 ms; longer waits are walked in steps. */
const LONGEST_TIMEOUT: Milliseconds = 2_000_000_000

export class SystemClock implements Clock {
  now(): Instant {
    return Date.now()
  }

  wakeAt(at: Instant, ring: () => void): Cancel {
    let handle: ReturnType<typeof setTimeout>
    const step = () => {
      const wait = at - Date.now()
      handle = wait > LONGEST_TIMEOUT ? setTimeout(step, LONGEST_TIMEOUT) : setTimeout(ring, Math.max(0, wait))
    }
    step()
    return () => clearTimeout(handle)
  }
}

type Alarm = { at: Instant; order: number; ring: () => void }

/** A clock that moves only when a test moves it. Alarms ring in order, each at its own instant. */
export class VirtualClock implements Clock {
  #alarms: Alarm[] = []
  #order = 0
  #now: Instant

  constructor(start: Instant = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start
  }

  now(): Instant {
    return this.#now
  }

  wakeAt(at: Instant, ring: () => void): Cancel {
    const alarm = { at, order: this.#order++, ring }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** Moves time by `span`, ringing every alarm on the way; `settle` runs after each, so that its consequences land first. */
  async advance(span: Milliseconds, settle: () => Promise<unknown> = nothingToSettle): Promise<void> {
    const end = this.#now + span
    await settle()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next)
      this.#now = Math.max(this.#now, next.at)
      next.ring()
      await settle()
    }
    this.#now = end
    await settle()
  }

  /** Sets the clock as a fault would (NTP step, resumed VM): nothing rings on the way. */
  jumpTo(at: Instant): void {
    this.#now = at
  }

  #next(end: Instant): Alarm | undefined {
    return this.#alarms.filter((alarm) => alarm.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0]
  }
}

async function nothingToSettle(): Promise<void> {}

/** Resolves at the next turn of the event loop, after pending I/O callbacks: the rhythm of group commit. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Runs `work` at the next turn of the event loop. */
export const onNextTurn = (work: () => void): void => {
  setImmediate(work)
}
