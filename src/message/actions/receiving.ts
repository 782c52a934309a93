/** What came in: customers' messages, what they did to earlier ones, and ours that left by another way. */
import type { Conversation } from "~/conversation/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { latestConversation } from "../queries.ts"
import type { Letter } from "../rules/content.ts"
import { applyEarly } from "./early.ts"
import { insertLetter } from "./insert.ts"
import { ringThread } from "./ring.ts"

export { recordAmendment } from "./amending.ts"

export type Hearing = { heardBy: Pick<Conversation, "id" | "state">; channel: Id }

/** A customer's message in the conversation that heard it. That it is new is the caller's check (`alreadyKnown`). */
export function recordInbound(tx: Tx, { heardBy, channel }: Hearing, letter: Letter, receivedAt: Instant): Id {
  const { id: conversation, state } = heardBy
  const message = insertLetter(tx, { conversation, channel }, letter, receivedAt)
  const words = letter.kind === "text" || letter.kind === "button" ? letter.text : null
  tx.raise({ type: "message.received", conversation, message, channel, state, words })
  applyEarly(tx, letter.wamid)
  return message
}

/** Kept in a conversation that it moves in no way: nobody is called, and no answer is owed. */
export function recordKept(tx: Tx, conversation: Id, channel: Id, letter: Letter): void {
  const message = insertLetter(tx, { conversation, channel }, letter, tx.now)
  tx.raise({ type: "message.noted", conversation, message })
  applyEarly(tx, letter.wamid)
  ringThread(tx, conversation)
}

/**
 * Said while nobody has to answer, or by ourselves elsewhere: shown in the customer's last conversation on the
 * channel, and nothing moves. Answers whether there was one.
 */
export function recordAside(tx: Tx, customer: Id, channel: Id, letter: Letter): boolean {
  const conversation = latestConversation(tx, customer, channel)
  if (conversation === null) return false
  recordKept(tx, conversation, channel, letter)
  return true
}
