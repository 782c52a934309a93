/** The rows of one page of a thread, to either side of a place in it. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Scan } from "~/media/rules/scanning.ts"
import type { MediaState } from "~/media/rules.ts"
import { AMENDING } from "../rules/amending.ts"

/** From `fromAt` up to the item `at`, `id`, which is not among them. */
export type ThreadRange = { conversation: Id; fromAt: Instant; at: Instant; id: Id; limit: number }

/** What changes another message is shown on it; what of ours did not get through is shown by itself. */
const TROUBLED = ["failed", "uncertain", "held"] as const

const bubbles = (conversation: Id) =>
  query
    .selectFrom("message as m")
    .leftJoin("user as author", "author.id", "m.author")
    .leftJoin("user as reader", "reader.id", "m.readByAgent")
    .leftJoin("message as quoted", "quoted.wamid", "m.replyToWamid")
    .leftJoin("user as quotedAuthor", "quotedAuthor.id", "quoted.author")
    .leftJoin("media", "media.message", "m.id")
    .leftJoin("mediaFile as f", "f.id", "media.file")
    .selectAll("m")
    .select([
      "media.state as mediaState",
      "media.reason as mediaReason",
      "media.name as mediaName",
      "media.declaredType as mediaDeclared",
    ])
    .select(["media.expiresAt as mediaExpiresAt", "f.type as mediaType", "f.size as mediaSize"])
    .select(["f.width as mediaWidth", "f.height as mediaHeight", "f.scan as mediaScan", "f.scanSays as mediaScanSays"])
    .select(["author.firstName as authorFirst", "author.lastName as authorLast"])
    .select(["reader.firstName as readerFirst", "reader.lastName as readerLast"])
    .select(["quoted.id as quotedId", "quoted.at as quotedAt", "quoted.conversation as quotedConversation"])
    .select(["quoted.direction as quotedDirection", "quoted.kind as quotedKind", "quoted.text as quotedText"])
    .select(["quotedAuthor.firstName as quotedFirst", "quotedAuthor.lastName as quotedLast"])
    .where("m.conversation", "=", conversation)
    .where((row) => row.or([row("m.kind", "not in", AMENDING), row("m.status", "in", TROUBLED)]))

const before = statement((p: ThreadRange) =>
  bubbles(p.conversation)
    .where("m.at", ">=", p.fromAt)
    .where("m.at", "<=", p.at)
    .where((row) => row.or([row("m.at", "<", p.at), row("m.id", "<", p.id)]))
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(p.limit),
)
const from = statement((p: { conversation: Id; at: Instant; id: Id; limit: number }) =>
  bubbles(p.conversation)
    .where("m.at", ">=", p.at)
    .where((row) => row.or([row("m.at", ">", p.at), row("m.id", ">=", p.id)]))
    .orderBy("m.at")
    .orderBy("m.id")
    .limit(p.limit),
)

export type BubbleRow = MessageRow & {
  [Name in "author" | "reader" | "quoted" as `${Name}First` | `${Name}Last`]: string | null
} & {
  quotedId: Id | null
  quotedAt: Instant | null
  quotedConversation: Id | null
  quotedDirection: "in" | "out" | null
  quotedKind: string | null
  quotedText: string | null
  mediaState: MediaState | null
  mediaReason: string | null
  mediaName: string | null
  mediaDeclared: string | null
  mediaExpiresAt: Instant | null
  mediaType: string | null
  mediaSize: number | null
  mediaWidth: number | null
  mediaHeight: number | null
  mediaScan: Scan | null
  mediaScanSays: string | null
}

/** The last ones before a place, latest first. */
export const bubblesBefore = (reader: Reader, range: ThreadRange): BubbleRow[] => reader.all(before, range)

/** The first ones from a place on, oldest first. */
export const bubblesFrom = (
  reader: Reader,
  range: { conversation: Id; at: Instant; id: Id; limit: number },
): BubbleRow[] => reader.all(from, range)
