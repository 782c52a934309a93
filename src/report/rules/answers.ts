/** What is asked of the reports, and the answer: figures of a period, whole, along time and row by row. */
import type { Id } from "~/kernel/id.ts"
import type { Filter } from "./combining.ts"
import type { Figures } from "./figures.ts"
import type { Period, Step } from "./period.ts"
import type { Column, Report, ReportName, Rows } from "./reports.ts"

export type Asked = {
  report: ReportName
  period: Period
  rows: Rows
  /** One number, skillset or agent alone; several: what they have in common. */
  filters: readonly Filter[]
}
export type Row = { key: number; name: string | null; figures: Figures }
export type Answer = Asked & {
  zone: string
  step: Step
  definition: Report
  /** What can be told of all of it, and of each row. */
  totalColumns: readonly Column[]
  rowColumns: readonly Column[]
  total: Figures
  before: Figures
  beforePeriod: Period
  places: readonly number[]
  along: ReadonlyMap<Id, Figures>
  lines: readonly Row[]
  /** Null: it is not there any more. */
  filterNames: readonly (string | null)[]
}
