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

/** Words of the settings, `STOP, ANNULLA`. */
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

/** What a message means for consent: only one that is nothing but such a word. «Please stop by» is none. */
export function consentIn(
  text: string,
  { outWords, inWords }: { outWords: string; inWords: string },
): ConsentChoice | null {
  const said = plain(text)
  if (said === "") return null
  if (wordsOf(outWords).includes(said)) return "out"
  return wordsOf(inWords).includes(said) ? "in" : null
}
