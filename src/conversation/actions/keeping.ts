/** What is kept for one agent, while they are away and while they forget it: people are told, time gives it back. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { NoticeKind } from "~/notice/rules.ts"
import { conversationPolicy } from "../queries.ts"
import * as keeping from "../rules/keeping.ts"
import { returnToQueue } from "../rules/leaving.ts"
import { type Conversation, ownerOf, windowOpen } from "../rules.ts"
import { conversationsOf } from "../store.ts"
import { elapse } from "./settling.ts"
import { tellWindow } from "./telling.ts"

/** The agent is gone: what they have open waits for them, or for whoever takes it. */
export function leaveOpen(tx: Tx, agent: Id): void {
  for (const { id } of conversationsOf(tx, agent, "active"))
    elapse(tx, id, (conversation) => keeping.ownerLeft(conversation, agent, tx.now))
}

/** The agent is back, and goes on with what nobody has taken. */
export function findOpenAgain(tx: Tx, agent: Id): void {
  for (const { id } of conversationsOf(tx, agent, "active"))
    elapse(tx, id, (conversation) => keeping.ownerReturned(conversation, agent))
}

/** The agent may not sign in any more: their wait queue is everybody's. */
export function releaseParkedOf(tx: Tx, agent: Id): void {
  for (const { id } of conversationsOf(tx, agent, "parked"))
    elapse(tx, id, (conversation) => keeping.release(conversation, tx.now))
}

/** And what they had open waits for another agent at once: they will not come back to it. */
export function returnAllOf(tx: Tx, agent: Id): void {
  for (const { id } of conversationsOf(tx, agent, "active"))
    elapse(tx, id, (conversation) => returnToQueue(conversation, "owner_disabled", tx.now))
}

/** Deadlines that have come. */
export function alertKept(tx: Tx, id: Id): void {
  const before = elapse(tx, id, (one) => keeping.alert(one, conversationPolicy(tx, one.channel), tx.now))
  if (before) tellOf(tx, before, before.state === "parked" ? "parked_forgotten" : "came_back_for")
}

export function endKeeping(tx: Tx, id: Id): void {
  const before = elapse(tx, id, (one) => keeping.endKeeping(one, conversationPolicy(tx, one.channel), tx.now))
  if (before) tellOf(tx, before, "kept_too_long")
}

export function returnAbandoned(tx: Tx, id: Id): void {
  const before = elapse(tx, id, (one) => keeping.returnAbandoned(one, conversationPolicy(tx, one.channel), tx.now))
  if (before) tellOf(tx, before, "owner_absent")
}

export function noteReminder(tx: Tx, id: Id): void {
  elapse(tx, id, (one) => keeping.noteReminder(one, conversationPolicy(tx, one.channel), tx.now))
}

/** Whoever has it is told once: what they still want to say freely wants saying now. */
export function warnOfWindow(tx: Tx, id: Id): void {
  const before = elapse(tx, id, (one) => keeping.noteWarning(one, conversationPolicy(tx, one.channel), tx.now))
  if (before && windowOpen(before, tx.now)) tellWindow(tx, before)
}

type KeepingNotice = NoticeKind & ("parked_forgotten" | "came_back_for" | "kept_too_long" | "owner_absent")

/** Whoever it is kept for, and the supervisors. */
function tellOf(tx: Tx, conversation: Conversation, kind: KeepingNotice): void {
  const user = conversation.state === "queued" ? conversation.targetUser : ownerOf(conversation)
  if (user === null) return
  const notice = { kind, conversation: conversation.id, user } as const
  tx.raise({ type: "notice.due", to: { users: [user], supervisors: true }, notice })
}
