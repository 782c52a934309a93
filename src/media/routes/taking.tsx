/** A file from whoever may write: kept piece by piece, then sent in one command; a large one goes on where it was cut. */
import { conversationHead } from "~/conversation/queries/console.ts"
import { nextTurn } from "~/kernel/clock.ts"
import { scarcityOf } from "~/kernel/disk.ts"
import { parseId } from "~/kernel/id.ts"
import { Refused, refuse } from "~/kernel/step.ts"
import { refusalToAttach, sentBefore } from "~/message/queries.ts"
import type { Areas } from "~/web/areas.ts"
import type { Visit } from "~/web/visit.ts"
import { type FileReceiver, receiveFile } from "../actions/receiving.ts"
import { beginPart, endUpload, letUploadGo, notePiece, type Part } from "../actions/uploading.ts"
import { attach, keepForTemplate } from "../actions.ts"
import { piecesHere, uploadProgress } from "../queries/uploads.ts"
import { MEDIA_RULES, mayBeSent, type Outgoing, outgoingAs, tidyName } from "../rules/kinds.ts"
import { mayBeTaken, type RoomParts } from "../rules/room.ts"

export const fileRoutes = ({ desk }: Areas, { room }: RoomParts) =>
  desk()
    .receive("/templates/files", async (visit) => visit.json({ file: await takeTemplateFile(visit, room) }))
    .receive("/conversations/:id/files", async (visit) => {
      const conversation = visit.id("id")
      await takeFile(visit, conversation, room)
      return visit.done(`/conversations/${conversation}`)
    })
    .get("/conversations/:id/files/progress", (visit) => {
      const { id } = conversationHead(visit.read, visit.actor, visit.id("id"))
      const whose = { user: visit.me.id, conversation: id, clientId: clientIdIn(visit.query) }
      return visit.json(uploadProgress(visit.read, whose))
    })

type Room = RoomParts["room"]

const clientIdIn = (query: URLSearchParams): string => (query.get("clientId") ?? "").slice(0, 100)

/** With `size`: it may come in parts, this one from `offset` on. What is refused in the middle leaves nothing behind. */
async function takeFile(visit: Visit<"id">, conversation: number, room: Room): Promise<void> {
  const { request, query, read, actor, act } = visit
  const word = (name: string) => query.get(name) ?? ""
  const clientId = clientIdIn(query)
  const caption = word("caption")
  const name = tidyName(word("name"))
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
  const size = Number(query.get("size"))
  const offset = Number(query.get("offset"))
  if (!Number.isSafeInteger(size) || size <= 0) return null
  stop(mayBeSent("document", size))
  return act((tx) => beginPart(tx, { conversation, clientId: clientIdIn(query), size, offset }))
}

/** What came before is read again for its checksum, in turns: a hundred megabytes of it take a moment. */
async function goOn({ read, act }: Visit<"id">, part: Part): Promise<FileReceiver> {
  const receiver = receiveFile(act, { file: part.file, note: (tx, file) => notePiece(tx, part, file) })
  if (part.file === null) return receiver
  for (const piece of piecesHere(read, part.file)) {
    receiver.recall(piece)
    await nextTurn()
  }
  return receiver
}

/** The file of a template's header, kept for whoever brings it until they send the template. */
async function takeTemplateFile({ request, query, act }: Visit, room: Room): Promise<number> {
  const wanted = query.get("kind") ?? ""
  const name = tidyName(query.get("name") ?? "")
  const receiver = receiveFile(act)
  try {
    const size = Number(request.headers.get("content-length") ?? 0)
    const given = { name, declaredType: query.get("type") ?? "", room, size }
    const { kind, type } = await takeBytes(request, receiver, given)
    if (kind !== wanted || kind === "audio") throw new Refused({ refused: "template.file_kind" })
    const { keep } = await receiver.end()
    return await act((tx) => keepForTemplate(tx, { file: keep(tx), kind, type, name }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}

type Given = { name: string; declaredType: string; room: Room; size: number }

/** Every byte, as long as it may be sent; what is too large is known by its announced length before it is read. */
async function takeBytes(request: Request, receiver: FileReceiver, given: Given): Promise<Outgoing> {
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
