/** What ties the signalling of video calls to the calls themselves: comings and goings one way, the end the other. */
import { attendanceOf } from "~/call/actions/guest.ts"
import type { FollowUp } from "~/database/act.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Clock } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { Signalling } from "~/web/signalling.ts"

export function composeCalls(clock: Clock, log: Log) {
  const signalling = new Signalling(clock)
  const failed = (error: unknown) => log.error("a call not followed", describeError(error))
  /** Both browsers of a call that is over hear it. */
  const watch: FollowUp = (tx, fact) => {
    if (fact.type !== "call.happened" || (fact.what !== "ended" && fact.what !== "missed")) return
    tx.afterCommit(() => signalling.end(fact.call, fact.what))
  }
  return {
    signalling,
    watch,
    attend: (database: AppDatabase) => signalling.attend((tenant) => attendanceOf(database, tenant, failed)),
  }
}
