/** A header's file that waits for its message. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { TemplateFileRow } from "~/database/tables.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { fileDeadlines } from "../rules.ts"

const byId = statement((p: { id: Id; user: Id }) =>
  query.selectFrom("templateFile").selectAll().where("id", "=", p.id).where("user", "=", p.user),
)
const anybodys = statement((p: { id: Id }) => query.selectFrom("templateFile").selectAll().where("id", "=", p.id))
const remove = statement((p: { id: Id }) => query.deleteFrom("templateFile").where("id", "=", p.id))
const add = inserting("templateFile", ["id", "user", "file", "kind", "type", "name", "uploadedAt"])

/** Null where it is not there, or another user's. */
export const loadTemplateFile = (reader: Reader, id: Id, user: Id): TemplateFileRow | null =>
  reader.one(byId, { id, user })

export function insertTemplateFile(tx: Tx, row: TemplateFileRow): void {
  tx.run(add, row)
  saveDeadlines(tx, row.id, [], fileDeadlines(row))
}

/** Whoever brought it; null where it is gone. */
export const anyTemplateFile = (reader: Reader, id: Id): TemplateFileRow | null => reader.one(anybodys, { id })

export function deleteTemplateFile(tx: Tx, row: TemplateFileRow): void {
  tx.run(remove, { id: row.id })
  saveDeadlines(tx, row.id, fileDeadlines(row), [])
}
