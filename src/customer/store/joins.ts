/** Who has been joined with whom, and under which of their numbers a conversation is held. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, remembered, slotRow, statement } from "~/database/statement.ts"
import type { CustomerJoinRow, JoinedConversationRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Fields } from "../rules/editing.ts"
import type { Join } from "../rules/joining.ts"

const COLUMNS = ["id", "kept", "joined", "at", "actor", "before", "after", "endedAt"] as const

const now = statement((p: { joined: Id }) =>
  query.selectFrom("customerJoin").select("kept").where("joined", "=", p.joined).where("endedAt", "is", null),
)
const anyJoin = remembered(statement(() => query.selectFrom("customerJoin").select("id").limit(1)))
const byId = statement((p: { id: Id }) => query.selectFrom("customerJoin").select(COLUMNS).where("id", "=", p.id))
const ofKept = statement((p: { kept: Id }) =>
  query
    .selectFrom("customerJoin")
    .select(COLUMNS)
    .where("kept", "=", p.kept)
    .where("endedAt", "is", null)
    .orderBy("id"),
)
const add = inserting("customerJoin", COLUMNS)
const end = statement((p: { id: Id; endedAt: Instant }) =>
  query.updateTable("customerJoin").set({ endedAt: p.endedAt }).where("id", "=", p.id),
)
const move = statement((p: { from: Id; kept: Id }) =>
  query
    .updateTable("customerJoin")
    .set(slotRow(["kept"]))
    .where("kept", "=", p.from)
    .where("endedAt", "is", null),
)
const addressOfOne = statement((p: { conversation: Id }) =>
  query.selectFrom("joinedConversation").selectAll().where("conversation", "=", p.conversation),
)
const heldAt = statement((p: { address: Id }) =>
  query.selectFrom("joinedConversation").selectAll().where("address", "=", p.address).orderBy("conversation"),
)
const addAddress = inserting("joinedConversation", ["conversation", "address", "isMixed"])
const setAddress = statement((p: JoinedConversationRow) =>
  query
    .updateTable("joinedConversation")
    .set(slotRow(["address", "isMixed"]))
    .where("conversation", "=", p.conversation),
)
const dropAddress = statement((p: { conversation: Id }) =>
  query.deleteFrom("joinedConversation").where("conversation", "=", p.conversation),
)

/** Whether anybody was ever joined with somebody: every message asks, and most companies never did. */
export const knowsJoins = (reader: Reader): boolean => reader.one(anyJoin) !== null

/** The customer whose history somebody's words go into: themselves, or whom they were joined with. */
export const personOf = (reader: Reader, customer: Id): Id =>
  (knowsJoins(reader) ? reader.one(now, { joined: customer })?.kept : null) ?? customer

export function loadJoin(reader: Reader, id: Id): Join | null {
  const row = reader.one(byId, { id })
  return row && joinOf(row)
}

/** Those who are joined with them now, the earliest first. */
export const joinsOf = (reader: Reader, kept: Id): Join[] => reader.all(ofKept, { kept }).map(joinOf)

/** Every row that is this person: themselves, and whoever is joined with them now. */
export const rowsOfPerson = (reader: Reader, kept: Id): Id[] => [
  kept,
  ...joinsOf(reader, kept).map(({ joined }) => joined),
]

export function insertJoin(tx: Tx, { before, after, ...join }: Join): void {
  tx.run(add, { ...join, before: JSON.stringify(before), after: JSON.stringify(after) })
}

export function endJoin(tx: Tx, id: Id): void {
  tx.run(end, { id, endedAt: tx.now })
}

/** Whoever was joined with one is joined with the other from now on. */
export function moveJoins(tx: Tx, from: Id, kept: Id): void {
  tx.run(move, { from, kept })
}

/** Whose number a conversation is held under, where that was ever another than its customer's own. */
export const loadAddress = (reader: Reader, conversation: Id): JoinedConversationRow | null =>
  knowsJoins(reader) ? reader.one(addressOfOne, { conversation }) : null

export const conversationsAt = (reader: Reader, address: Id): JoinedConversationRow[] => reader.all(heldAt, { address })

export function saveAddress(tx: Tx, row: JoinedConversationRow): void {
  if (tx.run(setAddress, row) === 0) tx.run(addAddress, row)
}

export function removeAddress(tx: Tx, conversation: Id): void {
  tx.run(dropAddress, { conversation })
}

const joinOf = ({ before, after, ...row }: CustomerJoinRow): Join => ({
  ...row,
  before: JSON.parse(before) as Fields,
  after: JSON.parse(after) as Fields,
})
