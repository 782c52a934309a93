/** Media: the files that messages carry. When one that WhatsApp keeps is fetched, and when it is given up. */
import { days, hours, type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** `waiting` for the next try; `failed` waits for a person; `expired`: WhatsApp has it no more. */
export type MediaState = "waiting" | "fetching" | "here" | "failed" | "expired"

/** Why a try came to nothing. */
export type FetchTrouble = "unreachable" | "refused" | "altered" | "too_large" | "not_allowed"

/** How long WhatsApp keeps what a customer sent (wire reference §6). */
export const KEPT_BY_WHATSAPP: Milliseconds = days(7)
/** It keeps what we uploaded for thirty; nothing is sent on its last days. */
export const UPLOAD_SERVES: Milliseconds = days(25)

/** The longest way of one file: more than anybody sends, and than anybody waits for. */
export const MOST_FILE_BYTES = 100_000_000

const MOST_TRIES = 8
const FIRST_WAIT: Milliseconds = seconds(5)
const LONGEST_WAIT: Milliseconds = hours(1)

export type NextTry = { state: "waiting"; wait: Milliseconds } | { state: "failed" | "expired" }

/**
 * After `tries` tries, of which the last ended in `trouble`. A line that is down is waited for as long as WhatsApp keeps
 * the file; what WhatsApp says no to eight times is a person's to decide.
 */
export function nextTry(trouble: FetchTrouble, tries: number, now: Instant, expiresAt: Instant): NextTry {
  if (trouble === "too_large" || trouble === "not_allowed") return { state: "failed" }
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries - 1, 12))
  if (now >= expiresAt) return { state: "expired" }
  if (trouble !== "unreachable" && tries >= MOST_TRIES) return { state: "failed" }
  return { state: "waiting", wait: Math.min(wait, expiresAt - now) }
}

/** Refuses `media.here` and `media.expired`: nothing is left to be tried. */
export function mayFetchAgain(state: MediaState, expiresAt: Instant | null, now: Instant): Refusal | null {
  if (state === "here") return refuse("media.here")
  return state === "expired" || (expiresAt ?? 0) <= now ? refuse("media.expired") : null
}
