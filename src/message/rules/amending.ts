/** What reactions, edits and removals do to the message they speak of. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Letter, MessageContent, Reaction } from "./content.ts"

/** Kinds that live on the message they speak of, and are no bubble of their own. */
export const AMENDING = ["reaction", "edit", "revoke"] as const

/** What of a message an amendment may change. */
export type Amendable = { direction: "in" | "out"; text: string; content: MessageContent }

/** The message after `letter`, whatever the order in which such letters come; nobody changes what others wrote. */
export function amended<Message extends Amendable>(message: Message, letter: Letter): Message {
  const { body } = letter.content
  if (body?.kind === "reaction") {
    const side = letter.direction === "in" ? "theirs" : "ours"
    return withReaction(message, side, { emoji: body.emoji, at: letter.sentAt })
  }
  if (letter.direction !== message.direction) return message
  if (body?.kind === "revoke") return withoutWords(message, letter.sentAt)
  return body?.kind === "edit" ? withWords(message, letter) : message
}

/** The latest reaction of a side takes the place of the one before. */
export function withReaction<Message extends Amendable>(
  message: Message,
  side: "theirs" | "ours",
  reaction: Reaction,
): Message {
  const { content } = message
  const before = content.reactions?.[side]
  if (before && before.at > reaction.at) return message
  return { ...message, content: { ...content, reactions: { ...content.reactions, [side]: reaction } } }
}

/** A reaction of ours that did not reach the customer is not on the message; which of several it was, its id says. */
export function withoutReaction<Message extends Amendable>(message: Message, carrier: Id): Message {
  const { ours, ...others } = message.content.reactions ?? {}
  return ours?.message === carrier ? { ...message, content: { ...message.content, reactions: others } } : message
}

function withWords<Message extends Amendable>(message: Message, letter: Letter): Message {
  const { content, text } = message
  const edits = content.edits ?? []
  if (content.removed || edits.some(({ until }) => until > letter.sentAt)) return message
  const edited = letter.content.body?.kind === "edit" ? letter.content.body.content : null
  const caption = edited && "caption" in edited ? edited.caption : null
  const body = content.body && "caption" in content.body ? { body: { ...content.body, caption } } : {}
  const changed = { ...content, ...body, edits: [...edits, { text, until: letter.sentAt }] }
  return { ...message, text: letter.text, content: changed }
}

function withoutWords<Message extends Amendable>(message: Message, at: Instant): Message {
  const { content, text } = message
  if (content.removed) return message
  return { ...message, text: "", content: { ...content, removed: { at, text } } }
}

/** What those see who may not read what was removed. */
export function withoutRemoved(content: MessageContent): MessageContent {
  if (!content.removed) return content
  return { removed: { at: content.removed.at, text: null } }
}
