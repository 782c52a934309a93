/** The home page of supervisors: the queue of each skillset, everybody's day, and what is about to go wrong. */
import type { AgentToday, Bounced, Expiring, Live } from "~/report/queries/live.ts"
import { Standing } from "../agent/status.tsx"
import { Load } from "../layout/status.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import { Bar, Card, ChartKey } from "./charts.tsx"
import { Head, HourLine, homePanel, StatusRing, WhatCounts } from "./dashboard.tsx"
import { LATE_MS, NumberHead, QueueTable } from "./queue.tsx"
import { NumberTiles } from "./tiles.tsx"

export type LiveProps = { screen: Screen; live: Live }
/** `stepsLeft`: what whoever looks has still to set up. */
export type LiveViewProps = LiveProps & { stepsLeft: number }

const MOST_AGENTS = 12

export const LiveView = ({ screen, live, stepsLeft }: LiveViewProps) => {
  const { t } = screen
  return (
    <section class="page is-wide dashboard" id="dashboard" aria-labelledby="dashboard-title" {...homePanel("/")}>
      <Head
        screen={screen}
        aside={
          <Button icon="eye" href="/wallboard">
            {t("report.wallboard")}
          </Button>
        }
      />
      {stepsLeft > 0 && <SetUp screen={screen} stepsLeft={stepsLeft} />}
      <Numbers screen={screen} live={live} />
      <Card id="queue" title={t("report.queue_now")} aside={<a href="/waiting">{t("nav.waiting")}</a>}>
        <QueueTable screen={screen} queue={live.queue} />
      </Card>
      <div class="report-columns">
        <Card
          id="per-agent"
          title={t("report.agents_today")}
          more="is-8"
          aside={
            <ChartKey
              lines={[
                { label: t("report.closed"), hue: "one" },
                { label: t("report.active"), hue: "two" },
              ]}
            />
          }
        >
          <AgentsTable screen={screen} agents={live.agents} />
        </Card>
        <Card id="agents" title={t("report.agent_status")} more="is-4">
          <StatusRing screen={screen} statuses={live.statuses} />
        </Card>
        <Hourly screen={screen} live={live} />
        <Card id="expiring" title={t("report.windows_expire")} more="is-4">
          <ExpiringList screen={screen} expiring={live.expiring} />
          <BouncedList screen={screen} bounced={live.bounced} />
        </Card>
      </div>
      <WhatCounts screen={screen} rules={["total", "today", "hours", "first_response", "offers", "medians"]} />
    </section>
  )
}

function Numbers({ screen, live }: LiveProps) {
  const { t, format, now } = screen
  const { closed, active, awaiting, longestWait, firstResponse, firstResponseBefore } = live
  const total = closed + active
  const before =
    firstResponseBefore === null ? undefined : t("report.week_ago", { time: format.stopwatch(firstResponseBefore) })
  return (
    <NumberTiles
      numbers={[
        { name: t("report.total_today"), value: format.number(total), note: t("report.closed_and_active") },
        {
          name: t("report.closed"),
          value: format.number(closed),
          note: total === 0 ? undefined : format.percent(closed / total),
        },
        { name: t("report.active"), value: format.number(active), note: t("report.of_places", { count: live.places }) },
        {
          name: t("report.awaiting"),
          value: format.number(awaiting.queued + awaiting.offered),
          href: "/waiting",
          note: t("report.queued_offered", { queued: awaiting.queued, offered: awaiting.offered }),
        },
        longestWait
          ? {
              name: t("report.longest_wait"),
              value: format.stopwatch(now - longestWait.since),
              isBad: now - longestWait.since > LATE_MS,
              href: `/conversations/${longestWait.id}`,
              note: [longestWait.skillset, longestWait.title].filter(Boolean).join(" · "),
            }
          : { name: t("report.longest_wait"), value: "–", note: t("report.nobody_waits") },
        {
          name: t("report.first_response"),
          value: firstResponse === null ? "–" : format.stopwatch(firstResponse),
          note: before ?? t("report.median_today"),
        },
        {
          name: t("report.missed_offers"),
          value: format.number(live.missed),
          note: t("report.by_agents", { count: live.missedBy }),
        },
      ]}
    />
  )
}

