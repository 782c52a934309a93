/** The home page, the wallboard and the reports. */
import type { Html } from "views/jsx-runtime.ts"
import type { Screen } from "views/parts/screen.ts"
import { Counting } from "views/report/counting.tsx"
import { Dashboard } from "views/report/dashboard.tsx"
import { LiveView } from "views/report/live.tsx"
import { Reports } from "views/report/reports.tsx"
import { tableOf } from "views/report/table.ts"
import { Told } from "views/report/told.tsx"
import { Wallboard } from "views/report/wallboard.tsx"
import { actorOf, type SessionUser } from "~/account/queries.ts"
import { standingOf } from "~/agent/queries.ts"
import { lookOf, shownName } from "~/brand/queries.ts"
import { serviceStatus } from "~/channel/queries/service.ts"
import { myConversations } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { Refused, refuse } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, id as idField, optional, text } from "~/web/form.ts"
import { SPREADSHEET_FORMATS, spreadsheetResponse } from "~/web/spreadsheet.ts"
import type { Visit } from "~/web/visit.ts"
import { endSchedule, schedule } from "./actions/schedules.ts"
import type { Combinations } from "./queries/combined.ts"
import { liveView } from "./queries/live.ts"
import {
  type Answer,
  type Asked,
  answer,
  FILTERS,
  frameOf,
  isCombined,
  membersFor,
  readAsked,
  rowsFor,
} from "./queries/report.ts"
import { shownSchedules } from "./queries/schedules.ts"
import { ownToday } from "./queries/today.ts"
import type { Filter } from "./rules/combining.ts"
import { PERIODS } from "./rules/period.ts"
import { REPORTS, ROWS } from "./rules/reports.ts"
import { RHYTHMS, readRecipients } from "./rules/schedule.ts"

export type ReportParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  /** Whether they look after others, and where whoever has no desk begins. */
  supervises: (me: SessionUser) => boolean
  elsewhere: (me: SessionUser) => string | null
  /** What is still missing before a first conversation; null for whoever cannot mend it. */
  stepsLeftFor: (me: SessionUser, read: Reader) => number | null
  combinations: Combinations
}

export const reportRoutes = (areas: Areas, parts: ReportParts) => [
  schedules(areas),
  home(areas, parts),
  watched(areas, parts),
  own(areas, parts),
]

/** What rings when the home page shows something else. */
const TOPICS = ["waiting", "agents"] as const

function home({ signedIn }: Areas, { screenOf, supervises, elsewhere, stepsLeftFor }: ReportParts) {
  return signedIn().get("/", ({ me, read, watch, page, redirect }) => {
    const away = elsewhere(me)
    if (away !== null) return redirect(away)
    for (const topic of TOPICS) watch(topic)
    const screen = screenOf(me, read)
    const left = stepsLeftFor(me, read) ?? 0
    const panel = supervises(me) ? supervisors(me, read, screen, left) : agents(me, read, screen)
    return page(screen.t("nav.dashboard"), panel)
  })
}

const supervisors = (me: SessionUser, read: Reader, screen: Screen, stepsLeft: number): Html => (
  <LiveView screen={screen} stepsLeft={stepsLeft} live={liveView(read, actorOf(me))} />
)

const agents = (me: SessionUser, read: Reader, screen: Screen): Html => (
  <Dashboard
    screen={screen}
    today={ownToday(read, actorOf(me))}
    mine={myConversations(read, me.id)}
    maximum={standingOf(read, me.id)?.maximum ?? 0}
  />
)

