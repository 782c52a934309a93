/** Mails that nobody's request makes: composed of the views, like pages, when what they tell of is due. */
import { formatters } from "views/locales/formatters.ts"
import { translator } from "views/locales/index.ts"
import { wayInLetter } from "views/mail/way-in-letter.ts"
import type { Screen } from "views/parts/screen.ts"
import { ReportLetter, reportSubject, reportText, whyNone } from "views/report/letter.tsx"
import { userById } from "~/account/queries.ts"
import { lookOf, shownName } from "~/brand/queries.ts"
import type { FollowUp } from "~/database/act.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import { type Answer, answer, frameOf } from "~/report/queries/report.ts"
import { askedBy, type Schedule } from "~/report/rules/schedule.ts"
import { tenantProfile } from "~/tenant/queries.ts"

type Of<Type extends Fact["type"]> = Extract<Fact, { type: Type }>

/** Follows a fact that is told by mail: one mail for each who is named. `url`: the appliance as its users know it. */
export const writeLetters =
  (url: URL): FollowUp =>
  (tx, fact) => {
    if (fact.type === "report.due") writeReport(tx, fact.schedule, answer(tx, askedBy(fact.schedule, fact.period)))
    if (fact.type === "report.counted") writeReport(tx, fact.schedule, fact.answer)
    if (fact.type === "report.uncounted") writeWhyNone(tx, fact)
    if (fact.type === "user.way_in_changed") writeOfWayIn(tx, url, fact)
  }

function screenFor(tx: Tx, language: string): Screen {
  const { timezone } = tenantProfile(tx)
  return { t: translator(language), format: formatters(language, timezone), now: tx.now, csrfToken: "" }
}

function writeReport(tx: Tx, { language, recipients }: Schedule, told: Answer): void {
  const name = shownName(tx)
  const screen = screenFor(tx, language)
  const words = {
    ...({ kind: "report", language, subject: reportSubject(screen, name, told) } as const),
    text: reportText(screen, told),
    html: String(<ReportLetter screen={screen} language={language} look={lookOf(tx)} tenant={name} answer={told} />),
  }
  for (const to of recipients) tx.raise({ type: "mail.due", mail: { ...words, to } })
}

/** Whoever waits for a report hears why there is none. */
function writeWhyNone(tx: Tx, { schedule, period, most }: Of<"report.uncounted">): void {
  const { language, recipients } = schedule
  const name = shownName(tx)
  const screen = screenFor(tx, language)
  const frame = frameOf(tx, askedBy(schedule, period))
  const words = {
    ...({ kind: "report", language, subject: reportSubject(screen, name, frame) } as const),
    ...whyNone(screen, { language, tenant: name, look: lookOf(tx), frame, most }),
  }
  for (const to of recipients) tx.raise({ type: "mail.due", mail: { ...words, to } })
}

/** To the person, in their language; of another address to the one that was theirs. */
function writeOfWayIn(tx: Tx, url: URL, { user, change }: Of<"user.way_in_changed">): void {
  const person = userById(tx, user)
  const to = change.what === "email.changed" ? change.before : person?.email
  if (!person || !to) return
  const { username, language, firstName, lastName } = person
  const name = `${firstName} ${lastName}`.trim()
  const known = { name, username, language, timezone: tenantProfile(tx).timezone, look: lookOf(tx) }
  const written = wayInLetter(url, known, change, tx.now)
  const kind = change.what.startsWith("password.") ? "password_changed" : "way_in_changed"
  tx.raise({ type: "mail.due", mail: { kind, to, language, ...written } })
}
