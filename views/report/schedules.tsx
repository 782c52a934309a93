/** Reports that are sent by mail: those there are, and a new one of what is shown. */
import type { Frame } from "~/report/queries/report.ts"
import type { ShownSchedule } from "~/report/queries/schedules.ts"
import type { Rhythm } from "~/report/rules/schedule.ts"
import { Button } from "../parts/button.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { Card } from "./charts.tsx"

const RHYTHMS: readonly Rhythm[] = ["day", "week", "month"]

export function Schedules({
  screen,
  answer,
  schedules,
}: {
  screen: Screen
  answer: Frame
  schedules: readonly ShownSchedule[]
}) {
  const { t } = screen
  return (
    <Card id="schedules" title={t("report.by_mail")}>
      {schedules.length === 0 && <p class="panel-body is-nothing">{t("report.no_schedules")}</p>}
      <ul class="report-items">
        {schedules.map((one) => (
          <ScheduleLine screen={screen} schedule={one} />
        ))}
      </ul>
      <form class="report-form panel-body" method="post" action="/reports/schedules">
        <FormToken csrfToken={screen.csrfToken} />
        <input type="hidden" name="report" value={answer.report} />
        <input type="hidden" name="rows" value={answer.rows} />
        {answer.filters.map(({ dimension, member }) => (
          <input type="hidden" name={dimension} value={member} />
        ))}
        <SelectField
          name="every"
          label={t("report.send_this", {
            report: withNames(t(`report.name_${answer.report}`), answer.filterNames, t),
            rows: t(`report.by_${answer.rows}`),
          })}
          value="week"
          options={RHYTHMS.map((every) => ({ value: every, label: t(`report.every_${every}`) }))}
        />
        <TextField name="recipients" label={t("report.recipients")} value="" required autocomplete="off" />
        <Button type="submit">{t("report.send_by_mail")}</Button>
      </form>
    </Card>
  )
}

const withNames = (report: string, names: ShownSchedule["filterNames"], t: Screen["t"]): string =>
  [report, ...names.map((name) => name ?? t("report.deleted"))].join(" · ")

const ScheduleLine = ({ screen: { t, csrfToken }, schedule }: { screen: Screen; schedule: ShownSchedule }) => (
  <li>
    <span>
      <strong>
        {`${withNames(t(`report.name_${schedule.report}`), schedule.filterNames, t)}, ${t(`report.by_${schedule.rows}`)}`}
      </strong>
      <small>{`${t(`report.every_${schedule.every}`)} · ${schedule.recipients.join(", ")}`}</small>
    </span>
    <form method="post" action={`/reports/schedules/${schedule.id}/ending`}>
      <FormToken csrfToken={csrfToken} />
      <Button
        size="small"
        type="submit"
        more={{ "aria-label": t("report.end_of", { report: t(`report.name_${schedule.report}`) }) }}
      >
        {t("report.end")}
      </Button>
    </form>
  </li>
)
