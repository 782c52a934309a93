/** Reports (A12): figures of any days, told over time, by skillset, agent or number, as a picture and as a table. */
import type { Answer, Row } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import type { PeriodName } from "~/report/rules/period.ts"
import type { Column, ReportName, Rows } from "~/report/rules/reports.ts"
import type { Schedule } from "~/report/rules/schedule.ts"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { Bar, Card, ChartKey, type Hue, type Line, LineChart } from "./charts.tsx"
import { type Rule, WhatCounts } from "./dashboard.tsx"
import { Schedules } from "./schedules.tsx"
import { NumberTiles } from "./tiles.tsx"
import { addressOf, dayText, placeText, rowText, valueText } from "./words.ts"

export type ReportsProps = {
  screen: Screen
  answer: Answer
  reports: readonly ReportName[]
  periods: readonly PeriodName[]
  rows: readonly Rows[]
  /** Everybody's, or the reader's own. */
  isOwn: boolean
  schedules: readonly Schedule[]
}

const RULES: Readonly<Record<ReportName, readonly Rule[]>> = {
  volumes: ["today", "total", "zone"],
  waiting: ["waiting", "medians", "zone"],
  first_response: ["first_response", "medians", "zone"],
  handling: ["handling", "medians", "zone"],
  transfers: ["transfers", "zone"],
  offers: ["offers", "zone"],
  presence: ["presence", "zone"],
  profiling: ["profiling", "zone"],
  templates: ["templates", "zone"],
}

export function Reports(props: ReportsProps) {
  const { screen, answer, isOwn } = props
  const { t } = screen
  return (
    <section class="page is-wide reports" id="reports" aria-labelledby="reports-title">
      <header class="report-head">
        <h1 id="reports-title">{t(isOwn ? "report.own_title" : "report.title")}</h1>
        <span class="report-push">
          <form class="report-form" method="post" action={addressOf(answer, {}, "/reports/export")}>
            <FormToken csrfToken={screen.csrfToken} />
            <Button icon="download" type="submit" more={{ name: "format", value: "xlsx" }}>
              {t("report.export_excel")}
            </Button>
            <Button type="submit" more={{ name: "format", value: "csv" }}>
              CSV
            </Button>
          </form>
        </span>
      </header>
      <Tabs {...props} />
      <Choices {...props} />
      {answer.onlyName !== null && !isOwn && (
        <p class="report-only">
          <Chip tone="info">{answer.onlyName}</Chip>{" "}
          <a href={addressOf(answer, { only: null })}>{t("report.everybody")}</a>
        </p>
      )}
      <Totals screen={screen} answer={answer} />
      <Course screen={screen} answer={answer} />
      <Table screen={screen} answer={answer} isOwn={isOwn} />
      {!isOwn && <Schedules screen={screen} answer={answer} schedules={props.schedules} />}
      <WhatCounts screen={screen} rules={RULES[answer.report]} />
    </section>
  )
}

const Tabs = ({ screen, answer, reports }: ReportsProps) => (
  <nav class="report-tabs" aria-label={screen.t("report.which")}>
    {reports.map((report) => (
      <a href={addressOf(answer, { report })} aria-current={report === answer.report ? "page" : null}>
        {screen.t(`report.name_${report}`)}
      </a>
    ))}
  </nav>
)

/** The days and the rows, in the address: works without scripts. */
function Choices({ screen, answer, periods, rows }: ReportsProps) {
  const { t } = screen
  const { period, report, only } = answer
  return (
    <div class="report-choices">
      <nav class="report-periods" aria-label={t("report.period")}>
        {periods.map((name) => (
          <a href={addressOf(answer, { period: name })} aria-current={name === period.name ? "true" : null}>
            {t(`report.period_${name}`)}
          </a>
        ))}
      </nav>
      <form method="get" action="/reports" class="report-form">
        <input type="hidden" name="report" value={report} />
        <input type="hidden" name="period" value="custom" />
        {only && <input type="hidden" name={only.dimension} value={only.member} />}
        <TextField name="from" type="date" label={t("report.from")} value={dayText(period.from)} />
        <TextField name="to" type="date" label={t("report.to")} value={dayText(period.to)} />
        <SelectField
          name="rows"
          label={t("report.rows_by")}
          value={answer.rows}
          options={rows.map((one) => ({ value: one, label: t(`report.rows_${one}`) }))}
        />
        <Button type="submit">{t("agents.show")}</Button>
      </form>
    </div>
  )
}

type Part = { screen: Screen; answer: Answer }

