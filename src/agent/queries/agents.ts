/** The page of agents: how each of them stands, what they have in hand, and for how long somebody waits for them. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { AGENT_STATUSES, type AgentStatus } from "../rules.ts"
import { lostSince } from "../store/history.ts"

/** As it is seen: the status that was chosen, unless nobody is there. */
export const APPEARANCES = [...AGENT_STATUSES, "disconnected", "signed_out"] as const
export type Appearance = (typeof APPEARANCES)[number]

export type AgentLine = {
  id: Id
  name: string
  username: string
  appearance: Appearance
  /** Since when they appear so; null for whoever never was at work. */
  since: Instant | null
  /** What was chosen, whether they are there or not. */
  status: AgentStatus
  /** Who set the status, when somebody else did. */
  setBy: string | null
  load: number
  maximum: number
  skillsets: readonly { id: Id; name: string }[]
  /** Since when the customer waits who waits for an answer of theirs for longest. */
  oldestUnanswered: Instant | null
}

export type AgentFilter = { words: string; skillset: Id | null; appearance: Appearance | null }

export const NO_AGENT_FILTER: AgentFilter = { words: "", skillset: null, appearance: null }

/** What a page's address asks for; what it cannot mean is left out. */
export const readFilter = (asked: URLSearchParams): AgentFilter => ({
  words: (asked.get("q") ?? "").trim().slice(0, 100),
  skillset: parseId(asked.get("skillset") ?? ""),
  appearance: APPEARANCES.find((one) => one === asked.get("status")) ?? null,
})

const people = statement(() =>
  query
    .selectFrom("user")
    .leftJoin("agent", "agent.user", "user.id")
    .leftJoin("user as setter", "setter.id", "agent.statusBy")
    .select(["user.id", "user.username", "user.firstName", "user.lastName", "user.level", "user.maxConversations"])
    .select(["agent.status", "agent.statusSince", "agent.statusBy", "agent.link", "agent.linkSince", "agent.load"])
    .select(["setter.firstName as setterFirst", "setter.lastName as setterLast"])
    .where("user.enabled", "=", 1),
)
const memberships = statement(() =>
  query
    .selectFrom("skillsetMember as m")
    .innerJoin("skillset", "skillset.id", "m.skillset")
    .select(["m.user", "skillset.id", "skillset.name"])
    .orderBy("skillset.name"),
)
const unanswered = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => ["owner", fn.min<Instant>(fn.coalesce("unreadSince", "lastInboundAt")).as("since")])
    .where("state", "<>", "closed")
    .where("state", "=", "active")
    .where((row) => row.or([row("lastOutboundAt", "is", null), row("lastInboundAt", ">", row.ref("lastOutboundAt"))]))
    .groupBy("owner"),
)

/** Everybody who answers customers, by name; `counts` are over all of them, `lines` what the filter leaves. */
export function agentList(reader: Reader, filter: AgentFilter) {
  const all = everyAgent(reader)
  const count = (appearance: Appearance) => all.filter((line) => line.appearance === appearance).length
  const counts = APPEARANCES.map((appearance) => ({ appearance, count: count(appearance) }))
  const skillsets = new Map(all.flatMap((line) => line.skillsets.map((one) => [one.id, one] as const)))
  return { lines: all.filter((line) => fits(line, filter)), counts, skillsets: [...skillsets.values()].sort(byName) }
}
export type AgentList = ReturnType<typeof agentList>

/** One of them; null for whoever does not answer customers. */
export const agentLine = (reader: Reader, id: Id): AgentLine | null =>
  everyAgent(reader).find((line) => line.id === id) ?? null

function everyAgent(reader: Reader): AgentLine[] {
  const skillsetsOf = Map.groupBy(reader.all(memberships), ({ user }) => user)
  const waiting = new Map(reader.all(unanswered).map(({ owner, since }) => [owner, since]))
  return reader
    .all(people)
    .filter(({ id, level }) => level === "agent" || skillsetsOf.has(id))
    .map((row): AgentLine => {
      const { id, username, statusBy, setterFirst, setterLast } = row
      return {
        id,
        username,
        name: fullName(row.firstName, row.lastName),
        ...appearanceOf(reader, row),
        status: row.status ?? "ready",
        setBy: statusBy === null || statusBy === id ? null : fullName(setterFirst, setterLast),
        load: row.load ?? 0,
        maximum: row.maxConversations,
        skillsets: (skillsetsOf.get(id) ?? []).map((one) => ({ id: one.id, name: one.name })),
        oldestUnanswered: waiting.get(id) ?? null,
      }
    })
    .sort(byName)
}

type Person = NonNullable<ReturnType<NonNullable<(typeof people)["types"]>>>

type Presence = Pick<Person, "id" | "status" | "statusSince" | "link" | "linkSince">

export function appearanceOf(reader: Reader, row: Presence): Pick<AgentLine, "appearance" | "since"> {
  const { id, status, statusSince, link, linkSince } = row
  if (status === null) return { appearance: "signed_out", since: null }
  if (link !== "gone") return { appearance: status, since: statusSince }
  return { appearance: lostSince(reader, id) === null ? "signed_out" : "disconnected", since: linkSince }
}

const fits = ({ name, username, skillsets, appearance }: AgentLine, filter: AgentFilter): boolean =>
  plain(`${name} ${username}`).includes(plain(filter.words)) &&
  (filter.skillset === null || skillsets.some(({ id }) => id === filter.skillset)) &&
  (filter.appearance === null || filter.appearance === appearance)

/** Case and accents make no difference to whoever searches. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name)
const fullName = (first: string | null, last: string | null): string => `${first ?? ""} ${last ?? ""}`.trim()
