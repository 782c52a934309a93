/** What happens to conversations: load, decide by the rules, save, say what happened. */

import { skillsetsOfChannel } from "~/assignment/queries/overflow.ts"
import type { CallEvent } from "~/call/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { profilingPolicy } from "~/profiling/queries.ts"
import { type GivenProfiling, type ProfilingPolicy, profiled } from "~/profiling/rules.ts"
import { announce } from "./actions/announce.ts"
import { byOf, elapse, settle, userActing, visible } from "./actions/settling.ts"
import { tellAccepted, tellAnswered } from "./actions/telling.ts"
import { named } from "./queries/refusal.ts"
import { standingTransfer } from "./queries/transfers.ts"
import { conversationPolicy, lastAnswerAt, ownerStanding, reopenRefusal, stillServes } from "./queries.ts"
import * as assigning from "./rules/assigning.ts"
import * as leaving from "./rules/leaving.ts"
import { mayServe } from "./rules/policy.ts"
import {
  asksForOwner,
  markRead,
  type Opening,
  type OwnerStanding,
  openByCustomer,
  receive,
  recordReply,
} from "./rules/receiving.ts"
import { type AssignmentReason, type Conversation, ownerOf, type WithheldWhy } from "./rules.ts"
import { conversationsOf, findOpen, insertConversation, lastWindowEnd, loadConversation, openOf } from "./store.ts"

/**
 * The customer wrote at `sentAt` (Meta's time): into the open conversation, or a new one routed to `route`.
 * Answers the conversation as it heard it; what follows may move it on.
 */
export function hear(
  tx: Tx,
  heard: { customer: Id; channel: Id; sentAt: Instant; route: () => Opening["route"] },
): Conversation {
  const open = findOpen(tx, heard.customer, heard.channel) ?? openNew(tx, heard)
  const standing = standingFor(tx, open)
  const [otherwise = null] = open.state === "awaiting_reply" ? skillsetsOfChannel(tx, heard.channel) : []
  const next = settle(tx, open, receive(open, heard.sentAt, standing, tx.now, otherwise))
  if (open.state === "parked") tellAnswered(tx, open)
  if (next.unreadCount === FLOOD) tellFlood(tx, next.id)
  return next
}

/** Whoever sent a template and has left its skillset since is asked no more than whoever is gone. */
function standingFor(tx: Tx, open: Conversation): OwnerStanding | null {
  const owner = ownerOf(open)
  if (owner === null || !asksForOwner(open)) return null
  const isTheirs = open.state !== "awaiting_reply" || stillServes(tx, owner, open.skillset)
  return isTheirs ? ownerStanding(tx, owner) : null
}

/** So much from one customer that nobody has read is no talk any more: a loop, or somebody in distress. */
const FLOOD = 100

const tellFlood = (tx: Tx, conversation: Id): void =>
  tx.raise({
    type: "notice.due",
    to: { supervisors: true },
    notice: { kind: "customer_floods", conversation, count: FLOOD },
  })

function openNew(tx: Tx, heard: { customer: Id; channel: Id; route: () => Opening["route"] }): Conversation {
  const { customer, channel, route } = heard
  const windowEndsAt = lastWindowEnd(tx, customer, channel)
  const { next, facts } = openByCustomer({ id: tx.newId(), customer, channel, route: route(), windowEndsAt }, tx.now)
  insertConversation(tx, next, conversationPolicy(tx, channel))
  announce(tx, null, next, facts)
  return { ...next, version: 1 }
}

/**
 * Gives a waiting conversation to an agent, for as long as the tenant lets an offer stand; when somebody has it by now,
 * the appliance backs off.
 */
export function offerTo(tx: Tx, id: Id, agent: Id, reason: AssignmentReason): void {
  elapse(tx, id, (conversation) => {
    const until = tx.now + conversationPolicy(tx, conversation.channel).offerTimeout
    return assigning.offer(conversation, { agent, until, reason }, tx.now)
  })
}

/** The agent opens what was offered to them. Refuses with who has it now. */
export function openOffered(tx: Tx, id: Id): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  const sender = standingTransfer(tx, id)?.sender ?? null
  settle(tx, conversation, assigning.open(conversation, me.id, tx.now))
  tellAccepted(tx, id, sender)
}

/** The agent helps themselves to one that waits, or whose owner is gone. */
export function take(tx: Tx, id: Id): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  demand(mayServe(me, conversation), "conversation.not_your_skillset")
  const owner = ownerOf(conversation)
  const ownerGone = owner !== null && ownerStanding(tx, owner)?.present === false
  const sender = standingTransfer(tx, id)?.sender ?? null
  settle(tx, conversation, assigning.take(conversation, me.id, ownerGone, tx.now))
  tellAccepted(tx, id, sender)
}

