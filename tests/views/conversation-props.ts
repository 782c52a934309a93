/** Conversations, messages and events as the queries give them to views; each call changes what its test is about. */
import type { ComposerState, ConversationHead, ConversationLabel } from "~/conversation/queries/console.ts"
import type { WaitingConversation } from "~/conversation/queries/waiting.ts"
import type { EventItem, MessageItem, MessageTimes } from "~/message/queries/thread.ts"
import { minutesAgo, NOW } from "./props.ts"

export const HOUR = 3_600_000

export const labelOf = (changed: Partial<ConversationLabel> = {}): ConversationLabel => ({
  ...{ id: 7, title: "Giulia Lombardi", phone: "393455550172", channelName: "Main", skillsetName: "Service" },
  ...{ state: "active", offeredUntil: null, unreadCount: 0, waitingSince: null, windowEndsAt: NOW + 23 * HOUR },
  lastLine: { direction: "in", kind: "text", text: "I will come by tomorrow", status: "received" },
  lastAt: minutesAgo(9),
  ...changed,
})

export const headOf = (changed: Partial<ConversationHead> = {}): ConversationHead => ({
  ...{ id: 7, title: "Giulia Lombardi", phone: "393455550172", customer: 3, customerName: "Giulia Lombardi" },
  ...{ profileName: "giuli", username: null, channelName: "Main", channelPhone: "+39 06 555 0100" },
  ...{ skillsetName: "Service", state: "active", stateSince: minutesAgo(10), openedAt: minutesAgo(12) },
  ...{ closedAt: null, ownerName: "Elena Conti", isMine: true, mayClose: true, offeredUntil: null },
  ...{ unreadCount: 0, windowEndsAt: NOW + 23 * HOUR, composer: { mode: "ready" } },
  ...changed,
})

/** Every state of the composer, in the situation that leads to it. */
export const COMPOSER_HEADS: { readonly [Mode in ComposerState["mode"]]: ConversationHead } = {
  ready: headOf(),
  offered: headOf({ state: "offered", offeredUntil: NOW + 90_000, composer: { mode: "offered" } }),
  takeable: headOf({ state: "queued", ownerName: null, isMine: false, composer: { mode: "takeable" } }),
  owned: headOf({
    ...{ ownerName: "Marco Rossi", isMine: false, mayClose: false },
    composer: { mode: "owned", ownerName: "Marco Rossi" },
  }),
  waiting: headOf({ state: "parked", composer: { mode: "waiting" } }),
  window_closed: headOf({ windowEndsAt: NOW - HOUR, composer: { mode: "window_closed" } }),
  number_held: headOf({ composer: { mode: "number_held", reason: "payment_problem" } }),
  closed: headOf({ state: "closed", closedAt: minutesAgo(30), mayClose: false, composer: { mode: "closed" } }),
}

const NO_TIMES: MessageTimes = {
  ...{ sentByCustomer: null, deliveredToSystem: null, readBySystem: null, readByAgent: null, readByAgentName: null },
  ...{ sentByAgent: null, sentBySystem: null, delivered: null, read: null, played: null, failed: null },
}
export const timesOf = (changed: Partial<MessageTimes>): MessageTimes => ({ ...NO_TIMES, ...changed })

type Changed = Partial<Omit<MessageItem, "type" | "direction">>
const message = (direction: "in" | "out", changed: Changed): MessageItem => ({
  ...{ type: "message", id: 100, direction, kind: "text", text: "Good morning", content: {}, authorName: null },
  ...{ isMine: false, at: minutesAgo(5), status: "received", failure: null, times: NO_TIMES, quoted: null },
  ...changed,
})

export const received = (changed: Changed = {}): MessageItem =>
  message("in", { times: timesOf({ readByAgent: minutesAgo(4), readByAgentName: "Elena Conti" }), ...changed })
export const sent = (changed: Changed = {}): MessageItem =>
  message("out", { authorName: "Elena Conti", isMine: true, status: "sent", ...changed })

export const eventOf = (kind: string, data: EventItem["data"] = {}, actorName: string | null = null): EventItem => ({
  ...{ type: "event", id: 200, at: minutesAgo(6), kind, actorName, data },
})

export const waitingOf = (changed: Partial<WaitingConversation> = {}): WaitingConversation => ({
  ...{ id: 9, title: "Paolo Verdi", phone: "393455550173", channelName: "Main", skillsetName: "Sales" },
  ...{ status: "queued", userName: null, since: minutesAgo(3), mayTake: true },
  ...changed,
})
