/** What waits to leave, over the whole appliance. */
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { MediaFileRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { notLookedAt } from "~/media/queries/earlier.ts"

export type Waiting = {
  id: Id
  conversation: Id
  customer: Id
  nextAttemptAt: Instant | null
  /** `waiting`: the virus scanner has not looked at what it carries yet. */
  scan: MediaFileRow["scan"]
}
export type SendingNumber = { channel: Id; tenant: Id; enabled: boolean; holdReason: string | null }

/** So many are looked at for somebody who can be written to now. */
const LOOK_AHEAD = 1_000

/** Said as the partial index `messageOutbox` says it: only then does SQLite see that it may be used. */
const IN_OUTBOX = ["queued", "sending", "uncertain", "held"] as const

const numbers = applianceStatement(() =>
  applianceQuery.selectFrom("channel").select(["id as channel", "tenant"]).orderBy("id"),
)
const number = applianceStatement((p: { channel: Id }) =>
  applianceQuery
    .selectFrom("channel")
    .innerJoin("tenant", "tenant.id", "channel.tenant")
    .select(["channel.id as channel", "channel.tenant", "channel.enabled", "channel.holdReason", "tenant.disabledAt"])
    .where("channel.id", "=", p.channel),
)
const waiting = applianceStatement((p: { channel: Id }) =>
  applianceQuery
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation")
    .leftJoin("media", "media.message", "m.id")
    .leftJoin("mediaFile as f", "f.id", "media.file")
    .select(["m.id", "m.conversation", "m.nextAttemptAt", "c.customer", "f.scan"])
    .where("m.channel", "=", p.channel)
    .where("m.status", "in", IN_OUTBOX)
    .where("m.status", "=", "queued")
    .orderBy("m.id")
    .limit(LOOK_AHEAD),
)
const abandoned = applianceStatement((p: { channel: Id; bootId: string }) =>
  applianceQuery
    .selectFrom("message")
    .select(["id", "conversation"])
    .where("channel", "=", p.channel)
    .where("status", "in", IN_OUTBOX)
    .where("status", "=", "sending")
    .where("bootId", "<>", p.bootId)
    .orderBy("id"),
)
const receipts = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("readReceipt as r")
    .innerJoin("channel", "channel.id", "r.channel")
    .innerJoin("tenant", "tenant.id", "r.tenant")
    .select(["r.tenant", "r.conversation", "r.channel", "r.wamid", "r.attempt"])
    .where("r.nextAttemptAt", "<=", p.now)
    .where("channel.holdReason", "is", null)
    .where("channel.enabled", "=", 1)
    .where("tenant.disabledAt", "is", null)
    .orderBy("r.nextAttemptAt")
    .limit(p.limit),
)
const nextReceipt = applianceStatement((p: { now: Instant }) =>
  applianceQuery
    .selectFrom("readReceipt")
    .select("nextAttemptAt")
    .where("nextAttemptAt", ">", p.now)
    .orderBy("nextAttemptAt")
    .limit(1),
)
const fetches = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .select(["media.tenant", "media.message", "message.channel"])
    .where("media.state", "=", "waiting")
    .where("media.nextAttemptAt", "<=", p.now)
    .orderBy("media.nextAttemptAt")
    .limit(p.limit),
)
const nextFetch = applianceStatement((p: { now: Instant }) =>
  applianceQuery
    .selectFrom("media")
    .select("nextAttemptAt")
    .where("state", "=", "waiting")
    .where("nextAttemptAt", ">", p.now)
    .orderBy("nextAttemptAt")
    .limit(1),
)
const scans = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("mediaFile")
    .select(["tenant", "id as file", "size"])
    .where("scan", "=", "waiting")
    .where("scanAt", "<=", p.now)
    .orderBy("scanAt")
    .limit(p.limit),
)
const nextScan = applianceStatement((p: { now: Instant }) =>
  applianceQuery
    .selectFrom("mediaFile")
    .select("scanAt")
    .where("scan", "=", "waiting")
    .where("scanAt", ">", p.now)
    .orderBy("scanAt")
    .limit(1),
)
const earlier = applianceStatement((p: { limit: number }) =>
  applianceQuery
    .selectFrom("mediaFile")
    .select(["tenant", "id as file", "size"])
    .where(notLookedAt)
    .orderBy("id", "desc")
    .limit(p.limit),
)
/** Every number of the appliance. */
export const everyNumber = (read: ApplianceReader) => read.all(numbers)

export function numberOf(read: ApplianceReader, channel: Id): SendingNumber | null {
  const row = read.one(number, { channel })
  if (!row) return null
  const { disabledAt, ...rest } = row
  return { ...rest, enabled: row.enabled === 1 && disabledAt === null }
}

/** What a number has to send, in the order it was written. */
export const waitingFor = (read: ApplianceReader, channel: Id): Waiting[] => read.all(waiting, { channel })

/** What an earlier run of the appliance was sending when it ended. */
export const abandonedBy = (read: ApplianceReader, channel: Id, bootId: string) =>
  read.all(abandoned, { channel, bootId })

export type OwedReceipt = { tenant: Id; conversation: Id; channel: Id; wamid: string; attempt: number }

export const dueReceipts = (read: ApplianceReader, limit: number): OwedReceipt[] =>
  read.all(receipts, { now: read.now, limit })

export const nextReceiptAt = (read: ApplianceReader): Instant | null =>
  read.one(nextReceipt, { now: read.now })?.nextAttemptAt ?? null

export type WaitingFetch = { tenant: Id; message: Id; channel: Id }

/** Files that are to be fetched from WhatsApp now, the longest awaited first. */
export const dueFetches = (read: ApplianceReader, limit: number): WaitingFetch[] =>
  read.all(fetches, { now: read.now, limit })

export const nextFetchAt = (read: ApplianceReader): Instant | null =>
  read.one(nextFetch, { now: read.now })?.nextAttemptAt ?? null

export type WaitingScan = { tenant: Id; file: Id; size: number }

/** Files that the virus scanner is to look at now, the longest awaited first. */
export const dueScans = (read: ApplianceReader, limit: number): WaitingScan[] =>
  read.all(scans, { now: read.now, limit })

/** Files that no scanner has looked at, the latest first: those are the ones that are still opened. */
export const earlierFiles = (read: ApplianceReader, limit: number): WaitingScan[] => read.all(earlier, { limit })

export const nextScanAt = (read: ApplianceReader): Instant | null =>
  read.one(nextScan, { now: read.now })?.scanAt ?? null
