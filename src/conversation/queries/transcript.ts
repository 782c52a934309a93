/** A conversation as it leaves by e-mail: what was said, which files go along, what in it is nobody else's business. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { MailAttachment } from "~/mail/rules.ts"
import { type MessageItem, threadItems } from "~/message/queries/thread.ts"
import { type Sensitive, sensitiveIn } from "../rules/sensitive.ts"

/** With its base64 a third larger, which most mail servers still take. */
export const MOST_ATTACHED_BYTES = 10_000_000
const MOST_MESSAGES = 2_000

export type TranscriptRoom = { messages: number; bytes: number }
const OF_A_MAIL: TranscriptRoom = { messages: MOST_MESSAGES, bytes: MOST_ATTACHED_BYTES }
/** For whoever may have all of it. */
export const WHOLE: TranscriptRoom = { messages: 1_000_000, bytes: Number.MAX_SAFE_INTEGER }

export type TranscriptLine = MessageItem & { attachment: "attached" | "left_out" | null }
export type Transcript = {
  lines: readonly TranscriptLine[]
  /** There were more messages than leave in one mail. */
  isCut: boolean
  files: readonly (MailAttachment & { size: number })[]
  /** Files that do not fit, that WhatsApp has not given us, or that the virus scanner keeps back. */
  leftOut: number
  sensitive: readonly Sensitive[]
}

const filesOf = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message as m")
    .innerJoin("media", "media.message", "m.id")
    .innerJoin("mediaFile as f", "f.id", "media.file")
    .select(["m.id as message", "f.id as file", "f.size", "f.type", "media.name"])
    .where("m.conversation", "=", p.conversation)
    .where(({ eb }) => eb.or([eb("f.scan", "is", null), eb("f.scan", "not in", ["waiting", "infected"])]))
    .orderBy("m.at")
    .orderBy("m.id"),
)

/** The notes of colleagues and what the appliance noted are not in it: they are nobody's outside the house. */
export function transcriptOf(
  reader: Reader,
  conversation: Id,
  viewer: Id,
  withFiles: boolean,
  most = OF_A_MAIL,
): Transcript {
  const items = threadItems(reader, conversation, { before: null, limit: most.messages + 1, viewer })
  const messages = items.flatMap((item) => (item.type === "message" && item.status !== "discarded" ? [item] : []))
  const files = withFiles
    ? fitting(reader, conversation, new Set(messages.flatMap((one) => (one.medium ? one.id : []))), most.bytes)
    : []
  const attached = new Set(files.map(({ message }) => message))
  const lines = messages.map((item): TranscriptLine => {
    const attachment = attached.has(item.id) ? "attached" : "left_out"
    return { ...item, attachment: item.medium ? attachment : null }
  })
  return {
    lines,
    isCut: items.length > most.messages,
    files,
    leftOut: lines.filter(({ attachment }) => attachment === "left_out").length,
    sensitive: sensitiveIn(lines.map(({ text }) => text)),
  }
}

type Attached = MailAttachment & { size: number; message: Id }

/** In the order in which they came, as long as there is room; a large one does not keep a small one out. */
function fitting(reader: Reader, conversation: Id, shown: ReadonlySet<Id>, bytes: number): Attached[] {
  let room = bytes
  const names = new Map<string, number>()
  return reader.all(filesOf, { conversation }).flatMap(({ message, file, size, type, name }) => {
    if (!shown.has(message) || size > room) return []
    room -= size
    const mimeType = type ?? "application/octet-stream"
    return [{ message, file, size, mimeType, name: distinct(names, safeName(name, mimeType, message)) }]
  })
}

/** What a customer called a file may be anything; a mail names it in one line, without the signs of paths and headers. */
function safeName(name: string | null, mimeType: string, message: Id): string {
  const plain = (name ?? "")
    .replace(/[\p{C}"\\/:*?<>|]/gu, "_")
    .trim()
    .slice(0, 100)
  return plain === "" || /^\.+$/.test(plain)
    ? `file-${message}.${mimeType.split("/")[1]?.replace(/\W.*$/, "") || "bin"}`
    : plain
}

function distinct(names: Map<string, number>, name: string): string {
  const before = names.get(name) ?? 0
  names.set(name, before + 1)
  return before === 0 ? name : `${before + 1}-${name}`
}
