/** How little is left of the 24 hours in which one may write: four hours want attention, the last one is urgent. */
import type { Milliseconds } from "~/kernel/clock.ts"
import type { Tone } from "../parts/chip.tsx"

const SOON: Milliseconds = 4 * 3_600_000
const URGENT: Milliseconds = 3_600_000

export function windowTone(left: Milliseconds): Tone {
  if (left < URGENT) return "bad"
  return left < SOON ? "warn" : "plain"
}
