/** What happens to video calls. */

import { maySee } from "~/conversation/rules/policy.ts"
import { type Conversation, windowOpen } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { accepted, demand, found, Refused } from "~/kernel/step.ts"
import { templateForLink } from "./queries/template.ts"
import { type CallLink, valuesWith } from "./rules/template.ts"
import * as rules from "./rules.ts"
import { type Call, type CallDeadline, type CallFact, mayStart } from "./rules.ts"
import { insertCall, loadCall, replaceToken, runningCall, updateCall } from "./store.ts"

/** What goes to the customer: a new link, only its token's digest kept, and the words with the link in them. */
export type Invitation = { link: CallLink; tokenHash: Uint8Array; text: string; clientId: string }

/**
 * Starts a call and sends the customer the link. Whoever has one already with this customer gets it: no second link
 * goes out. Refuses as `mayStart`, and as a reply does. Answers `isNew: false` when it was running.
 */
export function startCall(tx: Tx, conversation: Id, invitation: Invitation): { call: Id; isNew: boolean } {
  const { running, actor, open } = mayCall(tx, conversation)
  if (running) return { call: running.id, isNew: false }
  const { next, facts } = rules.started({ id: tx.newId(), conversation, startedBy: actor.id }, tx.now)
  insertCall(tx, next, invitation.tokenHash)
  tellOf(tx, next, facts)
  invite(tx, open, invitation)
  return { call: next.id, isNew: true }
}

/** Sends another link; the one before does not work any more. Refuses as `startCall`. */
export function inviteAgain(tx: Tx, id: Id, invitation: Invitation): void {
  const call = ownCall(tx, id)
  const { running, open } = mayCall(tx, call.conversation)
  demand(running?.id === call.id, "call.over")
  replaceToken(tx, id, invitation.tokenHash)
  updateCall(tx, call, rules.linkedAnew(call, tx.now))
  invite(tx, open, invitation)
}

/** Within the 24 hours in words; after them by the template that the company has chosen for it. */
function invite(tx: Tx, open: Conversation, { text, clientId, link }: Invitation): void {
  const conversation = open.id
  const chosen = windowOpen(open, tx.now) ? null : templateForLink(tx, conversation, link.callsAt)
  if (chosen === null) {
    tx.raise({ type: "call.invited", conversation, text, clientId })
    return
  }
  if ("refused" in chosen) throw new Refused(chosen)
  const values = valuesWith(chosen.place, link)
  tx.raise({ type: "call.invited_by_template", conversation, template: chosen.template.id, values, clientId })
}

type Calling = { running: Call | null; actor: UserActor; open: Conversation }
function mayCall(tx: Tx, conversation: Id): Calling {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const { actor } = tx
  const open = found(loadConversation(tx, conversation))
  found(maySee(actor, open) ? open : null)
  const running = runningCall(tx, conversation)
  const refusal = mayStart(open, actor, running)
  if (refusal) throw new Refused(refusal)
  return { running, actor, open }
}

/** The customer comes in by the link. Refuses `call.over` and `call.link_ended`. */
export const joinCall = (tx: Tx, id: Id): void => move(tx, id, (call) => rules.joined(call, tx.now))

/** The customer is gone, by their own hand or because nothing was heard of the page for a while. */
export const leaveCall = (tx: Tx, id: Id): void => move(tx, id, (call) => rules.left(call, tx.now))

/** The agent's window is there, or gone: a reload does not end a call. */
export const noteAgent = (tx: Tx, id: Id, isThere: boolean): void =>
  move(tx, id, (call) => ({ next: isThere ? rules.agentThere(call) : rules.agentGone(call, tx.now), facts: [] }))

/** The agent hangs up; "not found" unless the call is theirs. */
export function endCall(tx: Tx, id: Id): void {
  ownCall(tx, id)
  move(tx, id, (call) => rules.ended(call, "by_agent", tx.now))
}

/** The conversation is over, and its call with it. */
export function endCallOf(tx: Tx, conversation: Id): void {
  const running = runningCall(tx, conversation)
  if (running) move(tx, running.id, (call) => rules.ended(call, "conversation_closed", tx.now))
}

/** A deadline of the call has come. */
export const elapseCall = (tx: Tx, id: Id, kind: CallDeadline["kind"]): void =>
  move(tx, id, (call) => rules.elapsed(call, kind, tx.now))

function move(tx: Tx, id: Id, rule: (call: Call) => ReturnType<typeof rules.joined>): void {
  const before = loadCall(tx, id)
  if (!before) return
  const { next, facts } = accepted(rule(before))
  if (next === before) return
  updateCall(tx, before, next)
  tellOf(tx, next, facts)
}

/** Whose window it is hears of every change. */
function tellOf(tx: Tx, { id, startedBy }: Call, facts: readonly CallFact[]): void {
  tx.raise(...facts)
  tx.ring(`call-${id}`, { users: [startedBy] })
}

function ownCall(tx: Tx, id: Id): Call {
  const call = found(loadCall(tx, id))
  return found(tx.actor.kind === "user" && tx.actor.id === call.startedBy ? call : null)
}
