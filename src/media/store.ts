/** How it is kept what a message carries: one row, under the message's own id. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { MediaRow, MediaUploadRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

const COLUMNS = [
  "message",
  "state",
  "reason",
  "file",
  "name",
  "declaredType",
  "mediaId",
  "claimedSha256",
  "tries",
  "nextAttemptAt",
  "expiresAt",
] as const
const STANDING = ["state", "reason", "file", "tries", "nextAttemptAt"] as const

const insert = inserting("media", COLUMNS)
const byMessage = statement((p: { message: Id }) =>
  query.selectFrom("media").selectAll().where("message", "=", p.message),
)
const update = statement((p: Pick<MediaRow, "message" | (typeof STANDING)[number]>) =>
  query.updateTable("media").set(slotRow(STANDING)).where("message", "=", p.message),
)
const interrupted = statement(() => query.selectFrom("media").selectAll().where("state", "=", "fetching"))
const upload = statement((p: { file: Id; channel: Id; type: string }) =>
  query
    .selectFrom("mediaUpload")
    .selectAll()
    .where("file", "=", p.file)
    .where("channel", "=", p.channel)
    .where("type", "=", p.type),
)
const insertUpload = inserting("mediaUpload", ["file", "channel", "type", "mediaId", "uploadedAt"])
const renewUpload = statement((p: MediaUploadRow) =>
  query
    .updateTable("mediaUpload")
    .set({ mediaId: p.mediaId, uploadedAt: p.uploadedAt })
    .where("file", "=", p.file)
    .where("channel", "=", p.channel)
    .where("type", "=", p.type),
)

export const loadMedium = (reader: Reader, message: Id): MediaRow | null => reader.one(byMessage, { message })

export function insertMedium(tx: Tx, row: MediaRow): void {
  tx.run(insert, row)
}

export function saveMedium(tx: Tx, row: MediaRow): void {
  tx.run(update, row)
}

/** What an earlier run of the appliance was fetching when it ended. */
export const interruptedFetches = (reader: Reader): MediaRow[] => reader.all(interrupted)

/** The id under which a number may send a file. */
export const loadUpload = (reader: Reader, file: Id, channel: Id, type: string): MediaUploadRow | null =>
  reader.one(upload, { file, channel, type })

export function saveUpload(tx: Tx, row: MediaUploadRow): void {
  if (tx.run(renewUpload, row) === 0) tx.run(insertUpload, row)
}