/** Supervisors have a report sent by mail, in their own language. */
const schedules = ({ supervision }: Areas) =>
  supervision()
    .post("/reports/schedules", async ({ me, form, act, redirect }) => {
      const { report, rows, every, recipients, ...whose } = form({
        skillset: optional(idField),
        agent: optional(idField),
        channel: optional(idField),
        report: choice(REPORTS),
        rows: choice(ROWS),
        every: choice(RHYTHMS),
        recipients: text({ most: 2_000 }),
      })
      const filters = FILTERS.flatMap((dimension): Filter[] => {
        const member = whose[dimension]
        return member === null ? [] : [{ dimension, member }]
      })
      const given = { report, rows, every, filters, recipients: readRecipients(recipients), language: me.language }
      await act((tx) => void schedule(tx, given))
      const shown = Object.fromEntries(filters.map(({ dimension, member }) => [dimension, String(member)]))
      return redirect(`/reports?${new URLSearchParams({ report, ...shown, rows })}`)
    })
    .post("/reports/schedules/:id/ending", async ({ id, act, redirect }) => {
      const one = id("id")
      await act((tx) => endSchedule(tx, one))
      return redirect("/reports")
    })

function watched({ supervision }: Areas, { screenOf }: ReportParts) {
  return supervision().get("/wallboard", ({ me, read, watch, page }) => {
    for (const topic of TOPICS) watch(topic)
    const screen = screenOf(me, read)
    const { channels } = serviceStatus(read)
    const name = shownName(read)
    const counts = { open: channels.filter(({ open }) => open).length, numbers: channels.length }
    return page(
      screen.t("report.wallboard"),
      <Wallboard screen={screen} tenant={name} look={lookOf(read)} {...counts} live={liveView(read, actorOf(me))} />,
    )
  })
}

/** The file of a combination is worth waiting for. */
async function toldFor(
  combinations: Combinations,
  { me, read }: Pick<Visit, "me" | "read">,
  asked: Asked,
): Promise<Answer> {
  if (!isCombined(asked)) return answer(read, asked)
  const standing = await combinations.wait(me.tenant, asked)
  if (standing.state !== "done") throw new Refused(refuse("report.too_much"))
  return standing.answer
}

function own({ desk }: Areas, { screenOf, supervises, combinations }: ReportParts) {
  const asked = ({ me, read, query }: Pick<Visit, "me" | "read" | "query">) =>
    readAsked(read, query, supervises(me) ? null : me.id)
  const table = desk()
  table.post("/reports/export", async (visit) => {
    const { me, read, act, form, query: address, t, language } = visit
    const { format } = form({ format: choice(SPREADSHEET_FORMATS) })
    const screen = screenOf(me, read)
    const told = tableOf(screen, await toldFor(combinations, visit, asked(visit)))
    const said = (after: string) => ({ before: null, after })
    const subject = { kind: "report", id: null, name: told.name } as const
    const changes = { format: said(format), asked: said(address.toString()) }
    await act((tx) => tx.raise({ type: "audit.due", act: "export.made", subject, changes }))
    const yesNo = [t("list_page.yes"), t("list_page.no")] as const
    return spreadsheetResponse({ format, language, yesNo, name: told.name, header: told.header, portions: [told.rows] })
  })
  table.get("/reports/combined", (visit) => {
    const { me, read, html } = visit
    const screen = screenOf(me, read)
    const given = asked(visit)
    const standing = combinations.ask(me.tenant, given)
    if (standing.state !== "done") return html(<Counting screen={screen} asked={given} standing={standing} />)
    return html(<Told screen={screen} answer={standing.answer} isOwn={!supervises(me)} isCombined />)
  })
  return table.get("/reports", (visit) => {
    const { me, read, page } = visit
    const screen = screenOf(me, read)
    const given = asked(visit)
    const isOwn = !supervises(me)
    const reports = isOwn ? REPORTS.filter((one) => one !== "profiling") : REPORTS
    const isMany = isCombined(given)
    const shown = {
      answer: isMany ? frameOf(read, given) : answer(read, given),
      rows: rowsFor(given.report, given.filters),
      members: isOwn ? [] : membersFor(read, given.report),
    }
    return page(
      screen.t("report.title"),
      <Reports
        screen={screen}
        isOwn={isOwn}
        reports={reports}
        {...shown}
        schedules={isOwn ? [] : shownSchedules(read)}
        periods={PERIODS.filter((one) => one !== "custom")}
      />,
    )
  })
}
