/**
 * A menu: what a number asks a customer before anybody is given the conversation (softbot). It asks, the customer
 * chooses, and the last choice says for whom the conversation is. Where a customer stands in it is a visit; what an
 * answer means is decided here, how a question looks beside this file in rules/.
 */
import { type Instant, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** `Skillset` is an id, or a name where the menu is still being read from a file. */
export type MenuOf<Skillset> = {
  /** The first question, with the choices under it. */
  greeting: string
  style: "text" | "buttons" | "list"
  /** Label of the button that opens a list. */
  opener: string
  choices: readonly ChoiceOf<Skillset>[]
  /** Possible at every point; its skillset is the channel's default unless it names one. */
  talkToPerson: ChoiceOf<Skillset>
  wrongAnswer: string
  /** So many answers in a row that fit nothing, and a person takes over. */
  wrongAnswersUntilPerson: number
  timeoutMinutes: number
  timeoutSkillset: Skillset | null
}

/** One with `choices` of its own asks on: its answer is the next question. Skillset and priority hold for all below. */
export type ChoiceOf<Skillset> = {
  title: string
  /** What else a customer may write for it. */
  words: readonly string[]
  skillset: Skillset | null
  priority: number | null
  answer: string | null
  choices: readonly ChoiceOf<Skillset>[]
}

export type Menu = MenuOf<Id>
export type Choice = ChoiceOf<Id>

/** Which choice, level by level, counted from 0; empty is the beginning. */
export type Path = readonly number[]

/** A customer in the menu. */
export type Visit = {
  id: Id
  conversation: Id
  /** The menu as it was asked: another one has another revision. */
  revision: Id
  path: Path
  /** The titles of the path: still readable when the menu is another one. */
  titles: readonly string[]
  wrongAnswers: number
  askedAt: Instant
  /** Nobody answered until then: a person takes over. */
  endsAt: Instant
}

export type MenuEnd =
  | "chosen"
  | "person"
  | "wrong_answers"
  | "timed_out"
  /** The number has no menu any more. */
  | "removed"
  /** Taken, assigned or closed by somebody. */
  | "left"

/** For whom it is when the menu is over; a skillset of null is the channel's default, a priority of null the skillset's. */
export function destination(menu: Menu, how: MenuEnd, path: Path): { skillset: Id | null; priority: number | null } {
  const passed = how === "chosen" ? choicesAlong(menu, path) : how === "timed_out" ? [] : [menu.talkToPerson]
  const skillset = passed.findLast((choice) => choice.skillset !== null)?.skillset ?? null
  const priority = passed.findLast((choice) => choice.priority !== null)?.priority ?? null
  return { skillset: how === "timed_out" ? menu.timeoutSkillset : skillset, priority }
}

/** What is said when the menu is over; null: nothing. */
export function farewell(menu: Menu, how: MenuEnd, path: Path): string | null {
  if (how === "chosen") return choiceAt(menu, path)?.answer ?? null
  return how === "person" || how === "wrong_answers" ? menu.talkToPerson.answer : null
}

export const endOf = (menu: Menu, askedAt: Instant): Instant => askedAt + minutes(menu.timeoutMinutes)

/** Every choice on the way, the last one at the end. */
export function choicesAlong(menu: Pick<Menu, "choices">, path: Path): Choice[] {
  const passed: Choice[] = []
  let choices = menu.choices
  for (const index of path) {
    const choice = choices[index]
    if (!choice) return passed
    passed.push(choice)
    choices = choice.choices
  }
  return passed
}

/** The choice a path leads to; null for the beginning and for what is not there. */
export function choiceAt(menu: Pick<Menu, "choices">, path: Path): Choice | null {
  const passed = choicesAlong(menu, path)
  return passed.length === path.length ? (passed.at(-1) ?? null) : null
}

const everyChoice = (menu: Menu): Choice[] => {
  const below = (choice: Choice): Choice[] => [choice, ...choice.choices.flatMap(below)]
  return [...menu.choices, menu.talkToPerson].flatMap(below)
}

/** Every skillset that it leads to. */
export const skillsetsIn = (menu: Menu): Id[] =>
  [menu.timeoutSkillset, ...everyChoice(menu).map(({ skillset }) => skillset)].filter((one) => one !== null)

/** The same menu, leading to `heir` where it led to `gone`. */
export function inherited(menu: Menu, gone: Id, heir: Id): Menu {
  const instead = (skillset: Id | null) => (skillset === gone ? heir : skillset)
  const choice = (one: Choice): Choice => ({
    ...one,
    skillset: instead(one.skillset),
    choices: one.choices.map(choice),
  })
  const { choices, talkToPerson, timeoutSkillset } = menu
  return {
    ...menu,
    choices: choices.map(choice),
    talkToPerson: choice(talkToPerson),
    timeoutSkillset: instead(timeoutSkillset),
  }
}

/** A menu as the record says it: what is asked, what can be chosen, and where each choice leads. */
export function onRecord(
  menu: Menu | null,
  nameOf: (skillset: Id) => string,
): Readonly<Record<string, string | number>> {
  if (!menu) return {}
  const { choices, talkToPerson, timeoutSkillset, ...asked } = menu
  const all = [...choices, talkToPerson].map((choice) => choiceInWords(choice, nameOf)).join("; ")
  return { ...asked, choices: all, ...(timeoutSkillset === null ? {} : { timeoutSkillset: nameOf(timeoutSkillset) }) }
}

function choiceInWords(
  { title, words, skillset, priority, answer, choices }: Choice,
  nameOf: (id: Id) => string,
): string {
  const led = [
    skillset === null ? [] : nameOf(skillset),
    priority ?? [],
    words.length > 0 ? words.join(", ") : [],
    answer ?? [],
  ]
  const under = choices.length > 0 ? [choices.map((choice) => choiceInWords(choice, nameOf)).join("; ")] : []
  const all = [...led.flat(), ...under]
  return all.length > 0 ? `${title} (${all.join(" · ")})` : title
}
