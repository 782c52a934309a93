/** How an agent lets go of a conversation: parked, closed; and what time does when they do not. transferring.ts: to whom. */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse, step } from "~/kernel/step.ts"
import type { Profiling } from "~/profiling/rules.ts"
import {
  type Closed,
  type ClosedHow,
  type Conversation,
  type ConversationFact,
  type ConversationPolicy,
  deadlines,
  owedByCustomer,
  ownerOf,
  type ParkedPersonal,
  type ParkedPublic,
  type ParkedWhy,
  type QueuedWhy,
  silentSince,
} from "../rules.ts"
import { activated } from "./assigning.ts"
import { type By, commonOf, enqueued, type Result, refuseOwned, refuseState } from "./common.ts"

export type Parking = { as: "public" | "personal"; reason: string | null }

/** Waits for the customer, holding no slot: for everybody, or for its owner only. */
export function park(conversation: Conversation, by: By, parking: Parking, now: Instant): Result {
  if (conversation.state !== "active") return refuseState(conversation)
  const obstacle = notInHand(conversation, by)
  return obstacle ?? parked(conversation, { ...parking, why: "by_hand" }, now)
}

/** Unpause by hand: the owner of a personal one, or a supervisor, who takes over what nobody owns. */
export function unpark(conversation: Conversation, by: { user: Id; supervises: boolean }, now: Instant): Result {
  if (conversation.state !== "parked") return refuseState(conversation)
  if (conversation.parkedAs === "public") return activated(conversation, by.user, "unparked", now)
  if (conversation.owner !== by.user && !by.supervises) return refuseOwned(conversation.owner)
  return activated(conversation, conversation.owner, "unparked", now)
}

/** The channel's time for a silent customer is over; never while we owe an answer. */
export function parkSilent(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  const { customerSilence } = policy
  if (conversation.state !== "active" || !customerSilence || !owedByCustomer(conversation)) return refuse("timer.stale")
  if (now < silentSince(conversation) + customerSilence.after) return refuse("timer.stale")
  return parked(conversation, { as: customerSilence.parkAs, why: "customer_silent", reason: null }, now)
}

/**
 * Over. Owners close what they have; supervisors and the appliance close anything. `seenUnread` is how many unread
 * messages the person closing has been shown: one that has just arrived stops the closing (hidden requirement 30).
 */
export function close(
  conversation: Conversation,
  by: By,
  seenUnread: number | null,
  now: Instant,
  profiling: Profiling | null = null,
  how: ClosedHow = by ? "by_hand" : "automatic",
): Result<Closed> {
  if (conversation.state === "closed") return refuseState(conversation)
  const obstacle = by && ownerOf(conversation) === null && !by.supervises ? refuseState(conversation) : null
  const notMine = obstacle ?? notInHand(conversation, by)
  if (notMine) return notMine
  if (seenUnread !== null && conversation.unreadCount > seenUnread) return refuse("conversation.new_message")
  const next: Closed = {
    ...commonOf(conversation),
    state: "closed",
    stateSince: now,
    closedAt: now,
    closedBy: by?.user ?? null,
    owner: ownerOf(conversation),
  }
  return step(next, { type: "conversation.closed", conversation: conversation.id, how, profiling })
}

/** A template that nobody has answered since the last one went out. */
export function closeUnanswered(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  const [due] = conversation.state === "awaiting_reply" ? deadlines(conversation, policy) : []
  return due && now >= due.at ? close(conversation, null, null, now) : refuse("timer.stale")
}

/**
 * The refusal when a closed conversation may not be opened again at `now`: `conversation.reopen_not_yours`
 * `conversation.reopen_too_late {minutes}` `conversation.newer_exists`; null when it may.
 */
export function mayReopen(
  closed: Closed,
  by: NonNullable<By>,
  { within, isLatest }: { within: Milliseconds; isLatest: boolean },
  now: Instant,
): Refusal | null {
  if (closed.closedBy !== by.user && !by.supervises) return refuse("conversation.reopen_not_yours")
  if (now >= closed.closedAt + within) return refuse("conversation.reopen_too_late", { minutes: within / 60_000 })
  return isLatest ? null : refuse("conversation.newer_exists")
}

/** Closed by mistake: back to whoever opens it again (`mayReopen`). */
export function reopen(conversation: Conversation, by: Id, now: Instant): Result {
  if (conversation.state !== "closed") return refuseState(conversation)
  return activated(conversation, by, "reopened", now)
}

type ReturnedWhy = QueuedWhy & ("owner_absent" | "owner_disabled" | "returned")

/** Back to the queue although it has an owner: the owner is gone for too long or for good, or a supervisor returns it. */
export function returnToQueue(conversation: Conversation, why: ReturnedWhy, now: Instant): Result {
  switch (conversation.state) {
    case "active":
    case "offered":
    case "parked":
      return enqueued(conversation, now, { why })
    default:
      return refuseState(conversation)
  }
}

/** In the wait queue; told with why. */
export function parked(
  conversation: Conversation & { owner: Id },
  { as, why, reason }: Parking & { why: ParkedWhy },
  now: Instant,
): Result {
  const common = { ...commonOf(conversation), stateSince: now }
  const next: ParkedPublic | ParkedPersonal =
    as === "public"
      ? { ...common, state: "parked", parkedAs: "public" }
      : { ...common, state: "parked", parkedAs: "personal", owner: conversation.owner }
  return step<Conversation, ConversationFact>(next, {
    type: "conversation.parked",
    conversation: conversation.id,
    as,
    why,
    reason,
  })
}

/** The refusal for whoever neither has it nor supervises; null when they may act. */
export function notInHand(conversation: Conversation, by: By): Refusal | null {
  if (conversation.state === "closed") return refuseState(conversation)
  if (by === null || by.supervises) return null
  const owner = ownerOf(conversation)
  if (owner === null) return refuseState(conversation)
  return owner === by.user ? null : refuseOwned(owner)
}
