import { timingSafeEqual } from "node:crypto"
import { minutes } from "~/kernel/clock.ts"
import type { Graph, GraphResult } from "./graph.ts"
import { get, identifier, name, number, words } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** Pictures, sounds and files: what WhatsApp takes, and how they come and go (wire reference §6). */

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker"

/** What WhatsApp accepts from a business. A document may be of any kind; these show with their own icon. */
export const MEDIA_RULES: Readonly<Record<MediaKind, { mimeTypes: readonly string[]; maxBytes: number }>> = {
  image: { mimeTypes: ["image/jpeg", "image/png"], maxBytes: 5_000_000 },
  video: { mimeTypes: ["video/mp4", "video/3gpp"], maxBytes: 16_000_000 },
  audio: { mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], maxBytes: 16_000_000 },
  sticker: { mimeTypes: ["image/webp"], maxBytes: 500_000 },
  document: { mimeTypes: [], maxBytes: 100_000_000 },
}

/**
 * The kind as which a file is sent: its own where WhatsApp shows that type, else a document. Never a sticker: a WebP
 * picture of any other size than 512×512 would be refused as one.
 */
export function mediaKindOf(mimeType: string): MediaKind {
  const bare = bareMimeType(mimeType)
  const shown: MediaKind[] = ["image", "video", "audio"]
  return shown.find((kind) => MEDIA_RULES[kind].mimeTypes.includes(bare)) ?? "document"
}

/** Without parameters: "audio/ogg; codecs=opus" is "audio/ogg". */
export const bareMimeType = (mimeType: string): string => (mimeType.split(";")[0] ?? "").trim().toLowerCase()

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
type File = { bytes: Uint8Array<ArrayBuffer>; mimeType: string; fileName: string }
type Sink = { maxBytes: number; into: (piece: Uint8Array) => void }

export interface MediaCalls {
  /** Where to download a medium, for the next five minutes. */
  mediaUrl(credentials: Token & { phoneNumberId: string }, mediaId: string): Promise<GraphResult<MediaAddress>>
  /** Hands the bytes to `into` as they come; pieces already handed over are void unless the result is "ok". */
  downloadMedia(credentials: Token, url: string, sink: Sink): Promise<Download>
  /** Id under which the file can be sent for thirty days. */
  uploadMedia(credentials: Token & { phoneNumberId: string }, file: File): Promise<GraphResult<string>>
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
    uploadMedia: ({ phoneNumberId, accessToken }, file) => {
      const body = new FormData()
      body.set("messaging_product", "whatsapp")
      body.set("type", file.mimeType)
      body.set("file", new Blob([file.bytes], { type: file.mimeType }), file.fileName)
      const path = [phoneNumberId, "media"]
      const call = { accessToken, method: "POST" as const, path, body, timeoutMs: TRANSFER_PATIENCE }
      return graph.ask(call, (answer) => identifier(get(answer, "id")))
    },
  }
}

function readAddress(body: Json): MediaAddress | null {
  const url = words(get(body, "url"))
  if (url === null) return null
  const [mimeType, sha256] = [name(get(body, "mime_type")), name(get(body, "sha256"))]
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
      sink.into(piece)
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
