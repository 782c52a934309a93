/** Reports (A12): figures of any days, told over time, by skillset, agent or number, as a picture and as a table. */
import type { Answer, Frame } from "~/report/queries/report.ts"
import type { ShownSchedule } from "~/report/queries/schedules.ts"
import type { PeriodName } from "~/report/rules/period.ts"
import type { ReportName, Rows } from "~/report/rules/reports.ts"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { Choices } from "./choices.tsx"
import { Counting } from "./counting.tsx"
import { type Rule, WhatCounts } from "./dashboard.tsx"
import { Schedules } from "./schedules.tsx"
import { Told } from "./told.tsx"
import { addressOf } from "./words.ts"

export type Members = { dimension: "skillset" | "agent" | "channel"; options: readonly { id: number; name: string }[] }
export type ReportsProps = {
  screen: Screen
  /** Its figures, or the frame of what is still being counted. */
  answer: Answer | Frame
  /** Whom one may ask for alone, by dimension. */
  members: readonly Members[]
  reports: readonly ReportName[]
  periods: readonly PeriodName[]
  rows: readonly Rows[]
  /** Everybody's, or the reader's own. */
  isOwn: boolean
  schedules: readonly ShownSchedule[]
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
      {answer.filters.length > 0 && !isOwn && (
        <p class="report-only">
          {answer.filterNames.map((name) => (
            <>
              <Chip tone="info">{name ?? t("report.deleted")}</Chip>{" "}
            </>
          ))}
          <a href={addressOf(answer, { filters: [] })}>{t("report.everybody")}</a>
        </p>
      )}
      {"total" in answer ? (
        <Told screen={screen} answer={answer} isOwn={isOwn} />
      ) : (
        <Counting screen={screen} asked={answer} standing={{ state: "counting", done: 0, all: null }} />
      )}
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
