/** To whom a conversation may go: users and skillsets as the transfer dialog lists them, live. */
import { type Appearance, appearanceOf } from "~/agent/queries/agents.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { mayReachSkillset, mayReachUser, type TargetUser } from "../rules/targets.ts"

export type UserTarget = {
  id: Id
  name: string
  username: string
  appearance: Appearance
  since: Instant | null
  load: number
  maximum: number
  skillsets: readonly { id: Id; name: string }[]
}
export type SkillsetTarget = {
  id: Id
  name: string
  ready: number
  members: number
  waiting: number
  longestSince: Instant | null
}
export type TargetSearch = { words: string; onlyReady: boolean }

const users = statement(() =>
  query
    .selectFrom("user")
    .leftJoin("agent", "agent.user", "user.id")
    .select(["user.id", "user.firstName", "user.lastName", "user.username", "user.level", "user.isolated"])
    .select(["user.enabled", "user.maxConversations", "agent.status", "agent.statusSince", "agent.link"])
    .select(["agent.linkSince", "agent.load"])
    .where("user.enabled", "=", 1)
    .orderBy("user.firstName")
    .orderBy("user.lastName")
    .orderBy("user.id"),
)
const memberships = statement(() =>
  query
    .selectFrom("skillsetMember as member")
    .innerJoin("skillset", "skillset.id", "member.skillset")
    .select(["member.user", "skillset.id", "skillset.name"])
    .orderBy("skillset.name"),
)

/** Whom `sender` may send a conversation of `skillset` to: who can take it now first, then by name. */
export const userTargets = (reader: Reader, sender: UserActor, skillset: Id | null): UserTarget[] =>
  targetsThat(reader, (target) => mayReachUser(sender, target, skillset))

/** Whom `sender` may give something to, of whatever skillset it is. */
export const assignees = (reader: Reader, sender: UserActor): UserTarget[] =>
  targetsThat(reader, (target) => mayReachUser(sender, target, target.skillsets[0] ?? null))

function targetsThat(reader: Reader, fits: (target: TargetUser) => boolean): UserTarget[] {
  const groups = Map.groupBy(reader.all(memberships), ({ user }) => user)
  return reader
    .all(users)
    .map((row) => ({ row, skillsets: (groups.get(row.id) ?? []).map(({ id, name }) => ({ id, name })) }))
    .filter(({ row, skillsets }) => {
      const rights = { id: row.id, level: row.level, isolated: row.isolated === 1, enabled: true }
      return fits({ ...rights, skillsets: skillsets.map(({ id }) => id) })
    })
    .map(({ row, skillsets }): UserTarget => {
      const { id, firstName, lastName, username, load, maxConversations } = row
      return {
        id,
        username,
        skillsets,
        name: `${firstName} ${lastName}`.trim(),
        ...appearanceOf(reader, row),
        load: load ?? 0,
        maximum: maxConversations,
      }
    })
    .sort((one, other) => readiness(one) - readiness(other))
}

const GONE: readonly Appearance[] = ["disconnected", "signed_out"]

const readiness = ({ appearance, load, maximum }: UserTarget): number => {
  if (GONE.includes(appearance)) return 3
  if (appearance !== "ready") return 2
  return load < maximum ? 0 : 1
}

/** Those whose name, username or skillsets have all the words in them, accents and case aside. */
export function searched(targets: readonly UserTarget[], { words, onlyReady }: TargetSearch): UserTarget[] {
  const wanted = plain(words).split(/\s+/)
  return targets.filter((target) => {
    const text = plain([target.name, target.username, ...target.skillsets.map(({ name }) => name)].join(" "))
    return (!onlyReady || readiness(target) < 2) && wanted.every((word) => text.includes(word))
  })
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()

const skillsets = statement(() =>
  query.selectFrom("skillset").select(["id", "name"]).where("deletedAt", "is", null).orderBy("name"),
)
const members = statement(() =>
  query
    .selectFrom("skillsetMember as member")
    .innerJoin("user", "user.id", "member.user")
    .leftJoin("agent", "agent.user", "member.user")
    .select(["member.skillset", "agent.status", "agent.link"])
    .where("user.enabled", "=", 1),
)
const waiting = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => [
      "skillset",
      fn.countAll<number>().as("count"),
      fn.min<number | null>("waitingSince").as("first"),
    ])
    .where("state", "=", "queued")
    .groupBy("skillset"),
)

/** The skillsets `sender` may send it to, by name. */
export function skillsetTargets(reader: Reader, sender: UserActor): SkillsetTarget[] {
  const groups = Map.groupBy(reader.all(members), ({ skillset }) => skillset)
  const queues = new Map(reader.all(waiting).map((queue) => [queue.skillset, queue]))
  return reader
    .all(skillsets)
    .filter(({ id }) => mayReachSkillset(sender, id))
    .map(({ id, name }): SkillsetTarget => {
      const all = groups.get(id) ?? []
      const ready = all.filter(({ status, link }) => status === "ready" && link !== null && link !== "gone")
      const queue = queues.get(id)
      return {
        id,
        name,
        ready: ready.length,
        members: all.length,
        waiting: queue?.count ?? 0,
        longestSince: queue?.first ?? null,
      }
    })
}
