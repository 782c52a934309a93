/** Predefined messages of the file, known by category, title and language. */
import type { Tx } from "~/database/handles.ts"
import { limits } from "~/kernel/limits.ts"
import { setPredefinedMessage } from "~/predefined-message/actions.ts"
import {
  type Choices,
  LONGEST_CATEGORY,
  LONGEST_CHOICE,
  LONGEST_OPENER,
  LONGEST_TITLE,
  MOST_CHOICES,
  type PredefinedMessage,
  refusePredefinedMessage,
} from "~/predefined-message/rules.ts"
import { refusalLine } from "../wording.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { listOf, object, orNull, type Problem, type Shape, tell, tellDoubles, text, yesOrNo } from "./shape.ts"

const line = (most: number) => text(most, (value) => (/\p{Cc}/u.test(value) ? "must be one line" : null))
const language = text(12, (value) => (/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(value) ? null : "must be like en or pt-BR"))
const list = object({ opener: line(LONGEST_OPENER), choices: listOf(line(LONGEST_CHOICE.list)) }, {})
const fields = object(
  { category: line(LONGEST_CATEGORY), title: line(LONGEST_TITLE), text: text(limits.messageTextCharacters) },
  { language, buttons: orNull(listOf(line(LONGEST_CHOICE.buttons))), list: orNull(list), enabled: yesOrNo },
)

export type PredefinedMessageEntry = Omit<PredefinedMessage, "id">

export const predefinedMessageShape: Shape<PredefinedMessageEntry> = (given, path, problems) => {
  const before = problems.length
  const read = fields(given, path, problems)
  if (!read || problems.length > before) return undefined
  const { category, title, text: words, language: written = "", buttons, list: rows, enabled = true } = read
  if (buttons && rows) return tell(problems, `${path}.list`, "cannot stand beside buttons")
  const choices: Choices | null = buttons
    ? { style: "buttons", titles: buttons }
    : rows
      ? { style: "list", opener: rows.opener, titles: rows.choices }
      : null
  checkChoices(choices, words, path, problems)
  if (problems.length > before) return undefined
  const entry = { category, title, language: written, text: words, choices, enabled }
  const refusal = refusePredefinedMessage(entry)
  return refusal ? tell(problems, path, refusalLine(refusal)) : entry
}

function checkChoices(choices: Choices | null, words: string, path: string, problems: Problem[]): void {
  if (!choices) return
  const { style, titles } = choices
  const place = style === "list" ? `${path}.list.choices` : `${path}.buttons`
  if (titles.length === 0 || titles.length > MOST_CHOICES[style])
    tell(problems, place, `must be 1 to ${MOST_CHOICES[style]}`)
  tellDoubles(
    titles.map((item, index) => ({ item, path: `${place}[${index}]` })),
    (title) => title.toLowerCase(),
    problems,
  )
  const most = limits.buttonsTextCharacters
  if (style === "buttons" && words.length > most)
    tell(problems, `${path}.text`, `must have at most ${most} characters with buttons under it`)
}

export const predefinedMessageKey = ({ category, title, language: written }: PredefinedMessageEntry): string =>
  JSON.stringify([category, title, written])

export function applyPredefinedMessages(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly PredefinedMessageEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  for (const [index, entry] of entries.entries()) {
    const name = [entry.category, entry.title, entry.language].filter(Boolean).join(" / ")
    unlessRefused(problems, `${path}.predefinedMessages[${index}]`, () =>
      report.push({ object: `predefined message ${name} of ${slug}`, outcome: setPredefinedMessage(tx, entry) }),
    )
  }
}
