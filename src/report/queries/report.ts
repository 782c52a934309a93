/** One report of a period: its totals, the same before, its course over time, and its rows. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import type { Answer, Asked, Row } from "../rules/answers.ts"
import type { Filter } from "../rules/combining.ts"
import type { Figures } from "../rules/figures.ts"
import type { Dimension } from "../rules/measures.ts"
import { before, type Period, placesAlong, readPeriod, stepOf } from "../rules/period.ts"
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

export type { Answer, Asked, Row } from "../rules/answers.ts"

export const FILTERS = ["skillset", "agent", "channel"] as const

/** What an address asks for; what it cannot mean is left out. `self`: an agent, who sees their own figures alone. */
export function readAsked(reader: Reader, asked: URLSearchParams, self: Id | null): Asked {
  const report = REPORTS.find((one) => one === asked.get("report")) ?? "volumes"
  const period = readPeriod(asked, tenantTimezone(reader), reader.now)
  const filters = FILTERS.flatMap((dimension): Filter[] => {
    const member = self === null ? parseId(asked.get(dimension) ?? "") : dimension === "agent" ? self : null
    return member === null || !REPORT[report].rows.includes(dimension) ? [] : [{ dimension, member }]
  })
  const possible = rowsFor(report, filters)
  const rows = ROWS.find((one) => one === asked.get("rows") && possible.includes(one)) ?? possible[0] ?? "day"
  return { report, period, rows, filters }
}

/** Whose figures they are already is no row any more. */
export const rowsFor = (report: ReportName, filters: Asked["filters"]): readonly Rows[] =>
  REPORT[report].rows.filter((one) => !filters.some(({ dimension }) => dimension === one))

/** Figures are kept by number, by skillset and by agent, each for itself: what asks for two of them is counted anew. */
export const isCombined = ({ filters, rows }: Pick<Asked, "filters" | "rows">): boolean =>
  filters.length + (isDimension(rows) ? 1 : 0) > 1

/** Everything of an answer but its figures. */
export function frameOf(reader: Reader, asked: Asked) {
  const { report, period, rows, filters } = asked
  const definition = REPORT[report]
  const zone = tenantTimezone(reader)
  const step = stepOf(period)
  const whose = filters.map(({ dimension }) => dimension)
  const places: readonly number[] = placesAlong(period, step, zone)
  return {
    ...asked,
    zone,
    step,
    definition,
    beforePeriod: before(period),
    places,
    totalColumns: toldOf(definition, whose.length === 0 ? [definition.total] : whose) as readonly Column[],
    rowColumns: toldOf(definition, [rows, ...whose]) as readonly Column[],
    filterNames: filterNamesOf(reader, filters),
  }
}
export const filterNamesOf = (reader: Reader, filters: Asked["filters"]): readonly (string | null)[] =>
  filters.map(({ dimension, member }) => nameOf(namesOf(reader, dimension), member))
export type Frame = ReturnType<typeof frameOf>

/** Read off the counters; not for what is combined. */
export function answer(reader: Reader, asked: Asked): Answer {
  const frame = frameOf(reader, asked)
  const { period, rows, filters, zone, step, definition, beforePeriod } = frame
  const { measures } = definition
  const of: Of = filters[0] ?? { dimension: definition.total, member: null }
  return answerOf(reader, frame, {
    total: sumsOf(reader, period, of, measures),
    before: sumsOf(reader, beforePeriod, of, measures),
    along: sumsAlong(reader, { period, step, zone }, of, measures),
    lines: linesOf(reader, { period, rows, zone }, of, definition),
  })
}

type Found = Pick<Answer, "total" | "before" | "along"> & { lines: ByMember }

/** Members by their names; along time and around the clock none is left out. */
export function answerOf(reader: Reader, frame: Frame, { lines, ...figures }: Found): Answer {
  return { ...frame, ...figures, lines: rowsOf(reader, frame, lines) }
}

function rowsOf(reader: Reader, { rows, period, zone }: Frame, found: ByMember): Row[] {
  if (isDimension(rows)) {
    const names = namesOf(reader, rows)
    return [...found]
      .map(([key, figures]) => ({ key, name: nameOf(names, key), figures }))
      .sort((one, other) => (one.name ?? "").localeCompare(other.name ?? ""))
  }
  const keys = rows === "clock" ? Array.from({ length: 24 }, (_, hour) => hour) : placesAlong(period, rows, zone)
  return keys.map((key) => ({ key, name: null, figures: found.get(key) ?? new Map() }))
}

type Course = { period: Period; rows: Rows; zone: string }

function linesOf(reader: Reader, { period, rows, zone }: Course, of: Of, { measures }: Report): ByMember {
  if (isDimension(rows)) return sumsByMember(reader, period, rows, measures)
  if (rows === "clock") return sumsByClock(reader, { period, zone }, of, measures)
  return sumsAlong(reader, { period, step: rows, zone }, of, measures)
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

/** Whom a supervisor may ask for alone. */
export const membersFor = (reader: Reader, report: ReportName) =>
  FILTERS.filter((dimension) => REPORT[report].rows.includes(dimension)).map((dimension) => ({
    dimension,
    options: [...namesOf(reader, dimension)]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name)),
  }))

/** The sum of rows, for the line below them. */
export const totalOf = (rows: readonly Row[]): Figures => together(rows.map(({ figures }) => figures))
