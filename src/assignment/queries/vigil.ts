/**
 * The invariants of distribution, watched where the appliance really runs: every automatic offer is judged once more,
 * from the rows alone and not by the rules that made it. Whatever is found is a fault of ours and is counted.
 */
import { openChannels } from "~/channel/queries.ts"
import type { AssignmentReason } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

/** Their names in 3-conversation.md. */
export const WATCHED = ["R1", "R2", "R3", "R6", "R10", "R11"] as const
export type Invariant = (typeof WATCHED)[number]

const standing = statement((p: { conversation: Id; agent: Id }) =>
  query
    .selectFrom("conversation as c")
    .crossJoin("agent")
    .innerJoin("user", "user.id", "agent.user")
    .select(["c.state", "c.owner", "c.channel", "c.exclusive", "c.targetUser"])
    .select(["agent.status", "agent.link", "agent.load", "agent.maximum", "user.enabled"])
    .where("c.id", "=", p.conversation)
    .where("agent.user", "=", p.agent),
)
const held = statement((p: { agent: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner", "=", p.agent)
    .where("state", "<>", "closed")
    .where("state", "in", ["offered", "active"]),
)
const serves = statement((p: { skillset: Id; agent: Id }) =>
  query.selectFrom("skillsetMember").select("user").where("skillset", "=", p.skillset).where("user", "=", p.agent),
)

/** What an offer that was just made breaks; nothing, as a rule. */
export function brokenBy(
  reader: Reader,
  offer: { conversation: Id; agent: Id; reason: AssignmentReason },
): Invariant[] {
  const { conversation, agent, reason } = offer
  const row = reader.one(standing, { conversation, agent })
  if (row?.state !== "offered" || row.owner !== agent) return ["R2"]
  const count = reader.one(held, { agent })?.count ?? 0
  const isAimed = reason.strategy === "target"
  const isOthers = row.exclusive === 1 && row.targetUser !== null && row.targetUser !== agent
  const isServing = reason.skillset !== null && reader.one(serves, { skillset: reason.skillset, agent }) !== null
  const found: [Invariant, boolean][] = [
    ["R1", !isAimed && count > row.maximum],
    ["R2", count !== row.load],
    ["R3", row.enabled === 0 || row.status !== "ready" || (!isAimed && !isServing)],
    ["R6", isOthers],
    ["R10", !openChannels(reader).has(row.channel)],
    ["R11", row.link === "gone"],
  ]
  return found.flatMap(([invariant, isBroken]) => (isBroken ? [invariant] : []))
}
