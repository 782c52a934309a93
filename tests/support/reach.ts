/** Which skillsets may serve a waiting conversation, worked out from the rows alone, for the invariants. */
import type { Database } from "bun:sqlite"
import { type Instant, seconds } from "~/kernel/clock.ts"

type Id = number
type Waits = Readonly<{
  tenant: Id
  channel: Id
  skillset: Id | null
  waitingSince: Instant | null
  joined: number
}> & {
  readonly stateSince: Instant
}
type Step = { skillset: Id; after: number }
type Settings = Record<string, number | undefined>

export type Reach = {
  /** Those whose agents may be given it without being asked. */
  pushing(conversation: Waits): Id[]
  /** When the next one joins in; null: none will. */
  nextJoinsAt(conversation: Waits): Instant | null
  /** Its place in the queue. */
  rank(conversation: Pick<Waits, "tenant" | "waitingSince"> & { readonly priority: number }): number
}

export function readReach(database: Database): Reach {
  const all = <Row>(sql: string) => database.query(sql).all() as Row[]
  const settingsOf = (sql: string) =>
    new Map(all<{ id: Id; settings: string }>(sql).map((row) => [row.id, JSON.parse(row.settings) as Settings]))
  const tenants = settingsOf("SELECT id, settings FROM tenant")
  const channels = settingsOf("SELECT id, settings FROM channel")
  const manual = new Set(all<{ id: Id }>("SELECT id FROM skillset WHERE strategy = 'manual'").map(({ id }) => id))
  const served = new Set(
    all<{ skillset: Id }>(
      "SELECT DISTINCT skillset FROM skillsetMember AS m JOIN user ON user.id = m.user WHERE user.enabled = 1",
    ).map(({ skillset }) => skillset),
  )
  const own = new Map(
    all<{ skillset: Id; overflowTo: Id; afterSeconds: number }>("SELECT * FROM skillsetOverflow").map((row) => [
      row.skillset,
      row,
    ]),
  )
  const order = all<{ channel: Id; skillset: Id }>("SELECT channel, skillset FROM channelSkillset ORDER BY position")
  const stepsOf = ({ tenant, channel, skillset }: Waits): Step[] => {
    const serving = order.filter((row) => row.channel === channel).map((row) => row.skillset)
    const overflow = own.get(skillset ?? 0)
    const each = channels.get(channel)?.overflowAfterSeconds ?? 0
    const last = tenants.get(tenant)?.unservedAfterSeconds ?? 300
    const steps = [
      ...(overflow ? [{ skillset: overflow.overflowTo, after: overflow.afterSeconds }] : []),
      ...(each === 0
        ? []
        : serving.filter((one) => one !== skillset).map((one, at) => ({ skillset: one, after: each * (at + 1) }))),
      ...(served.has(skillset ?? 0) || last === 0
        ? []
        : serving.slice(0, 1).map((one) => ({ skillset: one, after: last }))),
    ]
    const seen = new Set([skillset])
    return steps
      .sort((a, b) => a.after - b.after)
      .filter((step) => !seen.has(step.skillset) && seen.add(step.skillset))
      .map((step) => ({ ...step, after: seconds(step.after) }))
  }
  return {
    pushing(conversation) {
      const joined = stepsOf(conversation).slice(0, conversation.joined)
      return [conversation.skillset ?? 0, ...joined.map(({ skillset }) => skillset)].filter((one) => !manual.has(one))
    },
    nextJoinsAt(conversation) {
      const next = stepsOf(conversation)[conversation.joined]
      return next ? Math.max((conversation.waitingSince ?? 0) + next.after, conversation.stateSince) : null
    },
    rank: ({ tenant, waitingSince, priority }) =>
      (waitingSince ?? 0) - priority * seconds(tenants.get(tenant)?.priorityStepSeconds ?? 120),
  }
}
