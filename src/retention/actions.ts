/** What a tenant decides about how long things are kept, and the passes that follow from it. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { days } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, Refused } from "~/kernel/step.ts"
import { tenantProfile, tenantTimezone } from "~/tenant/queries.ts"
import { nightAfter, RETENTION, type Retention, refuseRetention, removesAnything } from "./rules.ts"
import { dropRunsBefore, insertRun, type KeptRetention, loadRetention, runningRun, saveRetention } from "./store.ts"

/** Changes some of the choices; answers whether anything is otherwise. Refuses as `refuseRetention`. */
export function setRetention(tx: Tx, chosen: Partial<Retention>): boolean {
  const [refusal] = Object.values(refuseRetention(chosen))
  if (refusal) throw new Refused(refusal)
  const before = loadRetention(tx)
  const was = before?.settings ?? RETENTION.standard
  const settings = { ...was, ...chosen }
  const changes = changesBetween<Retention>(was, settings)
  if (Object.keys(changes).length === 0) return false
  saveRetention(tx, { ...(before ?? blank(tx)), settings }, tenantTimezone(tx))
  tx.raise({ type: "audit.due", act: "retention.changed", subject: subjectOf(tx), changes })
  tx.ring("retention", { everyone: true, watchersOnly: true })
  return true
}

const blank = (tx: Tx): KeptRetention => ({
  id: tx.newId(),
  settings: RETENTION.standard,
  doneUntil: tx.now,
  webhooksThrough: 0,
})

/** Somebody does not want to wait for the night. Refuses `retention.nothing_chosen` and `retention.running`. */
export function runNow(tx: Tx): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  demand(removesAnything(loadRetention(tx)?.settings ?? RETENTION.standard), "retention.nothing_chosen")
  demand(runningRun(tx) === null, "retention.running")
  begin(tx, tx.actor.id)
  tx.raise({ type: "audit.due", act: "retention.started", subject: subjectOf(tx), changes: {} })
}

/** The night has come; of several that were missed one is enough. */
export function seeToNight(tx: Tx, id: Id): void {
  const kept = loadRetention(tx)
  const zone = tenantTimezone(tx)
  if (kept?.id !== id || !removesAnything(kept.settings) || nightAfter(zone, kept.doneUntil) > tx.now) return
  saveRetention(tx, { ...kept, doneUntil: tx.now }, zone)
  if (runningRun(tx) === null) begin(tx, null)
}

const PAST_RUNS_KEPT_DAYS = 90

function begin(tx: Tx, askedBy: Id | null): void {
  dropRunsBefore(tx, tx.now - days(PAST_RUNS_KEPT_DAYS))
  insertRun(tx, askedBy)
  tx.raise({ type: "retention.work_begun" })
  tx.ring("retention", { everyone: true, watchersOnly: true })
}

/** The tenant's clocks are others now. */
export function followTimezone(tx: Tx): void {
  const kept = loadRetention(tx)
  if (kept) saveRetention(tx, kept, tenantTimezone(tx))
}

/** All of the tenant's: on record under its name. */
export const subjectOf = (tx: Tx) => ({ kind: "settings", id: null, name: tenantProfile(tx).name }) as const
