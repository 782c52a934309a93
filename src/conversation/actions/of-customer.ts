/** What a customer's standing does to their conversations: blocked, or heard to want no more; thanks after the end. */
import { routeFor } from "~/assignment/queries/routing.ts"
import { channelSettings } from "~/channel/queries.ts"
import { isKnown } from "~/customer/queries/known.ts"
import type { ConsentChoice, ConsentHow } from "~/customer/rules/consent.ts"
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import { minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { skillsetManner } from "~/skillset/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { conversationPolicy } from "../queries.ts"
import * as leaving from "../rules/leaving.ts"
import * as receiving from "../rules/receiving.ts"
import { isThanks } from "../rules/thanks.ts"
import { type Conversation, isKeptBack } from "../rules.ts"
import { giveToCustomer, keptBackOn, latestOf } from "../store/of-customer.ts"
import { findOpen, insertConversation, loadConversation, openOf } from "../store.ts"
import { announce } from "./announce.ts"
import { settle } from "./settling.ts"

/** Whoever they are, we know them by now: what was kept back waits for an agent. */
export function letInKnown(tx: Tx, customer: Id): void {
  const waiting = openOf(tx, customer).filter(isKeptBack)
  if (waiting.length > 0 && isKnown(tx, customer)) for (const conversation of waiting) letIn(tx, conversation)
}

/** More than a command should write to: the rest is let in by hand. */
const MOST_AT_ONCE = 2_000

/** The number serves everybody again: what it kept back waits for an agent. */
export function letInEverybody(tx: Tx, channel: Id): void {
  if (channelSettings(tx, channel).onlyKnownCustomers) return
  for (const conversation of keptBackOn(tx, channel, MOST_AT_ONCE)) letIn(tx, conversation)
}

/** A supervisor has seen who it is, and says for whom. */
export function letInTo(tx: Tx, id: Id, skillset: Id): void {
  const conversation = found(loadConversation(tx, id))
  const { priority } = skillsetManner(tx, skillset)
  settle(tx, conversation, receiving.letIn(conversation, { skillset, priority }, tx.now))
}

function letIn(tx: Tx, conversation: Conversation): void {
  const { channel, customer } = conversation
  settle(tx, conversation, receiving.letIn(conversation, found(routeFor(tx, { channel, customer })), tx.now))
}

/** Blocked: nobody goes on with what is open. */
export function closeBlocked(tx: Tx, customer: Id): void {
  for (const conversation of openOf(tx, customer))
    settle(tx, conversation, leaving.close(conversation, null, null, tx.now, null, "blocked"))
}

/** The number has a new owner: what is open with it is theirs. */
export function moveOpen(tx: Tx, customer: Id, newcomer: Id): void {
  for (const conversation of openOf(tx, customer)) {
    giveToCustomer(tx, conversation.id, newcomer)
    const moved = { ...conversation, customer: newcomer }
    announce(tx, moved, moved, [{ type: "conversation.new_person", conversation: conversation.id }])
  }
}

/** The thread shows when the customer's mind changed, and how we know. */
export function noteConsent(
  tx: Tx,
  { customer, choice, how, words }: { customer: Id; choice: ConsentChoice; how: ConsentHow; words: string },
): void {
  const [last] = latestOf(tx, customer, 1)
  const latest = last && loadConversation(tx, last.id)
  if (latest)
    announce(tx, latest, latest, [
      { type: "conversation.consent_changed", conversation: latest.id, choice, how, words },
    ])
}

/** Where a blocked customer's words are kept: their last conversation with the number, or one that was never open. */
export function silentPlace(tx: Tx, customer: Id, channel: Id): Id {
  const known = latestOf(tx, customer, MOST_LOOKED_AT).find((one) => one.channel === channel)
  if (known) return known.id
  const closed = receiving.blankClosed({ id: tx.newId(), customer, channel, windowEndsAt: null }, tx.now)
  insertConversation(tx, closed, conversationPolicy(tx, channel))
  announce(tx, null, closed, [
    { type: "conversation.closed", conversation: closed.id, how: "blocked", profiling: null },
  ])
  return closed.id
}

const MOST_LOOKED_AT = 50

/** Thanks for a conversation that was closed a moment ago belong to it, where the tenant says so: that conversation. */
export function thankedFor(tx: Tx, customer: Id, channel: Id, text: string, sentAt: Instant): Id | null {
  const { thanksAfterClosingMinutes, thanksWords } = tenantSettings(tx)
  if (thanksAfterClosingMinutes === 0 || findOpen(tx, customer, channel) !== null) return null
  const last = latestOf(tx, customer, MOST_LOOKED_AT).find((one) => one.channel === channel)
  const closed = last && loadConversation(tx, last.id)
  if (closed?.state !== "closed" || sentAt - closed.closedAt > minutes(thanksAfterClosingMinutes)) return null
  return isThanks(text, thanksWords) ? closed.id : null
}
