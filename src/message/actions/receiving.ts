/** What came in: customers' messages, what they did to earlier ones, and ours that left by another way. */
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { EchoItem, MessageItem } from "~/whatsapp/payload.ts"
import { latestConversation } from "../queries.ts"
import { applyEarly } from "./early.ts"
import { insertEcho, insertInbound, type Place } from "./insert.ts"
import { ringThread } from "./ring.ts"

export { recordAmendment } from "./amending.ts"

/** A customer's message in the conversation that heard it. That it is new is the caller's check (`alreadyKnown`). */
export function recordInbound(
  tx: Tx,
  { item, receivedAt, ...place }: Place & { item: MessageItem; receivedAt: Instant },
): Id {
  const id = insertInbound(tx, place, item, receivedAt)
  tx.raise({ type: "message.received", conversation: place.conversation, message: id })
  applyEarly(tx, item.wamid)
  return id
}

/**
 * Said while nobody has to answer: shown in the customer's last conversation on the channel, and nothing moves.
 * Answers whether there was one.
 */
export function recordAside(tx: Tx, customer: Id, channel: Id, item: MessageItem | EchoItem): boolean {
  const conversation = latestConversation(tx, customer, channel)
  if (conversation === null) return false
  if (item.kind === "echo") insertEcho(tx, { conversation, channel }, item)
  else insertInbound(tx, { conversation, channel }, item, tx.now)
  applyEarly(tx, item.wamid)
  ringThread(tx, conversation)
  return true
}
