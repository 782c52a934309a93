/** Figures and places in time as the reader writes them; shared by the page and what it exports. */
import type { Answer, Asked, Row } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import type { PeriodName } from "~/report/rules/period.ts"
import type { Column, ReportName, Rows } from "~/report/rules/reports.ts"
import type { Screen } from "../parts/screen.ts"

export const dayText = (day: number): string => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")

type Changes = { report?: ReportName; period?: PeriodName; filters?: Asked["filters"] }

/** The page with something else asked for. */
export function addressOf({ report, period, rows, filters }: Asked, changes: Changes, path = "/reports"): string {
  const asked = new URLSearchParams({ report: changes.report ?? report, period: changes.period ?? period.name })
  if (asked.get("period") === "custom") {
    asked.set("from", dayText(period.from))
    asked.set("to", dayText(period.to))
  }
  for (const { dimension, member } of changes.filters ?? filters) asked.set(dimension, String(member))
  if (changes.report === undefined && changes.filters === undefined) asked.set("rows", rows)
  return `${path}?${asked}`
}

/** A figure in words; – where there is none. */
export function valueText({ format }: Screen, { kind, read }: Column, figures: Figures): string {
  const value = read(figures)
  if (value === null) return "–"
  switch (kind) {
    case "count":
      return format.number(value)
    case "share":
      return format.percent(value)
    case "time":
      return format.stopwatch(value)
    case "hours":
      return format.span(value)
  }
}

/** What a row stands for. */
export function rowText(screen: Screen, answer: Answer, { key, name }: Row): string {
  const { rows } = answer
  if (rows !== "skillset" && rows !== "agent" && rows !== "channel" && rows !== "reason")
    return placeText(screen, answer, rows, key)
  return key === 0 ? screen.t("report.no_skillset_yet") : (name ?? screen.t("report.deleted"))
}

/** A place in time; days and months are digits (report/rules/calendar.ts). */
export function placeText({ format }: Screen, { zone }: Pick<Answer, "zone">, rows: Rows, place: number): string {
  switch (rows) {
    case "hour":
      return format.dateTime(place)
    case "clock":
      return `${String(place).padStart(2, "0")}:00`
    case "day":
      return format.utcDay(Date.UTC(Math.floor(place / 10_000), (Math.floor(place / 100) % 100) - 1, place % 100))
    case "month":
      return format.utcMonth(Date.UTC(Math.floor(place / 100), (place % 100) - 1, 1))
    default:
      return zone
  }
}
