/** A report as rows for a spreadsheet: numbers stay numbers, times are minutes, shares parts of one. */
import type { Answer, Row } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import type { Column } from "~/report/rules/reports.ts"
import type { Screen } from "../parts/screen.ts"
import { dayText, rowText } from "./words.ts"

type Cell = string | number | null

export function tableOf(screen: Screen, answer: Answer): { name: string; header: string[]; rows: Cell[][] } {
  const { t } = screen
  const { rowColumns, rows, lines, period, report } = answer
  const cells = (figures: Figures) => rowColumns.map((column) => cellOf(column, figures))
  return {
    name: `${t(`report.name_${report}`)} ${dayText(period.from)} ${dayText(period.to)}`,
    header: [t(`report.rows_${rows}`), ...rowColumns.map((column) => headOf(screen, column))],
    rows: lines.map((row) => [nameOf(screen, answer, row), ...cells(row.figures)]),
  }
}

function headOf({ t }: Screen, { key, kind }: Column): string {
  const name = t(`report.column_${key}`)
  if (kind === "time") return t("report.in_minutes", { name })
  return kind === "hours" ? t("report.in_hours", { name }) : name
}

function cellOf({ kind, read }: Column, figures: Figures): Cell {
  const value = read(figures)
  if (value === null || kind === "count") return value
  if (kind === "share") return Math.round(value * 1_000) / 1_000
  return Math.round((value / (kind === "time" ? 60_000 : 3_600_000)) * 100) / 100
}

const nameOf = (screen: Screen, answer: Answer, row: Row): string =>
  answer.rows === "day" ? dayText(row.key) : rowText(screen, answer, row)
