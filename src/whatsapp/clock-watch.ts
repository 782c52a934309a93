/**
 * Whether our clock is right, told by WhatsApp's: what is said to come from the future shows that ours is behind; when
 * nothing of an hour's traffic is younger than some minutes, ours is ahead. The 24 hours go by WhatsApp's clock anyhow;
 * deadlines and opening hours go by ours.
 */
import { hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"

const TOLERANCE: Milliseconds = minutes(2)
/** What is late may have waited at WhatsApp: only so much that is late, and nothing that is not, says something. */
const ENOUGH = 20

type Hour = { began: Instant; count: number; youngest: Milliseconds }

export class ClockWatch {
  #hours: Hour[] = []

  /** Something that happened at WhatsApp at `at` has reached us. */
  note(at: Instant, now: Instant): void {
    const age = now - at
    const current = this.#hours.at(-1)
    if (current && now >= current.began && now < current.began + hours(1)) {
      current.count += 1
      current.youngest = Math.min(current.youngest, age)
    } else {
      this.#hours = [...this.#hours.slice(-1), { began: now, count: 1, youngest: age }]
    }
  }

  /** How far ours is ahead of WhatsApp's, behind when negative; null while nothing says that it is wrong. */
  difference(now: Instant): Milliseconds | null {
    const recent = this.#hours.filter(({ began }) => Math.abs(now - began) < hours(2))
    const youngest = Math.min(...recent.map((hour) => hour.youngest))
    if (youngest < -TOLERANCE) return youngest
    const count = recent.reduce((sum, hour) => sum + hour.count, 0)
    return count >= ENOUGH && youngest > TOLERANCE ? youngest : null
  }
}
