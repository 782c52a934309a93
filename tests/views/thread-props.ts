/** A conversation with every kind of line in it. */

import type { ConversationHead, ConversationLabel } from "~/conversation/queries/console.ts"
import type { CustomerCard } from "~/customer/queries.ts"
import type { EventItem, MessageItem, MessageTimes } from "~/message/queries/thread.ts"
import type { MessageKind } from "~/message/rules/content.ts"
import type { InboundContent } from "~/whatsapp/payload-content-types.ts"
import { minutesAgo, NOW } from "./props.ts"

export const NO_TIMES: MessageTimes = {
  sentByCustomer: null,
  deliveredToSystem: null,
  readBySystem: null,
  readByAgent: null,
  readByAgentName: null,
  sentByAgent: null,
  sentBySystem: null,
  delivered: null,
  read: null,
  played: null,
  failed: null,
}

export function message(id: number, changes: Partial<MessageItem> = {}): MessageItem {
  const at = changes.at ?? minutesAgo(30 - id)
  return {
    type: "message",
    id,
    direction: "in",
    kind: "text",
    text: `Message ${id}`,
    content: {},
    authorName: null,
    isMine: false,
    at,
    status: "received",
    failure: null,
    quoted: null,
    chosen: [],
    medium: null,
    mayBeAnswered: true,
    mayBeTranscribed: false,
    times: { ...NO_TIMES, sentByCustomer: at, deliveredToSystem: at, readBySystem: at },
    ...changes,
  }
}

export const ours = (id: number, changes: Partial<MessageItem> = {}): MessageItem =>
  message(id, {
    direction: "out",
    authorName: "Elena Conti",
    isMine: true,
    status: "read",
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
): EventItem => ({ type: "event", id, at: minutesAgo(30 - id), kind, actorName, data })

export const head = (changes: Partial<ConversationHead> = {}): ConversationHead => ({
  id: 7,
  title: "Giulia Lombardi",
  phone: "+39 345 555 0172",
  customer: 70,
  channel: 3,
  customerName: "Giulia Lombardi",
  asksProfiling: false,
  dictation: null,
  isUnanswered: false,
  profileName: "Giuli",
  username: null,
  channelName: "Service",
  channelPhone: "+39 02 555 0100",
  skillsetName: "Service",
  state: "active",
  stateSince: minutesAgo(28),
  openedAt: minutesAgo(30),
  closedAt: null,
  ownerName: "Elena Conti",
  isMine: true,
  mayClose: true,
  mayTransfer: true,
  mayDecline: false,
  isExplained: false,
  offeredUntil: null,
  unreadCount: 0,
  windowEndsAt: NOW + 23 * 3_600_000,
  composer: { mode: "ready" },
  ...changes,
})

export const label = (id: number, changes: Partial<ConversationLabel> = {}): ConversationLabel => ({
  id,
  title: `Customer ${id}`,
  channelName: "Service",
  skillsetName: "Sales",
  state: "active",
  offeredUntil: null,
  lastLine: { direction: "in", kind: "text", text: "Hello", status: "received" },
  unreadCount: 0,
  waitingSince: null,
  windowEndsAt: null,
  lastAt: minutesAgo(5),
  transfer: null,
  tags: [],
  ...changes,
})

const MEDIA = { mediaId: "1", mimeType: "image/jpeg", sha256: null, url: null }
const CARD = {
  name: "Paolo",
  phones: [],
  emails: [],
  urls: [],
  addresses: [],
  company: null,
  birthday: null,
  vcard: null,
  requested: false,
}
const ITEM = { productId: "1", price: 2, currency: "EUR" }
const TARGET = { targetWamid: "wamid.1" }
/** One of every kind that can arrive. */
export const CONTENTS: { readonly [Kind in MessageKind]: InboundContent } = {
  text: { kind: "text", text: "plain" },
  image: { kind: "image", media: MEDIA, caption: null },
  video: { kind: "video", media: MEDIA, caption: null },
  audio: { kind: "audio", media: MEDIA, voice: false },
  voice: { kind: "audio", media: MEDIA, voice: true },
  document: { kind: "document", media: MEDIA, caption: null, fileName: "a.pdf" },
  sticker: { kind: "sticker", media: MEDIA, animated: false },
  location: { kind: "location", latitude: 45.4, longitude: 9.1, name: null, address: null, url: null },
  contacts: { kind: "contacts", cards: [CARD, CARD] },
  reaction: { kind: "reaction", ...TARGET, emoji: "👍" },
  button: { kind: "button", text: "Book", payload: null },
  button_reply: { kind: "button_reply", id: "1", title: "Book" },
  list_reply: { kind: "list_reply", id: "1", title: "Book", description: null },
  form_reply: { kind: "form_reply", name: null, text: null, responseJson: "{}", answers: [] },
  call_permission: { kind: "call_permission", granted: true, permanent: false, automatic: false, expiresAt: null },
  product: { kind: "product", productId: "1", catalogId: "1" },
  payment: { kind: "payment" },
  order: { kind: "order", catalogId: null, note: null, items: [{ ...ITEM, quantity: 3 }] },
  request_welcome: { kind: "request_welcome" },
  system: { kind: "system", type: null, text: "changed number" },
  unsupported: { kind: "unsupported", type: "poll_creation" },
  unknown: { kind: "unknown", type: "hologram" },
  edit: { kind: "edit", ...TARGET, content: { kind: "text", text: "better" } },
  revoke: { kind: "revoke", ...TARGET },
  media_placeholder: { kind: "media_placeholder" },
  template: { kind: "template", name: "order_ready", language: "it" },
  prompt: { kind: "prompt", type: "list", text: null },
}

/** What is known of Giulia beside her conversation. */
export const customerCard = (more: Partial<CustomerCard> = {}): CustomerCard => ({
  id: 3,
  name: "Giulia Lombardi",
  otherPhone: null,
  email: null,
  language: null,
  properties: [],
  tags: [],
  block: null,
  consent: null,
  ...more,
})
