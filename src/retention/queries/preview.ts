/** What a pass would remove if it began now: counted beside the thread that serves people, for it grows with history. */
import { sql } from "kysely"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import { cutOff, type Retention } from "../rules.ts"
import { isKeptByHold, isPast } from "./due.ts"
import { webhooksOf } from "./webhooks.ts"

export type Preview = {
  conversations: number
  messages: number
  /** Files that go, with their conversations or alone. */
  files: number
  bytes: number
  webhooks: number
  logs: number
  presenceChanges: number
  /** Conversations that are old enough and stay, for a hold is on them. */
  held: number
}

const closedBefore = (before: Instant) =>
  query.selectFrom("conversation as c").where("c.state", "=", "closed").where("c.closedAt", "<", before)
const conversations = statement((p: { before: Instant }) =>
  closedBefore(p.before).select((row) => [
    sql<number>`count(*)`.as("all"),
    sql<number>`coalesce(sum(${isKeptByHold(row as never)}), 0)`.as("held"),
  ]),
)
const messages = statement((p: { before: Instant }) =>
  closedBefore(p.before)
    .innerJoin("message", "message.conversation", "c.id")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where((row) => row.not(isKeptByHold(row as never))),
)
/** Every use of every file: it goes when none is left. */
const uses = statement((p: { conversationsBefore: Instant; mediaBefore: Id }) =>
  query
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .innerJoin("conversation as c", "c.id", "message.conversation")
    .innerJoin("mediaFile as f", "f.id", "media.file")
    .select(["f.id", "f.size"])
    .where("media.file", "is not", null)
    .groupBy(["f.id", "f.size"])
    .having(
      (row) =>
        sql<boolean>`min(c.state = 'closed' and (c.closedAt < ${p.conversationsBefore} or media.message < ${p.mediaBefore})
        and not ${isKeptByHold(row as never)}) = 1`,
    ),
)
const summed = (before: { conversationsBefore: Instant; mediaBefore: Id }, reader: Reader) => {
  const found = reader.all(uses, before)
  return { files: found.length, bytes: found.reduce((sum, { size }) => sum + size, 0) }
}
const notices = statement((p: { before: Id }) =>
  query
    .selectFrom("notice")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("id", "<", p.before),
)
const mails = statement((p: { before: Id }) =>
  query
    .selectFrom("mail")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("id", "<", p.before)
    .where("state", "not in", ["queued", "sending"]),
)
const early = statement((p: { before: Instant }) =>
  query
    .selectFrom("earlyStatus")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("at", "<", p.before),
)
const presence = statement((p: { before: Instant }) =>
  query
    .selectFrom("presenceChange as c")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("c.at", "<", p.before)
    .where((row) => isPast(row as never)),
)
const through = statement(() => query.selectFrom("retention").select("webhooksThrough"))

const NEVER: Instant = 0
/** More webhooks than this are «more than» it: whoever reads the figure knows enough. */
export const WEBHOOKS_COUNTED_TO = 100_000

export function previewOf(appliance: ApplianceReader, reader: Reader, retention: Retention, now: Instant): Preview {
  const before = (field: keyof Retention) => cutOff(retention, field, now)
  const conversationsBefore = before("conversationsDays") ?? NEVER
  const mediaBefore = before("mediaDays")
  const counted = reader.one(conversations, { before: conversationsBefore }) ?? { all: 0, held: 0 }
  const ids = { conversationsBefore, mediaBefore: mediaBefore === null ? 0 : firstIdAt(mediaBefore) }
  return {
    conversations: counted.all - counted.held,
    held: counted.held,
    messages: reader.one(messages, { before: conversationsBefore })?.count ?? 0,
    ...(conversationsBefore === NEVER && mediaBefore === null ? { files: 0, bytes: 0 } : summed(ids, reader)),
    webhooks: countWebhooks(appliance, reader, before("webhooksDays")),
    logs: countLogs(reader, before("logsDays")),
    presenceChanges: reader.one(presence, { before: before("presenceDays") ?? NEVER })?.count ?? 0,
  }
}

function countWebhooks(appliance: ApplianceReader, reader: Reader, before: Instant | null): number {
  if (before === null) return 0
  const after = reader.one(through)?.webhooksThrough ?? 0
  const { envelopes, setAside } = webhooksOf(appliance, reader, {
    after,
    before,
    names: null,
    most: WEBHOOKS_COUNTED_TO,
  })
  return envelopes.length + setAside.length
}

function countLogs(reader: Reader, before: Instant | null): number {
  if (before === null) return 0
  const first = firstIdAt(before)
  const counts = [
    reader.one(notices, { before: first }),
    reader.one(mails, { before: first }),
    reader.one(early, { before }),
  ]
  return counts.reduce((sum, row) => sum + (row?.count ?? 0), 0)
}
