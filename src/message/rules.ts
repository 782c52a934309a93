/** Messages: one bubble each. What may be said to a customer, by whom, and what may be done about a send that failed. */
import { type Conversation, ownerOf, type WithheldWhy, windowOpen } from "~/conversation/rules.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { unfilled } from "~/predefined-message/rules.ts"
import type { Prompt } from "./rules/content.ts"

/** `received` is the customer's; the others are ours (rules/delivery.ts). */
export type MessageStatus =
  | "received"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "read"
  | "played"
  | "failed"
  /** Nobody knows whether the customer has it. */
  | "uncertain"
  /** It may have been sent before the database was restored. */
  | "held"
  | "discarded"

/** What an agent says: as typed, or begun from a predefined message, whose choices may go along. */
export type Answer = { text: string; prompt: Prompt | null; isPredefined: boolean }

/** The number that would carry the message: switched on or off, and why WhatsApp lets nothing through. */
export type Carrier = { enabled: boolean; holdReason: string | null }

/**
 * The refusal when `actor` may not write in the conversation at `now`; null when they may. Keys:
 * `conversation.closed_already` `conversation.not_opened` `conversation.is_queued` `conversation.waits_for_another` `conversation.owned_by_another` `window.closed`
 * `channel.disabled` `channel.held`.
 */
export function mayWrite(conversation: Conversation, actor: UserActor, carrier: Carrier, now: Instant): Refusal | null {
  const obstacle = notInHand(conversation, actor)
  if (obstacle) return obstacle
  if (conversation.state !== "active") return refuse("conversation.not_opened")
  if (!windowOpen(conversation, now)) return refuse("window.closed")
  return mayCarry(carrier)
}

/** The same for a template, which needs no window and may follow one that nobody has answered. */
export function mayWriteTemplate(conversation: Conversation, actor: UserActor, carrier: Carrier): Refusal | null {
  const obstacle = notInHand(conversation, actor)
  if (obstacle) return obstacle
  const { state } = conversation
  return state === "active" || state === "awaiting_reply" ? mayCarry(carrier) : refuse("conversation.not_opened")
}

function notInHand(conversation: Conversation, actor: UserActor): Refusal | null {
  if (conversation.state === "closed")
    return refuse("conversation.closed_already", { by: conversation.closedBy ?? 0, at: conversation.closedAt })
  const owner = ownerOf(conversation)
  if (owner !== null && owner !== actor.id) return refuse("conversation.owned_by_another", { owner })
  return conversation.state === "queued" ? refuseWaiting(conversation) : null
}

/** Refuses while the number may send nothing at all. */
export function mayCarry(carrier: Carrier): Refusal | null {
  if (!carrier.enabled) return refuse("channel.disabled")
  if (carrier.holdReason !== null) return refuse("channel.held", { reason: carrier.holdReason })
  return null
}

/** Whoever had it may have typed on: it is said who gets it now. */
const refuseWaiting = ({ targetUser }: Conversation & { state: "queued" }): Refusal =>
  targetUser === null
    ? refuse("conversation.is_queued")
    : refuse("conversation.waits_for_another", { owner: targetUser })

/**
 * The same for one text, with choices under it or without: also `message.empty`, `message.too_long {characters, limit}`
 * and, of a predefined message, `message.unfilled {placeholder}`.
 */
export function mayReply(
  conversation: Conversation,
  actor: UserActor,
  carrier: Carrier,
  { text, prompt, isPredefined }: Answer,
  now: Instant,
): Refusal | null {
  const obstacle = mayWrite(conversation, actor, carrier, now)
  if (obstacle) return obstacle
  if (text === "") return refuse("message.empty")
  const [placeholder] = isPredefined ? unfilled(text) : []
  if (placeholder) return refuse("message.unfilled", { placeholder: `{${placeholder}}` })
  const limit = prompt?.style === "buttons" ? limits.buttonsTextCharacters : limits.messageTextCharacters
  return text.length > limit ? refuse("message.too_long", { characters: text.length, limit }) : null
}

/** The same for a file with words under it: also `message.caption_too_long {characters, limit}`. */
export function mayAttach(
  conversation: Conversation,
  actor: UserActor,
  carrier: Carrier,
  caption: string,
  now: Instant,
): Refusal | null {
  const limit = limits.captionCharacters
  if (caption.length > limit) return refuse("message.caption_too_long", { characters: caption.length, limit })
  return mayWrite(conversation, actor, carrier, now)
}

/** What keeps the appliance from writing at `now`, whatever the state of the conversation; null when it may (R15). */
export function withheldBy(
  conversation: Pick<Conversation, "windowEndsAt">,
  carrier: Carrier,
  now: Instant,
): WithheldWhy | null {
  if (!carrier.enabled) return "channel_disabled"
  return windowOpen(conversation, now) ? null : "window_closed"
}

/** What was typed as it will be sent: browsers write line ends as CRLF, and nobody means the blanks around. */
export const tidied = (typed: string): string =>
  typed.toWellFormed().replaceAll("\0", "").replace(/\r\n?/g, "\n").trim()

/** One sign that WhatsApp takes as a reaction. */
export const isReaction = (text: string): boolean => /^\p{RGI_Emoji}$/v.test(text)

/** The customer has it, will have it, or may have it. */
export const mayReach = (status: MessageStatus): boolean =>
  status !== "failed" && status !== "discarded" && status !== "held"

/** Nothing is on its way and nothing will leave by itself: a person decides. */
const UNDECIDED: ReadonlySet<MessageStatus> = new Set<MessageStatus>(["failed", "uncertain", "held"])

/** Refuses `message.not_undecided {status}`: only what failed or is in doubt is sent again. */
export const mayResend = (status: MessageStatus): Refusal | null =>
  UNDECIDED.has(status) ? null : refuse("message.not_undecided", { status })

/** The same; what has not left yet may be taken back too. */
export const mayDiscard = (status: MessageStatus): Refusal | null => (status === "queued" ? null : mayResend(status))

/** Our own reference that comes back with every status: no personal data in it (reliability-security.md §4.1). */
export const callbackData = (message: number, attempt: number): string => `v1.${message}.${attempt}`

/** The message and attempt that a status speaks of; null for what is not ours. */
export function parseCallbackData(text: string | null): { message: number; attempt: number } | null {
  const parts = /^v1\.([1-9]\d{0,15})\.([1-9]\d{0,8})$/.exec(text ?? "")
  const message = Number(parts?.[1])
  const attempt = Number(parts?.[2])
  return parts && Number.isSafeInteger(message) ? { message, attempt } : null
}
