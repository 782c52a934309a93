/** How conversations are kept: one row each, changed by compare-and-set on its version. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ConversationRow } from "~/database/tables.ts"
import { replaceDeadlines, saveDeadlines } from "~/database/timers.ts"
import { assert } from "~/kernel/assert.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Conversation, type ConversationPolicy, deadlines, joinsAt, type Queued } from "./rules.ts"
import { saveOverflow } from "./store/overflow.ts"
import { COUNTS, type Counts, countsOf, fromRow, PLACE, type Place, placeOf, SPOT, spotOf } from "./store/rows.ts"

const insert = inserting("conversation", ["id", "customer", "channel", "openedAt", ...PLACE, ...COUNTS])
type Expected = { id: Id; expected: number; version: number }
const move = statement((p: Place & Counts & Expected) =>
  query
    .updateTable("conversation")
    .set(slotRow([...PLACE, ...COUNTS]))
    .where("id", "=", p.id)
    .where("version", "=", p.expected),
)
const count = statement((p: Counts & Expected) =>
  query.updateTable("conversation").set(slotRow(COUNTS)).where("id", "=", p.id).where("version", "=", p.expected),
)
const byId = statement((p: { id: Id }) => query.selectFrom("conversation").selectAll().where("id", "=", p.id))
const openOne = statement((p: { customer: Id; channel: Id }) =>
  query
    .selectFrom("conversation")
    .selectAll()
    .where("customer", "=", p.customer)
    .where("channel", "=", p.channel)
    .where("state", "<>", "closed"),
)
const openOnes = statement((p: { customer: Id }) =>
  query.selectFrom("conversation").selectAll().where("customer", "=", p.customer).where("state", "<>", "closed"),
)
const lastWindow = statement((p: { customer: Id; channel: Id }) =>
  query
    .selectFrom("conversation")
    .select("windowEndsAt")
    .where("customer", "=", p.customer)
    .where("channel", "=", p.channel)
    .orderBy("id", "desc")
    .limit(1),
)
const queuedOnes = statement(() =>
  query.selectFrom("conversation").selectAll().where("state", "=", "queued").orderBy("id"),
)
const heldOnes = statement(() =>
  query
    .selectFrom("conversation")
    .selectAll()
    .where("state", "<>", "closed")
    .where("state", "in", ["active", "parked", "awaiting_reply"])
    .orderBy("id"),
)
const ofOwnerInState = statement((p: { owner: Id; state: ConversationRow["state"] }) =>
  query
    .selectFrom("conversation")
    .selectAll()
    .where("owner", "=", p.owner)
    .where("state", "=", p.state)
    .where("state", "<>", "closed")
    .orderBy("id"),
)

const reserved = statement((p: { user: Id }) =>
  query
    .selectFrom("conversation")
    .selectAll()
    .where("state", "<>", "closed")
    .where("state", "in", ["queued", "offered"])
    .where("targetUser", "=", p.user)
    .where("exclusive", "=", 1)
    .orderBy("id"),
)

export function loadConversation(reader: Reader, id: Id): Conversation | null {
  const row = reader.one(byId, { id })
  return row && fromRow(row)
}

/** The one open conversation of a customer on a channel (a partial unique index makes it one). */
export function findOpen(reader: Reader, customer: Id, channel: Id): Conversation | null {
  const row = reader.one(openOne, { customer, channel })
  return row && fromRow(row)
}

/** The customer's open conversations, one for each channel at most. */
export const openOf = (reader: Reader, customer: Id): Conversation[] => reader.all(openOnes, { customer }).map(fromRow)

/** End of the customer's 24-hour window on a channel, whichever conversation it was opened in. */
export const lastWindowEnd = (reader: Reader, customer: Id, channel: Id): Instant | null =>
  reader.one(lastWindow, { customer, channel })?.windowEndsAt ?? null

export const conversationsOf = (reader: Reader, owner: Id, state: "offered" | "active" | "parked"): Conversation[] =>
  reader.all(ofOwnerInState, { owner, state }).map(fromRow)

/** What waits for this user only, or is offered to them while it does. */
export const reservedFor = (reader: Reader, user: Id): Conversation[] => reader.all(reserved, { user }).map(fromRow)

/** Everything that waits for an agent. */
export const queuedConversations = (reader: Reader): Queued[] =>
  reader
    .all(queuedOnes)
    .map(fromRow)
    .filter((one) => one.state === "queued")

/** What an agent has or the wait queue: time acts on it as the number and the tenant want. */
export const heldConversations = (reader: Reader): Conversation[] => reader.all(heldOnes).map(fromRow)

/** The choices behind its deadlines are others now. */
export const renewDeadlines = (tx: Tx, conversation: Conversation, policy: ConversationPolicy): void =>
  replaceDeadlines(tx, conversation.id, deadlines(conversation, policy))

export function insertConversation(tx: Tx, next: Conversation, policy: ConversationPolicy): void {
  const { id, customer, channel, openedAt } = next
  tx.run(insert, { id, customer, channel, openedAt, ...placeOf(next, policy), ...countsOf(next), version: 1 })
  saveDeadlines(tx, id, [], deadlines(next, policy))
}

/** Writes `next` in place of `before`; its deadlines follow. */
export function updateConversation(tx: Tx, before: Conversation, next: Conversation, policy: ConversationPolicy): void {
  const expected = expectedOf(before)
  const was = spotOf(before)
  const spot = spotOf(next)
  const moved = SPOT.some((column) => was[column] !== spot[column])
  const changed = moved
    ? tx.run(move, { ...placeOf(next, policy), ...countsOf(next), ...expected })
    : tx.run(count, { ...countsOf(next), ...expected })
  assert(changed === 1, "a conversation changes from the version that was loaded")
  if (moved) saveOverflow(tx, before, next, policy)
  if (moved || isTimedByCounts(next)) saveDeadlines(tx, next.id, deadlines(before, policy), deadlines(next, policy))
}

/** Elsewhere a message moves no deadline, and none of the choices behind them needs to be read. */
const isTimedByCounts = (conversation: Conversation): boolean =>
  conversation.state === "active" ||
  conversation.state === "parked" ||
  conversation.state === "awaiting_reply" ||
  (conversation.state === "queued" && conversation.exclusive)

/** The choices behind its place in the queue are others now: so is who has joined in until now. */
export function requeue(tx: Tx, before: Queued, policy: ConversationPolicy): void {
  const steps = before.skillset === null || before.exclusive ? [] : policy.overflow(before.skillset)
  const next = { ...before, joined: steps.filter((step) => joinsAt(before, step) <= tx.now).length }
  tx.run(move, { ...placeOf(next, policy), ...countsOf(next), ...expectedOf(before) })
  saveOverflow(tx, before, next, policy)
  replaceDeadlines(tx, next.id, deadlines(next, policy))
}

const expectedOf = ({ id, version }: Conversation): Expected => ({ id, expected: version, version: version + 1 })
