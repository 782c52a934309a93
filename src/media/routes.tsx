/** Files: shown to whoever may see the conversation, fetched again when asked. */

import { found } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { rangeOf } from "~/web/range.ts"
import type { Visit } from "~/web/visit.ts"
import { fetchAgain } from "./actions.ts"
import { fileFor, type KeptFile, piecesOf } from "./queries.ts"
import { inlineType, tidyName } from "./rules/kinds.ts"

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
