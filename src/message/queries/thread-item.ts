/** A row of a thread as its screen needs it. */
import { conversationFor } from "~/conversation/queries/known.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { inlineType } from "~/media/rules/kinds.ts"
import { mayBeOpened } from "~/media/rules/scanning.ts"
import { mayFetchAgain } from "~/media/rules.ts"
import { transcribesFiles } from "~/speech/queries.ts"
import { mayTranscribe } from "~/speech/rules.ts"
import { withoutRemoved } from "../rules/amending.ts"
import { type MessageContent, type MessageKind, readContent } from "../rules/content.ts"
import type { MediumView, MessageItem, MessageTimes } from "./thread.ts"
import type { BubbleRow } from "./thread-page.ts"

/** Who looks: `actor` opens what is kept from most; without one it stays shut. */
export type Viewer = { viewer: Id; actor?: UserActor | null }

const answers = statement((p: { wamid: string }) =>
  query
    .selectFrom("message")
    .select(["at", "content"])
    .where("replyToWamid", "=", p.wamid)
    .where("direction", "=", "in")
    .where("kind", "in", ["button_reply", "list_reply", "button"])
    .orderBy("at")
    .orderBy("id"),
)

export function messageItem(reader: Reader, row: BubbleRow, { viewer, actor = null }: Viewer): MessageItem {
  const { id, direction, text, at, status } = row
  const whole = readContent(row.content)
  const content = actor && supervises(actor) ? whole : withoutRemoved(whole)
  return {
    type: "message",
    id,
    direction,
    text,
    at,
    status,
    kind: row.kind as MessageKind,
    content,
    chosen: offersChoices(content) ? choicesMade(reader, row) : [],
    authorName: fullName(row.authorFirst, row.authorLast),
    isMine: row.author === viewer,
    mayBeTranscribed: isUnread(row, content, reader),
    mayBeAnswered: row.wamid !== null && content.removed === undefined,
    failure: failureOf(row),
    times: row.direction === "in" ? inboundTimes(row) : outboundTimes(row),
    quoted: quotedOf(reader, row, actor),
    medium: content.removed ? null : mediumOf(reader, row),
  }
}

const isUnread = (
  { kind, direction, mediaState, mediaScan }: BubbleRow,
  { removed, transcription }: MessageContent,
  reader: Reader,
) =>
  kind === "voice" &&
  direction === "in" &&
  mediaState === "here" &&
  mayBeOpened(mediaScan) &&
  removed === undefined &&
  mayTranscribe(transcription, reader.now) === null &&
  transcribesFiles(reader)

const offersChoices = ({ prompt, template, body }: MessageContent): boolean =>
  prompt !== undefined || template !== undefined || body?.kind === "template" || body?.kind === "prompt"

/** A press comes back as a message of its own that answers the one with the buttons, in whichever conversation. */
const choicesMade = (reader: Reader, { wamid }: BubbleRow): MessageItem["chosen"] =>
  wamid === null
    ? []
    : reader.all(answers, { wamid }).flatMap(({ at, content }) => {
        const { body } = readContent(content)
        if (body?.kind === "button") return [{ id: body.payload ?? body.text, at }]
        return body?.kind === "button_reply" || body?.kind === "list_reply" ? [{ id: body.id, at }] : []
      })

function mediumOf({ now }: Reader, row: BubbleRow): MediumView | null {
  const { mediaState: state, mediaWidth: width, mediaHeight: height } = row
  if (state === null) return null
  return {
    state,
    name: row.mediaName ?? "",
    size: row.mediaSize ?? 0,
    mayFetch: mayFetchAgain(state, row.mediaExpiresAt, now) === null,
    isRemoved: row.mediaReason === "kept_long_enough",
    check: checkOf(row),
    lacksRoom: state === "waiting" && row.mediaReason === "no_room",
    inline: inlineType(row.mediaType, row.mediaDeclared) !== null,
    dimensions: width === null || height === null ? null : { width, height },
  }
}

function checkOf({ mediaScan, mediaScanSays }: BubbleRow): MediumView["check"] {
  if (mediaScan === "infected") return { state: "infected", virus: mediaScanSays ?? "" }
  return mediaScan === "waiting" ? { state: mediaScanSays === null ? "waiting" : "unanswered" } : null
}

function failureOf(row: BubbleRow): MessageItem["failure"] {
  const { status, failedAt, failureReason, failureCode, failureDetails } = row
  if (failedAt === null && (status !== "held" || failureReason === null)) return null
  return { reasonKey: failureReason ?? "unknown", code: failureCode, details: failureDetails }
}

/** A message that the viewer may not see is not shown by way of an answer to it either. */
function quotedOf(reader: Reader, row: BubbleRow, actor: UserActor | null): MessageItem["quoted"] {
  const { quotedId: id, quotedAt: at, quotedConversation: conversation } = row
  if (row.replyToWamid === null) return null
  if (id === null || at === null || conversation === null) return { isHere: false }
  const isElsewhere = conversation !== row.conversation
  if (isElsewhere && (actor === null || conversationFor(reader, actor, conversation) === null)) return { isHere: false }
  return {
    isHere: true,
    place: { id, at, conversation: isElsewhere ? conversation : null },
    isOurs: row.quotedDirection === "out",
    authorName: fullName(row.quotedFirst, row.quotedLast),
    kind: (row.quotedKind ?? "unknown") as MessageKind,
    text: row.quotedText ?? "",
  }
}

const NO_TIMES: MessageTimes = {
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

/** «Read by (System)» is when the appliance had received and routed it, in one commit (decided ambiguity 7). */
const inboundTimes = (row: BubbleRow): MessageTimes => ({
  ...NO_TIMES,
  sentByCustomer: row.at,
  deliveredToSystem: row.receivedAt,
  readBySystem: row.receivedAt,
  readByAgent: row.readByAgentAt,
  readByAgentName: fullName(row.readerFirst, row.readerLast),
})

const outboundTimes = (row: BubbleRow): MessageTimes => ({
  ...NO_TIMES,
  sentByAgent: row.queuedAt,
  sentBySystem: row.sentAt,
  delivered: row.deliveredAt,
  read: row.readAt,
  played: row.playedAt,
  failed: row.failedAt,
})

const fullName = (first: string | null, last: string | null): string | null =>
  first === null ? null : `${first} ${last ?? ""}`.trim()
