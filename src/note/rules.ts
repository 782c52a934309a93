/** Private notes: what colleagues tell each other inside a conversation. The customer never sees them. */
import { type Refusal, refuse } from "~/kernel/step.ts"

export const LONGEST_NOTE = 4_000

/** Why (tidied) words cannot be a note; null when they can. */
export function refuseNote(text: string): Refusal | null {
  if (text === "") return refuse("note.empty")
  return text.length > LONGEST_NOTE ? refuse("note.too_long", { characters: text.length, limit: LONGEST_NOTE }) : null
}

/** `@marco`, not the middle of a mail address; a full stop behind it ends the sentence. */
const MENTION = /(?<![\p{L}\p{N}._+-])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]*)/gu

/** A note in pieces, so that who is called can be shown. */
export type NotePart = { words: string; username: string | null }

export function partsOf(text: string): NotePart[] {
  const parts: NotePart[] = []
  let end = 0
  for (const match of text.matchAll(MENTION)) {
    const username = match[1]!.replace(/[._@+-]+$/, "").toLowerCase()
    if (match.index > end) parts.push({ words: text.slice(end, match.index), username: null })
    end = match.index + 1 + username.length
    parts.push({ words: text.slice(match.index, end), username })
  }
  return end < text.length ? [...parts, { words: text.slice(end), username: null }] : parts
}

/** Usernames that are called by a note, once each. */
export const mentionsIn = (text: string): string[] => [
  ...new Set(partsOf(text).flatMap(({ username }) => username ?? [])),
]
