/** Files that come in parts: what was cut goes on from where it was, for a day. */
import { hours, type Instant, type Milliseconds } from "~/kernel/clock.ts"

const KEPT_FOR: Milliseconds = hours(24)

/** More at the same time than anybody sends: the oldest is let go. */
export const MOST_PARTIAL_UPLOADS = 5

/** When what has come is let go. */
export const uploadDeadlines = ({ startedAt }: { startedAt: Instant }) => [
  { kind: "upload_ends" as const, at: startedAt + KEPT_FOR },
]
