/** How a menu's question looks: numbered lines, reply buttons, or a list. */
import type { Id } from "~/kernel/id.ts"
import type { AutomaticContent, Prompt } from "~/message/rules/content.ts"
import { choiceAt, type Menu, type Path } from "../rules.ts"
import { choiceId, PERSON_NUMBER } from "./answer.ts"

/** Meta's limits (wire reference §5.2); a text may be as long as one wishes, but somebody has to read it on a phone. */
export const MOST_CHOICES = { text: 20, buttons: 3, list: 10 } as const
export const LONGEST_TITLE = { text: 60, buttons: 20, list: 24 } as const

/** The question at a point of the menu; after an answer that fitted nothing, with a word about that before it. */
export function question(menu: Menu, revision: Id, path: Path, isWrong: boolean): AutomaticContent {
  const choice = choiceAt(menu, path)
  const asked = choice ? (choice.answer ?? choice.title) : menu.greeting
  const text = isWrong ? `${menu.wrongAnswer}\n\n${asked}` : asked
  const titles = (choice?.choices ?? menu.choices).map(({ title }) => title)
  if (menu.style === "text") return { type: "text", text: `${text}\n\n${numbered(titles, menu.talkToPerson.title)}` }
  return { type: "interactive", text, prompt: promptOf(menu, revision, path, titles) }
}

const numbered = (titles: readonly string[], person: string): string =>
  [...titles.map((title, index) => line(index + 1, title)), line(PERSON_NUMBER, person)].join("\n")

const line = (number: number, title: string): string => `${number} – ${title}`

/** A person is one of the choices while there is room for one more, else a line under them. */
function promptOf(menu: Menu, revision: Id, path: Path, titles: readonly string[]): Prompt {
  const { talkToPerson: person, opener } = menu
  const style = menu.style === "list" ? "list" : "buttons"
  const hasRoom = titles.length < MOST_CHOICES[style]
  const choices = titles.map((title, index) => ({ id: choiceId(revision, [...path, index]), title }))
  const common = {
    choices: hasRoom ? [...choices, { id: choiceId(revision, "person"), title: person.title }] : choices,
    footer: hasRoom ? null : line(PERSON_NUMBER, person.title),
  }
  return style === "list" ? { style, opener, ...common } : { style, ...common }
}
