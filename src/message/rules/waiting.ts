import { days, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"

/** After a day nobody knows whether what a person wrote still holds. */
const LONGEST_WAIT: Milliseconds = days(1)

export type Waited = { queuedAt: Instant; isAutomatic: boolean; windowEndsAt: Instant | null }

/**
 * What becomes of a message that waited until `enabledAt`, its company being disabled: automatic ones are given up after the
 * time at which the number is silent (0: never), a person's is held when it waited for a day or the 24 hours are over. Null:
 * it leaves.
 */
export function waitedTooLong(
  { queuedAt, isAutomatic, windowEndsAt }: Waited,
  silentWhenLateMinutes: number,
  enabledAt: Instant,
): "discarded" | "held" | null {
  const waited = enabledAt - queuedAt
  if (isAutomatic) return silentWhenLateMinutes > 0 && waited > minutes(silentWhenLateMinutes) ? "discarded" : null
  const isWindowOver = windowEndsAt !== null && windowEndsAt <= enabledAt
  return waited >= LONGEST_WAIT || isWindowOver ? "held" : null
}
