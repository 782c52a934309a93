/** A4: predefined messages, by the tenant's admin. */
import { PREDEFINED_PATH, PredefinedList, predefinedColumns } from "views/predefined-message/admin.tsx"
import { PredefinedDeletion, PredefinedSheet } from "views/predefined-message/sheet.tsx"
import type { Reader } from "~/database/handles.ts"
import { limits } from "~/kernel/limits.ts"
import { type AdminNoun, type AdminParts, adminPages } from "~/web/admin-pages.tsx"
import type { Areas } from "~/web/areas.ts"
import type { Written } from "~/web/editing.ts"
import { checkbox, choice, line, optional, text } from "~/web/form.ts"
import { addPredefinedMessage, changePredefinedMessage, removePredefinedMessage } from "../actions.ts"
import { onePredefinedMessage, predefinedCategories, predefinedMessages } from "../queries/list.ts"
import { PREDEFINED_MESSAGE_LIST } from "../rules/list.ts"
import { type Choices, LONGEST_CATEGORY, LONGEST_TITLE, PLACEHOLDERS, type PredefinedMessage } from "../rules.ts"

export function predefinedMessageAdminRoutes({ administration }: Areas, parts: AdminParts) {
  const pages = adminPages(noun, parts)
  return administration()
    .get(PREDEFINED_PATH, (visit) => pages.list(visit))
    .post(`${PREDEFINED_PATH}/export`, (visit) => pages.file(visit))
    .get(`${PREDEFINED_PATH}/new`, (visit) => pages.fresh(visit))
    .post(PREDEFINED_PATH, (visit) => pages.create(visit))
    .get(`${PREDEFINED_PATH}/:id`, (visit) => pages.one(visit, visit.id("id")))
    .post(`${PREDEFINED_PATH}/:id`, (visit) => pages.save(visit, visit.id("id")))
    .get(`${PREDEFINED_PATH}/:id/copy`, (visit) => {
      const message = onePredefinedMessage(visit.read, visit.id("id"))
      return pages.fresh(visit, writtenMessage({ ...message, title: "" }))
    })
    .get(`${PREDEFINED_PATH}/:id/deletion`, (visit) => pages.deletion(visit, visit.id("id")))
    .post(`${PREDEFINED_PATH}/:id/deletion`, (visit) => pages.remove(visit, visit.id("id")))
}

const STYLES = ["none", "buttons", "list"] as const
const LONGEST_REPLIES = 2_000

const fields = {
  category: line({ most: LONGEST_CATEGORY }),
  title: line({ most: LONGEST_TITLE }),
  language: optional(line({ most: 12 })),
  text: text({ most: limits.messageTextCharacters }),
  style: choice(STYLES),
  replies: text({ most: LONGEST_REPLIES }),
  opener: optional(line({ most: 60 })),
  enabled: checkbox,
}
type Values = {
  category: string
  title: string
  language: string | null
  text: string
  style: (typeof STYLES)[number]
  replies: string
  opener: string | null
  enabled: boolean
}

const messageOf = ({ language, style, replies, opener, text: words, ...rest }: Values) => ({
  ...rest,
  language: language ?? "",
  text: words.trim(),
  choices: choicesOf(style, replies, opener ?? ""),
})

/** One reply a line. */
function choicesOf(style: Values["style"], replies: string, opener: string): Choices | null {
  const titles = replies
    .normalize("NFC")
    .split("\n")
    .map((title) => title.trim())
    .filter(Boolean)
  if (style === "none") return null
  return style === "list" ? { style, opener: opener.trim(), titles } : { style, titles }
}

const writtenMessage = ({ choices, ...message }: Omit<PredefinedMessage, "id">): Written => ({
  category: [message.category],
  title: [message.title],
  language: [message.language],
  text: [message.text],
  style: [choices?.style ?? "none"],
  replies: [choices?.titles.join("\n") ?? ""],
  opener: [choices?.style === "list" ? choices.opener : ""],
  enabled: message.enabled ? ["on"] : [],
})

const noun: AdminNoun<PredefinedMessage, PredefinedMessage, Values> = {
  path: PREDEFINED_PATH,
  kind: "predefined_message",
  title: "predefined.title",
  shape: PREDEFINED_MESSAGE_LIST,
  rows: predefinedMessages,
  columns: predefinedColumns,
  fields: () => fields,
  one: onePredefinedMessage,
  written: writtenMessage,
  blank: (_, asked) => ({ category: [asked.get("category") ?? ""], style: ["none"], enabled: ["on"] }),
  saidAt: {
    "predefined_message.title": "title",
    "predefined_message.language": "language",
    "predefined_message.text": "text",
    "predefined_message.replies": "replies",
    "predefined_message.opener": "opener",
  },
  create: (tx, values) => addPredefinedMessage(tx, messageOf(values)),
  change: (tx, id, values) => void changePredefinedMessage(tx, id, messageOf(values)),
  remove: removePredefinedMessage,
  List: (props) => <PredefinedList {...props} shape={PREDEFINED_MESSAGE_LIST} categories={categoriesOf(props)} />,
  Sheet: (props) => <PredefinedSheet {...props} categories={categoriesOf(props)} placeholders={PLACEHOLDERS} />,
  Deletion: (props) => <PredefinedDeletion {...props} />,
}

const categoriesOf = ({ read }: { read: Reader }): string[] => predefinedCategories(read)
