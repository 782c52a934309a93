/** A menu as its form writes it: its choices one under the other, each with its depth, wrong ones included. */
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { Choice, Menu, MenuOf } from "../rules.ts"
import { LONGEST_QUESTION, LONGEST_WRONG_ANSWER, menuProblems } from "./limits.ts"

export type ChoiceRow = {
  depth: number
  title: string
  words: string
  skillset: string
  priority: string
  answer: string
}
export type MenuDraft = Pick<Menu, "style" | "wrongAnswersUntilPerson" | "timeoutMinutes"> & {
  isOn: boolean
  greeting: string
  opener: string
  wrongAnswer: string
  timeoutSkillset: string
  person: ChoiceRow
  rows: ChoiceRow[]
}

const textOf = (value: number | null): string => (value === null ? "" : String(value))

export function draftOf(menu: Menu): MenuDraft {
  const rowOf = ({ title, words, skillset, priority, answer }: Choice, depth: number): ChoiceRow => ({
    depth,
    title,
    words: words.join(", "),
    skillset: textOf(skillset),
    priority: textOf(priority),
    answer: answer ?? "",
  })
  const rowsOf = (choices: readonly Choice[], depth: number): ChoiceRow[] =>
    choices.flatMap((choice) => [rowOf(choice, depth), ...rowsOf(choice.choices, depth + 1)])
  const { greeting, style, opener, wrongAnswer, wrongAnswersUntilPerson, timeoutMinutes } = menu
  return {
    isOn: true,
    greeting,
    style,
    opener,
    wrongAnswer,
    wrongAnswersUntilPerson,
    timeoutMinutes,
    timeoutSkillset: textOf(menu.timeoutSkillset),
    person: rowOf(menu.talkToPerson, 0),
    rows: rowsOf(menu.choices, 0),
  }
}

const blank = (depth: number): ChoiceRow => ({ depth, title: "", words: "", skillset: "", priority: "", answer: "" })

/** What a form begins with: the words in the admin's language, to be written over. */
export function newDraft(words: Record<"greeting" | "opener" | "wrongAnswer" | "person", string>): MenuDraft {
  return {
    isOn: true,
    greeting: words.greeting,
    style: "buttons",
    opener: words.opener,
    wrongAnswer: words.wrongAnswer,
    wrongAnswersUntilPerson: 2,
    timeoutMinutes: 10,
    timeoutSkillset: "",
    person: { ...blank(0), title: words.person },
    rows: [blank(0), blank(0)],
  }
}

type Node = { row: ChoiceRow; index: number; children: Node[] }

/** The rows as a tree; a depth that no row above can carry is as deep as it can be. */
function treeOf(rows: readonly ChoiceRow[]): Node[] {
  const roots: Node[] = []
  const way: Node[] = []
  for (const [index, row] of rows.entries()) {
    const depth = Math.min(row.depth, way.length)
    const node: Node = { row, index, children: [] }
    way.length = depth
    const parent = way.at(-1)
    ;(parent ? parent.children : roots).push(node)
    way.push(node)
  }
  return roots
}

const rowsOf = (nodes: readonly Node[], depth = 0): ChoiceRow[] =>
  nodes.flatMap(({ row, children }) => [{ ...row, depth }, ...rowsOf(children, depth + 1)])

/** The menu, or what is wrong by field: `row-3`, `person`, `greeting`. Skillsets are those of `known`. */
export function readDraft(
  draft: MenuDraft,
  known: ReadonlySet<number>,
): { menu: Menu } | { errors: Record<string, Refusal> } {
  const errors: Record<string, Refusal> = { ...textErrors(draft), ...rowErrors(draft.person, "person") }
  for (const [index, row] of draft.rows.entries()) Object.assign(errors, rowErrors(row, `row-${index}`))
  const idOf = (text: string): number | null => (known.has(Number(text)) ? Number(text) : null)
  const choiceOf = (row: ChoiceRow, children: readonly Node[]): Choice => ({
    title: tidy(row.title),
    skillset: idOf(row.skillset),
    words: row.words.split(",").flatMap((word) => tidy(word) || []),
    priority: row.priority.trim() === "" ? null : Number(row.priority),
    answer: row.answer.trim() === "" ? null : row.answer.trim(),
    choices: children.map((node) => choiceOf(node.row, node.children)),
  })
  const tree = treeOf(draft.rows)
  const menu: Menu = {
    style: draft.style,
    greeting: draft.greeting.trim(),
    opener: tidy(draft.opener) || "Menu",
    wrongAnswer: draft.wrongAnswer.trim(),
    wrongAnswersUntilPerson: draft.wrongAnswersUntilPerson,
    timeoutMinutes: draft.timeoutMinutes,
    timeoutSkillset: idOf(draft.timeoutSkillset),
    choices: tree.map((node) => choiceOf(node.row, node.children)),
    talkToPerson: choiceOf(draft.person, []),
  }
  for (const [field, refusal] of problemsOf(menu, tree)) errors[field] ??= refusal
  return Object.keys(errors).length > 0 ? { errors } : { menu }
}

