/** When time ends what is kept for one agent; the verbs are in keeping.ts. */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Conversation, ConversationDeadline, ConversationPolicy } from "../rules.ts"

/** The tenant's choices; null switches one off. */
export type KeepingPolicy = {
  /** In somebody's wait queue for so long: they are told; then it is everybody's. */
  alertParkedAfter: Milliseconds | null
  releaseParkedAfter: Milliseconds | null
  /** The customer wrote and only that agent may answer, who is not there: they are told; then it is everybody's. */
  alertWaitingAfter: Milliseconds | null
  releaseWaitingAfter: Milliseconds | null
  /** The agent has left it open and is gone: back to the queue. */
  returnActiveAfter: Milliseconds | null
}

export function keepingDeadlines(conversation: Conversation, policy: ConversationPolicy): ConversationDeadline[] {
  switch (conversation.state) {
    case "parked": {
      if (conversation.parkedAs === "public") return []
      const { alertParkedAfter, releaseParkedAfter } = policy.keeping
      return told(conversation, conversation.keptSince ?? conversation.stateSince, alertParkedAfter, releaseParkedAfter)
    }
    case "queued": {
      if (conversation.awaySince === null) return []
      const { alertWaitingAfter, releaseWaitingAfter } = policy.keeping
      return told(conversation, conversation.awaySince, alertWaitingAfter, releaseWaitingAfter)
    }
    case "active":
      if (conversation.awaySince === null) return []
      return due("owner_absent", conversation.awaySince, policy.keeping.returnActiveAfter)
    default:
      return []
  }
}

const told = (
  { alertedAt }: Conversation,
  since: Instant,
  alertAfter: Milliseconds | null,
  releaseAfter: Milliseconds | null,
): ConversationDeadline[] => [
  ...(alertedAt === null ? due("keeping_alert", since, alertAfter) : []),
  ...due("keeping_ends", since, releaseAfter),
]

const due = (kind: ConversationDeadline["kind"], since: Instant, after: Milliseconds | null): ConversationDeadline[] =>
  after === null ? [] : [{ kind, at: since + after }]
