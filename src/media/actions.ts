/** What messages carry: announced by WhatsApp and to be fetched, or given to us by an agent and to be sent. */

import { conversationFor } from "~/conversation/queries/known.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { loadMessage } from "~/message/store.ts"
import { tellInfected } from "./actions/scanning.ts"
import { carriersOf } from "./queries/carriers.ts"
import type { MediaFact } from "./rules/facts.ts"
import type { OutgoingKind } from "./rules/kinds.ts"
import { tidyName } from "./rules/kinds.ts"
import { KEPT_BY_WHATSAPP, mayFetchAgain } from "./rules.ts"
import { deleteFile, fileByHash, isUsed, loadFile } from "./store/files.ts"
import { insertMedium, loadMedium, saveMedium, saveUpload } from "./store.ts"

type Of<Type extends MediaFact["type"]> = Extract<MediaFact, { type: Type }>

/** A message came whose file is still at WhatsApp; one that we have already is not fetched again. */
export function expect(tx: Tx, { message, media, name, sentAt }: Of<"media.announced">): void {
  const sha256 = digestOf(media.sha256)
  const file = sha256 && fileByHash(tx, sha256)
  const isLost = file === null && media.mediaId === null
  insertMedium(tx, {
    message,
    file,
    name: name && tidyName(name),
    declaredType: media.mimeType,
    mediaId: media.mediaId,
    tries: 0,
    state: file === null ? "waiting" : "here",
    reason: null,
    claimedSha256: media.sha256,
    nextAttemptAt: file === null ? tx.now : null,
    expiresAt: sentAt + KEPT_BY_WHATSAPP,
    ...(isLost ? { state: "failed", reason: "refused", nextAttemptAt: null } : {}),
  })
  if (file !== null) tellIfInfected(tx, file, message)
}

export type Attaching = {
  conversation: Id
  clientId: string
  caption: string
  file: Id
  kind: OutgoingKind
  mimeType: string
  name: string
  /** Spoken into the conversation. */
  voice: boolean
  replyTo: Id | null
}

/** An agent's file is sent in a conversation; refused as a reply is, when the message follows from it. */
export function attach(tx: Tx, given: Attaching): Id {
  const message = tx.newId()
  tx.raise({ type: "media.attached", message, ...given })
  return message
}

export type TemplateUpload = { file: Id; kind: "image" | "video" | "document"; type: string; name: string }

/** A file for a template's header: it is its user's until they send it. */
export function keepForTemplate(tx: Tx, upload: TemplateUpload): Id {
  const id = tx.newId()
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const { type: mimeType, ...rest } = upload
  tx.raise({ type: "template.file_taken", upload: id, user: tx.actor.id, mimeType, ...rest })
  return id
}

/** A file of customers, for whoever brings them in. */
export function keepTable(tx: Tx, upload: { file: Id; name: string; size: number }): Id {
  const id = tx.newId()
  tx.raise({ type: "customer_import.file_taken", import: id, ...upload })
  return id
}

/** What the agent's message carries, once there is one. */
export function keepAttached(tx: Tx, { message, file, name, mimeType }: Omit<Of<"media.carried">, "type">): void {
  if (!loadMessage(tx, message)) return
  insertMedium(tx, {
    message,
    file,
    name,
    declaredType: mimeType,
    state: "here",
    reason: null,
    mediaId: null,
    claimedSha256: null,
    tries: 0,
    nextAttemptAt: null,
    expiresAt: null,
  })
  tellIfInfected(tx, file, message)
}

/** The scanner has found a virus in the same bytes before. */
function tellIfInfected(tx: Tx, file: Id, message: Id): void {
  const { scan, scanSays } = found(loadFile(tx, file))
  const carrier = scan === "infected" && carriersOf(tx, file).find((one) => one.message === message)
  if (carrier) tellInfected(tx, carrier, scanSays ?? "")
}

/** WhatsApp has a file of ours; the number may send it under this id. */
export function noteUpload(tx: Tx, upload: { file: Id; channel: Id; type: string; mediaId: string }): void {
  saveUpload(tx, { ...upload, uploadedAt: tx.now })
}

/** Fetches at once what failed or waits for its next try. Refuses `media.here` and `media.expired`. */
export function fetchAgain(tx: Tx, id: Id): Id {
  const medium = found(loadMedium(tx, id))
  const { conversation } = found(loadMessage(tx, id))
  found(tx.actor.kind === "user" ? conversationFor(tx, tx.actor, conversation) : null)
  const refusal = mayFetchAgain(medium.state, medium.expiresAt, tx.now)
  if (refusal) throw new Refused(refusal)
  if (medium.state !== "fetching") {
    saveMedium(tx, { ...medium, state: "waiting", reason: null, tries: 0, nextAttemptAt: tx.now })
    tx.raise({ type: "media.wanted", message: id }, { type: "media.changed", conversation })
  }
  return conversation
}

/** Meta writes it in base64 or in hex (wire reference §6); null for anything else. */
function digestOf(claimed: string | null): Uint8Array | null {
  const bytes = Buffer.from(claimed ?? "", /^[0-9a-f]{64}$/i.test(claimed ?? "") ? "hex" : "base64")
  return bytes.length === 32 ? new Uint8Array(bytes) : null
}

/** Nobody needs the bytes for what they came for: they go, unless something else has them. */
export function removeUnused(tx: Tx, file: Id): void {
  if (loadFile(tx, file) && !isUsed(tx, file)) deleteFile(tx, file)
}
