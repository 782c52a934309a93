/** Files that nothing refers to any more: named, and then gone piece by piece, from the end. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const fileOf = statement((p: { message: Id }) =>
  query.selectFrom("media").select("file").where("message", "=", p.message),
)
const dropMedium = statement((p: { message: Id }) => query.deleteFrom("media").where("message", "=", p.message))
const expire = statement((p: { message: Id }) =>
  query
    .updateTable("media")
    .set({ state: "expired", reason: "kept_long_enough", file: null, mediaId: null, nextAttemptAt: null })
    .where("message", "=", p.message),
)
const carried = statement((p: { file: Id }) =>
  query.selectFrom("media").select("file").where("file", "=", p.file).where("file", "is not", null).limit(1),
)
const posted = statement((p: { file: Id }) =>
  query.selectFrom("mailAttachment").select("file").where("file", "=", p.file).limit(1),
)
const awaited = statement((p: { file: Id }) =>
  query.selectFrom("templateFile").select("file").where("file", "=", p.file).limit(1),
)
const dropUploads = statement((p: { file: Id }) => query.deleteFrom("mediaUpload").where("file", "=", p.file))
const unname = statement((p: { id: Id }) => query.updateTable("mediaFile").set({ sha256: null }).where("id", "=", p.id))
const begin = inserting("fileRemoval", ["file"])
const removing = statement((p: { file: Id }) =>
  query.selectFrom("fileRemoval").select("file").where("file", "=", p.file),
)
const first = statement(() =>
  query
    .selectFrom("fileRemoval as going")
    .innerJoin("mediaFile as f", "f.id", "going.file")
    .select(["f.id as file", "f.size"])
    .limit(1),
)
const lastPiece = statement((p: { file: Id }) =>
  query.selectFrom("mediaChunk").select("position").where("file", "=", p.file).orderBy("position", "desc").limit(1),
)
const dropFrom = statement((p: { file: Id; position: number }) =>
  query.deleteFrom("mediaChunk").where("file", "=", p.file).where("position", ">=", p.position),
)
const end = statement((p: { file: Id }) => query.deleteFrom("fileRemoval").where("file", "=", p.file))
const dropFile = statement((p: { id: Id }) => query.deleteFrom("mediaFile").where("id", "=", p.id))

export const fileOfMessage = (reader: Reader, message: Id): Id | null => reader.one(fileOf, { message })?.file ?? null

export const deleteMedium = (tx: Tx, message: Id): void => void tx.run(dropMedium, { message })

/** The bubble stays, and says why there is no file. */
export const expireMedium = (tx: Tx, message: Id): void => void tx.run(expire, { message })

/** Whether a message, a mail, or a template that is being written still shows it; what was uploaded of it does not count. */
const isShown = (reader: Reader, file: Id): boolean =>
  [carried, posted, awaited].some((use) => reader.one(use, { file }) !== null)

/** Nobody finds it by its bytes any more, and they begin to go; unless something still shows it. */
export function beginRemoval(tx: Tx, file: Id): void {
  if (isShown(tx, file) || tx.one(removing, { file }) !== null) return
  tx.run(dropUploads, { file })
  tx.run(unname, { id: file })
  tx.run(begin, { file })
}

/** The file whose bytes go next; `size` is what it had. */
export const fileInRemoval = (reader: Reader): { file: Id; size: number } | null => reader.one(first)

/** How many pieces are left of it. */
export const piecesLeft = (reader: Reader, file: Id): number => (reader.one(lastPiece, { file })?.position ?? -1) + 1

export function removePieces(tx: Tx, file: Id, most: number): void {
  const keep = Math.max(0, piecesLeft(tx, file) - most)
  tx.run(dropFrom, { file, position: keep })
  if (keep > 0) return
  tx.run(end, { file })
  if (!isShown(tx, file)) tx.run(dropFile, { id: file })
}
