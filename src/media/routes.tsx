/** Files: shown to whoever may see the conversation, taken from whoever may write in it, fetched again when asked. */

import { parseId } from "~/kernel/id.ts"
import { found, Refused } from "~/kernel/step.ts"
import { tableLimits } from "~/kernel/table/table.ts"
import { refusalToAttach, sentBefore } from "~/message/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { rangeOf } from "~/web/range.ts"
import type { Visit } from "~/web/visit.ts"
import { type FileReceiver, receiveFile } from "./actions/receiving.ts"
import { attach, fetchAgain, keepForTemplate, keepTable } from "./actions.ts"
import { fileFor, type KeptFile, piecesOf } from "./queries.ts"
import { inlineType, MEDIA_RULES, mayBeSent, type Outgoing, outgoingAs, tidyName } from "./rules/kinds.ts"

/** A file of customers: for administrators, kept until it has been read. */
export const tableFileRoutes = ({ administration }: Areas) =>
  administration().receive("/admin/imports/files", async (visit) => visit.json({ import: await takeTable(visit) }))

export const mediaRoutes = ({ desk }: Areas) =>
  desk()
    .get("/media/:id", (visit) => {
      const { read, actor, id } = visit
      return answerFile(visit, found(fileFor(read, actor, id("id"))))
    })
    .post("/media/:id/fetching", async ({ id, act, done }) => {
      const message = id("id")
      const conversation = await act((tx) => fetchAgain(tx, message))
      return done(`/conversations/${conversation}`)
    })
    .receive("/templates/files", async (visit) => visit.json({ file: await takeTemplateFile(visit) }))
    .receive("/conversations/:id/files", async (visit) => {
      const conversation = visit.id("id")
      await takeFile(visit, conversation)
      return visit.done(`/conversations/${conversation}`)
    })

/** What is served stays with whoever may see it: asked for anew each time, nothing in it runs (V6). */
const GUARDED = {
  "cache-control": "private, no-cache",
  "content-security-policy":
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "accept-ranges": "bytes",
  vary: "Cookie",
}

function answerFile({ request, read }: Visit<"id">, kept: KeptFile): Response {
  const { file, size, sha256 } = kept
  const etag = `"${Buffer.from(sha256 ?? []).toString("base64url")}"`
  const headers = new Headers({ ...GUARDED, etag, ...typeHeaders(kept) })
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers })
  const ifRange = request.headers.get("if-range")
  const range = ifRange === null || ifRange === etag ? rangeOf(request.headers.get("range"), size) : null
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${size}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = range ?? { start: 0, end: size }
  headers.set("content-length", String(end - start))
  if (range) headers.set("content-range", `bytes ${start}-${end - 1}/${size}`)
  return new Response(streamOf(piecesOf(read, file, start, end)), { status: range ? 206 : 200, headers })
}

function typeHeaders({ name, type, declaredType }: KeptFile): Record<string, string> {
  const shown = inlineType(type, declaredType)
  const called = tidyName(name ?? "") || "file"
  const plain = called.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  const words = `filename="${plain}"; filename*=UTF-8''${encoded(called)}`
  return {
    "content-type": shown ?? "application/octet-stream",
    "content-disposition": `${shown === null ? "attachment" : "inline"}; ${words}`,
  }
}

/** As RFC 8187 writes it. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** Read as the line takes it: a slow reader costs a piece, not a file. */
function streamOf(pieces: Iterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void pieces.return?.(),
    },
    { highWaterMark: 0 },
  )
}

/** Kept piece by piece, then sent in one command; what is refused in the middle leaves nothing behind. */
async function takeFile({ request, query, read, actor, act }: Visit<"id">, conversation: number): Promise<void> {
  const word = (name: string) => query.get(name) ?? ""
  const [clientId, caption, name] = [word("clientId").slice(0, 100), word("caption"), tidyName(word("name"))]
  refuse(refusalToAttach(read, actor, conversation, caption))
  if (sentBefore(read, conversation, clientId)) return
  const receiver = receiveFile(act)
  try {
    const { kind, type: mimeType } = await takeBytes(request, receiver, { name, declaredType: word("type") })
    const { keep } = await receiver.end()
    const replyTo = parseId(word("replyTo"))
    const sent = { conversation, clientId, caption, kind, mimeType, name, replyTo, voice: false }
    await act((tx) => attach(tx, { ...sent, file: keep(tx) }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}

/** The file of a template's header, kept for whoever brings it until they send the template. */
async function takeTemplateFile({ request, query, act }: Visit): Promise<number> {
  const [wanted, name] = [query.get("kind") ?? "", tidyName(query.get("name") ?? "")]
  const receiver = receiveFile(act)
  try {
    const { kind, type } = await takeBytes(request, receiver, { name, declaredType: query.get("type") ?? "" })
    if (kind !== wanted || kind === "audio") throw new Refused({ refused: "template.file_kind" })
    const { keep } = await receiver.end()
    return await act((tx) => keepForTemplate(tx, { file: keep(tx), kind, type, name }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}

async function takeTable({ request, query, act }: Visit): Promise<number> {
  const name = tidyName(query.get("name") ?? "") || "file"
  const tooLarge = (size: number) => size > tableLimits.bytes
  const refused = () =>
    new Refused({ refused: "table.too_large", detail: { megabytes: tableLimits.bytes / 1_000_000 } })
  if (tooLarge(Number(request.headers.get("content-length") ?? 0))) throw refused()
  const receiver = receiveFile(act)
  try {
    for await (const piece of request.body ?? []) {
      if (tooLarge(receiver.size + piece.length)) throw refused()
      await receiver.write(piece)
    }
    const size = receiver.size
    if (size === 0) throw new Refused({ refused: "table.empty" })
    const { keep } = await receiver.end()
    return await act((tx) => keepTable(tx, { file: keep(tx), name, size }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}

/** Every byte, as long as it may be sent; what is too large is known by its announced length before it is read. */
async function takeBytes(
  request: Request,
  receiver: FileReceiver,
  given: { name: string; declaredType: string },
): Promise<Outgoing> {
  const announced = Number(request.headers.get("content-length") ?? 0)
  let sending: Outgoing | null = null
  for await (const piece of request.body ?? []) {
    await receiver.write(piece)
    if (sending === null && receiver.size >= ENOUGH_TO_KNOW) {
      sending = outgoing({ ...given, sniffed: receiver.type })
      if (announced > 0) refuse(mayBeSent(sending.kind, announced))
    }
    if (sending && receiver.size > MEDIA_RULES[sending.kind].maxBytes) refuse(mayBeSent(sending.kind, receiver.size))
  }
  const known = sending ?? outgoing({ ...given, sniffed: receiver.type })
  refuse(mayBeSent(known.kind, receiver.size))
  return known
}

/** The longest mark by which a kind of file is known. */
const ENOUGH_TO_KNOW = 64

function outgoing(file: Parameters<typeof outgoingAs>[0]): Outgoing {
  const as = outgoingAs(file)
  if ("refused" in as) throw new Refused(as)
  return as
}

function refuse(refusal: ReturnType<typeof mayBeSent>): void {
  if (refusal) throw new Refused(refusal)
}
