/** A report as a mail: the same rows, as a table and as lines. */
import type { Answer } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import type { Screen } from "../parts/screen.ts"
import { placeText, rowText, valueText } from "./words.ts"

export const reportSubject = (screen: Screen, tenant: string, answer: Answer): string =>
  `${tenant} · ${screen.t(`report.name_${answer.report}`)} · ${daysText(screen, answer)}`

const daysText = (screen: Screen, answer: Answer): string => {
  const { from, to } = answer.period
  const [first, last] = [from, to].map((day) => placeText(screen, answer, "day", day))
  return first === last ? `${first}` : `${first} – ${last}`
}

/** One line a row: name, then each figure with what it is. */
export function reportText(screen: Screen, answer: Answer): string {
  const told = (figures: Figures) =>
    answer.rowColumns
      .map((column) => `${screen.t(`report.column_${column.key}`)} ${valueText(screen, column, figures)}`)
      .join(", ")
  const rows = answer.lines
    .filter(({ figures }) => figures.size > 0)
    .map((row) => `${rowText(screen, answer, row)}: ${told(row.figures)}`)
  return [daysText(screen, answer), "", ...rows, `${screen.t("report.all")}: ${told(answer.total)}`, ""].join("\n")
}

type LetterProps = { screen: Screen; language: string; tenant: string; answer: Answer }

export const ReportLetter = ({ screen, language, tenant, answer }: LetterProps) => (
  <html lang={language}>
    <body>
      <h1>{`${tenant} · ${screen.t(`report.name_${answer.report}`)}`}</h1>
      <p>{`${daysText(screen, answer)}, ${screen.format.timeZone}`}</p>
      <table border="1" cellpadding="6" cellspacing="0">
        <thead>
          <tr>
            <th align="left">{screen.t(`report.rows_${answer.rows}`)}</th>
            {answer.rowColumns.map(({ key }) => (
              <th align="right">{screen.t(`report.column_${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.lines
            .filter(({ figures }) => figures.size > 0)
            .map((row) => (
              <Line screen={screen} answer={answer} name={rowText(screen, answer, row)} figures={row.figures} />
            ))}
          <Line screen={screen} answer={answer} name={screen.t("report.all")} figures={answer.total} />
        </tbody>
      </table>
    </body>
  </html>
)

const Line = ({
  screen,
  answer,
  name,
  figures,
}: {
  screen: Screen
  answer: Answer
  name: string
  figures: Figures
}) => (
  <tr>
    <th align="left">{name}</th>
    {answer.rowColumns.map((column) => (
      <td align="right">{valueText(screen, column, figures)}</td>
    ))}
  </tr>
)
