import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { ReportScheduleRow } from "~/database/tables.ts"
import { replaceDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import type { Filter } from "../rules/combining.ts"
import type { ReportName, Rows } from "../rules/reports.ts"
import { deadlines, type Schedule } from "../rules/schedule.ts"

const COLUMNS = ["id", "report", "rows", "every", "filters", "recipients", "language", "doneUntil"] as const
const insert = inserting("reportSchedule", COLUMNS)
const done = statement((p: Pick<ReportScheduleRow, "id" | "doneUntil">) =>
  query.updateTable("reportSchedule").set({ doneUntil: p.doneUntil }).where("id", "=", p.id),
)
const owed = statement((p: Pick<ReportScheduleRow, "id" | "owedFrom" | "owedTo">) =>
  query.updateTable("reportSchedule").set({ owedFrom: p.owedFrom, owedTo: p.owedTo }).where("id", "=", p.id),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("reportSchedule").where("id", "=", p.id))
const every = statement(() => query.selectFrom("reportSchedule").selectAll().orderBy("id"))
const byId = statement((p: { id: Id }) => query.selectFrom("reportSchedule").selectAll().where("id", "=", p.id))

export const schedulesOf = (reader: Reader): Schedule[] => reader.all(every).map(fromRow)

export function loadSchedule(reader: Reader, id: Id): Schedule | null {
  const row = reader.one(byId, { id })
  return row && fromRow(row)
}

export function insertSchedule(tx: Tx, schedule: Schedule, zone: string): void {
  const { filters, recipients } = schedule
  tx.run(insert, { ...schedule, filters: JSON.stringify(filters), recipients: JSON.stringify(recipients) })
  followClocks(tx, schedule, zone)
}

/** What was due until then has been seen to. */
export function saveDone(tx: Tx, schedule: Schedule, zone: string): void {
  tx.run(done, schedule)
  followClocks(tx, schedule, zone)
}

export const saveOwed = (tx: Tx, { id, owed: days }: Pick<Schedule, "id" | "owed">): void =>
  void tx.run(owed, { id, owedFrom: days?.from ?? null, owedTo: days?.to ?? null })

export const followClocks = (tx: Tx, schedule: Schedule, zone: string): void =>
  replaceDeadlines(tx, schedule.id, deadlines(schedule, zone))

export function removeSchedule(tx: Tx, id: Id): void {
  tx.run(remove, { id })
  replaceDeadlines(tx, id, [])
}

const fromRow = ({ report, rows, recipients, filters, owedFrom, owedTo, ...row }: ReportScheduleRow): Schedule => ({
  ...row,
  owed: owedFrom === null || owedTo === null ? null : { from: owedFrom, to: owedTo },
  filters: JSON.parse(filters) as Filter[],
  report: report as ReportName,
  rows: rows as Rows,
  recipients: JSON.parse(recipients) as string[],
})
