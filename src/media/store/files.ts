/** The bytes: pieces of one length, so that any place in a file is found without reading what is before it. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, passing, query, slotRow, statement } from "~/database/statement.ts"
import type { MediaFileRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

/** Measured: larger ones write no faster, smaller ones do (reference/stack.md §5). */
export const CHUNK_BYTES = 262_144

const FILE = ["id", "sha256", "size", "type", "width", "height", "createdAt", "scan", "scanTries", "scanAt"] as const
const insertFileRow = inserting("mediaFile", FILE)
const insertChunk = passing(inserting("mediaChunk", ["file", "position", "bytes"]))
type Known = Pick<MediaFileRow, "id" | "sha256" | "size" | "type" | "width" | "height">
const complete = statement((p: Known) =>
  query
    .updateTable("mediaFile")
    .set({ sha256: p.sha256, size: p.size, type: p.type, width: p.width, height: p.height })
    .where("id", "=", p.id),
)
const SCAN = ["scan", "scanTries", "scanAt", "scanSays"] as const
const scanned = statement((p: Pick<MediaFileRow, "id" | (typeof SCAN)[number]>) =>
  query.updateTable("mediaFile").set(slotRow(SCAN)).where("id", "=", p.id),
)
const scanner = statement(() => query.selectFrom("virusScanner").select("address"))
const byId = statement((p: { id: Id }) => query.selectFrom("mediaFile").selectAll().where("id", "=", p.id))
const byHash = statement((p: { sha256: Uint8Array }) =>
  query.selectFrom("mediaFile").select("id").where("sha256", "=", p.sha256).where("sha256", "is not", null),
)
/** Those that a page may still go on with are not, and those on their way out have no hash either. */
const unfinished = statement(() =>
  query
    .selectFrom("mediaFile")
    .select("mediaFile.id")
    .leftJoin("partialUpload", "partialUpload.file", "mediaFile.id")
    .where("mediaFile.sha256", "is", null)
    .where("partialUpload.id", "is", null)
    .where((row) =>
      row.not(row.exists(row.selectFrom("fileRemoval as r").select("r.file").whereRef("r.file", "=", "mediaFile.id"))),
    ),
)
const carried = statement((p: { file: Id }) =>
  query.selectFrom("media").select("file").where("file", "=", p.file).where("file", "is not", null).limit(1),
)
const uploaded = statement((p: { file: Id }) =>
  query.selectFrom("mediaUpload").select("file").where("file", "=", p.file).limit(1),
)
const posted = statement((p: { file: Id }) =>
  query.selectFrom("mailAttachment").select("file").where("file", "=", p.file).limit(1),
)
const awaited = statement((p: { file: Id }) =>
  query.selectFrom("templateFile").select("file").where("file", "=", p.file).limit(1),
)
const imported = statement((p: { file: Id }) =>
  query.selectFrom("customerImport").select("file").where("file", "=", p.file).where("file", "is not", null).limit(1),
)
const chunk = passing(
  statement((p: { file: Id; position: number }) =>
    query.selectFrom("mediaChunk").select("bytes").where("file", "=", p.file).where("position", "=", p.position),
  ),
)
const removeChunks = statement((p: { file: Id }) => query.deleteFrom("mediaChunk").where("file", "=", p.file))
const removeFile = statement((p: { id: Id }) => query.deleteFrom("mediaFile").where("id", "=", p.id))

export const loadFile = (reader: Reader, id: Id): MediaFileRow | null => reader.one(byId, { id })

/** The file with these bytes, if there is one: the same picture sent a thousand times is kept once. */
export const fileByHash = (reader: Reader, sha256: Uint8Array): Id | null => reader.one(byHash, { sha256 })?.id ?? null

/** Files that were coming in when an earlier run ended. */
export const unfinishedFiles = (reader: Reader): Id[] => reader.all(unfinished).map(({ id }) => id)

/** Whether a message, a mail, a template that is being written, or a file of customers on its way in needs it. */
export const isUsed = (reader: Reader, file: Id): boolean =>
  [carried, uploaded, posted, awaited, imported].some((use) => reader.one(use, { file }) !== null)

export const loadChunk = (reader: Reader, file: Id, position: number): Uint8Array | null =>
  reader.one(chunk, { file, position })?.bytes ?? null

export function insertFile(tx: Tx, id: Id): void {
  const nothing = { sha256: null, size: 0, type: null, width: null, height: null }
  tx.run(insertFileRow, { id, ...nothing, createdAt: tx.now, scan: null, scanTries: 0, scanAt: null })
}

export function addChunk(tx: Tx, file: Id, position: number, bytes: Uint8Array): void {
  tx.run(insertChunk, { file, position, bytes })
}

export function completeFile(tx: Tx, row: Known): void {
  tx.run(complete, row)
}

export function saveScan(tx: Tx, row: Pick<MediaFileRow, "id" | (typeof SCAN)[number]>): void {
  tx.run(scanned, row)
}

/** Whether the appliance has a virus scanner that looks at what comes. */
export const isScanned = (reader: Reader): boolean => (reader.one(scanner)?.address ?? "") !== ""

export function deleteFile(tx: Tx, id: Id): void {
  tx.run(removeChunks, { file: id })
  tx.run(removeFile, { id })
}
