/** The big screen: nothing of any customer, readable from across the room. */
import type { Look } from "~/brand/rules.ts"
import type { AgentToday, Live } from "~/report/queries/live.ts"
import { BrandPicture } from "../brand/mark.tsx"
import { StatusMark } from "../layout/status.tsx"
import type { Screen } from "../parts/screen.ts"
import { Card } from "./charts.tsx"
import { homePanel } from "./dashboard.tsx"
import { LATE_MS, QueueTable } from "./queue.tsx"

export type WallboardProps = {
  screen: Screen
  tenant: string
  look: Look | null
  live: Live
  open: number
  numbers: number
}

export const Wallboard = ({ screen, tenant, look, live, open, numbers }: WallboardProps) => {
  const { t, format, now } = screen
  return (
    <section class="wallboard" id="wallboard" aria-labelledby="wallboard-title" {...homePanel("/wallboard")}>
      <header>
        {look?.logo && <BrandPicture logo={look.logo} />}
        <h1 id="wallboard-title">{t("report.wallboard_of", { tenant })}</h1>
        {open < numbers && <span class="chip is-warn">{t("report.services_open", { open, all: numbers })}</span>}
        <button class="button is-quiet" type="button" data-action="full-screen">
          {t("report.full_screen")}
        </button>
        <a class="button is-quiet" href="/">
          {t("report.leave_wallboard")}
        </a>
        <time class="wallboard-clock" datetime={new Date(now).toISOString()}>
          {format.time(now)}
        </time>
      </header>
      <Tiles screen={screen} live={live} />
      <div class="wallboard-halves">
        <Card id="queue" title={t("agents.skillsets")}>
          <QueueTable screen={screen} queue={live.queue} isBig />
        </Card>
        <Card id="people" title={t("nav.agents")} aside={signedIn(screen, live)}>
          <ul class="report-items">
            {live.agents
              .filter(({ appearance }) => appearance !== "signed_out")
              .sort(worstFirst)
              .slice(0, MOST)
              .map((agent) => (
                <li>
                  <StatusMark status={agent.appearance} />
                  <span>
                    {agent.name}
                    <small>{standingOf(screen, agent)}</small>
                  </span>
                  <span class="is-number">{t("status.active", { load: agent.load, maximum: agent.maximum })}</span>
                </li>
              ))}
          </ul>
        </Card>
      </div>
      <footer>
        <span>{t("report.as_of", { time: format.preciseTime(now) })}</span>
        <span>{t("report.no_names")}</span>
        <span>{format.timeZone}</span>
      </footer>
    </section>
  )
}

const MOST = 10
const ORDER = ["disconnected", "break", "ready", "back_office", "signed_out"]
const worstFirst = (one: AgentToday, other: AgentToday) =>
  ORDER.indexOf(one.appearance) - ORDER.indexOf(other.appearance) ||
  other.load / (other.maximum || 1) - one.load / (one.maximum || 1)

const standingOf = ({ t, format, now }: Screen, { appearance, since, load, maximum }: AgentToday): string => {
  if (appearance === "ready")
    return load >= maximum ? t("report.full") : t("report.free_places", { count: maximum - load })
  return [t(`status.${appearance}`), since === null ? "" : format.span(now - since)].filter(Boolean).join(" · ")
}

const signedIn = ({ t, format }: Screen, { statuses }: Live): string =>
  statuses
    .filter(({ appearance, count }) => count > 0 && appearance !== "signed_out")
    .map(({ appearance, count }) => `${format.number(count)} ${t(`status.${appearance}`)}`)
    .join(" · ")

function Tiles({ screen, live }: { screen: Screen; live: Live }) {
  const { t, format, now } = screen
  const { awaiting, longestWait, active, closed, statuses, firstResponse } = live
  const count = (appearance: string) => statuses.find((one) => one.appearance === appearance)?.count ?? 0
  const there = statuses.reduce((sum, one) => sum + one.count, 0) - count("signed_out")
  const wait = longestWait === null ? null : now - longestWait.since
  const isLate = wait !== null && wait > LATE_MS
  const tile = (name: string, value: string, note: string, isBad = false) => (
    <div class={isBad ? "wallboard-tile is-bad" : "wallboard-tile"}>
      <dt>{name}</dt>
      <dd>
        {value}
        <small>{note}</small>
      </dd>
    </div>
  )
  return (
    <dl class="wallboard-tiles">
      {tile(
        t("report.waiting"),
        format.number(awaiting.queued + awaiting.offered),
        t("report.queued_offered", { queued: awaiting.queued, offered: awaiting.offered }),
      )}
      {tile(
        t("report.longest_wait"),
        wait === null ? "–" : format.stopwatch(wait),
        longestWait?.skillset ?? t("report.nobody_waits"),
        isLate,
      )}
      {tile(t("report.active"), format.number(active), t("report.of_places", { count: live.places }))}
      {tile(t("report.ready_agents"), format.number(count("ready")), t("report.of_signed_in", { count: there }))}
      {tile(
        t("report.first_response"),
        firstResponse === null ? "–" : format.stopwatch(firstResponse),
        t("report.median_today"),
      )}
      {tile(t("report.closed_today"), format.number(closed), t("report.of_total", { count: closed + active }))}
    </dl>
  )
}
