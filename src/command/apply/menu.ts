/** A number's menu as the file writes it: skillsets by name, what is not said left to its standard. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { LONGEST_QUESTION, LONGEST_WRONG_ANSWER, menuProblems } from "~/menu/rules/limits.ts"
import type { ChoiceOf, Menu, MenuOf } from "~/menu/rules.ts"
import { skillsetName } from "~/skillset/rules.ts"
import { skillsetByName } from "~/skillset/store.ts"
import { listOf, object, oneOf, type Problem, type Shape, tell, text, wholeNumber } from "./shape.ts"

/** Longer than any style allows: rules/limits.ts says which one does not. */
const LONGEST_LABEL = 100
const label = text(LONGEST_LABEL, (value) => (/\p{Cc}/u.test(value) ? "must be one line" : null))
const person = {
  words: listOf(label),
  skillset: text(80),
  priority: wholeNumber(0, 100),
  answer: text(limits.messageTextCharacters),
}

const choice: Shape<ChoiceOf<string>> = (given, path, problems) => {
  const read = object({ title: label }, { ...person, choices: listOf(choice) })(given, path, problems)
  if (!read) return undefined
  const { title, words = [], skillset = null, priority = null, answer = null, choices = [] } = read
  return { title, words, skillset, priority, answer, choices }
}

/** In short only what it is called. */
const talkToPerson: Shape<ChoiceOf<string>> = (given, path, problems) =>
  choice(typeof given === "string" ? { title: given } : given, path, problems)

const style: Shape<Menu["style"]> = oneOf(["text", "buttons", "list"])

const fields = object(
  { greeting: text(LONGEST_QUESTION), choices: listOf(choice), talkToPerson, wrongAnswer: text(LONGEST_WRONG_ANSWER) },
  {
    style,
    opener: text(20),
    wrongAnswersUntilPerson: wholeNumber(1, 10),
    timeoutMinutes: wholeNumber(1, 1_440),
    timeoutSkillset: text(80),
  },
)

const STANDARD = {
  style: "buttons",
  opener: "Menu",
  wrongAnswersUntilPerson: 2,
  timeoutMinutes: 5,
  timeoutSkillset: null,
} as const

export const menuShape: Shape<MenuOf<string>> = (given, path, problems) => {
  const before = problems.length
  const read = fields(given, path, problems)
  if (!read || problems.length > before) return undefined
  const menu: MenuOf<string> = { ...STANDARD, ...read }
  const found = menuProblems(menu)
  for (const problem of found) tell(problems, `${path}${problem.path}`, problem.reason)
  return found.length === 0 ? menu : undefined
}

/** The same with the company's own skillsets; null after telling which of them do not exist. */
export function menuOf(tx: Tx, written: MenuOf<string>, path: string, problems: Problem[]): Menu | null {
  const before = problems.length
  const named = (name: string | null, place: string): Id | null => {
    const known = name === null ? null : skillsetByName(tx, skillsetName(name))
    if (name !== null && !known) tell(problems, place, `names a skillset that does not exist: ${name}`)
    return known?.id ?? null
  }
  const choiceFrom = (one: ChoiceOf<string>, place: string): ChoiceOf<Id> => ({
    ...one,
    skillset: named(one.skillset, `${place}.skillset`),
    choices: one.choices.map((inner, index) => choiceFrom(inner, `${place}.choices[${index}]`)),
  })
  const menu: Menu = {
    ...written,
    choices: written.choices.map((one, index) => choiceFrom(one, `${path}.choices[${index}]`)),
    talkToPerson: choiceFrom(written.talkToPerson, `${path}.talkToPerson`),
    timeoutSkillset: named(written.timeoutSkillset, `${path}.timeoutSkillset`),
  }
  return problems.length === before ? menu : null
}
