import { timingSafeEqual } from "node:crypto"
import { minutes } from "~/kernel/clock.ts"
import type { StreamedBody } from "~/kernel/outbound.ts"
import { jsonOf, outcomeOf, type SendOutcome } from "./errors.ts"
import type { Graph, GraphResult } from "./graph.ts"
import { get, identifier, isRecord, name, number, words } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** Pictures, sounds and files: what WhatsApp takes, and how they come and go (wire reference §6). */

/** Whether Meta's checksum, which it writes in base64 or in hex, is that of `sha256`. */
export function matchesSha256(claimed: string, sha256: Uint8Array): boolean {
  const bytes = Buffer.from(claimed, /^[0-9a-f]{64}$/i.test(claimed) ? "hex" : "base64")
  return bytes.length === sha256.length && timingSafeEqual(bytes, sha256)
}

export type MediaAddress = { url: string; mimeType: string | null; sha256: string | null; byteLength: number | null }

export type Download =
  | { result: "ok"; mimeType: string | null; byteLength: number; sha256: Uint8Array }
  /** The address has expired (five minutes): ask for a new one. */
  | { result: "gone" }
  | { result: "too_large" }
  /** The address is not one of Meta's; the token stayed here. */
  | { result: "not_allowed" }
  | { result: "unavailable"; reason: string }

type Token = { accessToken: string }
type File = { pieces: Iterable<Uint8Array>; byteLength: number; mimeType: string; fileName: string }
/** The next piece comes when the one before has been taken. */
type Sink = { maxBytes: number; into: (piece: Uint8Array) => void | Promise<void> }

/** What did not go up can always be tried again: nobody sees it before it is sent. */
export type Upload = { result: "ok"; value: string } | { result: "not_uploaded"; outcome: SendOutcome }

export interface MediaCalls {
  /** Where to download a medium, for the next five minutes. */
  mediaUrl(credentials: Token & { phoneNumberId: string }, mediaId: string): Promise<GraphResult<MediaAddress>>
  /** Hands the bytes to `into` as they come; pieces already handed over are void unless the result is "ok". */
  downloadMedia(credentials: Token, url: string, sink: Sink): Promise<Download>
  /** Id under which the file can be sent for thirty days. */
  uploadMedia(credentials: Token & { phoneNumberId: string }, file: File): Promise<Upload>
}

/** A hundred megabytes over a slow line. */
const TRANSFER_PATIENCE = minutes(5)

export function mediaCalls(graph: Graph): MediaCalls {
  return {
    mediaUrl: ({ phoneNumberId, accessToken }, mediaId) => {
      const query = { phone_number_id: phoneNumberId }
      return graph.ask({ accessToken, method: "GET", path: [mediaId], query }, readAddress)
    },
    downloadMedia: (credentials, url, sink) => download(graph, credentials, url, sink),
    uploadMedia: (credentials, file) => upload(graph, credentials, file),
  }
}

async function upload(
  graph: Graph,
  { phoneNumberId, accessToken }: Token & { phoneNumberId: string },
  file: File,
): Promise<Upload> {
  const call = { accessToken, method: "POST" as const, path: [phoneNumberId, "media"], timeoutMs: TRANSFER_PATIENCE }
  const reply = await graph.call({ ...call, body: multipart(file) })
  const answer = reply.result === "answered" && reply.status < 300 ? jsonOf(reply.body) : null
  const id = isRecord(answer) ? identifier(get(answer, "id")) : null
  if (id !== null) return { result: "ok", value: id }
  const outcome = outcomeOf(reply)
  return { result: "not_uploaded", outcome: outcome.outcome === "uncertain" ? UNREACHED : outcome }
}

export const UNREACHED: SendOutcome = {
  outcome: "retry",
  scope: "message",
  code: null,
  reason: "unreachable",
  afterMs: null,
}

/** The form as it goes over the line, a piece of the file at a time. */
function multipart({ pieces, byteLength, mimeType, fileName }: File): StreamedBody {
  const fields = formFields(mimeType, fileName)
  const end = encoder.encode(`\r\n--${BOUNDARY}--\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    byteLength: fields.length + byteLength + end.length,
    *pieces() {
      yield fields
      yield* pieces
      yield end
    },
  }
}

const encoder = new TextEncoder()
/** Nothing that a file holds by chance: it would be as long as the universe is old until one does. */
const BOUNDARY = "sportello-7f3c1e5b9a2d4860b1f7c3e9"

function formFields(mimeType: string, fileName: string): Uint8Array {
  const plain = fileName.replace(/["\r\n\\]/g, "_")
  const field = (disposition: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${value}`
  return encoder.encode(
    field('name="messaging_product"', "\r\nwhatsapp\r\n") +
      field('name="type"', `\r\n${mimeType}\r\n`) +
      field(`name="file"; filename="${plain}"`, `Content-Type: ${mimeType}\r\n\r\n`),
  )
}

function readAddress(body: Json): MediaAddress | null {
  const url = words(get(body, "url"))
  if (url === null) return null
  const mimeType = name(get(body, "mime_type"))
  const sha256 = name(get(body, "sha256"))
  return { url, mimeType, sha256, byteLength: number(get(body, "file_size")) }
}

async function download(graph: Graph, { accessToken }: Token, url: string, sink: Sink): Promise<Download> {
  const hash = new Bun.CryptoHasher("sha256")
  const reply = await graph.outbound.send({
    purpose: "media",
    url,
    method: "GET",
    headers: { Authorization: `Bearer ${accessToken}` },
    timeoutMs: TRANSFER_PATIENCE,
    maxBytes: sink.maxBytes,
    into: (piece) => {
      hash.update(piece)
      return sink.into(piece)
    },
  })
  if (reply.result === "lost" && reply.reason === "too_large") return { result: "too_large" }
  if (reply.result === "unreachable" && reply.reason === "not_allowed") return { result: "not_allowed" }
  if (reply.result !== "answered") return { result: "unavailable", reason: reply.reason }
  if (reply.status === 404 || reply.status === 410) return { result: "gone" }
  if (reply.status !== 200) return { result: "unavailable", reason: `status_${reply.status}` }
  const mimeType = name(reply.headers.get("content-type"))
  return { result: "ok", mimeType, byteLength: reply.byteLength, sha256: new Uint8Array(hash.digest()) }
}
