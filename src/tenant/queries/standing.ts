/** How a tenant does: what waits to leave by its numbers, and what its people have to look at. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"

/** Said as the partial index `messageOutbox` says it. */
const IN_OUTBOX = ["queued", "sending", "uncertain", "held"] as const

const inOutbox = statement(() =>
  query
    .selectFrom("message")
    .select(({ fn }) => ["status", fn.countAll<number>().as("count"), fn.min("id").as("oldest")])
    .where("status", "in", IN_OUTBOX)
    .groupBy("status"),
)
const mails = statement(() =>
  query
    .selectFrom("mail")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("queuedAt").as("oldest")])
    .where("state", "=", "queued"),
)
const setAside = statement(() => query.selectFrom("quarantine").select(({ fn }) => fn.countAll<number>().as("count")))

export type TenantStanding = {
  messages: { count: number; oldestAt: Instant | null }
  uncertainCount: number
  heldCount: number
  mails: { count: number; oldestAt: Instant | null }
  setAsideCount: number
}

export function tenantStanding(read: Reader): TenantStanding {
  const rows = new Map(read.all(inOutbox).map((row) => [row.status, row]))
  const waiting = rows.get("queued")
  const letters = read.one(mails)
  return {
    messages: { count: waiting?.count ?? 0, oldestAt: waiting?.oldest ? madeAt(waiting.oldest) : null },
    uncertainCount: rows.get("uncertain")?.count ?? 0,
    heldCount: rows.get("held")?.count ?? 0,
    mails: { count: letters?.count ?? 0, oldestAt: letters?.oldest ?? null },
    setAsideCount: read.one(setAside)?.count ?? 0,
  }
}
