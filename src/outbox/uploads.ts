import { credentialsOf } from "~/channel/queries.ts"
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { noteUpload } from "~/media/actions.ts"
import { piecesOf, toUpload } from "~/media/queries.ts"
import type { SendOutcome } from "~/whatsapp/errors.ts"
import type { OutboxParts } from "./outbox.ts"

/**
 * What a message carries goes to WhatsApp before the message itself is claimed, so that a break in the middle leaves
 * nothing in doubt. Null: it is there, or there is nothing to be uploaded.
 */
export async function uploadFirst(
  { database, client }: Pick<OutboxParts, "database" | "client">,
  { tenant, channel, message }: { tenant: Id; channel: Id; message: Id },
): Promise<SendOutcome | null> {
  const { read, act } = database.tenant(tenant)
  const file = toUpload(read, message, channel)
  if (!file) return null
  const { id, size, type, name } = file
  const answer = await client.uploadMedia(credentialsOf(read, database.secrets, channel), {
    pieces: piecesOf(read, id, 0, size),
    byteLength: size,
    mimeType: type,
    fileName: name,
  })
  if (answer.result !== "ok") return answer.outcome
  await act(SYSTEM, (tx) => noteUpload(tx, { file: id, channel, type, mediaId: answer.value }))
  return null
}
