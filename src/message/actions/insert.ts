import type { Tx } from "~/database/handles.ts"
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Letter, written } from "../rules/content.ts"
import { insertReceived } from "../store.ts"

export type Place = { conversation: Id; channel: Id }

/** A letter as a row of its thread; ours, sent outside this system, counts as sent. */
export function insertLetter(tx: Tx, place: Place, letter: Letter, receivedAt: Instant): Id {
  const id = tx.newId()
  const { direction, kind, text, wamid, replyToWamid, sentAt } = letter
  const isOurs = direction === "out"
  insertReceived(tx, {
    id,
    ...place,
    direction,
    kind,
    text,
    wamid,
    replyToWamid,
    at: placeInTime(sentAt, receivedAt),
    content: written(letter.content),
    status: isOurs ? "sent" : "received",
    receivedAt: isOurs ? null : receivedAt,
    sentAt: isOurs ? sentAt : null,
  })
  announceFile(tx, id, letter)
  return id
}

/** What it carries is still at WhatsApp. */
function announceFile(tx: Tx, message: Id, { content: { body }, sentAt }: Letter): void {
  if (!body || !("media" in body)) return
  const name = body.kind === "document" ? body.fileName : null
  tx.raise({ type: "media.announced", message, media: body.media, name, sentAt })
}

/**
 * Meta counts whole seconds: within that second our own clock tells what came before our answer and what after, and
 * what comes later than that second ends it, so that a burst stays in the order in which it arrived.
 */
const placeInTime = (sentAt: Instant, receivedAt: Instant): Instant =>
  Math.min(Math.max(sentAt, receivedAt), sentAt + LAST_OF_SECOND)

const LAST_OF_SECOND: Milliseconds = 999
