/** Why a conversation waits: for supervisors, agent by agent, in one word each. */
import { type Appearance, appearanceOf } from "~/agent/queries/agents.ts"
import { openChannels } from "~/channel/queries.ts"
import { conversationFor } from "~/conversation/queries/known.ts"
import { nameOf } from "~/conversation/queries/refusal.ts"
import { type Conversation, joinsAt, type Queued } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { skillsetManner } from "~/skillset/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { repeatOfferPause } from "~/tenant/rules.ts"
import { hasRoom } from "../rules.ts"
import { overflowOf } from "./overflow.ts"

export type Obstacle =
  | { kind: "full" | "by_hand" | "free" }
  | { kind: Exclude<Appearance, "ready"> }
  | { kind: "passed"; at: Instant }
export type AskedAgent = { user: Id; name: string; load: number; maximum: number; obstacle: Obstacle }
export type AskedSkillset = {
  name: string
  isOwn: boolean
  isManual: boolean
  agents: AskedAgent[]
  /** How many more serve it than are listed. */
  more: number
}
export type Explanation = {
  conversation: Id
  title: string
  /** What stands above all agents; null: they alone decide. */
  above: { kind: "not_waiting" | "closed" } | { kind: "for_user" | "for_skillset"; name: string } | null
  /** Its place in the queue of its own skillset. */
  place: { skillset: string; before: number } | null
  skillsets: AskedSkillset[]
  /** Who joins in next. */
  next: { skillset: string; at: Instant } | null
}

/** More than anybody reads. */
const MOST_AGENTS = 100

/** «Not found» for whoever may not see the conversation. */
export function explain(reader: Reader, actor: UserActor, id: Id): Explanation {
  const { conversation, title } = found(conversationFor(reader, actor, id))
  const head = { conversation: id, title, above: above(reader, conversation) }
  if (conversation.state !== "queued" || conversation.skillset === null)
    return { ...head, place: null, skillsets: [], next: null }
  const { skillset, joined, exclusive } = conversation
  const steps = exclusive ? [] : overflowOf(reader, conversation.channel, skillset)
  const asked = [skillset, ...steps.slice(0, joined).map((step) => step.skillset)]
  const next = steps[joined]
  return {
    ...head,
    place: { skillset: skillsetName(reader, skillset), before: placeOf(reader, conversation) },
    skillsets:
      conversation.targetUser === null ? asked.map((one) => askedSkillset(reader, id, one, one === skillset)) : [],
    next: next ? { skillset: skillsetName(reader, next.skillset), at: joinsAt(conversation, next) } : null,
  }
}

function above(reader: Reader, conversation: Conversation): Explanation["above"] {
  if (conversation.state !== "queued") return { kind: "not_waiting" }
  if (!openChannels(reader).has(conversation.channel)) return { kind: "closed" }
  const { exclusive, targetUser, skillset } = conversation
  if (!exclusive) return null
  if (targetUser !== null) return { kind: "for_user", name: nameOf(reader, targetUser) }
  return { kind: "for_skillset", name: skillset === null ? "" : skillsetName(reader, skillset) }
}

const skillsetName = (reader: Reader, id: Id): string => skillsetManner(reader, id).name

const rankOf = statement((p: { id: Id }) => query.selectFrom("conversation").select("rank").where("id", "=", p.id))
const countBefore = statement((p: { skillset: Id; rank: number; id: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "=", "queued")
    .where("skillset", "=", p.skillset)
    .where("rank", "<=", p.rank)
    .where((row) => row.or([row("rank", "<", p.rank), row("id", "<", p.id)])),
)

/** How many stand before it in the queue of its skillset. */
function placeOf(reader: Reader, { id, skillset }: Queued): number {
  const rank = reader.one(rankOf, { id })?.rank
  if (skillset === null || rank === undefined || rank === null) return 0
  return reader.one(countBefore, { skillset, rank, id })?.count ?? 0
}

const members = statement((p: { skillset: Id }) =>
  query
    .selectFrom("skillsetMember as member")
    .innerJoin("user", "user.id", "member.user")
    .leftJoin("agent", "agent.user", "member.user")
    .select(["user.id", "user.firstName", "user.lastName", "user.maxConversations"])
    .select(["agent.status", "agent.statusSince", "agent.link", "agent.linkSince", "agent.load", "agent.maximum"])
    .where("member.skillset", "=", p.skillset)
    .where("user.enabled", "=", 1)
    .orderBy("user.firstName")
    .orderBy("user.lastName")
    .orderBy("user.id"),
)
const passedOffers = statement((p: { conversation: Id; since: Instant }) =>
  query
    .selectFrom("event")
    .select(["at", "data"])
    .where("conversation", "=", p.conversation)
    .where("at", ">", p.since)
    .where("kind", "=", "conversation.offer_expired")
    .orderBy("at"),
)

function askedSkillset(reader: Reader, conversation: Id, id: Id, isOwn: boolean): AskedSkillset {
  const since = reader.now - repeatOfferPause(tenantSettings(reader))
  const passedAt = new Map(
    reader
      .all(passedOffers, { conversation, since })
      .map(({ at, data }) => [(JSON.parse(data) as { agent: Id }).agent, at] as const),
  )
  const { name, strategy } = skillsetManner(reader, id)
  const isManual = strategy === "manual"
  const everybody = reader.all(members, { skillset: id })
  const agents = everybody.slice(0, MOST_AGENTS).map((row): AskedAgent => {
    const { id: user, maxConversations } = row
    const standing = { load: row.load ?? 0, maximum: row.maximum ?? maxConversations }
    const { appearance } = appearanceOf(reader, row)
    const obstacle = obstacleOf({ appearance, ...standing, passedAt: passedAt.get(user) ?? null, isManual })
    return { user, name: `${row.firstName} ${row.lastName}`.trim(), ...standing, obstacle }
  })
  return { name, isOwn, isManual, agents, more: Math.max(0, everybody.length - MOST_AGENTS) }
}

type Asked = {
  appearance: Appearance
  load: number
  maximum: number
  passedAt: Instant | null
  isManual: boolean
}

/** What counts first is said: somebody who is away is not called full. */
function obstacleOf({ appearance, load, maximum, passedAt, isManual }: Asked): Obstacle {
  if (appearance !== "ready") return { kind: appearance }
  if (!hasRoom({ load, maximum })) return { kind: "full" }
  if (isManual) return { kind: "by_hand" }
  return passedAt === null ? { kind: "free" } : { kind: "passed", at: passedAt }
}
