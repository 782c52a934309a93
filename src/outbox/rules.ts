/**
 * The outbox: everything that must leave the building. Rows are its memory, so that a restart forgets nothing; what a
 * call's outcome means for the message, its followers, the customer and the number is decided here
 * (reliability-security.md §4.2).
 */
import { unreachable } from "~/kernel/assert.ts"
import type { Chance } from "~/kernel/chance.ts"
import { hours, type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Settlement } from "~/message/actions/delivering.ts"
import type { SendOutcome } from "~/whatsapp/errors.ts"

/** Customers served at the same time by one number. */
export const PARALLEL_SENDS = 32
/** What follows a message that failed or is in doubt waits this long, so that a person can decide about it. */
export const FOLLOWERS_WAIT: Milliseconds = seconds(10)
/** How often a number that may not send tries whether it may again. */
export const PROBE_EVERY: Milliseconds = minutes(1)
/** Tries after Meta broke down in the middle; each carries a small risk of a double. */
export const MOST_TRANSIENT_TRIES = 5
export const MOST_RECEIPT_TRIES = 4

/** What follows from one call. */
export type Plan = {
  settlement: Settlement
  /** The rest of the conversation waits for a decision. */
  holdsFollowers: boolean
  pausePair: Milliseconds | null
  pauseNumber: Milliseconds | null
  /** The number cannot send until somebody acts, and why. */
  holdNumber: string | null
}

/** What went wrong before. */
export type Troubles = {
  /** How often Meta broke down over this message. */
  transient: number
  /** The attempt that ended now, counted from 1. */
  attempt: number
  /** Refusals since the last success: to this customer, and of this number. */
  pair: number
  number: number
}

export function planFor(outcome: SendOutcome, troubles: Troubles, now: Instant, chance: Chance): Plan {
  switch (outcome.outcome) {
    case "accepted":
      return { ...CALM, settlement: { result: "accepted", wamid: outcome.wamid } }
    case "uncertain":
      return { ...CALM, settlement: { result: "uncertain" }, holdsFollowers: true }
    case "hold":
      return { ...CALM, settlement: { result: "again", at: null }, holdNumber: outcome.reason }
    case "failed": {
      const { code, reason, details, title } = outcome
      return failed({ code, reason, details: details ?? (title || null) })
    }
    case "retry":
      return retry(outcome, troubles, now, chance)
    default:
      return unreachable(outcome)
  }
}

const CALM = { holdsFollowers: false, pausePair: null, pauseNumber: null, holdNumber: null }

const failed = (failure: { code: number | null; reason: string; details: string | null }): Plan => ({
  ...CALM,
  settlement: { result: "failed", failure },
  holdsFollowers: true,
})

function retry(
  { scope, code, reason, afterMs }: SendOutcome & { outcome: "retry" },
  troubles: Troubles,
  now: Instant,
  chance: Chance,
): Plan {
  switch (scope) {
    case "message": {
      if (code !== null && troubles.transient + 1 >= MOST_TRANSIENT_TRIES)
        return failed({ code, reason, details: null })
      const wait = spread(afterMs ?? backOff(troubles.attempt), chance)
      return { ...CALM, settlement: { result: "again", at: now + wait } }
    }
    case "pair": {
      const wait = spread(afterMs ?? pairBackOff(troubles.pair), chance)
      return { ...CALM, settlement: { result: "again", at: now + wait }, pausePair: wait }
    }
    case "number":
      return {
        ...CALM,
        settlement: { result: "again", at: null },
        pauseNumber: spread(afterMs ?? backOff(troubles.number + 1), chance),
      }
    default:
      return unreachable(scope)
  }
}

/** 1, 2, 4 … 60 seconds before the next try; `tries` have been made. */
export const backOff = (tries: number): Milliseconds => Math.min(minutes(1), seconds(1) * 2 ** Math.min(tries - 1, 10))

/** Meta's advice for one customer written to too often: 4^n seconds. */
const pairBackOff = (refusals: number): Milliseconds => Math.min(hours(1), seconds(1) * 4 ** Math.min(refusals, 10))

/** Up to a fifth longer, so that what failed together does not come back together. */
export const spread = (wait: Milliseconds, chance: Chance): Milliseconds =>
  Math.round(wait * (1 + chance.fraction() / 5))
