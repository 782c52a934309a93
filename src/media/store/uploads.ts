/** How files are kept of which a part has come; what has come stands with the other pieces. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { PartialUploadRow } from "~/database/tables.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { uploadDeadlines } from "../rules/uploading.ts"
import { CHUNK_BYTES } from "./files.ts"

type Whose = { user: Id; conversation: Id; clientId: string }

const of = statement((p: Whose) =>
  query
    .selectFrom("partialUpload")
    .selectAll()
    .where("user", "=", p.user)
    .where("conversation", "=", p.conversation)
    .where("clientId", "=", p.clientId),
)
const byId = statement((p: { id: Id }) => query.selectFrom("partialUpload").selectAll().where("id", "=", p.id))
const allOf = statement((p: { user: Id }) =>
  query.selectFrom("partialUpload").selectAll().where("user", "=", p.user).orderBy("id"),
)
const add = inserting("partialUpload", [
  "id",
  "user",
  "conversation",
  "clientId",
  "file",
  "size",
  "attempt",
  "startedAt",
])
const update = statement((p: Pick<PartialUploadRow, "id" | "file" | "attempt">) =>
  query.updateTable("partialUpload").set({ file: p.file, attempt: p.attempt }).where("id", "=", p.id),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("partialUpload").where("id", "=", p.id))
const pieces = statement((p: { file: Id }) =>
  query
    .selectFrom("mediaChunk")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("file", "=", p.file),
)

export const uploadOf = (reader: Reader, whose: Whose): PartialUploadRow | null => reader.one(of, whose)
export const loadPartialUpload = (reader: Reader, id: Id): PartialUploadRow | null => reader.one(byId, { id })

/** The oldest first. */
export const uploadsOf = (reader: Reader, user: Id): PartialUploadRow[] => reader.all(allOf, { user })

/** How much of it is here: whole pieces. */
export const receivedOf = (reader: Reader, { file }: Pick<PartialUploadRow, "file">): number =>
  file === null ? 0 : CHUNK_BYTES * (reader.one(pieces, { file })?.count ?? 0)

export function insertUpload(tx: Tx, row: PartialUploadRow): void {
  tx.run(add, row)
  saveDeadlines(tx, row.id, [], uploadDeadlines(row))
}

export function savePartialUpload(tx: Tx, row: Pick<PartialUploadRow, "id" | "file" | "attempt">): void {
  tx.run(update, row)
}

export function deletePartialUpload(tx: Tx, row: PartialUploadRow): void {
  tx.run(remove, { id: row.id })
  saveDeadlines(tx, row.id, uploadDeadlines(row), [])
}
