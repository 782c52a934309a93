import { ownerOf } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"

/** A bubble changed: whoever has the thread or its line in a list on screen looks again. */
export function ringThread(tx: Tx, conversation: Id): void {
  const found = loadConversation(tx, conversation)
  if (!found) return
  const owner = ownerOf(found)
  tx.ring(`conversation-${conversation}`, {
    users: [owner],
    supervisors: true,
    skillset: found.skillset,
    watchersOnly: true,
  })
  if (owner !== null) tx.ring("conversations", { users: [owner] })
  if (found.state === "awaiting_reply") tx.ring("templates-sent", { supervisors: true, watchersOnly: true })
}
