/** How today goes, for whoever looks at the home page: what was counted today, and how things stand now. */
import { type AgentLine, APPEARANCES, type Appearance, agentList, NO_AGENT_FILTER } from "~/agent/queries/agents.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import { addDays, type Day, dayAt, hoursOfDay } from "../rules/calendar.ts"
import { countOf } from "../rules/figures.ts"
import type { Measure } from "../rules/measures.ts"
import { named, type Period } from "../rules/period.ts"
import { type Of, sumsAlong, sumsOf } from "./figures.ts"

export type Hour = { at: Instant; count: number; isOver: boolean; isNow: boolean }
export type StatusCount = { appearance: Appearance; count: number }
export type Awaiting = { queued: number; offered: number; isLimited: boolean }

export type Today = {
  zone: string
  closed: number
  active: number
  awaiting: Awaiting
  statuses: readonly StatusCount[]
  /** The hours of the tenant's day: 23 or 25 when the clocks change. */
  hours: readonly Hour[]
}

const standing = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => ["state", "skillset", fn.countAll<number>().as("count")])
    .where("state", "<>", "closed")
    .where("state", "in", ["queued", "offered", "active"])
    .groupBy(["state", "skillset"]),
)
const activeOf = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner", "=", p.owner)
    .where("state", "<>", "closed")
    .where("state", "=", "active"),
)

/** An agent's own day; what waits, and who is there, is the whole tenant's, but for isolated agents. */
export function ownToday(reader: Reader, actor: UserActor): Today {
  const zone = tenantTimezone(reader)
  const of: Of = { dimension: "agent", member: actor.id }
  return {
    zone,
    closed: closedToday(reader, zone, of),
    active: reader.one(activeOf, { owner: actor.id })?.count ?? 0,
    awaiting: awaiting(reader, actor),
    statuses: statusesOf(agentsSeenBy(reader, actor)),
    hours: hoursToday(reader, zone, dayAt(zone, reader.now), of, "taken"),
  }
}

/** `agents`: everybody who answers customers. */
export function tenantToday(reader: Reader, actor: UserActor, agents: readonly AgentLine[]): Today {
  const zone = tenantTimezone(reader)
  const of: Of = { dimension: "channel", member: null }
  const active = reader.all(standing).filter(({ state }) => state === "active")
  return {
    zone,
    closed: closedToday(reader, zone, of),
    active: active.reduce((sum, { count }) => sum + count, 0),
    awaiting: awaiting(reader, actor),
    statuses: statusesOf(agents),
    hours: hoursToday(reader, zone, dayAt(zone, reader.now), of, "opened"),
  }
}

export const todayOf = (reader: Reader): Period => named("today", dayAt(tenantTimezone(reader), reader.now))

const closedToday = (reader: Reader, zone: string, of: Of): number =>
  countOf(sumsOf(reader, named("today", dayAt(zone, reader.now)), of, ["closed"]), "closed")

function awaiting(reader: Reader, actor: UserActor): Awaiting {
  const isLimited = actor.isolated && !supervises(actor)
  const seen = reader
    .all(standing)
    .filter(({ skillset }) => !isLimited || (skillset !== null && actor.skillsets.includes(skillset)))
  const count = (state: string) => seen.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0)
  return { queued: count("queued"), offered: count("offered"), isLimited }
}

function agentsSeenBy(reader: Reader, actor: UserActor): AgentLine[] {
  const { lines } = agentList(reader, NO_AGENT_FILTER)
  if (!actor.isolated || supervises(actor)) return lines
  return lines.filter((line) => line.id === actor.id || line.skillsets.some(({ id }) => actor.skillsets.includes(id)))
}

const statusesOf = (lines: readonly AgentLine[]): StatusCount[] =>
  APPEARANCES.map((appearance) => ({
    appearance,
    count: lines.filter((line) => line.appearance === appearance).length,
  }))

/** What happened in each hour of a day. */
export function hoursToday(
  reader: Reader,
  zone: string,
  day: Day,
  of: Of,
  measure: Measure & ("taken" | "opened"),
): Hour[] {
  const period: Period = { name: "custom", from: day, to: day }
  const sums = sumsAlong(reader, { period, step: "hour", zone }, of, [measure])
  const hours = hoursOfDay(zone, day)
  return hours.map((at, index) => {
    const end = hours[index + 1] ?? hoursOfDay(zone, addDays(day, 1))[0] ?? at
    const isOver = end <= reader.now
    return { at, count: countOf(sums.get(at) ?? new Map(), measure), isOver, isNow: !isOver && at <= reader.now }
  })
}
