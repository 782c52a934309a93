/** What a number says by itself, and when: each function is one occasion (reactions.ts says which fact is which). */
import { changesBetween } from "~/audit/rules.ts"
import { channelSettings, openChannels } from "~/channel/queries.ts"
import { loadChannel } from "~/channel/store.ts"
import { conversationPolicy, ownerStanding } from "~/conversation/queries.ts"
import {
  type Conversation,
  type ConversationState,
  deadlines,
  isKeptBack,
  ownerOf,
  type Queued,
  windowOpen,
} from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import { minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { say, speaksOf } from "./actions/saying.ts"
import { waitingOn } from "./queries.ts"
import type { AutomaticMessages } from "./rules.ts"
import { forgetSaid, messagesOf, messagesOffOf, replaceMessages } from "./store.ts"

/** Gives a number its texts in place of those it had; answers whether they are others now. `off` is kept and not said. */
export function setMessages(tx: Tx, channel: Id, messages: AutomaticMessages, off: AutomaticMessages = {}): boolean {
  const before = messagesOf(tx, channel)
  const isSame = Bun.deepEquals(before, messages)
  if (isSame && Bun.deepEquals(messagesOffOf(tx, channel), off)) return false
  replaceMessages(tx, channel, messages, off)
  const subject = { kind: "channel", id: channel, name: loadChannel(tx, channel)?.name ?? "" } as const
  const changes = changesBetween<AutomaticMessages>(before, messages)
  tx.raise({ type: "audit.due", act: "channel.messages_changed", subject, changes })
  return true
}

/** The number is let go. */
export const forgetMessages = (tx: Tx, channel: Id): void => replaceMessages(tx, channel, {}, {})

/**
 * A customer has come. The menu greets by itself; while the number is closed, that is what there is to say; to a stranger on
 * a number for known customers there is something else.
 */
export function welcome(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  if (isKeptBack(conversation)) {
    if (!isLate(tx, conversation)) say(tx, "unknown_customer", conversation)
    return
  }
  if (conversation.state === "menu" || isLate(tx, conversation) || saysClosed(tx, conversation)) return
  say(tx, "welcome", conversation)
}

/** Distribution comes first: whoever is given an agent at once is told of no queue. */
export function awaitAssignment(tx: Tx, conversation: Id): void {
  tx.raise({ type: "automatic_message.wait_due", conversation })
}

/** It waits: the customer hears of the opening, or of the place in the queue if there is one. */
export function tellWait(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  if (conversation.state !== "queued" || (conversation.openedAt === tx.now && isLate(tx, conversation))) return
  if (saysClosed(tx, conversation)) say(tx, "closed_hours", conversation)
  else if (isInLine(conversation) && saysPlace(tx, conversation)) say(tx, "queued", conversation)
}

/** The customer writes while the number is closed and nobody is there who goes on with the conversation. */
export function answerWhenClosed(tx: Tx, heard: { conversation: Id; channel: Id; state: ConversationState }): void {
  if (heard.state !== "queued" && heard.state !== "active") return
  if (!speaksOf(tx, heard.channel, "closed_hours")) return
  const conversation = found(loadConversation(tx, heard.conversation))
  if (!isLate(tx, conversation) && saysClosed(tx, conversation) && isUnattended(tx, conversation))
    say(tx, "closed_hours", conversation)
}

/** More wait than a command should write to: those behind hear it when they write. */
const MOST_AT_ONCE = 2_000

/** The number has opened: the next closing is told anew. It has closed: those who wait hear until when. */
export function followHours(tx: Tx, channel: Id): void {
  if (!speaksOf(tx, channel, "closed_hours")) return
  if (!isClosed(tx, channel)) forgetSaid(tx, channel, "closed_hours")
  else for (const id of waitingOn(tx, channel, MOST_AT_ONCE)) tellWait(tx, id)
}

export function tellTransfer(tx: Tx, id: Id, to: { toUser: Id | null; toSkillset: Id | null }): void {
  const { toUser: agent, toSkillset: skillset } = to
  say(tx, "transferred", found(loadConversation(tx, id)), { agent, skillset })
}

export function tellParked(tx: Tx, id: Id): void {
  const conversation = found(loadConversation(tx, id))
  say(tx, "parked", conversation, { agent: ownerOf(conversation) ?? userActing(tx) })
}

/** By itself it closes with its own words, if there are any. */
export function sayFarewell(tx: Tx, id: Id, how: "by_hand" | "automatic"): void {
  const conversation = found(loadConversation(tx, id))
  const isOwn = how === "automatic" && speaksOf(tx, conversation.channel, "closed_automatically")
  say(tx, isOwn ? "closed_automatically" : "closed", conversation, { agent: ownerOf(conversation) })
}

/** The 24 hours are nearly over and the customer owes the answer; at night, while the number is closed, nobody is reminded. */
export function remind(tx: Tx, id: Id): void {
  const conversation = loadConversation(tx, id)
  if (!conversation || !windowOpen(conversation, tx.now) || isClosed(tx, conversation.channel)) return
  const policy = conversationPolicy(tx, conversation.channel)
  const isDue = deadlines(conversation, policy).some(({ kind, at }) => kind === "window_reminder" && at <= tx.now)
  if (isDue) say(tx, "window_reminder", conversation, { agent: ownerOf(conversation) })
}

/** What the customer said was on its way for hours: nobody greets them, or tells them of a moment that is over. */
function isLate(tx: Tx, { channel, lastInboundAt }: Conversation): boolean {
  const age = tx.now - (lastInboundAt ?? tx.now)
  if (age < minutes(1)) return false
  const { silentWhenLateMinutes } = channelSettings(tx, channel)
  return silentWhenLateMinutes > 0 && age > minutes(silentWhenLateMinutes)
}

const saysClosed = (tx: Tx, { channel }: Conversation): boolean =>
  speaksOf(tx, channel, "closed_hours") && isClosed(tx, channel)

const saysPlace = (tx: Tx, { channel }: Conversation): boolean =>
  speaksOf(tx, channel, "queued") && !isClosed(tx, channel)

/** Whoever waits for one agent only has no place among the others. */
const isInLine = ({ exclusive, targetUser }: Queued): boolean => !exclusive || targetUser === null

/** A number that is switched off says nothing, so it is not closed either. */
const isClosed = (tx: Tx, channel: Id): boolean =>
  !openChannels(tx).has(channel) && loadChannel(tx, channel)?.enabled === true

/** Nobody has it, or whoever has it is gone; active ones go on beyond the closing time. */
function isUnattended(tx: Tx, conversation: Conversation): boolean {
  switch (conversation.state) {
    case "queued":
      return true
    case "active":
      return ownerStanding(tx, conversation.owner)?.present !== true
    case "menu":
    case "offered":
    case "parked":
    case "awaiting_reply":
    case "closed":
      return false
  }
}

const userActing = ({ actor }: Tx): Id | null => (actor.kind === "user" ? actor.id : null)
