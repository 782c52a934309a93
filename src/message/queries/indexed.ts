import type { ApplianceReader } from "~/database/handles.ts"
import { type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"
import { firstWaiting } from "../store/words.ts"

/** What is on its way into the index within this is no matter to tell of. */
const USUAL: Milliseconds = seconds(10)

/** What was said from here on is not in the index of words yet; null: everything is. */
export function behindFrom(read: ApplianceReader): Instant | null {
  const first = firstWaiting(read)
  return first !== null && madeAt(first) < read.now - USUAL ? madeAt(first) : null
}
