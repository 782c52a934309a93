/** The field of a decision: who could take a conversation, what waits for an agent. */

import type { Reader } from "~/database/handles.ts"
import { idsIn, idsText } from "~/database/ids.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { skillsetManner } from "~/skillset/queries.ts"
import type { Candidate, Field, Waiting } from "./rules.ts"

/**
 * CROSS JOIN fixes the order: from the free agents, who are few and have an index, to the skillset's members. Whoever
 * is disabled has left for good (reactions.ts), so that a thousand users need not be asked.
 */
const freeMembers = statement((p: { skillset: Id }) =>
  query
    .selectFrom("agent")
    .crossJoin("skillsetMember as member")
    .select(["agent.user", "agent.status", "agent.link", "agent.load", "agent.maximum"])
    .select(["agent.idleSince", "agent.lastTurn"])
    .whereRef("member.user", "=", "agent.user")
    .where("member.skillset", "=", p.skillset)
    .where("agent.status", "=", "ready")
    .where("agent.link", "<>", "gone")
    .whereRef("agent.load", "<", "agent.maximum"),
)

const passedBy = statement((p: { conversation: Id; since: Instant }) =>
  query
    .selectFrom("event")
    .select("data")
    .where("conversation", "=", p.conversation)
    .where("at", ">", p.since)
    .where("kind", "in", ["conversation.offer_expired", "conversation.declined"]),
)

/** Who of a skillset has room for one more; `passed` let the conversation pass a short while ago. */
export const freeMembersOf = (reader: Reader, skillset: Id, passed: ReadonlySet<Id> = NOBODY): Candidate[] =>
  reader.all(freeMembers, { skillset }).map((member) => ({ ...member, recentlyOffered: passed.has(member.user) }))

const NOBODY: ReadonlySet<Id> = new Set()

/** Whether anybody of the skillset could take one more now. */
export const anyoneFree = (reader: Reader, skillset: Id): boolean => reader.one(freeMembers, { skillset }) !== null

/** The skillsets that may serve a conversation, with whom of each has room; `since` bounds who was asked recently. */
export function fieldsFor(reader: Reader, conversation: Id, skillsets: readonly Id[], since: Instant): Field[] {
  const passed = new Set(
    reader.all(passedBy, { conversation, since }).map(({ data }) => (JSON.parse(data) as { agent: Id }).agent),
  )
  return skillsets.map((skillset) => ({
    skillset,
    strategy: skillsetManner(reader, skillset).strategy,
    candidates: freeMembersOf(reader, skillset, passed),
  }))
}

const servedBy = statement((p: { user: Id }) =>
  query
    .selectFrom("skillsetMember as member")
    .innerJoin("skillset", "skillset.id", "member.skillset")
    .select("member.skillset")
    .where("member.user", "=", p.user)
    .where("skillset.strategy", "<>", "manual")
    .orderBy("member.skillset"),
)
const headOfQueue = statement((p: { skillset: Id; channels: string }) =>
  query
    .selectFrom("conversation")
    .select(["id", "rank"])
    .where("state", "=", "queued")
    .where("skillset", "=", p.skillset)
    .where((row) => row.or([row("targetUser", "is", null), row("exclusive", "=", 0)]))
    .where("channel", "in", idsIn(p.channels))
    .orderBy("rank")
    .orderBy("id")
    .limit(1),
)
const headOfOverflow = statement((p: { skillset: Id; channels: string }) =>
  query
    .selectFrom("conversationOverflow as overflow")
    .crossJoin("conversation as c")
    .select(["c.id", "c.rank"])
    .whereRef("c.id", "=", "overflow.conversation")
    .where("overflow.skillset", "=", p.skillset)
    .where("c.channel", "in", idsIn(p.channels))
    .orderBy("overflow.rank")
    .orderBy("overflow.conversation")
    .limit(1),
)

/** The first of each queue that is given to the agent, on the channels that are open; not yet in a common order. */
export const headsFor = (reader: Reader, agent: Id, openChannels: ReadonlySet<Id>): Waiting[] =>
  headsOf(
    reader,
    reader.all(servedBy, { user: agent }).map(({ skillset }) => skillset),
    openChannels,
  )

const everySkillset = statement(() =>
  query.selectFrom("skillset").select("id").where("deletedAt", "is", null).orderBy("id"),
)

/** The first of every queue. */
export const headsOfAll = (reader: Reader, openChannels: ReadonlySet<Id>): Waiting[] =>
  headsOf(
    reader,
    reader.all(everySkillset).map(({ id }) => id),
    openChannels,
  )

function headsOf(reader: Reader, skillsets: readonly Id[], openChannels: ReadonlySet<Id>): Waiting[] {
  const channels = idsText(openChannels)
  return skillsets
    .flatMap((skillset) => [
      ...reader.all(headOfQueue, { skillset, channels }),
      ...reader.all(headOfOverflow, { skillset, channels }),
    ])
    .map(({ id, rank }) => ({ id, rank: rank ?? 0 }))
}

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

const waitingForSomebody = statement(() =>
  query
    .selectFrom("conversation")
    .select(["id", "channel", "targetUser"])
    .where("state", "=", "queued")
    .where("targetUser", "is not", null)
    .orderBy("id"),
)

/** Everything that waits for one user and nobody else. */
export const waitingForOne = (reader: Reader): { id: Id; channel: Id; target: Id }[] =>
  reader
    .all(waitingForSomebody)
    .flatMap(({ id, channel, targetUser }) => (targetUser === null ? [] : [{ id, channel, target: targetUser }]))
