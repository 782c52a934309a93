/** What watches over everything that happens, and counts what must never be. */
import { brokenBy, WATCHED } from "~/assignment/queries/vigil.ts"
import type { FollowUp } from "~/database/act.ts"
import type { Log } from "~/kernel/log.ts"
import type { Metrics } from "~/web/metrics.ts"

/** Counts what no offer may ever break (assignment/queries/vigil.ts). */
export function offerWatch(metrics: Metrics, log: Log): FollowUp {
  const violations = metrics.counter("routing_invariant_violations_total", "Broken rules of distribution; must stay 0.")
  for (const invariant of WATCHED) violations.add({ invariant }, 0)
  return (tx, fact) => {
    if (fact.type !== "conversation.offered" || fact.reason === null) return
    const { conversation, agent, reason } = fact
    for (const invariant of brokenBy(tx, { conversation, agent, reason }))
      tx.afterCommit(() => {
        violations.add({ invariant })
        log.error("an offer breaks the rules of distribution", { invariant, conversation, agent })
      })
  }
}
