import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { contactToSend } from "../queries/contacts.ts"
import { carrierOf } from "../queries.ts"
import { type CardSource, cardLine, cardOf } from "../rules/cards.ts"
import { written } from "../rules/content.ts"
import { mayWrite } from "../rules.ts"
import { insertQueued, messageByClientId } from "../store.ts"
import { allow, userActing, visible } from "./entering.ts"
import { quotedWamid } from "./quoting.ts"

export type SendingContact = { conversation: Id; source: CardSource; id: Id; clientId: string; replyTo: Id | null }

/** Queues somebody's card; the same `clientId` again is the same message. Refuses as `mayWrite`, and `message.contact_gone`. */
export function sendContact(tx: Tx, { conversation: place, source, id: whose, clientId, replyTo }: SendingContact): Id {
  const conversation = visible(tx, place)
  const known = messageByClientId(tx, place, clientId)
  if (known !== null) return known
  const actor = userActing(tx)
  const { channel } = conversation
  allow(tx, mayWrite(conversation, actor, carrierOf(tx, channel), tx.now))
  const contact = contactToSend(tx, actor, source, whose)
  demand(contact, "message.contact_gone")
  const card = cardOf(contact)
  const id = tx.newId()
  insertQueued(tx, {
    id,
    conversation: place,
    channel,
    direction: "out",
    kind: "contacts",
    at: tx.now,
    text: cardLine(card),
    status: "queued",
    clientId,
    author: actor.id,
    queuedAt: tx.now,
    replyToWamid: quotedWamid(tx, conversation, replyTo),
    content: written({ body: { kind: "contacts", cards: [card] } }),
  })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: false })
  return id
}
