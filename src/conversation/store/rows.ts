/** A conversation as a row of its table, and back. */
import type { ConversationRow } from "~/database/tables.ts"
import { assert } from "~/kernel/assert.ts"
import { type Conversation, type ConversationPolicy, ownerOf, rankOf } from "../rules.ts"

/** Where it stands; these columns are indexed. */
export const SPOT = [
  "state",
  "owner",
  "skillset",
  "priority",
  "targetUser",
  "exclusive",
  "parkedAs",
  "waitingSince",
  "joined",
  "offeredUntil",
  "stateSince",
  "closedAt",
  "closedBy",
] as const
/** `rank` follows from the others and the tenant's choices. */
export const PLACE = [...SPOT, "rank"] as const
/** What every message and much of time changes; kept apart so that it touches no index. */
export const COUNTS = [
  "windowEndsAt",
  "lastInboundAt",
  "lastOutboundAt",
  "unreadCount",
  "unreadSince",
  "awaySince",
  "alertedAt",
  "keptSince",
  "remindedFor",
  "warnedFor",
  "onScreenUntil",
  "version",
] as const
type Spot = Pick<ConversationRow, (typeof SPOT)[number]>
export type Place = Spot & Pick<ConversationRow, "rank">
export type Counts = Omit<Pick<ConversationRow, (typeof COUNTS)[number]>, "version">

export const placeOf = (conversation: Conversation, policy: ConversationPolicy): Place => ({
  ...spotOf(conversation),
  rank:
    conversation.state === "queued" || conversation.state === "offered"
      ? rankOf(conversation, policy.priorityStep)
      : null,
})

export function spotOf(conversation: Conversation): Spot {
  const { state, skillset, priority, waitingSince, stateSince, joined } = conversation
  const waiting = state === "queued" || state === "offered" ? conversation : null
  return {
    state,
    skillset,
    priority,
    waitingSince,
    stateSince,
    joined,
    owner: ownerOf(conversation),
    targetUser: waiting?.targetUser ?? null,
    exclusive: waiting?.exclusive ? 1 : 0,
    parkedAs: state === "parked" ? conversation.parkedAs : null,
    offeredUntil: state === "offered" ? conversation.offeredUntil : null,
    closedAt: state === "closed" ? conversation.closedAt : null,
    closedBy: state === "closed" ? conversation.closedBy : null,
  }
}

export function countsOf(conversation: Conversation): Counts {
  const { windowEndsAt, lastInboundAt, lastOutboundAt, unreadCount, unreadSince } = conversation
  const { awaySince, alertedAt, keptSince, remindedFor, warnedFor, onScreenUntil } = conversation
  return {
    windowEndsAt,
    lastInboundAt,
    lastOutboundAt,
    unreadCount,
    unreadSince,
    awaySince,
    alertedAt,
    keptSince,
    remindedFor,
    warnedFor,
    onScreenUntil,
  }
}

/** The CHECKs of the table promise what the assertions repeat (tiger style: say it twice, in two places). */
export function fromRow(row: ConversationRow): Conversation {
  const { owner } = row
  const common = commonOf(row)
  switch (row.state) {
    case "menu":
      return { ...common, state: "menu" }
    case "queued":
      return { ...common, ...targetOf(row), state: "queued" }
    case "offered":
      return {
        ...common,
        ...targetOf(row),
        state: "offered",
        owner: present(owner),
        offeredUntil: present(row.offeredUntil),
      }
    case "active":
      return { ...common, state: "active", owner: present(owner) }
    case "awaiting_reply":
      return { ...common, state: "awaiting_reply", owner: present(owner) }
    case "parked":
      return row.parkedAs === "personal"
        ? { ...common, state: "parked", parkedAs: "personal", owner: present(owner) }
        : { ...common, state: "parked", parkedAs: "public" }
    case "closed":
      return { ...common, state: "closed", owner, closedBy: row.closedBy, closedAt: present(row.closedAt) }
  }
}

function commonOf(row: ConversationRow) {
  const { id, customer, channel, skillset, priority, openedAt, stateSince, waitingSince, windowEndsAt } = row
  const { lastInboundAt, lastOutboundAt, unreadCount, unreadSince, version, joined } = row
  const { awaySince, alertedAt, keptSince, remindedFor, warnedFor, onScreenUntil } = row
  return {
    id,
    customer,
    channel,
    skillset,
    priority,
    openedAt,
    stateSince,
    waitingSince,
    windowEndsAt,
    lastInboundAt,
    lastOutboundAt,
    unreadCount,
    unreadSince,
    version,
    joined,
    awaySince,
    alertedAt,
    keptSince,
    remindedFor,
    warnedFor,
    onScreenUntil,
  }
}

const targetOf = ({ targetUser, exclusive }: ConversationRow) => ({ targetUser, exclusive: exclusive === 1 })

function present<Value>(value: Value | null): Value {
  assert(value !== null, "the table's CHECK holds")
  return value
}
