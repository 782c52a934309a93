/** A conversation with every kind of line in it. */
import type { ConversationHead, ConversationLabel } from "~/conversation/queries/console.ts"
import type { EventItem, MessageItem, MessageTimes } from "~/message/queries/thread.ts"
import { minutesAgo, NOW } from "./props.ts"

const NO_TIMES: MessageTimes = {
  ...{ sentByCustomer: null, deliveredToSystem: null, readBySystem: null, readByAgent: null, readByAgentName: null },
  ...{ sentByAgent: null, sentBySystem: null, delivered: null, read: null, played: null, failed: null },
}

export function message(id: number, changes: Partial<MessageItem> = {}): MessageItem {
  const at = changes.at ?? minutesAgo(30 - id)
  return {
    ...{ type: "message", id, direction: "in", kind: "text", text: `Message ${id}`, content: {} },
    ...{ authorName: null, isMine: false, at, status: "received", failure: null, quoted: null },
    times: { ...NO_TIMES, sentByCustomer: at, deliveredToSystem: at, readBySystem: at },
    ...changes,
  }
}

export const ours = (id: number, changes: Partial<MessageItem> = {}): MessageItem =>
  message(id, {
    ...{ direction: "out", authorName: "Elena Conti", isMine: true, status: "read" },
    times: {
      ...NO_TIMES,
      sentByAgent: minutesAgo(9),
      sentBySystem: minutesAgo(9),
      delivered: minutesAgo(8),
      read: NOW,
    },
    ...changes,
  })

export const event = (
  id: number,
  kind: string,
  data: EventItem["data"],
  actorName: string | null = null,
): EventItem => ({
  ...{ type: "event", id, at: minutesAgo(30 - id), kind, actorName, data },
})

export const head = (changes: Partial<ConversationHead> = {}): ConversationHead => ({
  ...{ id: 7, title: "Giulia Lombardi", phone: "393455550172", customer: 70, customerName: "Giulia Lombardi" },
  ...{ profileName: "Giuli", username: null, channelName: "Service", channelPhone: "+39 02 555 0100" },
  ...{ skillsetName: "Service", state: "active", stateSince: minutesAgo(28), openedAt: minutesAgo(30), closedAt: null },
  ...{ ownerName: "Elena Conti", isMine: true, mayClose: true, offeredUntil: null, unreadCount: 0 },
  ...{ windowEndsAt: NOW + 23 * 3_600_000, composer: { mode: "ready" } },
  ...changes,
})

export const label = (id: number, changes: Partial<ConversationLabel> = {}): ConversationLabel => ({
  ...{ id, title: `Customer ${id}`, phone: null, channelName: "Service", skillsetName: "Sales", state: "active" },
  ...{ offeredUntil: null, lastLine: { direction: "in", kind: "text", text: "Hello", status: "received" } },
  ...{ unreadCount: 0, waitingSince: null, windowEndsAt: null, lastAt: minutesAgo(5) },
  ...changes,
})
