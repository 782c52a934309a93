import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, statement } from "~/database/statement.ts"
import type { HoldRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"

export type HoldPlace = { on: "customer" | "conversation"; id: Id }

const add = inserting("hold", ["id", "customer", "conversation", "reason", "setBy", "setAt"])
const byId = statement((p: { id: Id }) => query.selectFrom("hold").selectAll().where("id", "=", p.id))
const onCustomer = statement((p: { id: Id }) =>
  query.selectFrom("hold").selectAll().where("customer", "=", p.id).where("customer", "is not", null),
)
const onConversation = statement((p: { id: Id }) =>
  query.selectFrom("hold").selectAll().where("conversation", "=", p.id).where("conversation", "is not", null),
)
const onJoined = statement((p: { kept: Id }) =>
  query
    .selectFrom("hold")
    .innerJoin("customerJoin as j", "j.joined", "hold.customer")
    .select("hold.id")
    .where("hold.customer", "is not", null)
    .where("j.kept", "=", p.kept)
    .where("j.endedAt", "is", null)
    .limit(1),
)
const within = statement((p: { customer: Id }) =>
  query
    .selectFrom("hold")
    .innerJoin("conversation as c", "c.id", "hold.conversation")
    .select("hold.id")
    .where("c.customer", "=", p.customer)
    .limit(1),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("hold").where("id", "=", p.id))

export const loadHold = (reader: Reader, id: Id): HoldRow | null => reader.one(byId, { id })

export const holdOn = (reader: Reader, { on, id }: HoldPlace): HoldRow | null =>
  reader.one(on === "customer" ? onCustomer : onConversation, { id })

/** Whether the customer, whoever is joined with them, or any conversation of theirs is under a hold. */
export const isHeld = (reader: Reader, customer: Id): boolean =>
  reader.one(onCustomer, { id: customer }) !== null ||
  reader.one(onJoined, { kept: customer }) !== null ||
  reader.one(within, { customer }) !== null

export function insertHold(tx: Tx, { on, id }: HoldPlace, reason: string, setBy: Id): Id {
  const place = on === "customer" ? { customer: id, conversation: null } : { customer: null, conversation: id }
  const hold = tx.newId()
  tx.run(add, { id: hold, ...place, reason, setBy, setAt: tx.now })
  return hold
}

export const deleteHold = (tx: Tx, id: Id): void => void tx.run(remove, { id })