/**
 * `seenUnread`: how many unread messages the person closing has been shown. What the number asks at closing is demanded
 * of everybody (`profiled`), once nothing else stands against it.
 */
export function close(tx: Tx, id: Id, seenUnread: number, given: GivenProfiling = NOTHING_SAID): void {
  const conversation = visible(tx, id)
  const by = byOf(userActing(tx))
  const obstacle = leaving.close(conversation, by, seenUnread, tx.now)
  const isUnanswered = conversation.state === "awaiting_reply"
  const policy = isUnanswered ? NOTHING_ASKED : profilingPolicy(tx, conversation.channel)
  const said = "refused" in obstacle ? obstacle : profiled(policy, given)
  if ("refused" in said) throw new Refused(named(tx, said))
  settle(tx, conversation, leaving.close(conversation, by, seenUnread, tx.now, "value" in said ? said.value : null))
}

/** Whoever gives up waiting for an answer has no reason of contact to name. */
const NOTHING_ASKED: ProfilingPolicy = { reason: "off", notes: "off", treeName: "", reasons: [] }
const NOTHING_SAID: GivenProfiling = { reason: null, notes: "", shownAt: 0 }

/** Closed by mistake: open again, with whoever asks for it. Refuses as `mayReopen`. */
export function reopen(tx: Tx, id: Id): void {
  const conversation = visible(tx, id)
  const by = byOf(userActing(tx))
  const refusal = conversation.state === "closed" ? reopenRefusal(tx, conversation, by) : null
  if (refusal) throw new Refused(refusal)
  settle(tx, conversation, leaving.reopen(conversation, by.user, tx.now))
}

/** A user's reply was queued: silence is the customer's now, and what came before it has been seen. */
export function noteReply(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  settle(tx, conversation, { next: recordReply(conversation, tx.now), facts: [] })
}

/** Only what reached the customer is an answer: while it has not, silence is ours. */
export function noteReach(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  const lastOutboundAt = lastAnswerAt(tx, id)
  if (conversation.state === "closed" || lastOutboundAt === conversation.lastOutboundAt) return
  settle(tx, conversation, { next: { ...conversation, lastOutboundAt }, facts: [] })
}

export function noteSeen(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  if (conversation.unreadCount > 0) settle(tx, conversation, { next: markRead(conversation), facts: [] })
}

/** The appliance had something to say and may not: the thread shows why the customer heard nothing. */
export function noteWithheld(tx: Tx, id: Id, why: WithheldWhy): void {
  const conversation = found(loadConversation(tx, id))
  announce(tx, conversation, conversation, [{ type: "conversation.message_withheld", conversation: id, why }])
}

/** Something of a video call: the thread says so. */
export function noteCall(tx: Tx, id: Id, { what, seconds }: CallEvent): void {
  const conversation = found(loadConversation(tx, id))
  announce(tx, conversation, conversation, [{ type: "conversation.call", conversation: id, what, seconds }])
}

/** WhatsApp told of the customer's new number or identity: the agent sees a notice, nothing moves. */
export function noteIdentity(
  tx: Tx,
  changed: { customer: Id; previousPhone: string | null; phone: string | null },
): void {
  const { customer, previousPhone, phone } = changed
  for (const conversation of openOf(tx, customer))
    announce(tx, conversation, conversation, [
      { type: "conversation.identity_changed", conversation: conversation.id, previousPhone, phone },
    ])
}

/** Deadlines that have come; one that no longer means anything changes nothing. */
export function expireOffer(tx: Tx, id: Id): void {
  elapse(tx, id, (conversation) => {
    const expired = assigning.expireOffer(conversation, tx.now)
    // Told before the slot is free: whoever goes on a break by it is given nothing more.
    if ("next" in expired && conversation.state === "offered")
      tx.raise({ type: "agent.offer_missed", agent: conversation.owner })
    return expired
  })
}
export function parkSilent(tx: Tx, id: Id): void {
  elapse(tx, id, (conversation) => {
    return leaving.parkSilent(conversation, conversationPolicy(tx, conversation.channel), tx.now)
  })
}
export function closeParked(tx: Tx, id: Id): void {
  elapse(tx, id, (conversation) => leaving.close(conversation, null, null, tx.now))
}

/** The agent is gone or disabled: what was offered to them returns to its place at once. */
export function withdrawOffersOf(tx: Tx, agent: Id): void {
  for (const conversation of conversationsOf(tx, agent, "offered"))
    settle(tx, conversation, assigning.withdrawOffer(conversation, tx.now))
}
