/** A conversation as it is read: messages and what happened, merged by time, a page at a time. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { inlineType } from "~/media/rules/kinds.ts"
import { type MediaState, mayFetchAgain } from "~/media/rules.ts"
import { type MessageContent, type MessageKind, readContent } from "../rules/content.ts"
import type { MessageStatus } from "../rules.ts"
import { eventItems } from "./timeline.ts"

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
  /** Ids of the choices under it that the customer made, as far as this page shows. */
  chosen: readonly string[]
  /** The message it answers, reacts to, edits or removes; ours without `authorName` is the appliance's. */
  quoted: { isOurs: boolean; authorName: string | null; kind: MessageKind; text: string } | null
}
/** A file as the thread shows it: `inline` when a browser may show it, otherwise it is saved. */
export type MediumView = {
  state: MediaState
  /** WhatsApp may still have it. */
  mayFetch: boolean
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
export type ThreadItem = MessageItem | EventItem

/** Where a page starts: items before this one. */
export type ThreadCursor = { at: Instant; id: Id }
export type ThreadPage = {
  before: ThreadCursor | null
  /** No item before this one: what a panel that is on screen already begins with. */
  from?: ThreadCursor | null
  limit: number
  viewer: Id
}
export type ThreadRange = { conversation: Id; fromAt: Instant; at: Instant; id: Id; limit: number }

const page = statement((p: ThreadRange) =>
  query
    .selectFrom("message as m")
    .leftJoin("user as author", "author.id", "m.author")
    .leftJoin("user as reader", "reader.id", "m.readByAgent")
    .leftJoin("message as quoted", "quoted.wamid", "m.replyToWamid")
    .leftJoin("user as quotedAuthor", "quotedAuthor.id", "quoted.author")
    .leftJoin("media", "media.message", "m.id")
    .leftJoin("mediaFile as f", "f.id", "media.file")
    .selectAll("m")
    .select(["media.state as mediaState", "media.name as mediaName", "media.declaredType as mediaDeclared"])
    .select(["media.expiresAt as mediaExpiresAt", "f.type as mediaType", "f.size as mediaSize"])
    .select(["f.width as mediaWidth", "f.height as mediaHeight"])
    .select(["author.firstName as authorFirst", "author.lastName as authorLast"])
    .select(["reader.firstName as readerFirst", "reader.lastName as readerLast"])
    .select([
      "quoted.id as quotedId",
      "quoted.direction as quotedDirection",
      "quoted.kind as quotedKind",
      "quoted.text as quotedText",
    ])
    .select(["quotedAuthor.firstName as quotedFirst", "quotedAuthor.lastName as quotedLast"])
    .where("m.conversation", "=", p.conversation)
    .where("m.at", ">=", p.fromAt)
    .where("m.at", "<=", p.at)
    .where((row) => row.or([row("m.at", "<", p.at), row("m.id", "<", p.id)]))
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(p.limit),
)

/** Later than anything: the first page ends with the newest item. */
const END: ThreadCursor = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** The items before the cursor, oldest first; costs what the page holds, whatever the length of the thread. */
export function threadItems(
  reader: Reader,
  conversation: Id,
  { before, from, limit, viewer }: ThreadPage,
): ThreadItem[] {
  const range = { conversation, fromAt: from?.at ?? 0, ...(before ?? END), limit }
  const rows = reader.all(page, range)
  const messages = rows.map((row) => messageItem(row, viewer, rows, reader.now))
  const items = [...messages, ...eventItems(reader, range)].filter((item) => !from || inOrder(from, item) <= 0)
  return items.sort(inOrder).slice(-limit)
}

const inOrder = (a: ThreadCursor, b: ThreadCursor): number => a.at - b.at || a.id - b.id

/** A cursor as it travels in an address. */
export const writeCursor = ({ at, id }: ThreadCursor): string => `${at}-${id}`

export function readCursor(text: string): ThreadCursor | null {
  const [at, id, ...more] = text.split("-").map(parseId)
  return at && id && more.length === 0 ? { at, id } : null
}

type Row = MessageRow & {
  [Name in "author" | "reader" | "quoted" as `${Name}First` | `${Name}Last`]: string | null
} & {
  quotedId: Id | null
  quotedDirection: "in" | "out" | null
  quotedKind: string | null
  quotedText: string | null
  mediaState: MediaState | null
  mediaName: string | null
  mediaDeclared: string | null
  mediaExpiresAt: Instant | null
  mediaType: string | null
  mediaSize: number | null
  mediaWidth: number | null
  mediaHeight: number | null
}

function messageItem(row: Row, viewer: Id, others: readonly Row[], now: Instant): MessageItem {
  const { id, direction, text, at, status } = row
  const content = readContent(row.content)
  return {
    ...{ type: "message", id, direction, text, at, status, kind: row.kind as MessageKind, content },
    chosen: content.prompt || content.template ? choicesMade(row, others) : [],
    authorName: fullName(row.authorFirst, row.authorLast),
    isMine: row.author === viewer,
    failure: failureOf(row),
    times: row.direction === "in" ? inboundTimes(row) : outboundTimes(row),
    quoted: quotedOf(row),
    medium: mediumOf(row, now),
  }
}

function mediumOf({ mediaState: state, mediaWidth: width, mediaHeight: height, ...row }: Row, now: Instant) {
  if (state === null) return null
  return {
    ...{ state, name: row.mediaName ?? "", size: row.mediaSize ?? 0 },
    mayFetch: mayFetchAgain(state, row.mediaExpiresAt, now) === null,
    inline: inlineType(row.mediaType, row.mediaDeclared) !== null,
    dimensions: width === null || height === null ? null : { width, height },
  }
}

/** A press comes back as a message of its own that answers the one with the buttons. */
const choicesMade = ({ wamid }: Row, others: readonly Row[]): string[] =>
  others
    .filter(({ direction, replyToWamid }) => direction === "in" && wamid !== null && replyToWamid === wamid)
    .flatMap(({ content }) => {
      const { body } = readContent(content)
      if (body?.kind === "button") return [body.payload ?? body.text]
      return body?.kind === "button_reply" || body?.kind === "list_reply" ? [body.id] : []
    })

function failureOf({ failedAt, failureReason, failureCode, failureDetails }: Row): MessageItem["failure"] {
  if (failedAt === null) return null
  return { reasonKey: failureReason ?? "unknown", code: failureCode, details: failureDetails }
}

function quotedOf({ quotedId, quotedDirection, quotedKind, quotedText, ...row }: Row): MessageItem["quoted"] {
  if (quotedId === null) return null
  const authorName = fullName(row.quotedFirst, row.quotedLast)
  return {
    isOurs: quotedDirection === "out",
    authorName,
    kind: (quotedKind ?? "unknown") as MessageKind,
    text: quotedText ?? "",
  }
}

const NO_TIMES: MessageTimes = {
  ...{ sentByCustomer: null, deliveredToSystem: null, readBySystem: null, readByAgent: null, readByAgentName: null },
  ...{ sentByAgent: null, sentBySystem: null, delivered: null, read: null, played: null, failed: null },
}

/** «Read by (System)» is when the appliance had received and routed it, in one commit (decided ambiguity 7). */
const inboundTimes = (row: Row): MessageTimes => ({
  ...NO_TIMES,
  ...{ sentByCustomer: row.at, deliveredToSystem: row.receivedAt, readBySystem: row.receivedAt },
  ...{ readByAgent: row.readByAgentAt, readByAgentName: fullName(row.readerFirst, row.readerLast) },
})

const outboundTimes = (row: Row): MessageTimes => ({
  ...NO_TIMES,
  ...{ sentByAgent: row.queuedAt, sentBySystem: row.sentAt, delivered: row.deliveredAt, read: row.readAt },
  ...{ played: row.playedAt, failed: row.failedAt },
})

const fullName = (first: string | null, last: string | null): string | null =>
  first === null ? null : `${first} ${last ?? ""}`.trim()
