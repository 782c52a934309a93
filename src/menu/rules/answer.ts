/** What a customer's message means in a menu – a choice pressed, its number, its title, one of its words – and what follows. */
import { type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type ChoiceOf, choiceAt, type Menu, type MenuEnd, type Path, type Visit } from "../rules.ts"

export type Heard = {
  /** What was written or is printed on what was pressed; null for a picture, a voice note and the like. */
  words: string | null
  /** The id of what was pressed. */
  pressed: string | null
  sentAt: Instant
}

/** What follows from a customer's message. */
export type Consequence =
  | { does: "ask"; path: Path; wrongAnswers: number; isWrong: boolean }
  | { does: "end"; how: MenuEnd; path: Path }
  | { does: "nothing" }

/** Nobody has read a question sooner; what comes earlier and fits nothing was written before it. */
const READING_TIME: Milliseconds = seconds(5)

/** Somebody's first message, or the first after the menu became another one: the customer is asked from the beginning. */
export function greeted(menu: Menu, revision: Id, heard: Heard): Consequence {
  return meant(menu, revision, [], heard) === "person"
    ? { does: "end", how: "person", path: [] }
    : { does: "ask", path: [], wrongAnswers: 0, isWrong: false }
}

/** What the customer's message means where they stand. */
export function answered(menu: Menu, visit: Visit, heard: Heard): Consequence {
  const meaning = meant(menu, visit.revision, visit.path, heard)
  if (meaning === "person") return { does: "end", how: "person", path: visit.path }
  if (meaning !== null) {
    const isLast = choiceAt(menu, meaning)?.choices.length === 0
    return isLast
      ? { does: "end", how: "chosen", path: meaning }
      : { does: "ask", path: meaning, wrongAnswers: 0, isWrong: false }
  }
  if (heard.sentAt < visit.askedAt + READING_TIME) return { does: "nothing" }
  const wrongAnswers = visit.wrongAnswers + 1
  return wrongAnswers >= menu.wrongAnswersUntilPerson
    ? { does: "end", how: "wrong_answers", path: visit.path }
    : { does: "ask", path: visit.path, wrongAnswers, isWrong: true }
}

/** The path of the choice, "person", or null when it fits nothing. What is pressed may belong to an earlier question. */
function meant(menu: Menu, revision: Id, at: Path, { words, pressed }: Heard): Path | "person" | null {
  const choice = pressed === null ? null : readChoiceId(pressed)
  if (choice?.path === "person") return "person"
  if (choice?.revision === revision && choiceAt(menu, choice.path)) return choice.path
  const word = words === null ? "" : wordOf(words)
  if (word === "") return null
  const choices = choiceAt(menu, at)?.choices ?? menu.choices
  const index = choices.findIndex((one, index) => wordsFor(one, index + 1).includes(word))
  if (index >= 0) return [...at, index]
  return wordsFor(menu.talkToPerson, PERSON_NUMBER).includes(word) ? "person" : null
}

export const PERSON_NUMBER = 0

/** Everything a customer may write for a choice: its number, its title, its words. */
export const wordsFor = ({ title, words }: Pick<ChoiceOf<unknown>, "title" | "words">, number: number): string[] => [
  String(number),
  ...[title, ...words].map(wordOf),
]

/** Accents, case, punctuation and the spelling of digits make no difference; what is nothing but signs stays as it is. */
export function wordOf(written: string): string {
  const bare = written.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  return (
    bare
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .replace(/\s+/g, " ") || bare.trim()
  )
}

/** What stands behind a button or a row and comes back when it is pressed (at most 200 characters, wire §5.2). */
export const choiceId = (revision: Id, path: Path | "person"): string =>
  `menu.${revision}.${path === "person" ? path : path.join("-")}`

function readChoiceId(id: string): { revision: Id; path: Path | "person" } | null {
  const parts = /^menu\.(\d{1,16})\.(person|\d{1,2}(?:-\d{1,2}){0,9})$/.exec(id)
  if (!parts) return null
  const [, revision = "", path = ""] = parts
  return { revision: Number(revision), path: path === "person" ? path : path.split("-").map(Number) }
}
