/** Which lines of a thread are worth their place, and which bubbles belong together. */
import type { ThreadItem } from "~/message/queries/thread.ts"

const AT_ONCE_MS = 3_000

/** Whom it waited for is not in the next line. */
const ENDED_WAITS: ReadonlySet<string> = new Set(["exclusive_ended", "target_lost", "released"])

/** What the next line says anyway is left out: a first message opens, and waits for no time at all. */
export function isTelling(item: ThreadItem, next: ThreadItem | undefined): boolean {
  if (item.type !== "event") return true
  if (item.kind === "opened") return item.data.how !== "inbound"
  return !(
    item.kind === "queued" &&
    !ENDED_WAITS.has(String(item.data.why)) &&
    next?.type === "event" &&
    next.kind === "offered" &&
    next.at - item.at < AT_ONCE_MS
  )
}

const GROUP_MS = 120_000

/** The same side within two minutes: one group of bubbles. */
export const follows = (before: ThreadItem | undefined, item: ThreadItem): boolean =>
  before?.type === "message" &&
  item.type === "message" &&
  before.direction === item.direction &&
  before.authorName === item.authorName &&
  item.at - before.at < GROUP_MS
