/** The home page of an agent: how their day goes, who is there, what waits for them. */
import type { Appearance } from "~/agent/queries/agents.ts"
import type { ConversationLabel } from "~/conversation/queries/console.ts"
import type { Hour, StatusCount, Today } from "~/report/queries/today.ts"
import { WindowLeft } from "../conversation/window-left.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { Bar, type BarPart, Card, type Hue, LineChart, Ring } from "./charts.tsx"

export type DashboardProps = {
  screen: Screen
  today: Today
  maximum: number
  /** What of theirs is open. */
  mine: readonly ConversationLabel[]
}

const SOON_MS = 4 * 3_600_000

export const Dashboard = ({ screen, today, maximum, mine }: DashboardProps) => (
  <section class="page is-wide dashboard" id="dashboard" aria-labelledby="dashboard-title" {...homePanel("/")}>
    <Head screen={screen} />
    <div class="report-columns">
      <Card id="mine" title={screen.t("report.conversations_today")} more="is-7">
        <DayBars screen={screen} today={today} maximum={maximum} />
      </Card>
      <Card id="agents" title={screen.t("report.agent_status")} more="is-5">
        <StatusRing screen={screen} statuses={today.statuses} />
      </Card>
      <Card
        id="hourly"
        title={screen.t("report.mine_by_hour")}
        more="is-7"
        aside={screen.t("report.hours_in", { zone: screen.format.timeZone })}
      >
        <HourLine
          screen={screen}
          name={screen.t("report.mine_by_hour")}
          hours={today.hours}
          label={screen.t("report.conversations")}
        />
      </Card>
      <Owed screen={screen} mine={mine} />
    </div>
    <WhatCounts screen={screen} rules={["total", "today", "hours", "awaiting"]} />
  </section>
)

const TOPICS = ["conversations", "waiting", "agents", "status"]

/** Keeps itself fresh, and passes midnight by itself; what rings all day long is heard every few seconds. */
export const homePanel = (url: string) => ({
  "hx-get": url,
  "hx-trigger": `${TOPICS.map((topic) => `${topic} from:body throttle:5s`).join(", ")}, refetch from:body, every 60s`,
  "hx-swap": "outerMorph",
  "hx-target": "this",
  "hx-sync": "this:queue last",
})

/** `aside`: what else may be done here. */
export const Head = ({ screen, aside }: { screen: Screen; aside?: ReturnType<typeof Button> }) => (
  <header class="report-head">
    <h1 id="dashboard-title">{screen.t("nav.dashboard")}</h1>
    <span class="report-sub">{screen.format.day(screen.now, screen.now)}</span>
    <span class="report-live report-push">
      <span class="live-dot" aria-hidden="true" />
      {screen.t("report.as_of", { time: screen.format.preciseTime(screen.now) })}
    </span>
    {aside}
    <Button icon="rotate-ccw" more={{ "hx-get": "/", "hx-target": "#dashboard", "hx-swap": "outerMorph" }}>
      {screen.t("report.refresh")}
    </Button>
  </header>
)

type BarsProps = Pick<DashboardProps, "screen" | "today" | "maximum">

function DayBars({ screen: { t, format }, today, maximum }: BarsProps) {
  const { closed, active, awaiting } = today
  const waiting = awaiting.queued + awaiting.offered
  const whole = Math.max(1, closed + active, waiting)
  const done: BarPart = { hue: "one", value: closed }
  const open: BarPart = { hue: "two", value: active }
  const line = (name: string, note: string, parts: readonly BarPart[], isApart = false) => (
    <div class={isApart ? "is-apart" : null}>
      <dt>
        {name}
        <small>{note}</small>
      </dt>
      <dd>
        <Bar parts={parts} whole={whole} size="tall" />
      </dd>
      <dd class="bars-number">{format.number(parts.reduce((sum, { value }) => sum + value, 0))}</dd>
    </div>
  )
  return (
    <dl class="bars panel-body">
      {line(t("report.total"), t("report.mine_both"), [done, open])}
      {line(t("report.closed"), t("report.mine_only"), [done])}
      {line(t("report.active"), t("report.mine_of", { maximum }), [open])}
      {line(
        t("report.awaiting"),
        awaiting.isLimited ? t("report.own_skillsets") : t("report.whole_tenant"),
        [{ hue: "three", value: waiting }],
        true,
      )}
    </dl>
  )
}

const HUES: Readonly<Record<Appearance, Hue>> = {
  ready: "one",
  back_office: "two",
  break: "three",
  disconnected: "five",
  signed_out: "four",
}

