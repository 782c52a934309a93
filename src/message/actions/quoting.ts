import type { Conversation } from "~/conversation/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { readContent } from "../rules/content.ts"
import { loadMessage } from "../store.ts"

export type Answerable = MessageRow & { wamid: string }

/** A message of the conversation that WhatsApp knows and nobody has removed. Refuses `message.not_answerable`. */
export function answerable(tx: Tx, conversation: Conversation, id: Id): Answerable {
  const message = found(loadMessage(tx, id))
  found(message.conversation === conversation.id ? message : null)
  demand(message.wamid !== null && readContent(message.content).removed === undefined, "message.not_answerable")
  return { ...message, wamid: message.wamid }
}

/** WhatsApp's id of what is answered; null when nothing is. */
export const quotedWamid = (tx: Tx, conversation: Conversation, id: Id | null): string | null =>
  id === null ? null : answerable(tx, conversation, id).wamid
