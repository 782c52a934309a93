import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse, type Step } from "~/kernel/step.ts"
import type { Conversation, ConversationFact, Queued, QueuedWhy } from "../rules.ts"

export type Result<State extends Conversation = Conversation> = Step<State, ConversationFact>

/** Who does it: a user, with the right to act for others or not; null is the appliance. */
export type By = { user: Id; supervises: boolean } | null

/** Everything that all states share, without what belongs to the one that is left. Nothing is kept for anybody yet. */
export function commonOf(conversation: Conversation) {
  const { id, customer, channel, skillset, priority, openedAt, stateSince, waitingSince, version } = conversation
  const { joined, windowEndsAt, remindedFor, warnedFor, lastInboundAt, lastOutboundAt, unreadCount, unreadSince } =
    conversation
  return {
    id,
    customer,
    channel,
    skillset,
    priority,
    openedAt,
    stateSince,
    waitingSince,
    version,
    joined,
    windowEndsAt,
    remindedFor,
    warnedFor,
    lastInboundAt,
    lastOutboundAt,
    unreadCount,
    unreadSince,
    awaySince: null,
    alertedAt: null,
    keptSince: null,
    onScreenUntil: null,
  }
}

type Queueing = {
  why: QueuedWhy
  targetUser?: Id | null
  exclusive?: boolean
  waitingSince?: Instant
  skillset?: Id
} & {
  awaySince?: Instant | null
  alertedAt?: Instant | null
}

/** Into the queue; the old waiting time is kept, and who had joined in, unless a new wait is given. */
export function enqueued(conversation: Conversation, now: Instant, queueing: Queueing): Result<Queued> {
  const { why, targetUser = null, exclusive = false, awaySince = null, alertedAt = null } = queueing
  const skillset = queueing.skillset ?? conversation.skillset
  const waitingSince = queueing.waitingSince ?? conversation.waitingSince ?? now
  const joined = waitingSince === conversation.waitingSince ? conversation.joined : 0
  const next: Queued = {
    ...commonOf(conversation),
    state: "queued",
    stateSince: now,
    skillset,
    waitingSince,
    joined,
    targetUser,
    exclusive,
    awaySince,
    alertedAt,
  }
  const fact: ConversationFact = {
    type: "conversation.queued",
    conversation: conversation.id,
    skillset,
    targetUser,
    exclusive,
    why,
  }
  return { next, facts: [fact] }
}

export function refuseClosed(conversation: Conversation & { state: "closed" }): Refusal {
  return refuse("conversation.closed_already", { by: conversation.closedBy ?? 0, at: conversation.closedAt })
}

/** The state does not allow it, said with the state's name. */
export const refuseState = (conversation: Conversation): Refusal =>
  conversation.state === "closed" ? refuseClosed(conversation) : refuse(`conversation.is_${conversation.state}`)

/** Somebody else has it. */
export const refuseOwned = (owner: Id): Refusal => refuse("conversation.owned_by_another", { owner })
