/** The field of a decision: who could take a conversation, what waits for an agent. */

import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Candidate, Waiting } from "./rules.ts"

/** CROSS JOIN fixes the order: from the free agents, who are few and have an index, to the skillset's members. */
const freeMembers = statement((p: { skillset: Id }) =>
  query
    .selectFrom("agent")
    .crossJoin("skillsetMember as member")
    .innerJoin("user", "user.id", "agent.user")
    .select(["agent.user", "agent.load", "agent.maximum", "agent.idleSince"])
    .whereRef("member.user", "=", "agent.user")
    .where("member.skillset", "=", p.skillset)
    .where("agent.status", "=", "ready")
    .where("agent.link", "<>", "gone")
    .whereRef("agent.load", "<", "agent.maximum")
    .where("user.enabled", "=", 1),
)

const passedBy = statement((p: { conversation: Id; since: Instant }) =>
  query
    .selectFrom("event")
    .select("data")
    .where("conversation", "=", p.conversation)
    .where("at", ">", p.since)
    .where("kind", "in", ["conversation.offer_expired", "conversation.declined"]),
)

/** Agents of the skillset with room who may be given this conversation; `since` bounds who counts as recently asked. */
export function candidatesFor(reader: Reader, conversation: Id, skillset: Id, since: Instant): Candidate[] {
  const members = reader.all(freeMembers, { skillset })
  if (members.length === 0) return []
  const passed = new Set(
    reader.all(passedBy, { conversation, since }).map(({ data }) => (JSON.parse(data) as { agent: Id }).agent),
  )
  return members.map((member) => ({ ...member, recentlyOffered: passed.has(member.user) }))
}

/** Whether anybody of the skillset could take one more now. */
export const anyoneFree = (reader: Reader, skillset: Id): boolean => reader.one(freeMembers, { skillset }) !== null

const skillsetsOf = statement((p: { user: Id }) =>
  query.selectFrom("skillsetMember").select("skillset").where("user", "=", p.user).orderBy("skillset"),
)
const headOfQueue = statement((p: { skillset: Id; channels: string; limit: number }) =>
  query
    .selectFrom("conversation")
    .select(["id", "channel", "skillset", "priority", "waitingSince"])
    .where("state", "=", "queued")
    .where("skillset", "=", p.skillset)
    .where((row) => row.or([row("targetUser", "is", null), row("exclusive", "=", 0)]))
    .where("channel", "in", sql<Id>`(select value from json_each(${p.channels}))`)
    .orderBy("priority", "desc")
    .orderBy("waitingSince")
    .orderBy("id")
    .limit(p.limit),
)

/** The first of each queue the agent serves, on the channels that are open; not yet in a common order. */
export function headsFor(reader: Reader, agent: Id, openChannels: ReadonlySet<Id>, depth: number): Waiting[] {
  const channels = JSON.stringify([...openChannels])
  return reader
    .all(skillsetsOf, { user: agent })
    .flatMap(({ skillset }) => reader.all(headOfQueue, { skillset, channels, limit: depth }))
    .map((row) => ({ ...row, waitingSince: row.waitingSince ?? 0 }))
}

const agentsWithRoom = statement((p: { channel: Id }) =>
  query
    .selectFrom("agent")
    .innerJoin("skillsetMember as member", "member.user", "agent.user")
    .innerJoin("channelSkillset as serves", (join) =>
      join.onRef("serves.skillset", "=", "member.skillset").on("serves.channel", "=", p.channel),
    )
    .select("agent.user")
    .distinct()
    .where("agent.status", "=", "ready")
    .where("agent.link", "<>", "gone")
    .whereRef("agent.load", "<", "agent.maximum")
    .orderBy("agent.user"),
)

/** Agents who could take one more of what a channel brings. */
export const agentsFor = (reader: Reader, channel: Id): Id[] =>
  reader.all(agentsWithRoom, { channel }).map(({ user }) => user)

const waitingFor = statement((p: { user: Id }) =>
  query
    .selectFrom("conversation")
    .select(["id", "channel"])
    .where("state", "=", "queued")
    .where("targetUser", "is not", null)
    .where("targetUser", "=", p.user)
    .orderBy("id"),
)

/** What waits for this agent and nobody else. */
export const exclusiveFor = (reader: Reader, user: Id) => reader.all(waitingFor, { user })

const channelOrder = statement((p: { channel: Id }) =>
  query.selectFrom("channelSkillset").select("skillset").where("channel", "=", p.channel).orderBy("position"),
)

/** The skillsets of a channel, the first being its default. */
export const skillsetsOfChannel = (reader: Reader, channel: Id): Id[] =>
  reader.all(channelOrder, { channel }).map(({ skillset }) => skillset)

/** Where a new conversation of the channel goes: the first skillset with somebody free, else the default one. */
export function routeFor(reader: Reader, channel: Id): Id | null {
  const skillsets = skillsetsOfChannel(reader, channel)
  return skillsets.find((skillset) => anyoneFree(reader, skillset)) ?? skillsets[0] ?? null
}
