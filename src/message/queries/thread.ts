/** A conversation as it is read: messages and what happened, merged by time, a page at a time. */
import type { Reader } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import type { MediaState } from "~/media/rules.ts"
import { type NoteItem, noteItems, noteItemsFrom } from "~/note/queries.ts"
import type { MessageContent, MessageKind } from "../rules/content.ts"
import type { MessageStatus } from "../rules.ts"
import { messageItem, type Viewer } from "./thread-item.ts"
import { bubblesBefore, bubblesFrom } from "./thread-page.ts"
import { eventItems, eventItemsFrom } from "./timeline.ts"

export type MessageTimes = {
  sentByCustomer: Instant | null
  deliveredToSystem: Instant | null
  readBySystem: Instant | null
  readByAgent: Instant | null
  readByAgentName: string | null
  sentByAgent: Instant | null
  sentBySystem: Instant | null
  delivered: Instant | null
  read: Instant | null
  played: Instant | null
  failed: Instant | null
}
export type MessageItem = {
  type: "message"
  id: Id
  direction: "in" | "out"
  kind: MessageKind
  text: string
  content: MessageContent
  /** The agent; null for customers, and for ours that left by another way. */
  authorName: string | null
  isMine: boolean
  at: Instant
  status: MessageStatus
  failure: { reasonKey: string; code: number | null; details: string | null } | null
  times: MessageTimes
  /** What it carries; null when it carries nothing. */
  medium: MediumView | null
  /** The choices under it that the customer made, the latest last. */
  chosen: readonly { id: string; at: Instant }[]
  /** A voice note that nobody has read yet, where a server could. */
  mayBeTranscribed: boolean
  /** WhatsApp knows it: it can be quoted and reacted to. */
  mayBeAnswered: boolean
  quoted: QuotedMessage | null
}
/** The message that is answered; ours without `authorName` is the appliance's. It may be one that is not here. */
export type QuotedMessage =
  | { isHere: false }
  | { isHere: true; place: QuotedPlace; isOurs: boolean; authorName: string | null; kind: MessageKind; text: string }
/** `conversation`: null when it is the same one. */
export type QuotedPlace = ThreadCursor & { conversation: Id | null }
/** A file as the thread shows it: `inline` when a browser may show it, otherwise it is saved. */
export type MediumView = {
  state: MediaState
  /** WhatsApp may still have it. */
  mayFetch: boolean
  /** It was here, and kept long enough. */
  isRemoved: boolean
  /** It waits at WhatsApp until there is room on the disk. */
  lacksRoom: boolean
  /** Nobody may open it: a virus was found, the scanner is to look, or it has been asked and does not answer. */
  check: { state: "infected"; virus: string } | { state: "waiting" | "unanswered" } | null
  inline: boolean
  name: string
  size: number
  dimensions: { width: number; height: number } | null
}
/** Something that happened. `data` holds what the event says, ids of people and skillsets with their names beside. */
export type EventItem = {
  type: "event"
  id: Id
  at: Instant
  kind: string
  actorName: string | null
  data: Readonly<Record<string, string | number | boolean | null>>
}
export type ThreadItem = MessageItem | EventItem | NoteItem

/** Where a page starts: items before this one. */
export type ThreadCursor = { at: Instant; id: Id }
export type ThreadPage = Viewer & {
  before: ThreadCursor | null
  /** No item before this one: what a panel that is on screen already begins with. */
  from?: ThreadCursor | null
  limit: number
}

/** Later than anything: the first page ends with the newest item. */
const END: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** The items before the cursor, oldest first; costs what the page holds, whatever the length of the thread. */
export function threadItems(reader: Reader, conversation: Id, page: ThreadPage): ThreadItem[] {
  const { before, from, limit } = page
  const range = { conversation, fromAt: from?.at ?? 0, ...(before ?? END), limit }
  const messages = bubblesBefore(reader, range).map((row) => messageItem(reader, row, page))
  const notes = noteItems(reader, range, page.viewer)
  const items = [...messages, ...eventItems(reader, range), ...notes].filter(
    (item) => !from || inOrder(from, item) <= 0,
  )
  return items.sort(inOrder).slice(-limit)
}

/** The items from the cursor on, oldest first, and of those what comes before `until`. */
export function threadItemsFrom(
  reader: Reader,
  conversation: Id,
  page: Viewer & { from: ThreadCursor; until: ThreadCursor | null; limit: number },
): ThreadItem[] {
  const { from, until, limit } = page
  const range = { conversation, ...from, limit }
  const messages = bubblesFrom(reader, range).map((row) => messageItem(reader, row, page))
  const notes = noteItemsFrom(reader, range, page.viewer)
  const items = [...messages, ...eventItemsFrom(reader, range), ...notes].sort(inOrder).slice(0, limit)
  return items.filter((item) => until === null || inOrder(item, until) < 0)
}

const inOrder = (a: ThreadCursor, b: ThreadCursor): number => a.at - b.at || a.id - b.id

/** A cursor as it travels in an address. */
export const writeCursor = ({ at, id }: ThreadCursor): string => `${at}-${id}`

export function readCursor(text: string): ThreadCursor | null {
  const [at, id, ...more] = text.split("-").map(parseId)
  return at && id && more.length === 0 ? { at, id } : null
}