const tidy = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim()

const LONGEST_OPENER = 20

function textErrors({ greeting, opener, wrongAnswer, style }: MenuDraft): Record<string, Refusal> {
  const limit = (text: string, most: number): Refusal | null =>
    text.trim() === ""
      ? refuse("field.required")
      : [...text.trim()].length > most
        ? refuse("field.too_long", { characters: most })
        : null
  const checked = {
    greeting: limit(greeting, LONGEST_QUESTION),
    wrongAnswer: limit(wrongAnswer, LONGEST_WRONG_ANSWER),
    opener: style === "list" ? limit(opener, LONGEST_OPENER) : null,
  }
  return Object.fromEntries(Object.entries(checked).flatMap(([name, refusal]) => (refusal ? [[name, refusal]] : [])))
}

const MOST_PRIORITY = 100

function rowErrors({ title, answer, priority }: ChoiceRow, field: string): Record<string, Refusal> {
  if (title.trim() === "") return { [field]: refuse("menu.title_missing") }
  if (answer.length > limits.messageTextCharacters)
    return { [field]: refuse("field.too_long", { characters: limits.messageTextCharacters }) }
  const isPriority = priority.trim() === "" || (/^\d{1,3}$/.test(priority.trim()) && Number(priority) <= MOST_PRIORITY)
  return isPriority ? {} : { [field]: refuse("field.out_of_range", { least: 0, most: MOST_PRIORITY }) }
}

/** What keeps WhatsApp from showing it, or an answer from meaning one thing, at the rows it is about. */
function problemsOf(menu: MenuOf<number>, tree: readonly Node[]): [string, Refusal][] {
  return menuProblems(menu).map(({ path, why }) => {
    if (path.startsWith(".talkToPerson")) return ["person", why]
    const places = [...path.matchAll(/\.choices\[(\d+)\]/g)].map(([, place]) => Number(place))
    let nodes = tree
    let at: Node | undefined
    for (const place of places) {
      at = nodes[place]
      nodes = at?.children ?? []
    }
    return [at ? `row-${at.index}` : "rows", why]
  })
}

/** A press of one of the form's buttons; null when it is none of them. */
export function changedDraft(draft: MenuDraft, deed: string): MenuDraft | null {
  const [verb, place = ""] = deed.split(":")
  const tree = treeOf(draft.rows)
  if (verb === "add") return { ...draft, rows: [...rowsOf(tree), blank(0)] }
  const found = siblingsOf(tree, Number(place))
  if (!found) return null
  const { siblings, at } = found
  const node = siblings[at]!
  if (verb === "under") node.children.push({ row: blank(0), index: -1, children: [] })
  else if (verb === "after") siblings.splice(at + 1, 0, { row: blank(0), index: -1, children: [] })
  else if (verb === "drop") siblings.splice(at, 1)
  else if (verb === "up" || verb === "down") {
    siblings.splice(at, 1)
    siblings.splice(Math.max(0, verb === "up" ? at - 1 : at + 1), 0, node)
  } else return null
  return { ...draft, rows: rowsOf(tree) }
}

function siblingsOf(nodes: Node[], index: number): { siblings: Node[]; at: number } | null {
  const at = nodes.findIndex((node) => node.index === index)
  if (at >= 0) return { siblings: nodes, at }
  for (const { children } of nodes) {
    const found = siblingsOf(children, index)
    if (found) return found
  }
  return null
}

/** How a row stands in its question: for its buttons, and what it leads to. */
export type RowPlace = { depth: number; number: number; isFirst: boolean; isLast: boolean; asksOn: boolean }

export function placesOf(rows: readonly ChoiceRow[]): RowPlace[] {
  const places: RowPlace[] = []
  const walk = (nodes: readonly Node[], depth: number) => {
    for (const [position, { index, children }] of nodes.entries()) {
      const isFirst = position === 0
      const isLast = position === nodes.length - 1
      places[index] = { depth, number: position + 1, isFirst, isLast, asksOn: children.length > 0 }
      walk(children, depth + 1)
    }
  }
  walk(treeOf(rows), 0)
  return places
}