/** Each with what it was before. */
function Totals({ screen, answer }: Part) {
  const { t } = screen
  const { totalColumns } = answer
  return (
    <>
      <NumberTiles
        numbers={totalColumns.map((column) => ({
          name: t(`report.column_${column.key}`),
          value: valueText(screen, column, answer.total),
          note: t("report.before", { value: valueText(screen, column, answer.before) }),
        }))}
      />
      <p class="report-note">
        {t("report.compared", {
          from: placeText(screen, answer, "day", answer.beforePeriod.from),
          to: placeText(screen, answer, "day", answer.beforePeriod.to),
        })}
      </p>
    </>
  )
}

const HUES: readonly Hue[] = ["one", "three", "two"]

function Course({ screen, answer }: Part) {
  const { t } = screen
  const { definition, totalColumns, places, along, step } = answer
  const chosen = totalColumns.filter(({ key }) => definition.lines.includes(key))
  const columns = chosen.length > 0 ? chosen : totalColumns.slice(0, 1)
  const isTime = columns.some(({ kind }) => kind === "time" || kind === "hours")
  const lines: Line[] = columns.map((column, index) => ({
    label: t(`report.column_${column.key}`),
    hue: HUES[index] ?? "four",
    values: places.map((place) => drawnValue(column, along.get(place))),
    isDashed: index > 0,
    isFilled: index === 0,
  }))
  const name = t(`report.name_${answer.report}`)
  return (
    <Card {...{ id: "course", title: name, aside: <ChartKey lines={lines} /> }}>
      <LineChart
        {...{ screen, id: "course", name, lines, along: t(`report.rows_${step}`) }}
        places={places.map((place) => placeText(screen, answer, step, place))}
        write={(value) => (isTime ? screen.format.span(value * 60_000) : screen.format.number(value))}
      />
    </Card>
  )
}

/** Times are drawn in minutes; where there was nothing, the line breaks, but a count of none is none. */
function drawnValue({ kind, read }: Column, figures: Figures | undefined): number | null {
  const value = figures ? read(figures) : null
  if (value === null) return kind === "count" ? 0 : null
  return kind === "time" || kind === "hours" ? Math.round(value / 6_000) / 10 : value
}

function Table({ screen, answer, isOwn }: Part & { isOwn: boolean }) {
  const { t } = screen
  const { lines, rows, total, period } = answer
  const { rowColumns: columns } = answer
  const told = lines.filter(({ figures }) => figures.size > 0)
  const shown = rows === "hour" ? told : lines
  const whole = Math.max(1, ...shown.map(({ figures }) => columns[0]?.read(figures) ?? 0))
  if (told.length === 0)
    return (
      <EmptyState icon="chart-column" title={t("report.empty_title")}>
        {t("report.empty")}
      </EmptyState>
    )
  return (
    <Card
      {...{ id: "rows", title: t(`report.by_${rows}`) }}
      aside={`${placeText(screen, answer, "day", period.from)} – ${placeText(screen, answer, "day", period.to)}, ${screen.format.timeZone}`}
    >
      <section class="table-scroll" tabindex="0" aria-label={t("report.table_of", { name: t(`report.by_${rows}`) })}>
        <table class="figures">
          <caption class="visually-hidden">{t(`report.by_${rows}`)}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`report.rows_${rows}`)}</th>
              <th scope="col" class="bar-column">
                <span class="visually-hidden">{t("report.picture")}</span>
              </th>
              {columns.map((column) => (
                <th scope="col" class="is-number">
                  {t(`report.column_${column.key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                <th scope="row">{rowName(screen, answer, row, isOwn)}</th>
                <td class="bar-column">
                  <Bar parts={[{ hue: "one", value: columns[0]?.read(row.figures) ?? 0 }]} whole={whole} />
                </td>
                {columns.map((column) => (
                  <td class="is-number">{valueText(screen, column, row.figures)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("report.all")}</th>
              <td class="bar-column" />
              {columns.map((column) => (
                <td class="is-number">{valueText(screen, column, total)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
    </Card>
  )
}

/** A member leads to its own figures. */
function rowName(screen: Screen, answer: Answer, row: Row, isOwn: boolean) {
  const { rows } = answer
  const text = rowText(screen, answer, row)
  const isMember = rows === "skillset" || rows === "agent" || rows === "channel"
  if (!isMember || row.key === 0 || isOwn) return text
  return <a href={addressOf(answer, { only: { dimension: rows, member: row.key } })}>{text}</a>
}
