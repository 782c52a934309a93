/** Templates that are to be asked for, or told of, over the whole appliance. */
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** An account by the number whose access speaks for it. */
export type Account = { tenant: Id; wabaId: string; channel: Id }
export type DueTask = Account & { template: Id }

const accounts = applianceStatement(() =>
  applianceQuery
    .selectFrom("channel as line")
    .leftJoin("templateSync as s", (join) =>
      join.onRef("s.tenant", "=", "line.tenant").onRef("s.wabaId", "=", "line.wabaId"),
    )
    .select(["line.tenant", "line.wabaId", "s.nextAttemptAt"])
    .select((row) => row.fn.min("line.id").as("channel"))
    .where("line.enabled", "=", 1)
    .groupBy(["line.tenant", "line.wabaId"])
    .orderBy("channel"),
)
const tasks = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("template as t")
    .innerJoin("channel as line", (join) =>
      join.onRef("line.tenant", "=", "t.tenant").onRef("line.wabaId", "=", "t.wabaId"),
    )
    .select(["t.tenant", "t.wabaId", "t.id as template"])
    .select((row) => row.fn.min("line.id").as("channel"))
    .where("t.nextAttemptAt", "is not", null)
    .where("t.nextAttemptAt", "<=", p.now)
    .groupBy(["t.tenant", "t.id"])
    .orderBy("t.nextAttemptAt")
    .limit(p.limit),
)
const nextTask = applianceStatement((p: { now: Instant }) =>
  applianceQuery
    .selectFrom("template")
    .select("nextAttemptAt")
    .where("nextAttemptAt", "is not", null)
    .where("nextAttemptAt", ">", p.now)
    .orderBy("nextAttemptAt")
    .limit(1),
)

/** Accounts whose templates are due; one that was never asked for is. */
export const dueSyncs = (read: ApplianceReader): Account[] =>
  read
    .all(accounts)
    .filter(({ nextAttemptAt }) => nextAttemptAt === null || nextAttemptAt <= read.now)
    .map(({ tenant, wabaId, channel }) => ({ tenant, wabaId, channel }))

export const dueTasks = (read: ApplianceReader, limit: number): DueTask[] => read.all(tasks, { now: read.now, limit })

/** When the next is due; null: only an event can change something. */
export function nextTemplateAt(read: ApplianceReader): Instant | null {
  const later = read.all(accounts).flatMap(({ nextAttemptAt }) => nextAttemptAt ?? [])
  const task = read.one(nextTask, { now: read.now })?.nextAttemptAt ?? null
  const all = [...later.filter((at) => at > read.now), ...(task === null ? [] : [task])]
  return all.length === 0 ? null : Math.min(...all)
}
