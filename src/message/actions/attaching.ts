import type { Tx } from "~/database/handles.ts"
import type { MediaFact } from "~/media/rules/facts.ts"
import { carrierOf } from "../queries.ts"
import { written } from "../rules/content.ts"
import { mayAttach, tidied } from "../rules.ts"
import { insertQueued, messageByClientId } from "../store.ts"
import { allow, userActing, visible } from "./entering.ts"
import { quotedWamid } from "./quoting.ts"
import { ringThread } from "./ring.ts"

/** Queues an agent's file; the same `clientId` again is the same message. Refuses as `mayAttach`. */
export function sendFile(tx: Tx, given: Extract<MediaFact, { type: "media.attached" }>): void {
  const { message: id, kind, mimeType, name, clientId, voice } = given
  const conversation = visible(tx, given.conversation)
  if (messageByClientId(tx, conversation.id, clientId) !== null) return
  const actor = userActing(tx)
  const caption = tidied(given.caption)
  allow(tx, mayAttach(conversation, actor, carrierOf(tx, conversation.channel), caption, tx.now))
  const { id: place, channel } = conversation
  const media = { mediaId: null, mimeType, sha256: null, url: null }
  const said = { media, caption: caption === "" ? null : caption }
  const body =
    kind === "audio"
      ? ({ kind, media, voice } as const)
      : kind === "document"
        ? ({ kind, ...said, fileName: name } as const)
        : ({ kind, ...said } as const)
  const text = kind === "document" ? [caption, name].filter(Boolean).join("\n") : caption
  insertQueued(tx, {
    id,
    conversation: place,
    channel,
    direction: "out",
    kind: voice ? "voice" : kind,
    at: tx.now,
    text,
    status: "queued",
    clientId,
    author: actor.id,
    queuedAt: tx.now,
    content: written({ body }),
    replyToWamid: quotedWamid(tx, conversation, given.replyTo),
  })
  tx.raise({ type: "message.queued", conversation: place, message: id, channel, automatic: false })
  ringThread(tx, place)
}
