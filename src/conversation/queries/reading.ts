/** A conversation as it is read from a list: nothing of it changes. */
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { itemsAround } from "~/message/queries/around.ts"
import { type ThreadCursor, threadItems } from "~/message/queries/thread.ts"
import { profilingOf } from "~/profiling/queries.ts"
import { conversationHead } from "./console.ts"

/** So much of the end of a long one. */
const MOST_ITEMS = 200

/** Its end, or what was said around `hit` where that is further back. «Not found» for whoever may not see it. */
export function conversationToRead(reader: Reader, actor: UserActor, id: Id, hit: ThreadCursor | null = null) {
  const head = conversationHead(reader, actor, id)
  const known = { head, profiling: profilingOf(reader, id) }
  const latest = threadItems(reader, id, { before: null, limit: MOST_ITEMS + 1, viewer: actor.id })
  const items = latest.slice(-MOST_ITEMS)
  const isThere = hit === null || items.some((item) => item.type !== "event" && item.id === hit.id)
  if (isThere) return { ...known, items, shows: latest.length > MOST_ITEMS ? "end" : "all" } as const
  const around = itemsAround(reader, id, { at: hit, until: null, viewer: actor.id })
  return { ...known, items: around.items, shows: "part" } as const
}
