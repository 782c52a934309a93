/** The texts of a number as the file gives them: `{ "welcome": { "en": "Hello {customer.name}" }, "parked": null }`. */
import { limits } from "~/kernel/limits.ts"
import { nearest } from "~/kernel/nearest.ts"
import { type AutomaticKind, type AutomaticMessages, KINDS } from "../rules.ts"
import { languageTag } from "./language.ts"
import { textProblem } from "./text.ts"

/** Where in what was written (`.welcome.en`), and why it cannot be. */
export type MessagesProblem = { path: string; reason: string }

/** The texts that `written` says, or everything that is wrong with it; null and what is left out are switched off. */
export function readMessages(written: unknown): AutomaticMessages | { problems: MessagesProblem[] } {
  const problems: MessagesProblem[] = []
  const kinds = entriesOf(written, "", problems).flatMap(([kind, texts]) => {
    if (!isKind(kind)) problems.push({ path: `.${kind}`, reason: unknownKind(kind) })
    return isKind(kind) && texts !== null ? [[kind, readTexts(kind, texts, problems)] as const] : []
  })
  if (problems.length > 0) return { problems }
  return Object.fromEntries(kinds.filter(([, texts]) => Object.keys(texts).length > 0))
}

function readTexts(kind: AutomaticKind, written: unknown, problems: MessagesProblem[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [language, given] of entriesOf(written, `.${kind}`, problems)) {
    const path = `.${kind}.${language}`
    const tag = languageTag(language)
    const reason =
      tag === null ? "is not a language like en, it or pt-BR" : given === null ? null : reasonFor(kind, given)
    if (reason !== null) problems.push({ path, reason })
    else if (tag !== null && Object.hasOwn(texts, tag)) problems.push({ path, reason: `is ${tag} once more` })
    else if (tag !== null && given !== null) texts[tag] = (given as string).normalize("NFC").trim()
  }
  return texts
}

function reasonFor(kind: AutomaticKind, given: unknown): string | null {
  if (typeof given !== "string") return "must be a text"
  if (given.trim() === "") return "must not be empty; null switches it off"
  if (given.length > limits.messageTextCharacters) return `must have at most ${limits.messageTextCharacters} characters`
  return textProblem(kind, given)
}

function entriesOf(written: unknown, path: string, problems: MessagesProblem[]): [string, unknown][] {
  if (typeof written === "object" && written !== null && !Array.isArray(written)) return Object.entries(written)
  problems.push({ path, reason: path === "" ? "must be an object" : 'must be an object like { "en": "…" }, or null' })
  return []
}

const isKind = (word: string): word is AutomaticKind => KINDS.some((kind) => kind === word)

function unknownKind(word: string): string {
  const meant = nearest(word, KINDS)
  return `is not known${meant ? `; did you mean ${meant}?` : `: use ${KINDS.join(", ")}`}`
}
