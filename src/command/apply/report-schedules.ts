/** Reports of the file that are sent by mail; each is known by everything it says, so that a changed one is another one. */
import type { Tx } from "~/database/handles.ts"
import { Refused } from "~/kernel/step.ts"
import { type NewSchedule, schedule } from "~/report/actions/schedules.ts"
import { schedulesOf } from "~/report/queries/schedules.ts"
import { REPORTS, ROWS } from "~/report/rules/reports.ts"
import { RHYTHMS } from "~/report/rules/schedule.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { refusalLine } from "../wording.ts"
import type { Application } from "./provision.ts"
import { listOf, object, oneOf, tell, text } from "./shape.ts"

const LONGEST_ADDRESS = 254

export const reportScheduleShape = object(
  { report: oneOf(REPORTS), every: oneOf(RHYTHMS), recipients: listOf(text(LONGEST_ADDRESS)) },
  { rows: oneOf(ROWS), language: oneOf(["en", "it"]) },
)
export type ReportScheduleEntry = NonNullable<ReturnType<typeof reportScheduleShape>>

/** Everything it says: two that say the same are one. */
export const scheduleKey = ({ report, rows, every, recipients, language }: NewSchedule): string =>
  JSON.stringify([report, rows, every, language, [...recipients].sort()])

export function applyReportSchedules(
  { report: lines, problems }: Application,
  tx: Tx,
  entries: readonly ReportScheduleEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  const known = new Set(schedulesOf(tx).map(scheduleKey))
  for (const [index, entry] of entries.entries()) {
    const wanted = { rows: "day" as const, language: tenantProfile(tx).language, ...entry }
    const object = `report ${wanted.report} of every ${wanted.every} of ${slug}`
    const key = scheduleKey(wanted)
    try {
      if (!known.has(key)) schedule(tx, wanted)
      lines.push({ object, outcome: known.has(key) ? "left alone" : "created" })
      known.add(key)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tell(problems, `${path}.reportSchedules[${index}]`, refusalLine(error.refusal))
    }
  }
}
