/** Every conversation that waits: for an agent, for the customer, or left open by an agent who is gone (S39). */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { mayServe, supervises } from "../rules/policy.ts"
import { titleOf } from "./console.ts"

export type WaitingStatus = "queued" | "offered" | "parked_public" | "parked_personal" | "left_open"
export type WaitingConversation = {
  id: Id
  title: string
  phone: string | null
  channelName: string
  skillsetName: string | null
  status: WaitingStatus
  /** Who has it, or whom it waits for and nobody else. */
  userName: string | null
  since: Instant
  /** Whether the viewer may help themselves to it. */
  mayTake: boolean
}

/** More than a page of people can look at; the queue's order decides who is on it. */
const MOST = 200

const base = query
  .selectFrom("conversation as c")
  .innerJoin("customer", "customer.id", "c.customer")
  .innerJoin("channel", "channel.id", "c.channel")
  .leftJoin("skillset", "skillset.id", "c.skillset")
  .leftJoin("user as owner", "owner.id", "c.owner")
  .leftJoin("user as target", "target.id", "c.targetUser")
  .select(["c.id", "c.state", "c.skillset", "c.owner", "c.targetUser", "c.exclusive", "c.parkedAs"])
  .select(["c.waitingSince", "c.stateSince", "channel.name as channelName", "skillset.name as skillsetName"])
  .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
  .select(["owner.firstName as ownerFirst", "owner.lastName as ownerLast"])
  .select(["target.firstName as targetFirst", "target.lastName as targetLast"])

const forAgent = statement((p: { limit: number }) =>
  base
    .where("c.state", "<>", "closed")
    .where("c.state", "in", ["queued", "offered"])
    .orderBy("c.rank")
    .orderBy("c.id")
    .limit(p.limit),
)
const forCustomer = statement((p: { limit: number }) =>
  base
    .where("c.state", "<>", "closed")
    .where("c.state", "=", "parked")
    .orderBy("c.stateSince")
    .orderBy("c.id")
    .limit(p.limit),
)
const leftOpen = statement((p: { limit: number }) =>
  base
    .innerJoin("agent", "agent.user", "c.owner")
    .where("agent.link", "=", "gone")
    .where("c.state", "<>", "closed")
    .where("c.state", "=", "active")
    .orderBy("c.stateSince")
    .orderBy("c.id")
    .limit(p.limit),
)

export type WaitingGroups = Record<"forAgent" | "forCustomer" | "leftOpen", WaitingConversation[]>

/** What the viewer may see of it; an isolated agent sees their own skillsets only. */
export function waitingConversations(reader: Reader, actor: UserActor): WaitingGroups {
  const rows = (of: typeof forAgent) =>
    reader
      .all(of, { limit: MOST })
      .filter((row) => maySeeRow(row, actor))
      .map((row) => waitingOf(row, actor))
  return { forAgent: rows(forAgent), forCustomer: rows(forCustomer), leftOpen: rows(leftOpen) }
}

type Row = NonNullable<ReturnType<NonNullable<(typeof forAgent)["types"]>>>

const maySeeRow = (row: Row, actor: UserActor): boolean =>
  supervises(actor) || row.owner === actor.id || !actor.isolated || mayServe(actor, row)

function waitingOf(row: Row, actor: UserActor): WaitingConversation {
  const { id, phone, channelName, skillsetName, stateSince, waitingSince } = row
  const status = statusOf(row)
  const reserved = row.exclusive === 1 && row.targetUser !== null && row.targetUser !== actor.id
  const personal = status === "parked_personal" && row.owner !== actor.id
  return {
    ...{ id, title: titleOf(row), phone, channelName, skillsetName, status },
    userName: fullName(row.ownerFirst, row.ownerLast) ?? fullName(row.targetFirst, row.targetLast),
    since: status === "queued" || status === "offered" ? (waitingSince ?? stateSince) : stateSince,
    mayTake: status !== "offered" && !reserved && !personal && row.owner !== actor.id && mayServe(actor, row),
  }
}

function statusOf({ state, parkedAs }: Row): WaitingStatus {
  if (state === "parked") return parkedAs === "personal" ? "parked_personal" : "parked_public"
  return state === "offered" || state === "queued" ? state : "left_open"
}

const fullName = (first: string | null, last: string | null): string | null =>
  first === null ? null : `${first} ${last ?? ""}`.trim()

const queuedBySkillset = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => ["skillset", fn.countAll<number>().as("count")])
    .where("state", "=", "queued")
    .groupBy("skillset"),
)

/** How many wait for an agent, of those the viewer may see. */
export const waitingCount = (reader: Reader, actor: UserActor): number =>
  reader
    .all(queuedBySkillset)
    .filter(({ skillset }) => !actor.isolated || supervises(actor) || mayServe(actor, { skillset }))
    .reduce((sum, { count }) => sum + count, 0)
