/** What supervisors watch: the queue of each skillset, the agents, and what is about to go wrong. */
import { sql } from "kysely"
import { type AgentLine, agentList, NO_AGENT_FILTER } from "~/agent/queries/agents.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import { hours, type Instant, type Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { addDays, dayAt } from "../rules/calendar.ts"
import { countOf, quantileOf } from "../rules/figures.ts"
import type { Measure } from "../rules/measures.ts"
import { PING_PONG } from "../rules/tally.ts"
import { sumsByMember, sumsOf } from "./figures.ts"
import { type Hour, hoursToday, type Today, tenantToday, todayOf } from "./today.ts"

export type QueueLine = {
  id: Id
  name: string
  queued: number
  oldest: Instant | null
  offered: number
  active: number
  ready: number
  members: number
  /** Of its Ready agents. */
  load: number
  places: number
  overflow: { name: string; after: Milliseconds } | null
}
export type AgentToday = AgentLine & { closed: number; missed: number }
/** A conversation to look at, and the moment that makes it so. */
export type Watched = { id: Id; title: string; state: string; who: string | null; skillset: string | null }
export type Expiring = Watched & { endsAt: Instant }
export type Bounced = Watched & { transfers: number }
export type LongestWait = { id: Id; title: string; skillset: string | null; since: Instant }

export type Live = Today & {
  queue: readonly QueueLine[]
  agents: readonly AgentToday[]
  places: number
  longestWait: LongestWait | null
  /** The middle of today's first answers, and of the same weekday a week ago. */
  firstResponse: Milliseconds | null
  firstResponseBefore: Milliseconds | null
  missed: number
  missedBy: number
  hoursBefore: readonly Hour[]
  expiring: readonly Expiring[]
  bounced: readonly Bounced[]
}

const skillsets = statement(() =>
  query
    .selectFrom("skillset as s")
    .leftJoin("skillsetOverflow as o", "o.skillset", "s.id")
    .leftJoin("skillset as t", "t.id", "o.overflowTo")
    .select(["s.id", "s.name", "o.afterSeconds", "t.name as overflowName"])
    .where("s.deletedAt", "is", null)
    .orderBy("s.name"),
)
const standing = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => [
      "skillset",
      "state",
      fn.countAll<number>().as("count"),
      fn.min<Instant | null>("waitingSince").as("oldest"),
    ])
    .where("state", "<>", "closed")
    .where("state", "in", ["queued", "offered", "active"])
    .groupBy(["skillset", "state"]),
)
const watched = query
  .selectFrom("conversation as c")
  .innerJoin("customer", "customer.id", "c.customer")
  .leftJoin("skillset as s", "s.id", "c.skillset")
  .leftJoin("user as u", "u.id", "c.owner")
  .select(["c.id", "c.state", "c.windowEndsAt", "c.waitingSince", "s.name as skillset"])
  .select(["u.firstName", "u.lastName"])
  .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
  .where("c.state", "<>", "closed")
  // Each by its name, so that the index of what is open is used and not all there has ever been gone through.
  .where("c.state", "in", ["menu", "queued", "offered", "active", "parked", "awaiting_reply"])
const longest = statement(() =>
  watched.where("c.state", "in", ["queued", "offered"]).orderBy("c.waitingSince").orderBy("c.id").limit(1),
)
const expiring = statement((p: { from: Instant; to: Instant }) =>
  watched
    .where("c.windowEndsAt", ">", p.from)
    .where("c.windowEndsAt", "<=", p.to)
    .orderBy("c.windowEndsAt")
    .orderBy("c.id")
    .limit(SHOWN),
)
const bounced = statement(() =>
  watched
    .innerJoin("reportTally as r", "r.conversation", "c.id")
    .select(({ fn, val }) => fn<number>("json_extract", ["r.tally", val("$.transfers")]).as("transfers"))
    .where(({ fn, val, eb }) => eb(fn<number>("json_extract", ["r.tally", val("$.transfers")]), ">=", PING_PONG))
    .orderBy(sql`+${sql.ref("c.id")}`)
    .limit(SHOWN),
)

