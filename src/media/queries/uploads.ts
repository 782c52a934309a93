/** How far a file has come that comes in parts. */
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { sentBefore } from "~/message/queries.ts"
import { piecesOf } from "../queries.ts"
import { receivedOf, uploadOf } from "../store/uploads.ts"

/** `isSent`: the message is there, whatever became of the answer that said so. */
export function uploadProgress(reader: Reader, whose: { user: Id; conversation: Id; clientId: string }) {
  if (sentBefore(reader, whose.conversation, whose.clientId)) return { isSent: true, received: 0 }
  const known = uploadOf(reader, whose)
  return { isSent: false, received: known ? receivedOf(reader, known) : 0 }
}

/** What has come of it. */
export const piecesHere = (reader: Reader, file: Id): Iterable<Uint8Array> =>
  piecesOf(reader, file, 0, receivedOf(reader, { file }))
