import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { found } from "~/kernel/step.ts"
import { carrierOf } from "../queries.ts"
import { type AutomaticContent, written } from "../rules/content.ts"
import { tidied, withheldBy } from "../rules.ts"
import { insertQueued } from "../store.ts"
import { ringThread } from "./ring.ts"

/**
 * Queues what the appliance itself says, in whatever state the conversation is. It is no answer of ours: who owes whom
 * one stays as it was. Where nothing may be sent nothing is, and the thread says so; nobody is kept from anything by it.
 * Answers the message, null when there is none.
 */
export function sendBySystem(tx: Tx, said: { conversation: Id; content: AutomaticContent }): Id | null {
  const { content } = said
  const conversation = found(loadConversation(tx, said.conversation))
  const { id: place, channel } = conversation
  const prompt = content.type === "interactive" ? content.prompt : null
  const most = prompt?.style === "buttons" ? limits.buttonsTextCharacters : limits.messageTextCharacters
  const text = tidied(content.text).slice(0, most).toWellFormed()
  if (text === "") return null
  const why = withheldBy(conversation, carrierOf(tx, channel), tx.now)
  if (why !== null) {
    tx.raise({ type: "message.withheld", conversation: place, why })
    return null
  }
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
    clientId: null,
    author: null,
    queuedAt: tx.now,
    replyToWamid: null,
    content: prompt && written({ prompt }),
  })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: true })
  ringThread(tx, place)
  return id
}
