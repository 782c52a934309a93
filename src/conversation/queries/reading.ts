/** A conversation as it is read from a list: nothing of it changes. */
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { threadItems } from "~/message/queries/thread.ts"
import { profilingOf } from "~/profiling/queries.ts"
import { conversationHead } from "./console.ts"

/** So much of the end of a long one. */
const MOST_ITEMS = 200

/** «Not found» for whoever may not see it. */
export function conversationToRead(reader: Reader, actor: UserActor, id: Id) {
  const head = conversationHead(reader, actor, id)
  const items = threadItems(reader, id, { before: null, limit: MOST_ITEMS + 1, viewer: actor.id })
  return {
    ...{ head, profiling: profilingOf(reader, id) },
    ...{ items: items.slice(-MOST_ITEMS), hasOlder: items.length > MOST_ITEMS },
  }
}
