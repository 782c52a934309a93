/** Mails that nobody's request makes: composed of the views, like pages, when what they tell of is due. */
import { formatters } from "views/locales/formatters.ts"
import { translator } from "views/locales/index.ts"
import type { Screen } from "views/parts/screen.ts"
import { ReportLetter, reportSubject, reportText } from "views/report/letter.tsx"
import { shownName } from "~/brand/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import { answer } from "~/report/queries/report.ts"
import { tenantProfile } from "~/tenant/queries.ts"

/** Follows a fact that is told by mail: one mail for each who is named. */
export function writeLetters(tx: Tx, fact: Fact): void {
  if (fact.type !== "report.due") return
  const { schedule, period } = fact
  const { report, rows, language, recipients } = schedule
  const { timezone } = tenantProfile(tx)
  const name = shownName(tx)
  const screen: Screen = {
    ...{ t: translator(language), format: formatters(language, timezone), now: tx.now, csrfToken: "" },
  }
  const told = answer(tx, { report, rows, period, only: null })
  const words = {
    ...({ kind: "report", language, subject: reportSubject(screen, name, told) } as const),
    ...{
      text: reportText(screen, told),
      html: String(<ReportLetter {...{ screen, language }} tenant={name} answer={told} />),
    },
  }
  for (const to of recipients) tx.raise({ type: "mail.due", mail: { ...words, to } })
}
