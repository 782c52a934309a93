/** A report as a mail: the same rows, as a table and as lines. */
import type { Look } from "~/brand/rules.ts"
import type { Answer, Frame } from "~/report/queries/report.ts"
import type { Figures } from "~/report/rules/figures.ts"
import { Company } from "../mail/company.tsx"
import type { Screen } from "../parts/screen.ts"
import { placeText, rowText, valueText } from "./words.ts"

export const reportSubject = (screen: Screen, tenant: string, frame: Frame): string =>
  [tenant, ...whatText(screen, frame), daysText(screen, frame)].join(" · ")

/** Which report, and whose figures alone. */
const whatText = ({ t }: Screen, { report, filterNames }: Frame): string[] => [
  t(`report.name_${report}`),
  ...filterNames.map((name) => name ?? t("report.deleted")),
]

const daysText = (screen: Screen, answer: Frame): string => {
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
  const what = answer.filterNames.length === 0 ? [] : [whatText(screen, answer).join(" · ")]
  return [...what, daysText(screen, answer), "", ...rows, `${screen.t("report.all")}: ${told(answer.total)}`, ""].join(
    "\n",
  )
}

type WhyProps = { language: string; tenant: string; look: Look | null; frame: Frame; most: number | null }

/** What comes instead of a report that is too much to be counted. */
export function whyNone(
  screen: Screen,
  { language, tenant, look, frame, most }: WhyProps,
): { text: string; html: string } {
  const { t, format } = screen
  const why = most === null ? t("report.too_slow") : t("report.too_much", { most: format.number(most) })
  const letter = (
    <html lang={language}>
      <body>
        {look?.logo && <Company look={look} name="" />}
        <h1>{[tenant, ...whatText(screen, frame)].join(" · ")}</h1>
        <p>{daysText(screen, frame)}</p>
        <p>{`${why} ${t("report.fewer_days")}`}</p>
      </body>
    </html>
  )
  return { text: [daysText(screen, frame), "", why, t("report.fewer_days"), ""].join("\n"), html: String(letter) }
}

type LetterProps = { screen: Screen; language: string; tenant: string; look: Look | null; answer: Answer }

export const ReportLetter = ({ screen, language, tenant, look, answer }: LetterProps) => (
  <html lang={language}>
    <body>
      {look?.logo && <Company look={look} name="" />}
      <h1>{[tenant, ...whatText(screen, answer)].join(" · ")}</h1>
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
