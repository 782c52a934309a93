/** What of a message is kept beside its plain text. */
import type { InboundContent, Json, MessageItem, WireError } from "~/whatsapp/payload.ts"
import type { MessageKind } from "../rules.ts"

/** The column `content`: everything a bubble may need that its text does not say. Absent: there was none. */
export type MessageContent = {
  body?: InboundContent
  forwarded?: "once" | "often"
  referral?: Json
  product?: NonNullable<MessageItem["product"]>
  threadSummary?: string
  errors?: WireError[]
  /** As Meta sent it, where we could not read it. */
  raw?: Json
  /** Ours, written outside this system: the phone app, or another sender on the number. */
  sentBy?: "app" | "standby"
  /** Attempts before the present one. */
  attempts?: FormerAttempt[]
}

export type FormerAttempt = {
  attempt: number
  wamid: string | null
  failedAt: number | null
  failureCode: number | null
  failureReason: string | null
}

type Letter = Pick<MessageItem, "content" | "forwarded" | "referral" | "product" | "errors" | "raw"> & {
  threadSummary?: string | null
}

export const kindOf = (content: InboundContent): MessageKind =>
  content.kind === "audio" && content.voice ? "voice" : content.kind

/** Whole, but for plain text, which its own column says. */
export function contentOf(letter: Letter): MessageContent {
  const { content, forwarded, referral, product, threadSummary, errors, raw } = letter
  return {
    ...(content.kind === "text" ? {} : { body: lasting(content) }),
    ...(forwarded === "no" ? {} : { forwarded }),
    ...(referral ? { referral } : {}),
    ...(product ? { product } : {}),
    ...(threadSummary ? { threadSummary } : {}),
    ...(errors.length === 0 ? {} : { errors }),
    ...(content.kind === "unknown" || content.kind === "unsupported" ? { raw } : {}),
  }
}

/** JSON for the column; null when there is nothing to say. */
export const written = (content: MessageContent): string | null =>
  Object.keys(content).length === 0 ? null : JSON.stringify(content)

export const readContent = (text: string | null): MessageContent =>
  text === null ? {} : (JSON.parse(text) as MessageContent)

/** Media addresses end within minutes and are not to be kept (wire reference §6). */
function lasting(content: InboundContent): InboundContent {
  if (content.kind === "edit") return { ...content, content: lasting(content.content) }
  return "media" in content ? { ...content, media: { ...content.media, url: null } } : content
}

/** The message that this one is about, where it says something about another: reaction, edit, removal. */
export const targetOf = (content: InboundContent): string | null =>
  content.kind === "reaction" || content.kind === "edit" || content.kind === "revoke" ? content.targetWamid : null
