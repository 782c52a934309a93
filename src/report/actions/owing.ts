/**
 * Reports by mail whose figures are counted anew are owed from the moment they are due until they are counted, one after
 * another; what the last run still owed is counted by this one.
 */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { type Cancel, type Clock, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError, type Log } from "~/kernel/log.ts"
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
  let state: "new" | "running" | "stopped" = "new"
  let round: Promise<void> | null = null
  let disarm: Cancel = () => {}

  async function payAll(): Promise<void> {
    for (const { tenant, id } of database.appliance.read.all(owed)) if (state === "running") await pay(tenant, id)
  }
  async function pay(tenant: Id, id: Id): Promise<void> {
    const handle = database.tenant(tenant)
    const schedule = loadSchedule(handle.read, id)
    const period = schedule && owedDays(schedule)
    if (!period) return
    const standing = await combinations.wait(tenant, askedBy(schedule, period))
    // One that was cut short is owed still.
    if (state !== "running") return
    if (standing.state === "failed" || standing.state === "counting") throw new Error("a report could not be counted")
    await handle.act(SYSTEM, (tx) => settleOwed(tx, schedule, standing))
  }
  function wake(): void {
    if (state !== "running" || round) return
    disarm()
    round = payAll()
      .catch((error) => {
        log.error("a report by mail waits", describeError(error))
        disarm = clock.wakeAt(clock.now() + PAUSE, wake)
        return "waits" as const
      })
      .then((outcome) => {
        round = null
        if (outcome !== "waits" && state === "running" && database.appliance.read.all(owed).length > 0) wake()
      })
  }
  return {
    start() {
      state = "running"
      wake()
    },
    async stop() {
      state = "stopped"
      disarm()
      combinations.end()
      await round
    },
    follow(tx, fact) {
      if (fact.type === "report.owed") tx.afterCommit(wake)
    },
    async idle() {
      while (round) await round
    },
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
