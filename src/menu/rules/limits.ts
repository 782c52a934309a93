/** What a menu must keep to, so that WhatsApp shows it and every answer means one thing. */
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { ChoiceOf, MenuOf } from "../rules.ts"
import { PERSON_NUMBER, wordsFor } from "./answer.ts"
import { LONGEST_TITLE, MOST_CHOICES } from "./question.ts"

/** Where in the menu (`.choices[1].title`), and why it cannot be: for a file, and for a form. */
export type MenuProblem = { path: string; reason: string; why: Refusal }
type Problem = MenuProblem

const DEEPEST = 5
/** A question and the word about a wrong answer before it fit over buttons, together and with a blank line. */
export const LONGEST_QUESTION = 700
export const LONGEST_WRONG_ANSWER = 300

/** Everything that is wrong with a menu. */
export function menuProblems(menu: MenuOf<unknown>): Problem[] {
  const { talkToPerson: person } = menu
  return [
    ...(person.choices.length > 0
      ? [{ path: ".talkToPerson.choices", reason: "cannot be: a person answers", why: refuse("menu.person_answers") }]
      : []),
    ...titleProblem(menu, person, ".talkToPerson"),
    ...levelProblems(menu, menu.choices, "", 1),
  ]
}

function levelProblems(
  menu: MenuOf<unknown>,
  choices: readonly ChoiceOf<unknown>[],
  path: string,
  depth: number,
): Problem[] {
  const most = MOST_CHOICES[menu.style]
  if (depth > DEEPEST)
    return [
      {
        path: `${path}.choices`,
        reason: `is deeper than ${DEEPEST} levels`,
        why: refuse("menu.too_deep", { most: DEEPEST }),
      },
    ]
  const fits = choices.length > 0 && choices.length <= most
  const reason = `must have 1 to ${most} choices (${menu.style})`
  const place = (index: number) => `${path}.choices[${index}]`
  return [
    ...(fits ? [] : [{ path: `${path}.choices`, reason, why: refuse("menu.choices", { most }) }]),
    ...doubles(menu, choices, place),
    ...choices.flatMap((choice, index) => choiceProblems(menu, choice, place(index), depth)),
  ]
}

function choiceProblems(menu: MenuOf<unknown>, choice: ChoiceOf<unknown>, path: string, depth: number): Problem[] {
  if (choice.choices.length === 0) return titleProblem(menu, choice, path)
  const isLong = choice.answer !== null && [...choice.answer].length > LONGEST_QUESTION
  const reason = `is a question: it must have at most ${LONGEST_QUESTION} characters`
  return [
    ...titleProblem(menu, choice, path),
    ...(isLong
      ? [{ path: `${path}.answer`, reason, why: refuse("field.too_long", { characters: LONGEST_QUESTION }) }]
      : []),
    ...levelProblems(menu, choice.choices, path, depth + 1),
  ]
}

function titleProblem({ style }: MenuOf<unknown>, { title }: ChoiceOf<unknown>, path: string): Problem[] {
  const most = LONGEST_TITLE[style]
  if ([...title].length <= most) return []
  const reason = `must have at most ${most} characters (${style})`
  return [{ path: `${path}.title`, reason, why: refuse("field.too_long", { characters: most }) }]
}

/** Two choices of one question that a customer would write the same way. */
function doubles(
  menu: MenuOf<unknown>,
  choices: readonly ChoiceOf<unknown>[],
  place: (index: number) => string,
): Problem[] {
  const taken = new Map(wordsFor(menu.talkToPerson, PERSON_NUMBER).map((word) => [word, "talkToPerson"]))
  return choices.flatMap((choice, index) => {
    const own = new Set(wordsFor(choice, index + 1))
    const clash = [...own].find((word) => taken.has(word))
    const other = clash === undefined ? "" : taken.get(clash)
    for (const word of own) taken.set(word, place(index).slice(1))
    return clash === undefined
      ? []
      : [
          {
            path: place(index),
            reason: `is answered with «${clash}», as is ${other}`,
            why: refuse("menu.same_answer", { word: clash }),
          },
        ]
  })
}
