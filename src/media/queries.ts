/** What is asked about files: what may be seen of one, and its bytes from any place on. */
import { conversationFor } from "~/conversation/queries/known.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { pieceCounter } from "~/kernel/memory.ts"
import { readContent } from "~/message/rules/content.ts"
import { mayBeOpened } from "./rules/scanning.ts"
import { UPLOAD_SERVES } from "./rules.ts"
import { CHUNK_BYTES, loadChunk } from "./store/files.ts"
import { loadUpload } from "./store.ts"

export type KeptFile = {
  file: Id
  conversation: Id
  name: string | null
  declaredType: string | null
  /** What its bytes say. */
  type: string | null
  size: number
  sha256: Uint8Array | null
}

const kept = statement((p: { message: Id }) =>
  query
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .innerJoin("mediaFile as f", "f.id", "media.file")
    .select(["media.name", "media.declaredType", "message.conversation", "message.channel", "message.content"])
    .select(["f.id as file", "f.type", "f.size", "f.sha256", "f.scan"])
    .where("media.message", "=", p.message),
)

/**
 * The file of a message; null when there is none, it is not here, nobody may open it before or after the virus scanner has
 * looked, or it is not for this actor: removed, or elsewhere.
 */
export function fileFor(reader: Reader, actor: UserActor, message: Id): KeptFile | null {
  const found = reader.one(kept, { message })
  if (!found || !mayBeOpened(found.scan) || !conversationFor(reader, actor, found.conversation)) return null
  return readContent(found.content).removed && !supervises(actor) ? null : found
}

/** What a message of ours carries and the number cannot send yet; null when there is nothing to upload. */
export function toUpload(reader: Reader, message: Id, channel: Id) {
  const found = reader.one(kept, { message })
  if (!found || !mayBeOpened(found.scan)) return null
  const { file, size, name, declaredType } = found
  const type = declaredType ?? ""
  const upload = loadUpload(reader, file, channel, type)
  if (upload && reader.now < upload.uploadedAt + UPLOAD_SERVES) return null
  return { id: file, size, type, name: name ?? "" }
}

/** The bytes from `start` up to `end`, read as they are asked for. */
export function* piecesOf(reader: Reader, file: Id, start: number, end: number): Generator<Uint8Array> {
  const pieceHasPassed = pieceCounter()
  for (let position = Math.floor(start / CHUNK_BYTES); position * CHUNK_BYTES < end; position++) {
    const offset = position * CHUNK_BYTES
    const bytes = loadChunk(reader, file, position)
    if (!bytes) throw new Error(`file ${file} has no piece ${position}`)
    yield bytes.subarray(Math.max(0, start - offset), Math.min(bytes.length, end - offset))
    pieceHasPassed()
  }
}
