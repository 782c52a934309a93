import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** Meta's throughput of a number, in and out (wire reference §8.4). */
export const FULL_RATE_PER_SECOND = 80
const SLOWEST_PER_SECOND = 1
/** To one customer: 45 at once, borrowed from a rate of one every 6 seconds. */
const PAIR_BURST = 45
const PAIR_EVERY: Milliseconds = seconds(6)

type Bucket = { tokens: number; at: Instant }

const refilled = ({ tokens, at }: Bucket, now: Instant, every: Milliseconds, most: number): Bucket => ({
  tokens: Math.min(most, tokens + Math.max(0, now - at) / every),
  at: now,
})

/** When a bucket will have a whole token. */
const wholeAt = ({ tokens, at }: Bucket, every: Milliseconds): Instant =>
  tokens >= 1 ? at : at + Math.ceil((1 - tokens) * every)

/** How fast one number sends: at Meta's rate, half of it after every refusal, back up with every success. */
export class NumberPace {
  #rate = FULL_RATE_PER_SECOND
  #bucket: Bucket
  #pausedUntil: Instant = 0
  #refusals = 0

  constructor(now: Instant) {
    this.#bucket = { tokens: 1, at: now }
  }

  get refusals(): number {
    return this.#refusals
  }
  get ratePerSecond(): number {
    return this.#rate
  }

  /** The earliest moment for the next send. */
  readyAt(now: Instant): Instant {
    this.#refill(now)
    return Math.max(this.#pausedUntil, wholeAt(this.#bucket, this.#every))
  }

  take(now: Instant): void {
    this.#refill(now)
    this.#bucket.tokens -= 1
  }

  refuse(now: Instant, pause: Milliseconds): void {
    this.#refusals += 1
    this.#rate = Math.max(SLOWEST_PER_SECOND, this.#rate / 2)
    this.pause(now + pause)
  }

  pause(until: Instant): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until)
  }

  succeed(): void {
    this.#refusals = 0
    this.#rate = Math.min(FULL_RATE_PER_SECOND, this.#rate + 1)
  }

  get #every(): Milliseconds {
    return seconds(1) / this.#rate
  }

  /** A tenth of a second's worth may leave at once. */
  #refill(now: Instant): void {
    this.#bucket = refilled(this.#bucket, now, this.#every, Math.max(1, this.#rate / 10))
  }
}

type Pair = { bucket: Bucket; pausedUntil: Instant; refusals: number }

/** How often one number writes to each customer. Waits, never fails. */
export class PairPaces {
  #pairs = new Map<Id, Pair>()

  readyAt(customer: Id, now: Instant): Instant {
    const pair = this.#pairs.get(customer)
    if (!pair) return now
    pair.bucket = refilled(pair.bucket, now, PAIR_EVERY, PAIR_BURST)
    return Math.max(pair.pausedUntil, wholeAt(pair.bucket, PAIR_EVERY))
  }

  refusals(customer: Id): number {
    return this.#pairs.get(customer)?.refusals ?? 0
  }

  take(customer: Id, now: Instant): void {
    const pair = this.#pairOf(customer, now)
    pair.bucket = refilled(pair.bucket, now, PAIR_EVERY, PAIR_BURST)
    pair.bucket.tokens -= 1
    if (this.#pairs.size > REMEMBERED_PAIRS) this.#forgetRested(now)
  }

  refuse(customer: Id, now: Instant, pause: Milliseconds): void {
    const pair = this.#pairOf(customer, now)
    pair.refusals += 1
    pair.pausedUntil = now + pause
  }

  succeed(customer: Id): void {
    const pair = this.#pairs.get(customer)
    if (pair) pair.refusals = 0
  }

  #pairOf(customer: Id, now: Instant): Pair {
    const known = this.#pairs.get(customer)
    if (known) return known
    const pair: Pair = { bucket: { tokens: PAIR_BURST, at: now }, pausedUntil: 0, refusals: 0 }
    this.#pairs.set(customer, pair)
    return pair
  }

  /** A pair that has its whole burst back is as good as unknown. */
  #forgetRested(now: Instant): void {
    for (const [customer, { bucket, refusals }] of this.#pairs)
      if (refusals === 0 && refilled(bucket, now, PAIR_EVERY, PAIR_BURST).tokens >= PAIR_BURST)
        this.#pairs.delete(customer)
  }
}

const REMEMBERED_PAIRS = 10_000
