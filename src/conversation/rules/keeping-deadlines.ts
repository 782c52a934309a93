/** When time ends what is kept for one agent, what is parked, and what nobody answers; the verbs: keeping.ts, leaving.ts. */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type {
  AwaitingReply,
  Conversation,
  ConversationDeadline,
  ConversationPolicy,
  ParkedPersonal,
  ParkedPublic,
} from "../rules.ts"

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
      const closing = closingDeadlines(conversation, policy)
      if (conversation.parkedAs === "public") return closing
      const { alertParkedAfter, releaseParkedAfter } = policy.keeping
      const since = conversation.keptSince ?? conversation.stateSince
      return [...closing, ...told(conversation, since, alertParkedAfter, releaseParkedAfter)]
    }
    case "awaiting_reply":
      return unansweredDeadlines(conversation, policy)
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

/** A template of ours without an answer, counted from the last one. */
const unansweredDeadlines = (
  { stateSince, lastOutboundAt }: AwaitingReply,
  { closeUnansweredAfter }: ConversationPolicy,
): ConversationDeadline[] =>
  closeUnansweredAfter === null
    ? []
    : [{ kind: "unanswered_closes", at: Math.max(stateSince, lastOutboundAt ?? 0) + closeUnansweredAfter }]

/** In the wait queue for so long that nobody comes back to it. */
const closingDeadlines = (
  { stateSince }: ParkedPublic | ParkedPersonal,
  { closeParkedAfter }: ConversationPolicy,
): ConversationDeadline[] =>
  closeParkedAfter === null ? [] : [{ kind: "parked_closes", at: stateSince + closeParkedAfter }]
