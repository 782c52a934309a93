/** Files: shown to whoever may see the conversation, taken from whoever may write in it, fetched again when asked. */

import { conversationHead } from "~/conversation/queries/console.ts"
import type { DiskRoom } from "~/kernel/disk.ts"
import { found, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { rangeOf } from "~/web/range.ts"
import type { Visit } from "~/web/visit.ts"
import { receiveFile } from "./actions/receiving.ts"
import { fetchAgain, keepForTemplate } from "./actions.ts"
import { fileFor, type KeptFile, piecesOf } from "./queries.ts"
import { progressOf, takeBytes, takeFile } from "./routes/taking.ts"
import { inlineType, tidyName } from "./rules/kinds.ts"

/** How much room there is on the disk. */
export type MediaParts = { room: () => DiskRoom }

export const mediaRoutes = ({ desk }: Areas, { room }: MediaParts) =>
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
    .receive("/templates/files", async (visit) => visit.json({ file: await takeTemplateFile(visit, room) }))
    .receive("/conversations/:id/files", async (visit) => {
      const conversation = visit.id("id")
      await takeFile(visit, conversation, room)
      return visit.done(`/conversations/${conversation}`)
    })
    .get("/conversations/:id/files/progress", (visit) => {
      const { id } = conversationHead(visit.read, visit.actor, visit.id("id"))
      return visit.json(progressOf(visit, id))
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

/** The file of a template's header, kept for whoever brings it until they send the template. */
async function takeTemplateFile({ request, query, act }: Visit, room: MediaParts["room"]): Promise<number> {
  const [wanted, name] = [query.get("kind") ?? "", tidyName(query.get("name") ?? "")]
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
