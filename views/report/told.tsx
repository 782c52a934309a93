/** What a report tells: its totals, its course over time, its rows. */
import type { Answer, Row } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import type { Column } from "~/report/rules/reports.ts"
import { EmptyState } from "../parts/empty-state.tsx"
import type { Screen } from "../parts/screen.ts"
import { Bar, Card, ChartKey, type Hue, type Line, LineChart } from "./charts.tsx"
import { NumberTiles } from "./tiles.tsx"
import { addressOf, placeText, rowText, valueText } from "./words.ts"

/** `isCombined`: counted anew, which is not quite what counters are. */
export const Told = ({
  screen,
  answer,
  isOwn,
  isCombined = false,
}: Part & { isOwn: boolean; isCombined?: boolean }) => (
  <div class="report-told" id="report-told">
    <Totals screen={screen} answer={answer} />
    <Course screen={screen} answer={answer} />
    <Table screen={screen} answer={answer} isOwn={isOwn} />
    {isCombined && <p class="report-note">{screen.t("report.counting_why")}</p>}
  </div>
)

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
    <Card id="course" title={name} aside={<ChartKey lines={lines} />}>
      <LineChart
        screen={screen}
        id="course"
        name={name}
        lines={lines}
        along={t(`report.rows_${step}`)}
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
      id="rows"
      title={t(`report.by_${rows}`)}
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
  return <a href={addressOf(answer, { filters: [...answer.filters, { dimension: rows, member: row.key }] })}>{text}</a>
}
