/** Predefined messages of the file, known by category, title and language. */
import type { Tx } from "~/database/handles.ts"
import { limits } from "~/kernel/limits.ts"
import { setPredefinedMessage } from "~/predefined-message/actions.ts"
import type { Choices, PredefinedMessage } from "~/predefined-message/rules.ts"
import type { Application } from "./provision.ts"
import { listOf, object, orNull, type Problem, type Shape, tell, tellDoubles, text, yesOrNo } from "./shape.ts"

/** Meta's limits (wire reference §5.2). */
const MOST = { buttons: 3, list: 10 } as const
const LONGEST = { buttons: 20, list: 24, opener: 20 } as const

const line = (most: number) => text(most, (value) => (/\p{Cc}/u.test(value) ? "must be one line" : null))
const language = text(12, (value) => (/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(value) ? null : "must be like en or pt-BR"))
const list = object({ opener: line(LONGEST.opener), choices: listOf(line(LONGEST.list)) }, {})
const fields = object(
  { category: line(60), title: line(80), text: text(limits.messageTextCharacters) },
  { language, buttons: orNull(listOf(line(LONGEST.buttons))), list: orNull(list), enabled: yesOrNo },
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
  return problems.length > before ? undefined : { category, title, language: written, text: words, choices, enabled }
}

function checkChoices(choices: Choices | null, words: string, path: string, problems: Problem[]): void {
  if (!choices) return
  const { style, titles } = choices
  const place = style === "list" ? `${path}.list.choices` : `${path}.buttons`
  if (titles.length === 0 || titles.length > MOST[style]) tell(problems, place, `must be 1 to ${MOST[style]}`)
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
  { report }: Application,
  tx: Tx,
  entries: readonly PredefinedMessageEntry[],
  slug: string,
): void {
  for (const entry of entries) {
    const name = [entry.category, entry.title, entry.language].filter(Boolean).join(" / ")
    report.push({ object: `predefined message ${name} of ${slug}`, outcome: setPredefinedMessage(tx, entry) })
  }
}
