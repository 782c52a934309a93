/** How far the indexes of words and of names have come. */
import type { ApplianceReader } from "~/database/handles.ts"
import { type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"
import { CALLED, SAID, type WordSource, waiting } from "../store/words.ts"

/** What is on its way into the index within this is no matter to tell of. */
const USUAL: Milliseconds = seconds(10)
/** Of more than a few a search waits for none that came within this: they go in together, in a moment. */
const ON_ITS_WAY: Milliseconds = seconds(1)
const FEW = 5

/** What was said from here on is not in the index of words yet; null: everything is. */
export const behindFrom = (read: ApplianceReader): Instant | null => waitingFrom(read, SAID, USUAL)

/** Whether anything waits for one of them. */
export const isBehind = (read: ApplianceReader): boolean => waiting(read, [...SAID, ...CALLED], 1).first !== null

/** Whether a search has to see to the indexes first: for the few rows of a quiet hour, and when they are late. */
export function isAwaited(read: ApplianceReader): boolean {
  const { first, count } = waiting(read, [...SAID, ...CALLED], FEW + 1)
  return first !== null && (count <= FEW || madeAt(first) < read.now - ON_ITS_WAY)
}

/** Whether the index of names has everybody, but for who came a moment ago. */
export const areNamesIndexed = (read: ApplianceReader): boolean => waitingFrom(read, CALLED, ON_ITS_WAY) === null

function waitingFrom(read: ApplianceReader, sources: readonly WordSource[], since: Milliseconds): Instant | null {
  const { first } = waiting(read, sources, 1)
  return first !== null && madeAt(first) < read.now - since ? madeAt(first) : null
}