const SHOWN = 8
/** From when on the end of a window is soon. */
const SOON: Milliseconds = hours(4)

export function liveView(reader: Reader, actor: UserActor): Live {
  const agents = agentsToday(reader)
  const today = tenantToday(reader, actor, agents)
  const weekAgo = addDays(dayAt(today.zone, reader.now), -7)
  const missed = agents.filter((agent) => agent.missed > 0)
  return {
    ...today,
    agents,
    queue: queueLines(reader, agents),
    longestWait: longestWait(reader),
    places: placesOf(agents.filter(({ appearance }) => appearance === "ready")),
    firstResponse: medianOn(reader, todayOf(reader).from),
    firstResponseBefore: medianOn(reader, weekAgo),
    missed: missed.reduce((sum, agent) => sum + agent.missed, 0),
    missedBy: missed.length,
    hoursBefore: hoursToday(reader, today.zone, weekAgo, { dimension: "channel", member: null }, "opened"),
    expiring: reader
      .all(expiring, { from: reader.now, to: reader.now + SOON })
      .map((row) => ({ ...watchedOf(row), endsAt: row.windowEndsAt ?? reader.now })),
    bounced: reader.all(bounced).map((row) => ({ ...watchedOf(row), transfers: row.transfers })),
  }
}

const placesOf = (agents: readonly AgentLine[]): number => agents.reduce((sum, { maximum }) => sum + maximum, 0)

const CLASSES = Array.from({ length: 15 }, (_, index): Measure => `first_response_${index}`)
const FIRST_RESPONSE: readonly Measure[] = ["first_response", "first_response_max", ...CLASSES]

function medianOn(reader: Reader, day: number): Milliseconds | null {
  const period = { name: "custom", from: day, to: day } as const
  return quantileOf(
    sumsOf(reader, period, { dimension: "channel", member: null }, FIRST_RESPONSE),
    "first_response",
    0.5,
  )
}

/** Everybody who answers customers; whoever did most today comes first. */
function agentsToday(reader: Reader): AgentToday[] {
  const sums = sumsByMember(reader, todayOf(reader), "agent", ["closed", "missed"])
  return agentList(reader, NO_AGENT_FILTER)
    .lines.map((line) => {
      const figures = sums.get(line.id) ?? new Map<string, number>()
      return { ...line, closed: countOf(figures, "closed"), missed: countOf(figures, "missed") }
    })
    .sort((one, other) => other.closed + other.load - one.closed - one.load || one.name.localeCompare(other.name))
}

function queueLines(reader: Reader, agents: readonly AgentLine[]): QueueLine[] {
  const rows = reader.all(standing)
  return reader.all(skillsets).map(({ id, name, afterSeconds, overflowName }) => {
    const of = (state: string) => rows.find((row) => row.skillset === id && row.state === state)
    const members = agents.filter((agent) => agent.skillsets.some((one) => one.id === id))
    const ready = members.filter(({ appearance }) => appearance === "ready")
    const waits = [of("queued")?.oldest, of("offered")?.oldest].filter((at) => typeof at === "number")
    return {
      id,
      name,
      queued: of("queued")?.count ?? 0,
      offered: of("offered")?.count ?? 0,
      active: of("active")?.count ?? 0,
      ready: ready.length,
      members: members.length,
      oldest: waits.length === 0 ? null : Math.min(...waits),
      load: ready.reduce((sum, { load }) => sum + load, 0),
      places: placesOf(ready),
      overflow: afterSeconds === null ? null : { name: overflowName ?? "", after: afterSeconds * 1_000 },
    }
  })
}

function longestWait(reader: Reader): LongestWait | null {
  const row = reader.one(longest)
  return row && { id: row.id, title: titleOf(row), skillset: row.skillset, since: row.waitingSince ?? reader.now }
}

type WatchedRow = NonNullable<ReturnType<NonNullable<(typeof longest)["types"]>>>

const watchedOf = (row: WatchedRow): Watched => ({
  id: row.id,
  title: titleOf(row),
  state: row.state,
  skillset: row.skillset,
  who: row.firstName === null ? null : `${row.firstName} ${row.lastName ?? ""}`.trim(),
})
