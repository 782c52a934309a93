/** From one to another: transferred, declined, and the wait for somebody only with all its ends. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { refuse, step } from "~/kernel/step.ts"
import { type Conversation, type ConversationFact, ownerOf, type TransferMode, windowOpen } from "../rules.ts"
import { offered } from "./assigning.ts"
import { type By, enqueued, type Result, refuseState } from "./common.ts"
import { notInHand } from "./leaving.ts"

export type Transfer = { mode: TransferMode; note: string | null } & (
  | { to: "user"; user: Id; until: Instant }
  | { to: "skillset"; skillset: Id }
)

/**
 * To a user or a skillset, immediate or exclusive (3-conversation.md, Transfers). The sender loses it at once. Refuses
 * `transfer.to_the_owner`, `transfer.same_skillset` and, for an exclusive one, `transfer.window_over`.
 */
export function transfer(conversation: Conversation, by: By, transfer: Transfer, now: Instant): Result {
  const obstacle = notInHand(conversation, by)
  if (obstacle) return obstacle
  if (transfer.to === "user" && transfer.user === ownerOf(conversation)) return refuse("transfer.to_the_owner")
  const isTheirs = conversation.skillset !== null && conversation.state !== "menu"
  if (transfer.to === "skillset" && isTheirs && transfer.skillset === conversation.skillset)
    return refuse("transfer.same_skillset")
  if (transfer.mode === "exclusive" && !windowOpen(conversation, now)) return refuse("transfer.window_over")
  const moved = moveTo(conversation, transfer, now)
  if ("refused" in moved) return moved
  const transferred: ConversationFact = {
    type: "conversation.transferred",
    conversation: conversation.id,
    mode: transfer.mode,
    note: transfer.note,
    toUser: transfer.to === "user" ? transfer.user : null,
    toSkillset: transfer.to === "skillset" ? transfer.skillset : null,
  }
  return step(moved.next, transferred, ...moved.facts)
}

function moveTo(conversation: Conversation, transfer: Transfer, now: Instant): Result {
  const exclusive = transfer.mode === "exclusive"
  const wait = { why: "transfer", exclusive, waitingSince: now } as const
  if (transfer.to === "skillset") return enqueued(conversation, now, { ...wait, skillset: transfer.skillset })
  if (exclusive) return enqueued(conversation, now, { ...wait, targetUser: transfer.user })
  const fresh = { ...conversation, waitingSince: now, joined: 0 }
  return offered(fresh, { agent: transfer.user, until: transfer.until, reason: null }, now)
}

/** Not theirs to answer: back to whoever sent it, if they are there (`sender`), else to its place in the queue. */
export function decline(
  conversation: Conversation,
  agent: Id,
  { reason, sender }: { reason: string | null; sender: { agent: Id; until: Instant } | null },
  now: Instant,
): Result {
  if (conversation.state !== "offered") return refuseState(conversation)
  if (conversation.owner !== agent) return refuse("conversation.offered_to_another", { owner: conversation.owner })
  const moved: Result = sender
    ? offered(conversation, { ...sender, reason: null }, now)
    : enqueued(conversation, now, { why: "declined" })
  if ("refused" in moved) return moved
  const declined = { type: "conversation.declined", conversation: conversation.id, agent, reason } as const
  return step(moved.next, declined, ...moved.facts)
}

/**
 * Whoever it waits for need not be waited for any longer, says whoever sent it there, the one it waits for, or a
 * supervisor: anybody of its skillset may have it.
 */
export function release(conversation: Conversation, by: NonNullable<By>, sender: Id | null, now: Instant): Result {
  if (conversation.state !== "queued" && conversation.state !== "offered") return refuseState(conversation)
  if (!conversation.exclusive) return refuse("transfer.not_exclusive")
  const isTheirs = by.supervises || by.user === sender || by.user === conversation.targetUser
  return isTheirs ? enqueued(conversation, now, { why: "released" }) : refuse("transfer.not_yours_to_release")
}

/** The window of an exclusive wait has ended: anybody of the skillset may have it. */
export function endExclusive(conversation: Conversation, why: "exclusive_ended" | "target_lost", now: Instant): Result {
  if (conversation.state !== "queued" || !conversation.exclusive) return refuse("timer.stale")
  return enqueued(conversation, now, { why })
}

/** Whom it waits for, or was offered to while it waited for them, may no longer have it. */
export function loseTarget(conversation: Conversation, target: Id, now: Instant): Result {
  const waits = conversation.state === "queued" || conversation.state === "offered"
  if (!waits || !conversation.exclusive || conversation.targetUser !== target) return refuse("timer.stale")
  return enqueued(conversation, now, { why: "target_lost" })
}
