/** One report of a period: its totals, the same before, its course over time, and its rows. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import type { Figures } from "../rules/figures.ts"
import type { Dimension } from "../rules/measures.ts"
import { before, type Period, placesAlong, readPeriod, type Step, stepOf } from "../rules/period.ts"
import {
  type Column,
  isDimension,
  REPORT,
  REPORTS,
  type Report,
  type ReportName,
  ROWS,
  type Rows,
  toldOf,
} from "../rules/reports.ts"
import { type ByMember, type Of, sumsAlong, sumsByClock, sumsByMember, sumsOf, together } from "./figures.ts"

export type Asked = {
  report: ReportName
  period: Period
  rows: Rows
  /** One number, skillset or agent alone. */
  only: { dimension: Dimension; member: Id } | null
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
  along: ByMember
  lines: readonly Row[]
  onlyName: string | null
}

const FILTERS = ["skillset", "agent", "channel"] as const

/** What an address asks for; what it cannot mean is left out. `self`: an agent, who sees their own figures alone. */
export function readAsked(reader: Reader, asked: URLSearchParams, self: Id | null): Asked {
  const report = REPORTS.find((one) => one === asked.get("report")) ?? "volumes"
  const period = readPeriod(asked, tenantTimezone(reader), reader.now)
  const chosen = FILTERS.map((dimension) => ({ dimension, member: parseId(asked.get(dimension) ?? "") }))
  const filter = chosen.find((one): one is { dimension: (typeof FILTERS)[number]; member: Id } => one.member !== null)
  const only = self === null ? (filter ?? null) : ({ dimension: "agent", member: self } as const)
  const possible = rowsFor(report, only)
  const rows = ROWS.find((one) => one === asked.get("rows") && possible.includes(one)) ?? possible[0] ?? "day"
  return { report, period, rows, only: report === "profiling" ? null : only }
}

/** Figures are kept by number, by skillset and by agent, each for itself: those of one are told over time alone. */
export const rowsFor = (report: ReportName, only: Asked["only"]): readonly Rows[] =>
  REPORT[report].rows.filter((one) => only === null || !isDimension(one))

export function answer(reader: Reader, asked: Asked): Answer {
  const { report, period, rows, only } = asked
  const definition = REPORT[report]
  const { measures } = definition
  const zone = tenantTimezone(reader)
  const step = stepOf(period)
  const of: Of = only ?? { dimension: definition.total, member: null }
  const beforePeriod = before(period)
  return {
    ...{ ...asked, zone, step, definition, beforePeriod },
    totalColumns: toldOf(definition, of.dimension, null),
    rowColumns: toldOf(definition, rows, only?.dimension ?? null),
    total: sumsOf(reader, period, of, measures),
    before: sumsOf(reader, beforePeriod, of, measures),
    places: placesAlong(period, step, zone),
    along: sumsAlong(reader, { period, step, zone }, of, measures),
    lines: linesOf(reader, { period, rows, zone }, of, definition),
    onlyName: only && nameOf(namesOf(reader, only.dimension), only.member),
  }
}

type Course = { period: Period; rows: Rows; zone: string }

function linesOf(reader: Reader, { period, rows, zone }: Course, of: Of, { measures }: Report): Row[] {
  if (isDimension(rows)) {
    const names = namesOf(reader, rows)
    return [...sumsByMember(reader, period, rows, measures)]
      .map(([key, figures]) => ({ key, name: nameOf(names, key), figures }))
      .sort((one, other) => (one.name ?? "").localeCompare(other.name ?? ""))
  }
  if (rows === "clock") {
    const found = sumsByClock(reader, { period, zone }, of, measures)
    return Array.from({ length: 24 }, (_, key) => ({ key, name: null, figures: found.get(key) ?? new Map() }))
  }
  const found = sumsAlong(reader, { period, step: rows, zone }, of, measures)
  return placesAlong(period, rows, zone).map((key) => ({ key, name: null, figures: found.get(key) ?? new Map() }))
}

const nameOf = (names: ReadonlyMap<Id, string>, member: Id): string | null => names.get(member) ?? null

const agents = statement(() => query.selectFrom("user").select(["id", "firstName", "lastName"]))
const skillsets = statement(() => query.selectFrom("skillset").select(["id", "name"]))
const channels = statement(() => query.selectFrom("channel").select(["id", "name"]))
const reasons = statement(() => query.selectFrom("profilingReason").select(["id", "parent", "title"]))

/** How the members of a dimension are called now; what was deleted is not there. */
export function namesOf(reader: Reader, dimension: Dimension): Map<Id, string> {
  switch (dimension) {
    case "agent":
      return new Map(reader.all(agents).map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`.trim()]))
    case "skillset":
      return new Map(reader.all(skillsets).map(({ id, name }) => [id, name]))
    case "channel":
      return new Map(reader.all(channels).map(({ id, name }) => [id, name]))
    case "reason":
      return pathsOf(reader)
  }
}

/** Reasons with those they stand under: «Delivery › Late». */
function pathsOf(reader: Reader): Map<Id, string> {
  const all = new Map(reader.all(reasons).map((row) => [row.id, row]))
  const path = (id: Id): string => {
    const reason = all.get(id)
    if (!reason) return ""
    return reason.parent === null ? reason.title : `${path(reason.parent)} › ${reason.title}`
  }
  return new Map([...all.keys()].map((id) => [id, path(id)]))
}

/** The sum of rows, for the line below them. */
export const totalOf = (rows: readonly Row[]): Figures => together(rows.map(({ figures }) => figures))
