/** How messages are kept. A row in `queued` is its own outbox entry. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

const INBOUND = [
  "id",
  "conversation",
  "channel",
  "direction",
  "kind",
  "at",
  "text",
  "content",
  "status",
  "wamid",
  "replyToWamid",
  "receivedAt",
  "sentAt",
] as const
const OUTBOUND = [
  "id",
  "conversation",
  "channel",
  "direction",
  "kind",
  "at",
  "text",
  "status",
  "clientId",
  "author",
  "queuedAt",
  "replyToWamid",
  "content",
  "attempt",
] as const
const DELIVERY = [
  "status",
  "wamid",
  "content",
  "attempt",
  "nextAttemptAt",
  "bootId",
  "sentAt",
  "deliveredAt",
  "readAt",
  "playedAt",
  "failedAt",
  "failureCode",
  "failureReason",
  "failureDetails",
] as const

const insertIn = inserting("message", INBOUND)
const insertOut = inserting("message", OUTBOUND)
const update = statement((p: Pick<MessageRow, "id" | (typeof DELIVERY)[number]>) =>
  query.updateTable("message").set(slotRow(DELIVERY)).where("id", "=", p.id),
)
const words = statement((p: Pick<MessageRow, "id" | "text" | "content">) =>
  query
    .updateTable("message")
    .set(slotRow(["text", "content"]))
    .where("id", "=", p.id),
)
const byId = statement((p: { id: Id }) => query.selectFrom("message").selectAll().where("id", "=", p.id))
const byWamid = statement((p: { wamid: string }) =>
  query.selectFrom("message").selectAll().where("wamid", "=", p.wamid),
)
const byClientId = statement((p: { conversation: Id; clientId: string }) =>
  query
    .selectFrom("message")
    .select("id")
    .where("conversation", "=", p.conversation)
    .where("clientId", "=", p.clientId),
)
const unread = statement((p: { conversation: Id; since: Instant }) =>
  query
    .selectFrom("message")
    .select(["id", "wamid", "kind"])
    .where("conversation", "=", p.conversation)
    .where("at", ">=", p.since)
    .where("direction", "=", "in")
    .where("readByAgentAt", "is", null)
    .orderBy("at")
    .orderBy("id"),
)
const markRead = statement((p: { id: Id; readByAgentAt: Instant; readByAgent: Id }) =>
  query
    .updateTable("message")
    .set(slotRow(["readByAgentAt", "readByAgent"]))
    .where("id", "=", p.id),
)

export const loadMessage = (reader: Reader, id: Id): MessageRow | null => reader.one(byId, { id })

export const messageByWamid = (reader: Reader, wamid: string): MessageRow | null => reader.one(byWamid, { wamid })

export const messageByClientId = (reader: Reader, conversation: Id, clientId: string): Id | null =>
  reader.one(byClientId, { conversation, clientId })?.id ?? null

export function insertReceived(tx: Tx, row: Pick<MessageRow, (typeof INBOUND)[number]>): void {
  tx.run(insertIn, row)
}

/** The first attempt begins with it. */
export function insertQueued(tx: Tx, row: Pick<MessageRow, Exclude<(typeof OUTBOUND)[number], "attempt">>): void {
  tx.run(insertOut, { ...row, attempt: 1 })
}

export function saveDelivery(tx: Tx, row: Pick<MessageRow, "id" | (typeof DELIVERY)[number]>): void {
  tx.run(update, row)
}

/** What it says is otherwise now. */
export function saveWords(tx: Tx, row: Pick<MessageRow, "id" | "text" | "content">): void {
  tx.run(words, row)
}

/** The customer's messages since `since` that nobody has seen, oldest first. */
export const unreadSince = (reader: Reader, conversation: Id, since: Instant) =>
  reader.all(unread, { conversation, since })

export function saveSeen(tx: Tx, id: Id, by: Id): void {
  tx.run(markRead, { id, readByAgentAt: tx.now, readByAgent: by })
}
