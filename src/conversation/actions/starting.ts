/** Start Conversation (S20): whom, from which number, with what; and what becomes of one that nobody answers. */
import { skillsetsOfChannel } from "~/assignment/queries/overflow.ts"
import { previousAddress } from "~/customer/queries/joining.ts"
import { isBlocked, personOf } from "~/customer/queries.ts"
import { customersByPhone, loadCustomer } from "~/customer/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { phoneOf } from "~/kernel/phone.ts"
import { accepted, demand, found, Refused } from "~/kernel/step.ts"
import { messageByClientId } from "~/message/store.ts"
import { close } from "../actions.ts"
import { named as withName } from "../queries/refusal.ts"
import { isServiceNumber, mayStart, startChannels, startCountry } from "../queries/starting.ts"
import { conversationPolicy } from "../queries.ts"
import { closeUnanswered } from "../rules/leaving.ts"
import { maySee } from "../rules/policy.ts"
import { openByAgent } from "../rules/receiving.ts"
import { type FirstMessage, type Start, skillsetOfStart } from "../rules/starting.ts"
import { type Conversation, windowOpen } from "../rules.ts"
import { findOpen, insertConversation, lastWindowEnd } from "../store.ts"
import { announce } from "./announce.ts"
import { elapse, userActing, visible } from "./settling.ts"

export type Addressee = { customer: Id } | { phone: string; name: string | null }
export type StartAsked = { to: Addressee; channel: Id; first: FirstMessage }

/**
 * Begins a conversation. Who may be written to freely is looked up now, however old the list was. Refuses
 * `start.not_allowed` `start.number_malformed` `start.number_is_ours` `start.open_already {owner}`
 * `start.open_elsewhere` `start.blocked` `window.closed`, and as the message does. The same `clientId` again is the same conversation.
 */
export function start(tx: Tx, { to, channel, first }: StartAsked): Id {
  const me = userActing(tx)
  demand(mayStart(tx, me.id), "start.not_allowed")
  found(startChannels(tx, me).find(({ id }) => id === channel))
  const phone = "phone" in to ? phoneToAddress(tx, to.phone) : null
  const named = "customer" in to ? found(loadCustomer(tx, to.customer)) : (customersByPhone(tx, phone ?? "")[0] ?? null)
  const known = named && { id: personOf(tx, named.id) }
  const address = "phone" in to && known ? named.id : null
  demand(known === null || !isBlocked(tx, known.id), "start.blocked")
  const open = known && findOpen(tx, known.id, channel)
  if (open && messageByClientId(tx, open.id, first.clientId) !== null) return open.id
  if (open) refuseDouble(tx, open)
  const windowEndsAt = known && isAtHand(tx, known.id, channel, address) ? lastWindowEnd(tx, known.id, channel) : null
  demand(first.kind === "template" || windowOpen({ windowEndsAt }, tx.now), "window.closed")
  const decided: Start = { conversation: tx.newId(), customer: known?.id ?? tx.newId(), channel, first, address }
  if (!known && "phone" in to)
    tx.raise({ type: "customer.addressed", customer: decided.customer, phone: phone ?? "", name: to.name })
  tx.raise({ type: "start.decided", start: decided })
  return decided.conversation
}

/** Their own number, and they have never been spoken with under another. */
const isUsual = (tx: Tx, place: Parameters<typeof previousAddress>[1], address: Id): boolean =>
  address === place.customer && previousAddress(tx, place) === null

/** The window is that of the number they wrote from last; another number of theirs has none. */
function isAtHand(tx: Tx, customer: Id, channel: Id, address: Id | null): boolean {
  return address === null || address === (previousAddress(tx, { customer, channel, before: tx.newId() }) ?? customer)
}

function phoneToAddress(tx: Tx, typed: string): string {
  const phone = phoneOf(typed, startCountry(tx))
  demand(phone !== null, "start.number_malformed")
  demand(!isServiceNumber(tx, phone), "start.number_is_ours")
  return phone
}

function refuseDouble(tx: Tx, open: Conversation): never {
  const owner = "owner" in open && open.owner !== null ? open.owner : null
  if (!maySee(userActing(tx), open)) throw new Refused({ refused: "start.open_elsewhere" })
  if (owner === null) throw new Refused({ refused: "start.open_waiting" })
  throw new Refused(withName(tx, { refused: "start.open_already", detail: { owner } }))
}

/** The customer is known by now: the conversation is there, and its first message follows. */
export function openStarted(tx: Tx, { conversation, customer, channel, first, address }: Start): void {
  const me = userActing(tx)
  const windowEndsAt = isAtHand(tx, customer, channel, address) ? lastWindowEnd(tx, customer, channel) : null
  const skillset = skillsetOfStart(skillsetsOfChannel(tx, channel), me.skillsets)
  const opening = { id: conversation, customer, channel, windowEndsAt, skillset, agent: me.id, with: first.kind }
  const { next, facts } = accepted(openByAgent(opening, tx.now))
  insertConversation(tx, next, conversationPolicy(tx, channel))
  if (address !== null && !isUsual(tx, { customer, channel, before: conversation }, address))
    tx.raise({ type: "customer.named_number", conversation, address })
  announce(tx, null, next, facts)
  tx.raise({ type: "start.opened", conversation, first })
}

/** Whoever waits for an answer waits no longer. Refuses `start.answered`. */
export function giveUp(tx: Tx, id: Id): void {
  demand(visible(tx, id).state === "awaiting_reply", "start.answered")
  close(tx, id, 0)
}

/** A template that nobody has answered for so long is over. */
export function expireUnanswered(tx: Tx, id: Id): void {
  elapse(tx, id, (conversation) => closeUnanswered(conversation, conversationPolicy(tx, conversation.channel), tx.now))
}
