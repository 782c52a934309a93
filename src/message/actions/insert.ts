import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type EchoItem, type MessageItem, summaryText } from "~/whatsapp/payload.ts"
import { contentOf, kindOf, targetOf, written } from "../rules/content.ts"
import { insertReceived } from "../store.ts"

export type Place = { conversation: Id; channel: Id }

/** A customer's message as a row of its thread. */
export function insertInbound(tx: Tx, place: Place, item: MessageItem, receivedAt: Instant): Id {
  const id = tx.newId()
  insertReceived(tx, {
    ...rowOf(id, item, place),
    ...{ direction: "in", status: "received", receivedAt, sentAt: null, content: written(contentOf(item)) },
  })
  return id
}

/** Ours, sent outside this system. */
export function insertEcho(tx: Tx, place: Place, item: EchoItem): Id {
  const id = tx.newId()
  insertReceived(tx, {
    ...rowOf(id, item, place),
    ...{ direction: "out", status: "sent", receivedAt: null, sentAt: item.sentAt },
    content: written({ ...contentOf(item), sentBy: item.origin }),
  })
  return id
}

const rowOf = (id: Id, item: MessageItem | EchoItem, place: Place) => ({
  ...{ id, ...place, kind: kindOf(item.content), at: item.sentAt, text: summaryText(item.content) },
  ...{ wamid: item.wamid, replyToWamid: targetOf(item.content) ?? item.replyTo?.wamid ?? null },
})
