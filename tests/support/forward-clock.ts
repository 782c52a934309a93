/** The system's clock, which a test may put ahead: what is due by then rings at once, and nobody has to wait. */
import {
  type Cancel,
  type Clock,
  type Disturbance,
  type Instant,
  type Milliseconds,
  SystemClock,
} from "~/kernel/clock.ts"

type Alarm = { readonly at: Instant; readonly ring: () => void; cancel: Cancel }

export class ForwardClock implements Clock {
  readonly #system = new SystemClock()
  readonly #alarms = new Set<Alarm>()
  #ahead: Milliseconds = 0

  now(): Instant {
    return this.#system.now() + this.#ahead
  }

  disturbance(): Disturbance | null {
    return this.#system.disturbance()
  }

  wakeAt(at: Instant, ring: () => void): Cancel {
    const alarm: Alarm = { at, ring, cancel: () => {} }
    this.#alarms.add(alarm)
    this.#arm(alarm)
    return () => {
      alarm.cancel()
      this.#alarms.delete(alarm)
    }
  }

  /** Time passes for the appliance and the phones alike; browsers count on by their own clock. */
  putAhead(span: Milliseconds): void {
    this.#ahead += span
    for (const alarm of [...this.#alarms].sort((one, other) => one.at - other.at)) {
      alarm.cancel()
      this.#arm(alarm)
    }
  }

  #arm(alarm: Alarm): void {
    alarm.cancel = this.#system.wakeAt(alarm.at - this.#ahead, () => {
      this.#alarms.delete(alarm)
      alarm.ring()
    })
  }
}
