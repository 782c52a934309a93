/** The messages of a conversation as its screen asks for them: the end, a page before, or a stretch of the past. */
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { dayStart, itemsAround, itemsFrom, type Stretch } from "~/message/queries/around.ts"
import { readCursor, type ThreadCursor, type ThreadItem, threadItems, writeCursor } from "~/message/queries/thread.ts"
import { type ConversationHead, conversationHead } from "./console.ts"

/** Whose screen it is, and the places that its address names. */
export type Asking = { actor: UserActor; viewer: Id; places: ReadonlyMap<string, string>; zone: string }

export type Thread = {
  head: ConversationHead
  items: readonly ThreadItem[]
  /** The first item: what the panel begins with as long as it is on screen. */
  from: string | null
  /** Where the page before this one ends; null at the beginning. */
  olderFrom: string | null
}
/** What was said long before the end of the thread. */
export type Past = {
  thread: Thread
  /** Where what comes after it begins; null when the page has that already. */
  newerFrom: string | null
  /** What the page has already begins here. */
  until: string
}

/** One page of a thread; older ones are fetched as they come into view. */
const PAGE = 60
/** What stays open all day grows; beyond this the earliest are drawn anew no more. */
const MOST_LIVE = 90

/** The end of the thread, or what came before the place `before`; no item before `from`, unless they are too many. */
export function threadOf(reader: Reader, asking: Asking, id: Id): Thread {
  const head = conversationHead(reader, asking.actor, id)
  const before = place(asking, "before")
  const from = place(asking, "from")
  const items = threadItems(reader, id, { ...asking, before, from, limit: MOST_LIVE + 1 })
  const limit = from && items.length <= MOST_LIVE ? MOST_LIVE : PAGE
  const shown = items.slice(-limit)
  const [first = null] = shown
  const hasOlder = items.length > limit || (from !== null && hasItemsBefore(reader, asking, id, first))
  const start = first && writeCursor(first)
  return { head, items: shown, from: start, olderFrom: hasOlder ? start : null }
}

/** The stretch around the place `at` or the `day`; null when what begins at `from` has that place. */
export function pastOf(reader: Reader, asking: Asking, id: Id, from: string | null): Past | null {
  const at = place(asking, "at") ?? dayStart(asking.zone, asking.places.get("day") ?? "")
  const until = place(asking, "before") ?? readCursor(from ?? "")
  if (at === null || until === null || at.at > until.at || at.id === until.id) return null
  return past(reader, asking, id, until, itemsAround(reader, id, { ...asking, at, until }))
}

/** What comes after the place `after`, as far as the page needs it. */
export function newerOf(reader: Reader, asking: Asking, id: Id): Past {
  const at = place(asking, "after") ?? END
  const until = place(asking, "before") ?? END
  return past(reader, asking, id, until, itemsFrom(reader, id, { ...asking, at, until }))
}

function past(reader: Reader, { actor }: Asking, id: Id, until: ThreadCursor, stretch: Stretch): Past {
  const { items, olderFrom, newerFrom } = stretch
  const head = conversationHead(reader, actor, id)
  return {
    thread: { head, items, from: null, olderFrom: olderFrom && writeCursor(olderFrom) },
    newerFrom: newerFrom && writeCursor(newerFrom),
    until: writeCursor(until),
  }
}

const END: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

const place = ({ places }: Asking, name: string): ThreadCursor | null => readCursor(places.get(name) ?? "")

const hasItemsBefore = (reader: Reader, asking: Asking, id: Id, before: ThreadCursor | null) =>
  before !== null && threadItems(reader, id, { ...asking, before, limit: 1 }).length > 0