export const StatusRing = ({ screen, statuses }: { screen: Screen; statuses: readonly StatusCount[] }) => {
  const all = statuses.reduce((sum, { count }) => sum + count, 0)
  return (
    <div class="panel-body">
      <Ring
        screen={screen}
        name={screen.t("report.agent_status")}
        unit={screen.t(all === 1 ? "report.agent_unit" : "report.agents_unit")}
        parts={statuses
          .filter(({ appearance, count }) => appearance !== "disconnected" || count > 0)
          .map(({ appearance, count }) => ({ hue: HUES[appearance], label: screen.t(`status.${appearance}`), count }))}
      />
    </div>
  )
}

type HourLineProps = {
  screen: Screen
  name: string
  label: string
  hours: readonly Hour[]
  before?: { label: string; hours: readonly Hour[] }
}

/** The hours that are worth a look: from the first in which something happened, or the beginning of work, to its end. */
export function HourLine({ screen, name, label, hours, before }: HourLineProps) {
  const happened = [hours, before?.hours ?? []].flatMap((some) =>
    some.flatMap(({ count }, index) => (count > 0 ? [index] : [])),
  )
  const nowAt = hours.findIndex(({ isNow }) => isNow)
  const first = Math.max(0, Math.min(8, nowAt === -1 ? 8 : nowAt, ...happened))
  const last = Math.min(hours.length - 1, Math.max(19, nowAt, ...happened))
  const shown = hours.slice(first, last + 1)
  const today = shown.map(({ count, isOver, isNow }) => (isOver || isNow ? count : null))
  const other = before?.hours.slice(first, last + 1).map(({ count }) => count)
  return (
    <LineChart
      screen={screen}
      name={name}
      id="hourly"
      along={screen.t("report.hour")}
      write={screen.format.number}
      places={shown.map(({ at }) => screen.format.time(at))}
      now={nowAt === -1 ? null : nowAt - first}
      lines={[
        { label, hue: "one", values: today, isFilled: true },
        ...(before && other ? [{ label: before.label, hue: "four" as const, values: other, isDashed: true }] : []),
      ]}
    />
  )
}

function Owed({ screen, mine }: { screen: Screen; mine: readonly ConversationLabel[] }) {
  const owed = mine
    .filter(({ waitingSince }) => waitingSince !== null)
    .sort((one, other) => (one.waitingSince ?? 0) - (other.waitingSince ?? 0))
  const ending = mine.filter(
    ({ windowEndsAt }) => windowEndsAt !== null && windowEndsAt > screen.now && windowEndsAt - screen.now < SOON_MS,
  )
  const { t } = screen
  return (
    <Card
      id="owed"
      title={t("report.waiting_for_me")}
      more="is-5"
      aside={<a href="/conversations">{t("report.all_conversations")}</a>}
    >
      {owed.length === 0 ? <p class="panel-body is-nothing">{t("report.nobody_waits")}</p> : null}
      <ul class="report-items">
        {owed.map((one) => (
          <Item screen={screen} one={one}>
            <Since at={one.waitingSince ?? screen.now} screen={screen} lateAfter={300_000} />
          </Item>
        ))}
      </ul>
      {ending.length > 0 && (
        <>
          <h3 class="report-items-title">{t("report.window_soon")}</h3>
          <ul class="report-items">
            {ending.map((one) => (
              <Item screen={screen} one={one}>
                <WindowLeft screen={screen} endsAt={one.windowEndsAt} />
              </Item>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

const Item = ({ one, children }: { screen: Screen; one: ConversationLabel; children: ReturnType<typeof Since> }) => (
  <li>
    <Avatar name={one.title} size="small" />
    <a href={`/conversations/${one.id}`}>
      <strong>{one.title}</strong>
      <small>{one.skillsetName ?? one.channelName}</small>
    </a>
    {children}
  </li>
)

export type Rule =
  | "total"
  | "today"
  | "hours"
  | "awaiting"
  | "waiting"
  | "first_response"
  | "handling"
  | "transfers"
  | "offers"
  | "presence"
  | "profiling"
  | "medians"
  | "zone"
  | "templates"

/** The written rules behind the figures. */
export const WhatCounts = ({ screen: { t, format }, rules }: { screen: Screen; rules: readonly Rule[] }) => (
  <details class="what-counts" id="what-counts">
    <summary>{t("report.what_counts")}</summary>
    <ul>
      {rules.map((rule) => (
        <li>{rule === "zone" ? t("report.rule_zone", { zone: format.timeZone }) : t(`report.rule_${rule}`)}</li>
      ))}
    </ul>
  </details>
)
