/**
 * Reports by mail whose figures are counted anew are owed from the moment they are due until they are counted, one after
 * another; what the last run still owed is counted by this one.
 */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { Background } from "~/kernel/background.ts"
import { type Clock, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { Combinations, type Standing } from "../queries/combined.ts"
import { askedBy, owedDays, type Schedule } from "../rules/schedule.ts"
import { loadSchedule, saveOwed } from "../store/schedules.ts"

/** When it could not be counted. */
const PAUSE = minutes(10)

const owed = applianceStatement(() =>
  applianceQuery.selectFrom("reportSchedule").select(["tenant", "id"]).where("owedFrom", "is not", null).orderBy("id"),
)

export interface OwedReports {
  start(): void
  /** Starts nothing more; resolves when nothing is written down any more. */
  stop(): Promise<void>
  follow(tx: Tx, fact: Fact): void
  /** Resolves when nothing is owed, or has to wait. */
  idle(): Promise<void>
}

type Parts = { database: AppDatabase; clock: Clock; log: Log }

export function createOwedReports({ database, clock, log }: Parts): OwedReports {
  const combinations = new Combinations(database, clock)

  async function payAll(isStopped: () => boolean): Promise<null> {
    for (const { tenant, id } of database.appliance.read.all(owed)) if (!isStopped()) await pay(tenant, id, isStopped)
    return null
  }
  async function pay(tenant: Id, id: Id, isStopped: () => boolean): Promise<void> {
    const handle = database.tenant(tenant)
    const schedule = loadSchedule(handle.read, id)
    const period = schedule && owedDays(schedule)
    if (!period) return
    const standing = await combinations.wait(tenant, askedBy(schedule, period))
    // One that was cut short is owed still.
    if (isStopped()) return
    if (standing.state === "failed" || standing.state === "counting") throw new Error("a report could not be counted")
    await handle.act(SYSTEM, (tx) => settleOwed(tx, schedule, standing))
  }
  const paying = new Background({ clock, log }, { round: payAll, fault: "a report by mail waits", afterFault: PAUSE })
  return {
    start: () => paying.start(),
    async stop() {
      const stopped = paying.stop()
      combinations.end()
      await stopped
    },
    follow(tx, fact) {
      if (fact.type === "report.owed") tx.afterCommit(() => paying.wake())
    },
    idle: () => paying.idle(),
  }
}

/** It is told once, of the days that it was counted for; what has become due since is owed still. */
function settleOwed(tx: Tx, counted: Schedule, standing: Standing): void {
  const schedule = loadSchedule(tx, counted.id)
  const period = schedule && owedDays(schedule)
  if (!period || JSON.stringify(period) !== JSON.stringify(owedDays(counted))) return
  saveOwed(tx, { ...schedule, owed: null })
  if (standing.state === "done") tx.raise({ type: "report.counted", schedule, answer: standing.answer })
  else {
    const most = standing.state === "too_much" ? standing.most : null
    tx.raise({ type: "report.uncounted", schedule, period, most })
  }
}
