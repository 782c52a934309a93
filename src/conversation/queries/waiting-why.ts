/** Why a conversation waits, in what a sentence needs: for whom, for what, since when. */
import { serviceStatus } from "~/channel/queries/service.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { nameOf } from "./refusal.ts"
import { standingTransfer } from "./transfers.ts"
import type { WaitingRow } from "./waiting-pages.ts"

export type WaitingWhy =
  | { kind: "given"; name: string; until: Instant }
  /** Only that agent may have it; `standing` says what keeps them. */
  | { kind: "for_user"; name: string; standing: "gone" | "ready" | "break" | "back_office"; until: Instant | null }
  | { kind: "for_skillset"; skillset: string; until: Instant | null }
  | { kind: "number_closed"; channel: string; opensAt: Instant | null }
  | { kind: "nobody_there" | "nobody_ready" | "all_full" | "by_hand"; skillset: string }
  | { kind: "its_turn" }
  | { kind: "silent" | "released" }
  | { kind: "parked_by" | "handed_over"; name: string }
  | { kind: "agent_gone"; name: string; since: Instant; owesAnswer: boolean }

const agents = statement(() =>
  query
    .selectFrom("user")
    .leftJoin("agent", "agent.user", "user.id")
    .select(["user.id", "agent.status", "agent.link", "agent.load", "user.maxConversations as maximum"])
    .where("user.enabled", "=", 1),
)
const memberships = statement(() => query.selectFrom("skillsetMember").select(["skillset", "user"]))
const strategies = statement(() => query.selectFrom("skillset").select(["id", "strategy"]))
const lastParking = statement((p: { conversation: Id }) =>
  query
    .selectFrom("event as e")
    .leftJoin("user as actor", "actor.id", "e.actor")
    .select(["e.kind", "e.data", "actor.firstName", "actor.lastName"])
    .where("e.conversation", "=", p.conversation)
    .where("e.kind", "in", ["conversation.parked", "conversation.handed_over"])
    .orderBy("e.at", "desc")
    .orderBy("e.id", "desc")
    .limit(1),
)

/** What somebody wrote to go with it: into the wait queue, or with the transfer by which it waits. */
export type WaitingNote = { by: string; words: string | null }

/** Null when nobody sent it where it waits. */
export function noteOf(reader: Reader, row: WaitingRow): WaitingNote | null {
  if (row.state === "parked") {
    const { reason = null } = JSON.parse(reader.one(lastParking, { conversation: row.id })?.data ?? "{}") as Reason
    return reason === null ? null : { by: "", words: reason }
  }
  const transfer = row.state === "active" ? null : standingTransfer(reader, row.id)
  if (!transfer || transfer.sender === null) return null
  return { by: nameOf(reader, transfer.sender), words: transfer.note }
}
type Reason = { reason?: string | null }

/** Looks at everybody's standing once; answers for every row of a page. */
export function whyWaiting(reader: Reader): (row: WaitingRow) => WaitingWhy {
  const standing = standingOfAll(reader)
  return (row) => {
    switch (row.state) {
      case "offered":
        return { kind: "given", name: fullName(row.ownerFirst, row.ownerLast), until: row.offeredUntil ?? reader.now }
      case "parked":
        return whyParked(reader, row.id)
      case "queued":
        return whyQueued(standing, row)
      default:
        return {
          kind: "agent_gone",
          name: fullName(row.ownerFirst, row.ownerLast),
          since: row.awaySince ?? row.stateSince,
          owesAnswer: owesAnswer(row),
        }
    }
  }
}

type Standing = ReturnType<typeof standingOfAll>

function standingOfAll(reader: Reader) {
  const all = new Map(reader.all(agents).map((agent) => [agent.id, agent]))
  const members = Map.groupBy(reader.all(memberships), ({ skillset }) => skillset)
  return {
    agents: all,
    strategies: new Map(reader.all(strategies).map(({ id, strategy }) => [id, strategy])),
    closed: new Map(serviceStatus(reader).channels.flatMap((one) => (one.open ? [] : [[one.id, one.nextChange]]))),
    membersOf: (skillset: Id) => (members.get(skillset) ?? []).flatMap(({ user }) => all.get(user) ?? []),
  }
}

function whyQueued({ agents, strategies, closed, membersOf }: Standing, row: WaitingRow): WaitingWhy {
  const skillset = row.skillsetName ?? ""
  const until = row.windowEndsAt
  const opensAt = closed.get(row.channel)
  if (row.exclusive === 1 && row.targetUser !== null) {
    const target = agents.get(row.targetUser)
    const standing = target?.status && target.link !== "gone" ? target.status : "gone"
    return { kind: "for_user", name: fullName(row.targetFirst, row.targetLast), standing, until }
  }
  if (opensAt !== undefined) return { kind: "number_closed", channel: row.channelName, opensAt }
  if (row.exclusive === 1) return { kind: "for_skillset", skillset, until }
  const members = membersOf(row.skillset ?? 0)
  const ready = members.filter(({ status, link }) => status === "ready" && link !== "gone")
  if (members.length === 0) return { kind: "nobody_there", skillset }
  if (strategies.get(row.skillset ?? 0) === "manual") return { kind: "by_hand", skillset }
  if (ready.length === 0) return { kind: "nobody_ready", skillset }
  return ready.every(({ load, maximum }) => (load ?? 0) >= maximum)
    ? { kind: "all_full", skillset }
    : { kind: "its_turn" }
}

function whyParked(reader: Reader, conversation: Id): WaitingWhy {
  const parking = reader.one(lastParking, { conversation })
  const { why } = JSON.parse(parking?.data ?? "{}") as { why?: string }
  if (why === "customer_silent") return { kind: "silent" }
  if (why === "kept_too_long") return { kind: "released" }
  const kind = parking?.kind === "conversation.handed_over" ? "handed_over" : "parked_by"
  return { kind, name: fullName(parking?.firstName ?? null, parking?.lastName ?? null) }
}

const fullName = (first: string | null, last: string | null): string => `${first ?? ""} ${last ?? ""}`.trim()

const owesAnswer = ({ lastInboundAt, lastOutboundAt }: WaitingRow): boolean =>
  lastInboundAt !== null && (lastOutboundAt ?? 0) < lastInboundAt
