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
  /** The last time that the machine's date was moved under us; null: never. A new object for each. */
  disturbance(): Disturbance | null
}

/**
 * `leapt`: by more than an hour, as a machine that was asleep or had a wrong date does. `set_back`: the date was, we
 * were not. `by` is how far, `at` what this clock showed then.
 */
export type Disturbance = { kind: "leapt" | "set_back"; at: Instant; by: Milliseconds }

/** Corrections below this are followed either way, as time servers make them. */
const SMALL_CORRECTION = seconds(5)
const LEAP = hours(1)

/** Timers run by a clock that stands still while a machine sleeps: whoever waits looks again this often. */
const LONGEST_TIMEOUT = minutes(1)

/** What a machine has: a date that can be moved, and a count of milliseconds that only goes on. */
type Host = { date(): Instant; count(): Milliseconds }
const thisHost: Host = { date: () => Date.now(), count: () => performance.now() }

/** Never goes back by more than a small correction: where the date is set back, it goes on until the date catches up. */
export class SystemClock implements Clock {
  #known: { date: Instant; count: Milliseconds }
  #disturbance: Disturbance | null = null
  #isSetBack = false

  constructor(private readonly host: Host = thisHost) {
    this.#known = { date: host.date(), count: host.count() }
  }

  now(): Instant {
    const date = this.host.date()
    const count = this.host.count()
    const expected = this.#known.date + Math.round(count - this.#known.count)
    const moved = date - expected
    if (moved < -SMALL_CORRECTION) {
      if (!this.#isSetBack) this.#disturbance = { kind: "set_back", at: expected, by: -moved }
      this.#isSetBack = true
      return expected
    }
    if (moved > LEAP) this.#disturbance = { kind: "leapt", at: date, by: moved }
    this.#isSetBack = false
    this.#known = { date, count }
    return date
  }

  disturbance(): Disturbance | null {
    this.now()
    return this.#disturbance
  }

  wakeAt(at: Instant, ring: () => void): Cancel {
    let handle: ReturnType<typeof setTimeout>
    const step = () => {
      const wait = at - this.now()
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
  #disturbance: Disturbance | null = null

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

  /** Stands at another moment: nothing rings on the way. */
  jumpTo(at: Instant): void {
    this.#now = at
  }

  /** The same as a fault of a running machine (a resumed one, a corrected date), whose alarms ring when it wakes. */
  leapTo(at: Instant): void {
    this.#disturbance = { kind: "leapt", at, by: at - this.#now }
    this.#now = at
  }

  disturbance(): Disturbance | null {
    return this.#disturbance
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
