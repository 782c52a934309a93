/** A stretch of a thread far from its end: around a place, and on from there towards the present. */
import type { Reader } from "~/database/handles.ts"
import { firstMomentOf } from "~/hours/rules/zone.ts"
import type { Id } from "~/kernel/id.ts"
import { type ThreadCursor, type ThreadItem, threadItems, threadItemsFrom } from "./thread.ts"
import type { Viewer } from "./thread-item.ts"

/** `olderFrom` and `newerFrom`: where what is left out begins on either side; null where nothing is. */
export type Stretch = { items: ThreadItem[]; olderFrom: ThreadCursor | null; newerFrom: ThreadCursor | null }

const BEFORE = 20
const AFTER = 40

type Wanted = Viewer & { at: ThreadCursor; until: ThreadCursor | null }

/** What was said just before `at` and after it, as far as `until`, which the page has already. */
export function itemsAround(reader: Reader, conversation: Id, { at, until, ...viewer }: Wanted): Stretch {
  const earlier = threadItems(reader, conversation, { ...viewer, before: at, limit: BEFORE + 1 })
  const { items, newerFrom } = itemsFrom(reader, conversation, { at, until, ...viewer })
  const before = earlier.slice(-BEFORE)
  return { items: [...before, ...items], olderFrom: earlier.length > BEFORE ? placeOf(before[0]) : null, newerFrom }
}

/** The next ones from `at` on, as far as `until`. */
export function itemsFrom(reader: Reader, conversation: Id, { at, until, ...viewer }: Wanted): Stretch {
  const items = threadItemsFrom(reader, conversation, { ...viewer, from: at, until, limit: AFTER + 1 })
  return { items: items.slice(0, AFTER), olderFrom: null, newerFrom: placeOf(items[AFTER]) }
}

/** Where a day (`2026-11-20`) begins on the clocks of a timezone; null for what is no day. */
export function dayStart(zone: string, day: string): ThreadCursor | null {
  const wall = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isNaN(wall) ? null : { at: firstMomentOf(zone, wall), id: 0 }
}

const placeOf = (item: ThreadItem | undefined): ThreadCursor | null => (item ? { at: item.at, id: item.id } : null)
