/** How the appliance does, from its database: counts and moments over all tenants, and nothing of what anybody wrote. */
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"

/** Said as the partial index `messageOutbox` says it. */
const IN_OUTBOX = ["queued", "sending", "uncertain", "held"] as const

const messages = applianceStatement(() =>
  applianceQuery
    .selectFrom("message")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("id").as("oldest")])
    .where("status", "in", IN_OUTBOX)
    .where("status", "=", "queued"),
)
const uncertain = applianceStatement(() =>
  applianceQuery
    .selectFrom("message")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("status", "in", IN_OUTBOX)
    .where("status", "=", "uncertain"),
)
const mails = applianceStatement(() =>
  applianceQuery
    .selectFrom("mail")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("queuedAt").as("oldest")])
    .where("state", "=", "queued"),
)
const lastEnvelope = applianceStatement(() =>
  applianceQuery.selectFrom("envelope").select("receivedAt").orderBy("id", "desc").limit(1),
)
const setAside = applianceStatement(() =>
  applianceQuery.selectFrom("quarantine").select(({ fn }) => fn.countAll<number>().as("count")),
)
const held = applianceStatement(() =>
  applianceQuery
    .selectFrom("channel")
    .innerJoin("tenant", "tenant.id", "channel.tenant")
    .select(["channel.name", "channel.holdReason", "tenant.name as tenantName"])
    .where("channel.holdReason", "is not", null)
    .where("channel.enabled", "=", 1)
    .orderBy("tenant.name")
    .orderBy("channel.name"),
)

const unscanned = applianceStatement(() =>
  applianceQuery
    .selectFrom("mediaFile")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("scan", "=", "waiting"),
)

/** Files that nobody may open before the virus scanner has looked. */
export const waitingScans = (read: ApplianceReader): number => read.one(unscanned)?.count ?? 0

export type ApplianceHealth = {
  messages: { count: number; oldestAt: Instant | null }
  uncertainCount: number
  mails: { count: number; oldestAt: Instant | null }
  lastWebhookAt: Instant | null
  setAsideCount: number
  held: { name: string; tenantName: string; holdReason: string | null }[]
}

export function applianceHealth(read: ApplianceReader): ApplianceHealth {
  const waiting = read.one(messages)
  const letters = read.one(mails)
  return {
    messages: { count: waiting?.count ?? 0, oldestAt: waiting?.oldest ? madeAt(waiting.oldest) : null },
    uncertainCount: read.one(uncertain)?.count ?? 0,
    mails: { count: letters?.count ?? 0, oldestAt: letters?.oldest ?? null },
    lastWebhookAt: read.one(lastEnvelope)?.receivedAt ?? null,
    setAsideCount: read.one(setAside)?.count ?? 0,
    held: read.all(held),
  }
}
