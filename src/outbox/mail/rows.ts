/** What the outbox asks of mails, over the whole appliance. */
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type WaitingMail = { tenant: Id; id: Id }

const due = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("mail")
    .select(["tenant", "id"])
    .where("state", "=", "queued")
    .where("nextAttemptAt", "<=", p.now)
    .orderBy("nextAttemptAt")
    .limit(p.limit),
)
const next = applianceStatement((p: { now: Instant }) =>
  applianceQuery
    .selectFrom("mail")
    .select("nextAttemptAt")
    .where("state", "=", "queued")
    .where("nextAttemptAt", ">", p.now)
    .orderBy("nextAttemptAt")
    .limit(1),
)
const inFlight = applianceStatement(() =>
  applianceQuery.selectFrom("mail").select("tenant").distinct().where("state", "=", "sending"),
)

export const dueMails = (read: ApplianceReader, limit: number): WaitingMail[] => read.all(due, { now: read.now, limit })
export const nextMailAt = (read: ApplianceReader): Instant | null =>
  read.one(next, { now: read.now })?.nextAttemptAt ?? null
export const tenantsWithMailInFlight = (read: ApplianceReader): Id[] => read.all(inFlight).map(({ tenant }) => tenant)
