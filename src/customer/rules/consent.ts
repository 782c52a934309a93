/** Whether a customer wants to hear from us: by a word they write, by WhatsApp's own switch, or by hand with a reason. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type ConsentChoice = "out" | "in"
export type ConsentHow = "word" | "whatsapp" | "by_hand"

/** The last word on it. Nobody has said anything: null, and nothing is held back. */
export type Consent = {
  choice: ConsentChoice
  how: ConsentHow
  /** What they wrote, or why somebody changed it. */
  words: string
  at: Instant
  actor: Id | null
}

/** The tenant's words, as they are compared. */
export type ConsentWords = { out: ReadonlySet<string>; in: ReadonlySet<string>; longest: number }

/** From the settings, `STOP, ANNULLA`. */
export function consentWords(outWords: string, inWords: string): ConsentWords {
  const out = wordsOf(outWords)
  const back = wordsOf(inWords)
  return {
    out: new Set(out),
    in: new Set(back),
    longest: Math.max(0, ...[...out, ...back].map(({ length }) => length)),
  }
}

/** What a file says takes hold: never against what the customer said themselves, against our own word only if asked. */
export function consentOfFile(
  kept: Consent | null,
  given: ConsentChoice | null,
  overwrites: boolean,
): ConsentChoice | null {
  if (given === null || given === kept?.choice) return null
  if (given === "out" || kept === null) return given
  return kept.how === "by_hand" && overwrites ? given : null
}

const wordsOf = (list: string): string[] => list.split(",").map(plain).filter(Boolean)

/** Nobody minds case, accents, or a full stop. */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, "")
    .replace(/\s+/g, " ")
    .trim()

/** So many signs and blanks around one of the words are still that word; longer messages need no closer look. */
const MOST_AROUND = 40

/** What a message means for consent: only one that is nothing but such a word. «Please stop by» is none. */
export function consentIn(text: string, words: ConsentWords): ConsentChoice | null {
  if (text.length > 2 * words.longest + MOST_AROUND) return null
  const said = plain(text)
  if (words.out.has(said)) return "out"
  return words.in.has(said) ? "in" : null
}
