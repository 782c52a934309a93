/**
 * What is kept for one agent: a personal wait queue, a customer who came back for somebody who is not there, a
 * conversation whose agent has left. Time ends each of them, as far as the tenant wants it to.
 */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { refuse, step } from "~/kernel/step.ts"
import {
  type Conversation,
  type ConversationDeadline,
  type ConversationFact,
  type ConversationPolicy,
  deadlines,
  ownerOf,
  type ParkedPersonal,
} from "../rules.ts"
import { commonOf, enqueued, type Result, refuseState } from "./common.ts"
import { keepingDeadlines } from "./keeping-deadlines.ts"
import { parked, returnToQueue } from "./leaving.ts"

/** People are told once, however long it is kept. */
export function alert(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  if (!isDue(conversation, policy, "keeping_alert", now)) return refuse("timer.stale")
  return step({ ...conversation, alertedAt: now })
}

/** It is everybody's: still waiting for the customer, or for an agent in its old place. */
export function endKeeping(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  if (!isDue(conversation, policy, "keeping_ends", now)) return refuse("timer.stale")
  return conversation.state === "parked"
    ? release(conversation, now)
    : enqueued(conversation, now, { why: "kept_too_long" })
}

/** Its agent has gone for too long. */
export function returnAbandoned(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  if (!isDue(conversation, policy, "owner_absent", now)) return refuse("timer.stale")
  return returnToQueue(conversation, "owner_absent", now)
}

/** A personal one becomes public where it is: its agent has not come back to it, or never will. */
export function release(conversation: Conversation, now: Instant): Result {
  if (conversation.state !== "parked" || conversation.parkedAs === "public") return refuse("timer.stale")
  const { stateSince } = conversation
  const released = parked(conversation, { as: "public", why: "kept_too_long", reason: null }, now)
  // It goes on waiting for the customer, and is closed when it would have been.
  return "next" in released ? { ...released, next: { ...released.next, stateSince } } : released
}

/**
 * It comes back to another agent from now on: what waits for the customer goes on waiting, as long as before; the agent
 * has as much time for it as if they had put it there themselves.
 */
export function handOver(conversation: Conversation, agent: Id, now: Instant): Result {
  if (conversation.state !== "parked") return refuseState(conversation)
  const previousOwner = ownerOf(conversation)
  if (previousOwner === agent) return refuse("transfer.to_the_owner")
  const { id } = conversation
  const next: ParkedPersonal = {
    ...commonOf(conversation),
    keptSince: now,
    state: "parked",
    parkedAs: "personal",
    owner: agent,
  }
  return step<Conversation, ConversationFact>(next, {
    type: "conversation.handed_over",
    conversation: id,
    agent,
    previousOwner,
  })
}

/** The moment of the reminder has come; whether the customer is told or not, it does not come again in these 24 hours. */
export function noteReminder(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  const isDue = deadlines(conversation, policy).some(({ kind, at }) => kind === "window_reminder" && at <= now)
  return isDue ? step({ ...conversation, remindedFor: conversation.windowEndsAt }) : refuse("timer.stale")
}

/** Its agent knows, or the end has been passed by: not again in these 24 hours. */
export function noteWarning(conversation: Conversation, policy: ConversationPolicy, now: Instant): Result {
  const isDue = deadlines(conversation, policy).some(({ kind, at }) => kind === "window_warning" && at <= now)
  return isDue ? step({ ...conversation, warnedFor: conversation.windowEndsAt }) : refuse("timer.stale")
}

/** The agent left while it was open. */
export const ownerLeft = (conversation: Conversation, owner: Id, now: Instant): Result =>
  conversation.state === "active" && conversation.owner === owner && conversation.awaySince === null
    ? step({ ...conversation, awaySince: now })
    : refuse("timer.stale")

/** The agent is there again: what they left open is theirs as before. */
export const ownerReturned = (conversation: Conversation, owner: Id): Result =>
  conversation.state === "active" && conversation.owner === owner && conversation.awaySince !== null
    ? step({ ...conversation, awaySince: null })
    : refuse("timer.stale")

const isDue = (
  conversation: Conversation,
  policy: ConversationPolicy,
  kind: ConversationDeadline["kind"],
  now: Instant,
): boolean => keepingDeadlines(conversation, policy).some((deadline) => deadline.kind === kind && deadline.at <= now)
