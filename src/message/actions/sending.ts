/** What the outbox does with a queued message before and after the call to WhatsApp. */
import { lastWindowEnd, loadConversation } from "~/conversation/store.ts"
import { loadAddress } from "~/customer/store/joins.ts"
import { loadCustomer } from "~/customer/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { OutgoingKind } from "~/media/rules/kinds.ts"
import { loadFile } from "~/media/store/files.ts"
import { loadMedium, loadUpload } from "~/media/store.ts"
import type { SentTemplate } from "~/template/rules/filling.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Cards } from "../rules/cards.ts"
import { type Place, type Prompt, placeOf, readContent, sentAs } from "../rules/content.ts"
import { climb } from "../rules/delivery.ts"
import { callbackData } from "../rules.ts"
import { loadMessage } from "../store.ts"
import { saveChange } from "./delivery.ts"
import { staysHere } from "./waited.ts"

/** Everything the call needs; made in the same commit that says the call is about to be made. */
export type Claimed = {
  message: Id
  attempt: number
  conversation: Id
  text: string
  /** Whether WhatsApp shows what the first address in the text leads to. */
  previewsLinks: boolean
  /** What it carries, under the id that WhatsApp gave us for it. */
  file: { kind: OutgoingKind; mediaId: string; caption: string | null; name: string; voice: boolean } | null
  /** The place it is. */
  place: Place | null
  /** What the customer may choose under it. */
  prompt: Prompt | null
  template: SentTemplate | null
  reaction: { targetWamid: string; emoji: string | null } | null
  cards: Cards | null
  /** Our own reference, which comes back with every status. */
  callbackData: string
  replyToWamid: string | null
  to: { userId: string | null; phone: string | null }
}

/** The code Meta would answer with; the window is closed, so it is not asked (reliability-security.md §4.4). */
const WINDOW_CLOSED = 131047

/**
 * Takes a queued message for sending; null when there is nothing to send: it is queued no more, it waited for too long
 * while the company was disabled, the customer's window has closed meanwhile, which fails anything but a template, or
 * what it carries has a virus in it.
 */
export function claim(tx: Tx, id: Id, bootId: string): Claimed | null {
  const message = loadMessage(tx, id)
  if (message?.status !== "queued") return null
  const { customer } = found(loadConversation(tx, message.conversation))
  const content = readContent(message.content)
  const { prompt = null, template = null, body } = content
  const windowEndsAt = lastWindowEnd(tx, customer, message.channel)
  if (staysHere(tx, message, windowEndsAt)) return null
  if (template === null && (windowEndsAt === null || tx.now >= windowEndsAt)) {
    saveChange(tx, message, failedBefore(message, { code: WINDOW_CLOSED, reason: "window_closed" }, tx.now))
    return null
  }
  if (isInfected(tx, id)) {
    saveChange(tx, message, failedBefore(message, { code: null, reason: "file_infected" }, tx.now))
    return null
  }
  const attempt = attemptFor(message)
  saveChange(tx, message, { ...message, status: "sending", attempt, bootId, nextAttemptAt: null })
  const { whatsappUserId, phone } = found(loadCustomer(tx, loadAddress(tx, message.conversation)?.address ?? customer))
  const { conversation, text, replyToWamid } = message
  return {
    message: id,
    attempt,
    conversation,
    text,
    previewsLinks: tenantSettings(tx).linkPreviews,
    replyToWamid,
    callbackData: callbackData(id, attempt),
    file: fileOf(tx, message),
    place: placeOf(content),
    prompt,
    template,
    reaction: body?.kind === "reaction" ? body : null,
    cards: body?.kind === "contacts" ? body.cards : null,
    to: { userId: whatsappUserId, phone },
  }
}

function fileOf(tx: Tx, { id, channel, content }: MessageRow): Claimed["file"] {
  const medium = loadMedium(tx, id)
  if (!medium?.file) return null
  const { type, ...sent } = sentAs(readContent(content), medium.declaredType)
  const upload = loadUpload(tx, medium.file, channel, type)
  return upload && { ...sent, mediaId: upload.mediaId, name: medium.name ?? "" }
}

/** What has been called with is not called with again: the row keeps the run that did until a person asks anew. */
const attemptFor = ({ attempt, bootId }: MessageRow): number => (bootId === null ? attempt : attempt + 1)

/** The process that was calling is gone: nobody knows whether the customer has it. */
export function doubt(tx: Tx, id: Id): void {
  const message = loadMessage(tx, id)
  if (message?.status === "sending") saveChange(tx, message, { ...message, status: "uncertain", bootId: null })
}

/** What it carries has a virus in it, as the scanner says. */
function isInfected(tx: Tx, message: Id): boolean {
  const file = loadMedium(tx, message)?.file ?? null
  return file !== null && loadFile(tx, file)?.scan === "infected"
}

/** It fails before anybody was called. */
function failedBefore(message: MessageRow, why: { code: number | null; reason: string }, now: number): MessageRow {
  const failure = { ...why, details: null }
  const news = { status: "failed", at: now, attempt: message.attempt, failure } as const
  return { ...message, ...climb(message, news), nextAttemptAt: null }
}
