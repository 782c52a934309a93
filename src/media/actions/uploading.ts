/** A file that comes in parts: begun, cut, gone on with by the page that knows its id, finished or let go. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, Refused } from "~/kernel/step.ts"
import { MOST_PARTIAL_UPLOADS } from "../rules/uploading.ts"
import { deleteFile } from "../store/files.ts"
import {
  deletePartialUpload,
  insertUpload,
  loadPartialUpload,
  receivedOf,
  savePartialUpload,
  uploadOf,
  uploadsOf,
} from "../store/uploads.ts"

export type Beginning = { conversation: Id; clientId: string; size: number; offset: number }
/** The part that comes now; `attempt` tells it from one that the page has given up and that still trickles in. */
export type Part = { upload: Id; attempt: number; file: Id | null }

/** Refuses `upload.elsewhere` when not so much has come as the page believes; it asks, and goes on from there. */
export function beginPart(tx: Tx, { conversation, clientId, size, offset }: Beginning): Part {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const user = tx.actor.id
  const known = uploadOf(tx, { user, conversation, clientId })
  const received = known ? receivedOf(tx, known) : 0
  if (offset !== received) throw new Refused({ refused: "upload.elsewhere", detail: { received } })
  if (known) {
    const attempt = known.attempt + 1
    savePartialUpload(tx, { ...known, attempt })
    return { upload: known.id, attempt, file: known.file }
  }
  const others = uploadsOf(tx, user)
  for (const oldest of others.slice(0, Math.max(0, others.length + 1 - MOST_PARTIAL_UPLOADS))) letGo(tx, oldest)
  const id = tx.newId()
  insertUpload(tx, { id, user, conversation, clientId, file: null, size, attempt: 1, startedAt: tx.now })
  return { upload: id, attempt: 1, file: null }
}

/** A piece has come. Refuses `upload.elsewhere` where the page goes on by another way meanwhile. */
export function notePiece(tx: Tx, { upload, attempt }: Part, file: Id): void {
  const row = current(tx, { upload, attempt })
  if (row.file === null) savePartialUpload(tx, { ...row, file })
}

/** All of it is here; what it was becomes a file like any other. */
export function endUpload(tx: Tx, part: Omit<Part, "file">): void {
  deletePartialUpload(tx, current(tx, part))
}

/** Nobody goes on with it: what has come goes. */
export function letUploadGo(tx: Tx, id: Id): void {
  const row = loadPartialUpload(tx, id)
  if (row) letGo(tx, row)
}

function letGo(tx: Tx, row: NonNullable<ReturnType<typeof loadPartialUpload>>): void {
  deletePartialUpload(tx, row)
  if (row.file !== null) deleteFile(tx, row.file)
}

function current(tx: Tx, { upload, attempt }: Omit<Part, "file">) {
  const row = loadPartialUpload(tx, upload)
  if (row?.attempt !== attempt) throw new Refused({ refused: "upload.elsewhere", detail: { received: 0 } })
  return row
}
