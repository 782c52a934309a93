/** A file from whoever may write: kept piece by piece, then sent in one command; a large one goes on where it was cut. */
import { nextTurn } from "~/kernel/clock.ts"
import { parseId } from "~/kernel/id.ts"
import { Refused, refuse } from "~/kernel/step.ts"
import { refusalToAttach, sentBefore } from "~/message/queries.ts"
import type { Visit } from "~/web/visit.ts"
import { type FileReceiver, receiveFile } from "../actions/receiving.ts"
import { beginPart, endUpload, letUploadGo, notePiece, type Part } from "../actions/uploading.ts"
import { attach } from "../actions.ts"
import { piecesOf } from "../queries.ts"
import type { MediaParts } from "../routes.tsx"
import { MEDIA_RULES, mayBeSent, type Outgoing, outgoingAs, tidyName } from "../rules/kinds.ts"
import { mayBeTaken, scarcityOf } from "../rules/room.ts"
import { receivedOf, uploadOf } from "../store/uploads.ts"

/** How far a file has come that its page has lost sight of. */
export function progressOf({ query, read, actor }: Visit<"id">, conversation: number) {
  const clientId = clientIdIn(query)
  if (sentBefore(read, conversation, clientId)) return { isSent: true, received: 0 }
  const known = uploadOf(read, { user: actor.id, conversation, clientId })
  return { isSent: false, received: known ? receivedOf(read, known) : 0 }
}

const clientIdIn = (query: URLSearchParams): string => (query.get("clientId") ?? "").slice(0, 100)

/** With `size`: it may come in parts, this one from `offset` on. What is refused in the middle leaves nothing behind. */
export async function takeFile(visit: Visit<"id">, conversation: number, room: MediaParts["room"]): Promise<void> {
  const { request, query, read, actor, act } = visit
  const word = (name: string) => query.get(name) ?? ""
  const [clientId, caption, name] = [clientIdIn(query), word("caption"), tidyName(word("name"))]
  stop(refusalToAttach(read, actor, conversation, caption))
  if (sentBefore(read, conversation, clientId)) return
  const part = await partOf(visit, conversation)
  const receiver = part ? await goOn(visit, part) : receiveFile(act)
  try {
    const size = part ? Number(word("size")) : Number(request.headers.get("content-length") ?? 0)
    const { kind, type: mimeType } = await takeBytes(request, receiver, {
      name,
      declaredType: word("type"),
      room,
      size,
    })
    if (part && receiver.size !== size) throw new Refused(refuse("upload.elsewhere", { received: 0 }))
    const { keep } = await receiver.end()
    const replyTo = parseId(word("replyTo"))
    const sent = { conversation, clientId, caption, kind, mimeType, name, replyTo, voice: false }
    await act((tx) => {
      if (part) endUpload(tx, part)
      return attach(tx, { ...sent, file: keep(tx) })
    })
  } catch (error) {
    await (part ? leave(visit, part, error) : receiver.abandon())
    throw error
  }
}

/** A line that broke leaves what has come; a refusal is for good, unless the page itself is on another way. */
async function leave({ act }: Visit<"id">, { upload }: Part, error: unknown): Promise<void> {
  if (error instanceof Refused && error.refusal.refused !== "upload.elsewhere")
    await act((tx) => letUploadGo(tx, upload))
}

async function partOf({ query, act }: Visit<"id">, conversation: number): Promise<Part | null> {
  const [size, offset] = [Number(query.get("size")), Number(query.get("offset"))]
  if (!Number.isSafeInteger(size) || size <= 0) return null
  stop(mayBeSent("document", size))
  return act((tx) => beginPart(tx, { conversation, clientId: clientIdIn(query), size, offset }))
}

/** What came before is read again for its checksum, in turns: a hundred megabytes of it take a moment. */
async function goOn({ read, act }: Visit<"id">, part: Part): Promise<FileReceiver> {
  const receiver = receiveFile(act, { file: part.file, note: (tx, file) => notePiece(tx, part, file) })
  if (part.file === null) return receiver
  for (const piece of piecesOf(read, part.file, 0, receivedOf(read, part))) {
    receiver.recall(piece)
    await nextTurn()
  }
  return receiver
}

type Given = { name: string; declaredType: string; room: MediaParts["room"]; size: number }

/** Every byte, as long as it may be sent; what is too large is known by its announced length before it is read. */
export async function takeBytes(request: Request, receiver: FileReceiver, given: Given): Promise<Outgoing> {
  const { room, size, ...file } = given
  let sending: Outgoing | null = null
  for await (const piece of request.body ?? []) {
    await receiver.write(piece)
    if (sending === null && receiver.size >= ENOUGH_TO_KNOW) {
      sending = outgoing({ ...file, sniffed: receiver.type })
      stop(mayBeTaken(sending.kind, scarcityOf(room())))
      if (size > 0) stop(mayBeSent(sending.kind, size))
    }
    if (sending && receiver.size > MEDIA_RULES[sending.kind].maxBytes) stop(mayBeSent(sending.kind, receiver.size))
  }
  const known = sending ?? outgoing({ ...file, sniffed: receiver.type })
  stop(mayBeTaken(known.kind, scarcityOf(room())) ?? mayBeSent(known.kind, receiver.size))
  return known
}

/** The longest mark by which a kind of file is known. */
const ENOUGH_TO_KNOW = 64

function outgoing(file: Parameters<typeof outgoingAs>[0]): Outgoing {
  const as = outgoingAs(file)
  if ("refused" in as) throw new Refused(as)
  return as
}

function stop(refusal: ReturnType<typeof mayBeSent>): void {
  if (refusal) throw new Refused(refusal)
}
