import type { ApplianceReader } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"
import { indexedTo, isBehind } from "../store/words.ts"

/** What was said from here on is not in the index of words yet; null: everything is. */
export const behindFrom = (read: ApplianceReader): Instant | null =>
  isBehind(read) ? madeAt(indexedTo(read, "message")) : null
