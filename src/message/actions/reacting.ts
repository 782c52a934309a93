/** What we say with one sign to a message, and take back again. */
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { carrierOf } from "../queries.ts"
import { withoutReaction, withReaction } from "../rules/amending.ts"
import { readContent, written } from "../rules/content.ts"
import { isReaction, mayReach, mayWrite } from "../rules.ts"
import { insertQueued, messageByWamid, saveWords } from "../store.ts"
import { allow, userActing, visible } from "./entering.ts"
import { answerable } from "./quoting.ts"
import { ringThread } from "./ring.ts"

export type Reacting = { conversation: Id; message: Id; emoji: string }

/**
 * Queues a reaction; "" takes the one before back. It is no answer: the customer's silence goes on. The same again is
 * nothing new. Refuses as `mayWrite`, and `message.not_answerable`, `message.not_a_reaction`.
 */
export function react(tx: Tx, { conversation: place, message, emoji }: Reacting): void {
  const conversation = visible(tx, place)
  const actor = userActing(tx)
  allow(tx, mayWrite(conversation, actor, carrierOf(tx, conversation.channel), tx.now))
  demand(emoji === "" || isReaction(emoji), "message.not_a_reaction")
  const target = answerable(tx, conversation, message)
  const shown = readContent(target.content).reactions?.ours?.emoji ?? ""
  if (shown === emoji) return
  const id = tx.newId()
  const { channel } = conversation
  const body = { kind: "reaction", targetWamid: target.wamid, emoji: emoji === "" ? null : emoji } as const
  insertQueued(tx, {
    id,
    conversation: place,
    channel,
    direction: "out",
    kind: "reaction",
    at: tx.now,
    text: emoji,
    status: "queued",
    clientId: null,
    author: actor.id,
    queuedAt: tx.now,
    replyToWamid: target.wamid,
    content: written({ body }),
  })
  showReaction(tx, target, { id, emoji: body.emoji })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: true })
  ringThread(tx, place)
}

/** What became of a reaction of ours: on its message as long as it has reached the customer, or may. */
export function followReaction(tx: Tx, reaction: MessageRow): void {
  const { body } = readContent(reaction.content)
  const target = body?.kind === "reaction" ? messageByWamid(tx, body.targetWamid) : null
  if (!target || body?.kind !== "reaction") return
  if (mayReach(reaction.status)) showReaction(tx, target, { id: reaction.id, emoji: body.emoji })
  else {
    const { id, direction, text, content } = target
    const next = withoutReaction({ direction, text, content: readContent(content) }, reaction.id)
    saveWords(tx, { id, text, content: written(next.content) })
  }
}

function showReaction(tx: Tx, target: MessageRow, { id: message, emoji }: { id: Id; emoji: string | null }): void {
  const { id, direction, text, content } = target
  const next = withReaction({ direction, text, content: readContent(content) }, "ours", { emoji, at: tx.now, message })
  saveWords(tx, { id, text, content: written(next.content) })
}
