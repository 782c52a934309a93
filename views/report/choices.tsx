import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import type { ReportsProps } from "./reports.tsx"
import { addressOf, dayText } from "./words.ts"

/** The days, whose figures and the rows, in the address: works without scripts. */
export function Choices({ screen, answer, periods, rows, members }: ReportsProps) {
  const { t } = screen
  const { period, report, filters } = answer
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
        <TextField name="from" type="date" label={t("report.from")} value={dayText(period.from)} />
        <TextField name="to" type="date" label={t("report.to")} value={dayText(period.to)} />
        <SelectField
          name="rows"
          label={t("report.rows_by")}
          value={answer.rows}
          options={rows.map((one) => ({ value: one, label: t(`report.rows_${one}`) }))}
        />
        {members.map(({ dimension, options }) => (
          <SelectField
            name={dimension}
            label={t(`report.rows_${dimension}`)}
            value={String(filters.find((one) => one.dimension === dimension)?.member ?? "")}
            options={[
              { value: "", label: t("report.all") },
              ...options.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        ))}
        <Button type="submit">{t("agents.show")}</Button>
      </form>
    </div>
  )
}
