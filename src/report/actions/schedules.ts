/** Reports by mail: made, ended, sent when they are due. */
import type { Changes } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found, Refused } from "~/kernel/step.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import { isCombined } from "../queries/report.ts"
import { dueAfter, refuseSchedule, type Schedule, toldDays } from "../rules/schedule.ts"
import {
  followClocks,
  insertSchedule,
  loadSchedule,
  removeSchedule,
  saveDone,
  saveOwed,
  schedulesOf,
} from "../store/schedules.ts"

export type NewSchedule = Omit<Schedule, "id" | "doneUntil" | "owed">

/** Refuses as `refuseSchedule`. */
export function schedule(tx: Tx, given: NewSchedule): Id {
  const refusal = refuseSchedule(given)
  if (refusal) throw new Refused(refusal)
  const made: Schedule = { ...given, id: tx.newId(), doneUntil: tx.now, owed: null }
  insertSchedule(tx, made, tenantTimezone(tx))
  record(tx, "report.scheduled", made)
  return made.id
}

export function endSchedule(tx: Tx, id: Id): void {
  const ended = found(loadSchedule(tx, id))
  removeSchedule(tx, id)
  record(tx, "report.unscheduled", ended)
}

/** It is due; one that was due several times meanwhile tells of the last days alone. */
export function sendDue(tx: Tx, id: Id): void {
  const one = loadSchedule(tx, id)
  const zone = tenantTimezone(tx)
  if (!one || dueAfter(one, zone) > tx.now) return
  let doneUntil = one.doneUntil
  for (let due = dueAfter(one, zone); due <= tx.now; due = dueAfter({ ...one, doneUntil }, zone)) doneUntil = due
  saveDone(tx, { ...one, doneUntil }, zone)
  const period = toldDays(one.every, zone, doneUntil)
  if (isCombined(one)) {
    saveOwed(tx, { ...one, owed: period })
    tx.raise({ type: "report.owed", schedule: id })
  } else tx.raise({ type: "report.due", schedule: one, period })
}

/** The tenant's clocks are others now. */
export function followTimezone(tx: Tx): void {
  for (const one of schedulesOf(tx)) followClocks(tx, one, tenantTimezone(tx))
}

function record(tx: Tx, act: "report.scheduled" | "report.unscheduled", { id, report, every, recipients }: Schedule) {
  const said = (text: string) =>
    act === "report.scheduled" ? { before: null, after: text } : { before: text, after: null }
  const changes: Changes = { every: said(every), recipients: said(recipients.join(", ")) }
  tx.raise({ type: "audit.due", act, subject: { kind: "report", id, name: report }, changes })
}
