/** What agents do with messages: answer, read, decide about what did not go through. */

import { nameOf } from "~/conversation/queries/refusal.ts"
import { refuseOwned, refuseState } from "~/conversation/rules/common.ts"
import { type Conversation, ownerOf } from "~/conversation/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { promptOf as predefinedPrompt } from "~/predefined-message/rules.ts"
import { loadPredefinedMessage } from "~/predefined-message/store.ts"
import { allow, userActing, visible } from "./actions/entering.ts"
import { quotedWamid } from "./actions/quoting.ts"
import { followReaction } from "./actions/reacting.ts"
import { ringThread } from "./actions/ring.ts"
import { answeredSince, carrierOf } from "./queries.ts"
import { AMENDING } from "./rules/amending.ts"
import { type FormerAttempt, type Prompt, readContent, written } from "./rules/content.ts"
import { requeued } from "./rules/delivery.ts"
import { mayDiscard, mayReach, mayReply, mayResend, mayWrite, mayWriteTemplate, tidied } from "./rules.ts"
import { oweReceipt } from "./store/receipts.ts"
import { insertQueued, loadMessage, messageByClientId, saveDelivery, saveSeen, unreadSince } from "./store.ts"

export type Reply = {
  conversation: Id
  text: string
  clientId: string
  /** The predefined message it began as; its buttons or list go along only `withChoices`. */
  predefined?: Id | null
  withChoices?: boolean
  /** The message it answers. */
  replyTo?: Id | null
  /** The newest message when its writer began; null: they have been told what came since. */
  begunAfter?: Id | null
}

/**
 * Queues an answer to the customer. The same `clientId` again is the same message: a double click, a retry, a page
 * gone back to; with other words it is refused, so that no words are lost (`message.sent_otherwise`). Refuses
 * `message.answered_meanwhile {by}` when somebody else answered since it was begun, else as `mayReply`.
 */
export function reply(tx: Tx, given: Reply): Id {
  const conversation = visible(tx, given.conversation)
  const actor = userActing(tx)
  const text = tidied(given.text)
  const known = messageByClientId(tx, conversation.id, given.clientId)
  if (known !== null) {
    const sent = loadMessage(tx, known)
    demand(sent?.text === text && (sent.kind === "prompt") === (given.withChoices ?? false), "message.sent_otherwise")
    return known
  }
  const prompt = promptOf(tx, given)
  const answer = { text, prompt, isPredefined: (given.predefined ?? null) !== null }
  allow(tx, mayReply(conversation, actor, carrierOf(tx, conversation.channel), answer, tx.now))
  const after = given.begunAfter ?? null
  const other = after === null ? null : answeredSince(tx, conversation.id, after, actor.id)
  demand(other === null, "message.answered_meanwhile", { by: nameOf(tx, other ?? actor.id) })
  const { id: place, channel } = conversation
  const id = tx.newId()
  insertQueued(tx, {
    id,
    conversation: place,
    channel,
    direction: "out",
    kind: prompt ? "prompt" : "text",
    at: tx.now,
    text,
    status: "queued",
    clientId: given.clientId,
    author: actor.id,
    queuedAt: tx.now,
    replyToWamid: quotedWamid(tx, conversation, given.replyTo ?? null),
    content: prompt && written({ prompt }),
  })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: false })
  return id
}

/** The choices that go along; "not found" where they come from nothing. */
function promptOf(tx: Tx, { predefined, withChoices }: Reply): Prompt | null {
  if (!withChoices) return null
  const { id, choices } = found(loadPredefinedMessage(tx, found(predefined)))
  return predefinedPrompt(id, found(choices))
}

/**
 * The owner has the whole thread on screen. From now on the customer may see that we read. Nothing happens when the
 * conversation is somebody else's, or has not been opened.
 */
export function markSeen(tx: Tx, id: Id): void {
  const conversation = visible(tx, id)
  const actor = userActing(tx)
  if (conversation.state !== "active" || ownerOf(conversation) !== actor.id) return
  const messages = conversation.unreadSince === null ? [] : unreadSince(tx, id, conversation.unreadSince)
  if (messages.length === 0) return
  for (const message of messages) saveSeen(tx, message.id, actor.id)
  const newest = messages.findLast(({ kind, wamid }) => !AMENDING.some((one) => one === kind) && wamid !== null)
  if (newest?.wamid) oweReceipt(tx, id, conversation.channel, newest.wamid)
  tx.raise({ type: "message.seen", conversation: id })
}

/** Sends again what failed or is in doubt. Refuses `message.not_undecided`, or as `mayWrite` does. */
export function resend(tx: Tx, place: Id, id: Id): void {
  const { message, conversation } = inHand(tx, place, id)
  allow(tx, mayResend(message.status))
  const content = readContent(message.content)
  const carrier = carrierOf(tx, message.channel)
  const isTemplate = content.template !== undefined
  const actor = userActing(tx)
  allow(
    tx,
    isTemplate ? mayWriteTemplate(conversation, actor, carrier) : mayWrite(conversation, actor, carrier, tx.now),
  )
  const attempts = [...(content.attempts ?? []), formerAttempt(message)]
  const next = { ...message, ...requeued(message), wamid: null, content: written({ ...content, attempts }) }
  saveDelivery(tx, { ...next, nextAttemptAt: null, bootId: null })
  if (message.kind === "reaction") followReaction(tx, next)
  const automatic = message.author === null || message.kind === "reaction"
  tx.raise({ type: "message.queued", conversation: conversation.id, message: id, channel: message.channel, automatic })
}

/** Gives up what failed, is in doubt or has not left yet. Refuses `message.not_undecided`. */
export function discard(tx: Tx, place: Id, id: Id): void {
  const { message, conversation } = inHand(tx, place, id)
  allow(tx, mayDiscard(message.status))
  saveDelivery(tx, { ...message, status: "discarded", nextAttemptAt: null })
  if (message.kind === "reaction") followReaction(tx, { ...message, status: "discarded" })
  tx.raise({ type: "message.status_changed", conversation: conversation.id, message: id })
  if (mayReach(message.status)) tx.raise({ type: "message.reach_changed", conversation: conversation.id })
  ringThread(tx, conversation.id)
}

/** An outbound message of a conversation that the actor has; else not found, owned by another, or nobody's. */
function inHand(tx: Tx, place: Id, id: Id): { message: MessageRow; conversation: Conversation } {
  const message = found(loadMessage(tx, id))
  found(message.direction === "out" && message.conversation === place ? message : null)
  const conversation = visible(tx, message.conversation)
  const owner = ownerOf(conversation)
  if (owner !== userActing(tx).id) allow(tx, owner === null ? refuseState(conversation) : refuseOwned(owner))
  return { message, conversation }
}

const formerAttempt = (message: MessageRow): FormerAttempt => {
  const { attempt, wamid, failedAt, failureCode, failureReason } = message
  return { attempt, wamid, failedAt, failureCode, failureReason }
}
