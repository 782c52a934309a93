/** Situations that the tests of the conversation's views share, on top of `thread-props.ts`. */
import type { ComposerState, ConversationHead, ConversationLabel } from "~/conversation/queries/console.ts"
import type { WaitingConversation } from "~/conversation/queries/waiting.ts"
import type { MessageItem, MessageTimes } from "~/message/queries/thread.ts"
import { minutesAgo, NOW } from "./props.ts"
import { head, label, message, NO_TIMES, ours } from "./thread-props.ts"

export const HOUR = 3_600_000

export const giulia = (changes: Partial<ConversationLabel> = {}): ConversationLabel =>
  label(7, { title: "Giulia Lombardi", skillsetName: null, ...changes })

/** Every state of the composer, in the situation that leads to it. */
export const COMPOSER_HEADS: { readonly [Mode in ComposerState["mode"]]: ConversationHead } = {
  ready: head(),
  offered: head({ state: "offered", offeredUntil: NOW + 90_000, composer: { mode: "offered" } }),
  takeable: head({ state: "queued", ownerName: null, isMine: false, composer: { mode: "takeable" } }),
  owned: head({
    ownerName: "Marco Rossi",
    isMine: false,
    mayClose: false,
    composer: { mode: "owned", ownerName: "Marco Rossi" },
  }),
  waiting: head({ state: "parked", composer: { mode: "waiting" } }),
  parked: head({ state: "parked", composer: { mode: "parked" } }),
  reserved: head({
    state: "queued",
    ownerName: null,
    isMine: false,
    mayTransfer: false,
    composer: { mode: "reserved", name: "Sara Ferri", until: NOW + HOUR, mayRelease: true, mayTake: false },
  }),
  window_closed: head({ windowEndsAt: NOW - HOUR, composer: { mode: "window_closed" } }),
  unanswered: head({ state: "awaiting_reply", composer: { mode: "unanswered" } }),
  number_held: head({ composer: { mode: "number_held", reason: "payment_problem" } }),
  closed: head({
    state: "closed",
    closedAt: minutesAgo(30),
    mayClose: false,
    composer: { mode: "closed", mayReopen: false },
  }),
}

export const timesOf = (changes: Partial<MessageTimes>): MessageTimes => ({ ...NO_TIMES, ...changes })

/** Read by its agent a while ago, and the latest of ours. */
export const seen = (id: number, changes: Partial<MessageItem> = {}): MessageItem =>
  message(id, { times: timesOf({ readByAgent: minutesAgo(4), readByAgentName: "Elena Conti" }), ...changes })
export const sent = (changes: Partial<MessageItem> = {}): MessageItem => ours(100, { status: "sent", ...changes })

export const waitingOf = (changed: Partial<WaitingConversation> = {}): WaitingConversation => ({
  id: 9,
  title: "Paolo Verdi",
  channelName: "Main",
  skillsetName: "Sales",
  lastLine: { direction: "in", kind: "text", text: "Hello", status: "received" },
  status: "queued",
  userName: null,
  since: minutesAgo(3),
  mayTake: true,
  priority: 0,
  why: { kind: "its_turn" },
  isOwn: false,
  note: null,
  windowEndsAt: null,
  ...changed,
})
