/** In which further queues a conversation stands; derived from its state, written with it. */
import type { Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { type Conversation, type ConversationPolicy, rankOf } from "../rules.ts"

const leaveAll = statement((p: { conversation: Id }) =>
  query.deleteFrom("conversationOverflow").where("conversation", "=", p.conversation),
)
const enter = inserting("conversationOverflow", ["skillset", "rank", "conversation"])

/** Out of the queues that `before` had joined, into those of `next`. */
export function saveOverflow(tx: Tx, before: Conversation, next: Conversation, policy: ConversationPolicy): void {
  if (standsElsewhere(before)) tx.run(leaveAll, { conversation: before.id })
  if (!standsElsewhere(next) || next.skillset === null) return
  const rank = rankOf(next, policy.priorityStep)
  for (const { skillset } of policy.overflow(next.skillset).slice(0, next.joined))
    tx.run(enter, { skillset, rank, conversation: next.id })
}

const standsElsewhere = (conversation: Conversation): boolean =>
  conversation.state === "queued" && !conversation.exclusive && conversation.joined > 0
