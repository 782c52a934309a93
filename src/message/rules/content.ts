/** A message as it came in, in our words; the wire's own spelling ends at whatsapp/intake. */
import { assert } from "~/kernel/assert.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { OutgoingKind } from "~/media/rules/kinds.ts"
import type { Transcription } from "~/speech/rules.ts"
import type { SentTemplate } from "~/template/rules/filling.ts"
import type { InboundContent, Json, WireError } from "~/whatsapp/payload.ts"

/** What a message is; a voice note is told apart from an audio file. */
export type MessageKind = InboundContent["kind"] | "voice"

/** What the customer may choose under a message of ours: up to three buttons, or a list behind one (wire reference §5.2). */
export type Prompt = { choices: PromptChoice[]; footer: string | null } & (
  | { style: "buttons" }
  /** `opener` is the label of the button that opens the list. */
  | { style: "list"; opener: string }
)
/** `id` comes back with the choice. */
export type PromptChoice = { id: string; title: string }

/** What the appliance itself says to a customer. */
export type AutomaticContent = { type: "text"; text: string } | { type: "interactive"; text: string; prompt: Prompt }

/** The column `content`: everything a bubble may need that its text does not say. Absent: there was none. */
export type MessageContent = {
  body?: InboundContent
  /** Ours, with choices: `text` is the question. */
  prompt?: Prompt
  /** Ours, a template with its values: `text` is its body. */
  template?: SentTemplate
  forwarded?: "once" | "often"
  /** The advertisement the customer came through. */
  referral?: Json
  product?: { catalogId: string | null; productId: string | null }
  /** What was said before the thread came back to us. */
  threadSummary?: string
  errors?: WireError[]
  /** As Meta sent it, where we could not read it. */
  raw?: Json
  /** Ours, written outside this system: the phone app, or another sender on the number. */
  sentBy?: "app" | "standby"
  /** Attempts before the present one. */
  attempts?: FormerAttempt[]
  /** Which attempts arrived, where there were several: two of them, and the customer has it twice. */
  arrived?: number[]
  /** The latest reaction of either side; its emoji is null once it was taken back. */
  reactions?: { theirs?: Reaction; ours?: Reaction }
  /** What it said before, the first text first. */
  edits?: FormerText[]
  /** A voice note that somebody asked to read: once it is done, its text is what was heard. */
  transcription?: Transcription
  /** Removed for everybody: what it said is kept for whoever supervises. */
  removed?: { at: Instant; text: string | null }
}

/** `message`: the one of ours that carries it. */
export type Reaction = { emoji: string | null; at: Instant; message?: Id }
/** `until`: when other words took its place. */
export type FormerText = { text: string; until: Instant }

export type FormerAttempt = {
  attempt: number
  wamid: string | null
  failedAt: Instant | null
  failureCode: number | null
  failureReason: string | null
}

/** One message of a thread that WhatsApp told us of. */
export type Letter = {
  wamid: string
  direction: "in" | "out"
  sentAt: Instant
  kind: MessageKind
  text: string
  content: MessageContent
  replyToWamid: string | null
  /** The message it reacts to, edits or removes; such a letter lives where its target is. */
  targetWamid: string | null
}

const isMedium = (kind: string): kind is "image" | "video" | "document" => ["image", "video", "document"].includes(kind)

/** As what a file of ours goes out. */
export function sentAs(content: MessageContent, declaredType: string | null): SentAs {
  const { body, template } = content
  if (template?.header && isMedium(template.header.kind))
    return { kind: template.header.kind, type: declaredType ?? "", caption: null, voice: false }
  assert(body && "media" in body && body.kind !== "sticker", "a message of ours with a file says of what kind it is")
  const caption = "caption" in body ? body.caption : null
  return { kind: body.kind, type: body.media.mimeType ?? "", caption, voice: body.kind === "audio" && body.voice }
}
type SentAs = { kind: OutgoingKind; type: string; caption: string | null; voice: boolean }

export type Place = { latitude: number; longitude: number; name: string | null; address: string | null }

/** The place that a message is; null when it is something else. */
export function placeOf({ body }: MessageContent): Place | null {
  if (body?.kind !== "location") return null
  const { latitude, longitude, name, address } = body
  return { latitude, longitude, name, address }
}

/** JSON for the column; null when there is nothing to say. */
export const written = (content: MessageContent): string | null =>
  Object.keys(content).length === 0 ? null : JSON.stringify(content)

/** The content with the news that `attempt` reached the customer; unchanged when it was the only one. */
export function withArrival(content: MessageContent, attempt: number): MessageContent {
  const arrived = content.arrived ?? []
  if (!content.attempts || arrived.includes(attempt)) return content
  return { ...content, arrived: [...arrived, attempt].sort((a, b) => a - b) }
}

export const readContent = (text: string | null): MessageContent =>
  text === null ? {} : (JSON.parse(text) as MessageContent)
