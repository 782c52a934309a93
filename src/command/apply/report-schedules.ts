/** Reports of the file that are sent by mail; each is known by everything it says, so that a changed one is another one. */
import type { Tx } from "~/database/handles.ts"
import { type NewSchedule, schedule } from "~/report/actions/schedules.ts"
import { membersKnown } from "~/report/queries/members.ts"
import { FILTERS } from "~/report/queries/report.ts"
import type { Filter } from "~/report/rules/combining.ts"
import { REPORTS, ROWS } from "~/report/rules/reports.ts"
import { RHYTHMS } from "~/report/rules/schedule.ts"
import { schedulesOf } from "~/report/store/schedules.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { listOf, object, oneOf, tell, text } from "./shape.ts"

const LONGEST_ADDRESS = 254
const LONGEST_NAME = 100

/** Whose figures alone: a skillset by its name, an agent by the username, a number by its id at WhatsApp. */
const WHOSE = { skillset: text(LONGEST_NAME), agent: text(LONGEST_NAME), channel: text(LONGEST_NAME) }

export const reportScheduleShape = object(
  { report: oneOf(REPORTS), every: oneOf(RHYTHMS), recipients: listOf(text(LONGEST_ADDRESS)) },
  { rows: oneOf(ROWS), language: oneOf(["en", "it"]), ...WHOSE },
)
export type ReportScheduleEntry = NonNullable<ReturnType<typeof reportScheduleShape>>

/** Everything it says: two that say the same are one. */
export const scheduleKey = ({ report, rows, every, filters, recipients, language }: NewSchedule): string =>
  JSON.stringify([report, rows, every, language, filters, [...recipients].sort()])

type Whose = Pick<ReportScheduleEntry, (typeof FILTERS)[number]>

/** Null where the file names somebody who is not there. */
function filtersOf(tx: Tx, whose: Whose): Filter[] | null {
  const filters: Filter[] = []
  for (const dimension of FILTERS) {
    const known = whose[dimension]
    if (known === undefined) continue
    const member = membersKnown(tx, dimension).get(known)
    if (member === undefined) return null
    filters.push({ dimension, member })
  }
  return filters
}

export function applyReportSchedules(
  { report: lines, problems }: Application,
  tx: Tx,
  entries: readonly ReportScheduleEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  const known = new Set(schedulesOf(tx).map(scheduleKey))
  for (const [index, entry] of entries.entries()) {
    const { skillset: _, agent: __, channel: ___, ...said } = entry
    const filters = filtersOf(tx, entry)
    if (filters === null) {
      tell(problems, `${path}.reportSchedules[${index}]`, "names a skillset, an agent or a channel that is not there")
      continue
    }
    const wanted = { rows: "day" as const, language: tenantProfile(tx).language, ...said, filters }
    const object = `report ${wanted.report} of every ${wanted.every} of ${slug}`
    const key = scheduleKey(wanted)
    unlessRefused(problems, `${path}.reportSchedules[${index}]`, () => {
      if (!known.has(key)) schedule(tx, wanted)
      lines.push({ object, outcome: known.has(key) ? "left alone" : "created" })
      known.add(key)
    })
  }
}
