import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { ReportScheduleRow } from "~/database/tables.ts"
import { replaceDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import type { ReportName, Rows } from "../rules/reports.ts"
import { deadlines, type Schedule } from "../rules/schedule.ts"

const COLUMNS = ["id", "report", "rows", "every", "recipients", "language", "doneUntil"] as const
const insert = inserting("reportSchedule", COLUMNS)
const done = statement((p: Pick<ReportScheduleRow, "id" | "doneUntil">) =>
  query.updateTable("reportSchedule").set({ doneUntil: p.doneUntil }).where("id", "=", p.id),
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
  tx.run(insert, { ...schedule, recipients: JSON.stringify(schedule.recipients) })
  followClocks(tx, schedule, zone)
}

/** What was due until then has been seen to. */
export function saveDone(tx: Tx, schedule: Schedule, zone: string): void {
  tx.run(done, schedule)
  followClocks(tx, schedule, zone)
}

export const followClocks = (tx: Tx, schedule: Schedule, zone: string): void =>
  replaceDeadlines(tx, schedule.id, deadlines(schedule, zone))

export function removeSchedule(tx: Tx, id: Id): void {
  tx.run(remove, { id })
  replaceDeadlines(tx, id, [])
}

const fromRow = ({ report, rows, recipients, ...row }: ReportScheduleRow): Schedule => ({
  ...row,
  ...{ report: report as ReportName, rows: rows as Rows, recipients: JSON.parse(recipients) as string[] },
})
