import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { mayBePlace, rounded } from "~/location/rules.ts"
import { carrierOf } from "../queries.ts"
import { written } from "../rules/content.ts"
import { mayWrite } from "../rules.ts"
import { insertQueued, messageByClientId } from "../store.ts"
import { allow, userActing, visible } from "./entering.ts"
import { quotedWamid } from "./quoting.ts"

export type Placing = {
  conversation: Id
  clientId: string
  latitude: number
  longitude: number
  name: string | null
  address: string | null
  /** The message it answers. */
  replyTo: Id | null
}

/** Queues a place for the customer; the same `clientId` again is the same message. Refuses as `mayWrite`, and `location.impossible`. */
export function sendLocation(tx: Tx, given: Placing): Id {
  const conversation = visible(tx, given.conversation)
  const actor = userActing(tx)
  const known = messageByClientId(tx, conversation.id, given.clientId)
  if (known !== null) return known
  allow(tx, mayBePlace(given))
  allow(tx, mayWrite(conversation, actor, carrierOf(tx, conversation.channel), tx.now))
  const { id: place, channel } = conversation
  const { name, address, clientId } = given
  const body = { kind: "location", ...rounded(given), name, address, url: null } as const
  const id = tx.newId()
  insertQueued(tx, {
    id,
    conversation: place,
    channel,
    direction: "out",
    kind: "location",
    at: tx.now,
    status: "queued",
    clientId,
    text: [name, address].filter(Boolean).join("\n"),
    author: actor.id,
    queuedAt: tx.now,
    content: written({ body }),
    replyToWamid: quotedWamid(tx, conversation, given.replyTo),
  })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: false })
  return id
}