const SetUp = ({ screen: { t }, stepsLeft }: { screen: Screen; stepsLeft: number }) => (
  <Banner
    tone="info"
    icon="list-checks"
    title={t("begin.left", { count: stepsLeft })}
    actions={
      <Button kind="primary" href="/admin">
        {t("begin.go_on")}
      </Button>
    }
  >
    {t("begin.left_detail")}
  </Banner>
)

function AgentsTable({ screen, agents }: { screen: Screen; agents: readonly AgentToday[] }) {
  const { t, format } = screen
  const whole = Math.max(1, ...agents.map(({ closed, load }) => closed + load))
  return (
    <>
      <section class="table-scroll" tabindex="0" aria-label={t("report.table_of", { name: t("report.agents_today") })}>
        <table class="figures">
          <caption class="visually-hidden">{t("report.agents_today")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("agents.agent")}</th>
              <th scope="col">{t("agents.status")}</th>
              <th scope="col">{t("report.conversations")}</th>
              <NumberHead>{t("report.closed")}</NumberHead>
              <NumberHead>{t("report.active")}</NumberHead>
              <NumberHead>{t("report.missed")}</NumberHead>
            </tr>
          </thead>
          <tbody>
            {agents.slice(0, MOST_AGENTS).map((agent) => (
              <tr>
                <th scope="row">
                  <a href={`/agents/${agent.id}`}>{agent.name}</a>
                </th>
                <td>
                  <Standing screen={screen} agent={agent} />
                </td>
                <td>
                  <Bar
                    parts={[
                      { hue: "one", value: agent.closed },
                      { hue: "two", value: agent.load },
                    ]}
                    whole={whole}
                  />
                </td>
                <td class="is-number">{format.number(agent.closed)}</td>
                <td class="is-number">
                  <Load screen={screen} load={agent.load} maximum={agent.maximum} />
                </td>
                <td class={`is-number${agent.missed > 0 ? " is-bad" : ""}`}>{format.number(agent.missed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {agents.length === 0 ? (
        <p class="panel-body is-nothing">{t("report.no_agents")}</p>
      ) : (
        <footer>
          <a href="/agents">{t("report.all_agents", { count: agents.length })}</a>
        </footer>
      )}
    </>
  )
}

function Hourly({ screen, live }: LiveProps) {
  const before = { label: screen.t("report.a_week_ago"), hours: live.hoursBefore }
  const lines = [
    { label: screen.t("report.today"), hue: "one" as const },
    { label: before.label, hue: "four" as const },
  ]
  return (
    <Card id="hourly" title={screen.t("report.by_hour")} more="is-8" aside={<ChartKey lines={lines} />}>
      <HourLine
        screen={screen}
        before={before}
        name={screen.t("report.by_hour")}
        label={screen.t("report.today")}
        hours={live.hours}
      />
    </Card>
  )
}

const ExpiringList = ({ screen, expiring }: { screen: Screen; expiring: readonly Expiring[] }) =>
  expiring.length === 0 ? (
    <p class="panel-body is-nothing">{screen.t("report.none_expires")}</p>
  ) : (
    <>
      <ul class="report-items">
        {expiring.map(({ id, title, who, skillset, endsAt }) => (
          <li>
            <a href={`/conversations/${id}`}>
              <strong>{title}</strong>
              <small>{[who, skillset].filter(Boolean).join(" · ")}</small>
            </a>
            <Chip tone={endsAt - screen.now < 3_600_000 ? "bad" : "warn"} icon="timer">
              <Until at={endsAt} screen={screen} />
            </Chip>
          </li>
        ))}
      </ul>
      <p class="panel-body is-nothing">{screen.t("report.after_window")}</p>
    </>
  )

const BouncedList = ({ screen, bounced }: { screen: Screen; bounced: readonly Bounced[] }) =>
  bounced.length === 0 ? null : (
    <>
      <h3 class="report-items-title">{screen.t("report.ping_pong")}</h3>
      <ul class="report-items">
        {bounced.map(({ id, title, who, skillset, transfers }) => (
          <li>
            <a href={`/conversations/${id}`}>
              <strong>{title}</strong>
              <small>{[who, skillset].filter(Boolean).join(" · ")}</small>
            </a>
            <Chip tone="warn" icon="arrow-right-left">
              {screen.t("report.transfers_count", { count: transfers })}
            </Chip>
          </li>
        ))}
      </ul>
    </>
  )
