/** Which files WhatsApp takes, as what, and how large (wire reference §6). */
import { type Refusal, refuse } from "~/kernel/step.ts"

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker"
/** What an agent sends: a picture that is no sticker of the right size would be refused as one. */
export type OutgoingKind = Exclude<MediaKind, "sticker">

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
export function mediaKindOf(mimeType: string): OutgoingKind {
  const bare = bareMimeType(mimeType)
  const shown: OutgoingKind[] = ["image", "video", "audio"]
  return shown.find((kind) => MEDIA_RULES[kind].mimeTypes.includes(bare)) ?? "document"
}

/** Without parameters: "audio/ogg; codecs=opus" is "audio/ogg". */
export const bareMimeType = (mimeType: string): string => (mimeType.split(";")[0] ?? "").trim().toLowerCase()

/** A file as somebody hands it over; `sniffed` is what its first bytes say, null when they say nothing. */
export type GivenFile = { name: string; declaredType: string; sniffed: string | null }
export type Outgoing = { kind: OutgoingKind; type: string }

/**
 * As what it is sent. The bytes have the last word about pictures and sounds, its name about documents. Refuses
 * `file.kind_unknown`, and `file.kind_mismatch` for what says it is a picture or a sound and is none.
 */
export function outgoingAs({ name, declaredType, sniffed }: GivenFile): Outgoing | Refusal {
  if (sniffed !== null && mediaKindOf(sniffed) !== "document") return { kind: mediaKindOf(sniffed), type: sniffed }
  const declared = bareMimeType(declaredType)
  if (mediaKindOf(declared) !== "document" && sniffed === null) return refuse("file.kind_mismatch")
  const type = sniffed ?? DOCUMENT_TYPES[extensionOf(name)] ?? declared
  const isNamed = /^[\w.+-]+\/[\w.+-]+$/.test(type) && type !== "application/octet-stream"
  return isNamed ? { kind: "document", type: DOCUMENT_TYPES[extensionOf(name)] ?? type } : refuse("file.kind_unknown")
}

/** Refuses `file.empty` and `file.too_large_…` with the exact limit, in bytes. */
export function mayBeSent(kind: OutgoingKind, size: number): Refusal | null {
  if (size === 0) return refuse("file.empty")
  const limit = MEDIA_RULES[kind].maxBytes
  return size > limit ? refuse(`file.too_large_${kind}`, { limit: limit / 1_000_000, size: megabytes(size) }) : null
}

/** Rounded up, so that what is a little too large does not read as just right. */
const megabytes = (bytes: number): number => Math.ceil(bytes / 100_000) / 10

const OFFICE = "application/vnd.openxmlformats-officedocument."
const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  doc: "application/msword",
  docx: `${OFFICE}wordprocessingml.document`,
  xls: "application/vnd.ms-excel",
  xlsx: `${OFFICE}spreadsheetml.sheet`,
  ppt: "application/vnd.ms-powerpoint",
  pptx: `${OFFICE}presentationml.presentation`,
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  zip: "application/zip",
}

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""

const LONGEST_NAME = 200

/** A file's name as it may be shown and saved: no folders, nothing invisible, not endless, its ending kept. */
export function tidyName(given: string): string {
  const base = given.toWellFormed().split(/[\\/]/).at(-1) ?? ""
  const visible = base
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, "")
    .trim()
    .replace(/^\.+/, "")
  if (visible.length <= LONGEST_NAME) return visible
  const ending = /\.[a-z0-9]{1,8}$/i.exec(visible)?.[0] ?? ""
  return visible.slice(0, LONGEST_NAME - ending.length).toWellFormed() + ending
}

/** Shown inside a page; whatever else is saved, never opened (reliability-security.md V6). */
const INLINE: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "video/mp4",
  "video/3gpp",
  "audio/ogg",
  "audio/mpeg",
  "audio/mp4",
  "audio/aac",
])
/** One container, which sound and pictures share. */
const MP4: ReadonlySet<string> = new Set(["video/mp4", "audio/mp4", "video/3gpp"])

/** The type to show it as: only where the bytes and what was said of them agree; null: it is saved. */
export function inlineType(sniffed: string | null, declared: string | null): string | null {
  const said = bareMimeType(declared ?? "")
  const agrees = sniffed === said || (MP4.has(sniffed ?? "") && MP4.has(said))
  return agrees && INLINE.has(said) ? said : null
}
