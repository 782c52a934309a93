/** How predefined messages are kept: known by category, title and language. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { PredefinedMessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { Choices, PredefinedMessage } from "./rules.ts"

const CHANGING = ["category", "title", "language", "text", "choices", "enabled"] as const
type Name = Pick<PredefinedMessage, "category" | "title" | "language">

const byId = statement((p: { id: Id }) => query.selectFrom("predefinedMessage").selectAll().where("id", "=", p.id))
const byName = statement((p: Name) =>
  query
    .selectFrom("predefinedMessage")
    .selectAll()
    .where("category", "=", p.category)
    .where("title", "=", p.title)
    .where("language", "=", p.language),
)
const titles = statement((p: Omit<Name, "title">) =>
  query
    .selectFrom("predefinedMessage")
    .select(["id", "title as name"])
    .where("category", "=", p.category)
    .where("language", "=", p.language),
)
const everyEnabled = statement(() =>
  query
    .selectFrom("predefinedMessage")
    .selectAll()
    .where("enabled", "=", 1)
    .orderBy("category")
    .orderBy("title")
    .orderBy("language"),
)
const add = inserting("predefinedMessage", ["id", ...CHANGING])
const change = statement((p: { id: Id } & Pick<PredefinedMessageRow, (typeof CHANGING)[number]>) =>
  query.updateTable("predefinedMessage").set(slotRow(CHANGING)).where("id", "=", p.id),
)

const remove = statement((p: { id: Id }) => query.deleteFrom("predefinedMessage").where("id", "=", p.id))

export const loadPredefinedMessage = (reader: Reader, id: Id): PredefinedMessage | null =>
  messageFrom(reader.one(byId, { id }))

export const predefinedMessageByName = (reader: Reader, { category, title, language }: Name) =>
  messageFrom(reader.one(byName, { category, title, language }))

/** Who stands in the category in that language, each by its title. */
export const titlesIn = (reader: Reader, { category, language }: Omit<Name, "title">) =>
  reader.all(titles, { category, language })

/** Those that agents may pick, by category and title. */
export const enabledPredefinedMessages = (reader: Reader): PredefinedMessage[] =>
  reader.all(everyEnabled).map((row) => messageFrom(row)!)

export function insertPredefinedMessage(tx: Tx, message: PredefinedMessage): void {
  tx.run(add, rowOf(message))
}

export function updatePredefinedMessage(tx: Tx, message: PredefinedMessage): void {
  tx.run(change, rowOf(message))
}

export function deletePredefinedMessage(tx: Tx, id: Id): void {
  tx.run(remove, { id })
}

const rowOf = ({ choices, enabled, ...rest }: PredefinedMessage): PredefinedMessageRow => ({
  ...rest,
  choices: choices && JSON.stringify(choices),
  enabled: enabled ? 1 : 0,
})

export const messageFrom = (row: PredefinedMessageRow | null): PredefinedMessage | null =>
  row && {
    ...row,
    enabled: row.enabled === 1,
    choices: row.choices === null ? null : (JSON.parse(row.choices) as Choices),
  }
