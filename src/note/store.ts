/** How notes are kept: beside the messages of their conversation, by time. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type Note = { id: Id; conversation: Id; at: Instant; author: Id; text: string; mentioned: readonly Id[] }

const add = inserting("note", ["id", "conversation", "at", "author", "text", "mentioned", "clientId"])
const byClientId = statement((p: { conversation: Id; clientId: string }) =>
  query.selectFrom("note").select("id").where("conversation", "=", p.conversation).where("clientId", "=", p.clientId),
)

export function insertNote(tx: Tx, { mentioned, ...note }: Note & { clientId: string }): void {
  tx.run(add, { ...note, mentioned: JSON.stringify(mentioned) })
}

export const noteByClientId = (reader: Reader, conversation: Id, clientId: string): Id | null =>
  reader.one(byClientId, { conversation, clientId })?.id ?? null
