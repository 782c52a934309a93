/** From the queue to an agent: offered, opened, taken, expired, given back. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { refuse, step } from "~/kernel/step.ts"
import {
  type ActivatedHow,
  type Active,
  type AssignmentReason,
  type Conversation,
  type ConversationFact,
  joinsAt,
  type Offered,
  type OverflowStep,
  type Queued,
} from "../rules.ts"
import { commonOf, enqueued, type Result, refuseOwned, refuseState } from "./common.ts"

/** Gives a waiting conversation to an agent until `until`; one that waits for somebody is given to nobody else. */
export function offer(
  conversation: Conversation,
  to: { agent: Id; until: Instant; reason: AssignmentReason | null },
  now: Instant,
): Result<Offered> {
  if (conversation.state !== "queued") return refuseState(conversation)
  if (conversation.targetUser !== null && conversation.exclusive && conversation.targetUser !== to.agent)
    return refuse("conversation.waits_for_another", { owner: conversation.targetUser })
  return offered(conversation, to, now)
}

export function offered(
  conversation: Conversation,
  to: { agent: Id; until: Instant; reason: AssignmentReason | null },
  now: Instant,
): Result<Offered> {
  const next: Offered = {
    ...commonOf(conversation),
    state: "offered",
    stateSince: now,
    owner: to.agent,
    offeredUntil: to.until,
    ...(conversation.state === "queued" ? targetOf(conversation) : FOR_ANYBODY),
    waitingSince: conversation.waitingSince ?? now,
  }
  return step(next, { type: "conversation.offered", conversation: conversation.id, agent: to.agent, reason: to.reason })
}

/** The agent opens what was offered: before the deadline it is theirs, after it the offer is gone (R7). */
export function open(conversation: Conversation, agent: Id, now: Instant): Result<Active> {
  switch (conversation.state) {
    case "offered":
      if (conversation.owner !== agent) return refuse("conversation.offered_to_another", { owner: conversation.owner })
      if (now >= conversation.offeredUntil) return refuse("conversation.offer_expired")
      return activated(conversation, agent, "opened", now)
    case "active":
      return conversation.owner === agent ? step(conversation) : refuseOwned(conversation.owner)
    case "queued":
      return refuse("conversation.offer_expired")
    default:
      return refuseState(conversation)
  }
}

/**
 * The agent helps themselves to one that waits, or to one whose owner is gone («managed but not closed»).
 * `ownerGone`: the present owner is signed out or disconnected beyond the grace. Eligibility is the caller's.
 */
export function take(conversation: Conversation, agent: Id, ownerGone: boolean, now: Instant): Result<Active> {
  switch (conversation.state) {
    case "menu":
      return activated(conversation, agent, "taken", now)
    case "queued":
      if (conversation.exclusive && conversation.targetUser !== null && conversation.targetUser !== agent)
        return refuse("conversation.waits_for_another", { owner: conversation.targetUser })
      return activated(conversation, agent, "taken", now)
    case "offered":
      return open(conversation, agent, now)
    case "active":
      if (conversation.owner === agent) return step(conversation)
      return ownerGone ? activated(conversation, agent, "taken", now) : refuseOwned(conversation.owner)
    case "parked":
      if (conversation.parkedAs === "personal" && conversation.owner !== agent) return refuseOwned(conversation.owner)
      return activated(conversation, agent, conversation.parkedAs === "personal" ? "unparked" : "taken", now)
    case "awaiting_reply":
      return refuseOwned(conversation.owner)
    case "closed":
      return refuseState(conversation)
  }
}

/** A supervisor steps in: it is theirs, whoever has it and whatever it waits for. */
export function takeOver(conversation: Conversation, supervisor: Id, now: Instant): Result<Active> {
  switch (conversation.state) {
    case "menu":
    case "queued":
    case "offered":
    case "parked":
      return activated(conversation, supervisor, "taken", now)
    case "active":
      return conversation.owner === supervisor ? step(conversation) : activated(conversation, supervisor, "taken", now)
    case "awaiting_reply":
    case "closed":
      return refuseState(conversation)
  }
}

/** It has waited until the next skillset joins in: that one's agents may have it too, and whose it is stays. */
export function joinNext(conversation: Conversation, steps: readonly OverflowStep[], now: Instant): Result {
  const next = steps[conversation.joined]
  if (conversation.state !== "queued" || conversation.exclusive || !next) return refuse("timer.stale")
  if (now < joinsAt(conversation, next)) return refuse("timer.stale")
  return step<Conversation, ConversationFact>(
    { ...conversation, joined: conversation.joined + 1 },
    { type: "conversation.overflowed", conversation: conversation.id, toSkillset: next.skillset, why: next.why },
  )
}

/** The offer's deadline has come: back to its place in the queue, exactly once. */
export function expireOffer(conversation: Conversation, now: Instant): Result {
  if (conversation.state !== "offered" || now < conversation.offeredUntil) return refuse("timer.stale")
  const queued = enqueued(conversation, now, { why: "offer_expired", ...targetOf(conversation) })
  if ("refused" in queued) return queued
  const { id, owner } = conversation
  const expired = { type: "conversation.offer_expired", conversation: id, agent: owner } as const
  return step(queued.next, expired, ...queued.facts)
}

/** The agent who had the offer is gone, or may no longer have it: back to its place at once. */
export function withdrawOffer(conversation: Conversation, now: Instant): Result {
  return conversation.state === "offered"
    ? enqueued(conversation, now, { why: "agent_gone", ...targetOf(conversation) })
    : refuseState(conversation)
}

type Keeping = Pick<Queued, "targetUser" | "exclusive" | "awaySince" | "alertedAt">

/** What waits for somebody only goes on waiting for them; anything else is anybody's. */
const targetOf = ({ targetUser, exclusive, awaySince, alertedAt }: Keeping): Keeping =>
  exclusive ? { targetUser, exclusive, awaySince, alertedAt } : { ...FOR_ANYBODY, awaySince: null, alertedAt: null }

const FOR_ANYBODY = { targetUser: null, exclusive: false }

export function activated(conversation: Conversation, agent: Id, how: ActivatedHow, now: Instant): Result<Active> {
  const next: Active = { ...commonOf(conversation), state: "active", stateSince: now, owner: agent }
  const previousOwner = "owner" in conversation && conversation.owner !== agent ? conversation.owner : null
  const fact = { type: "conversation.activated", conversation: conversation.id, agent, how, previousOwner } as const
  return step(next, fact)
}
