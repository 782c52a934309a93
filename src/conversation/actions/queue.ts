/** The choices behind the queue have changed: everybody's place in it follows. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { conversationPolicy } from "../queries.ts"
import type { Queued } from "../rules.ts"
import { queuedConversations, requeue } from "../store.ts"

/** What waiting is worth, or the last resort, is otherwise. */
export const followQueue = (tx: Tx): void => follow(tx, () => true)

/** Who joins in, or who is there at all, is otherwise. */
export const followQueueOfSkillset = (tx: Tx, skillset: Id): void => follow(tx, (one) => one.skillset === skillset)

export const followQueueOfChannel = (tx: Tx, channel: Id): void => follow(tx, (one) => one.channel === channel)

function follow(tx: Tx, concerns: (conversation: Queued) => boolean): void {
  for (const conversation of queuedConversations(tx).filter(concerns))
    requeue(tx, conversation, conversationPolicy(tx, conversation.channel))
}
