/** A header's file that waits for its message. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { TemplateFileRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

const byId = statement((p: { id: Id; user: Id }) =>
  query.selectFrom("templateFile").selectAll().where("id", "=", p.id).where("user", "=", p.user),
)
const add = inserting("templateFile", ["id", "user", "file", "kind", "type", "name", "uploadedAt"])

/** Null where it is not there, or another user's. */
export const loadTemplateFile = (reader: Reader, id: Id, user: Id): TemplateFileRow | null =>
  reader.one(byId, { id, user })

export function insertTemplateFile(tx: Tx, row: TemplateFileRow): void {
  tx.run(add, row)
}
