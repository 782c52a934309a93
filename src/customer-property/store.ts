/** How customer properties are kept: in the order in which they are shown. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { CustomerPropertyRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { CustomerProperty } from "./rules.ts"

const CHANGING = ["name", "kind", "choices", "position", "enabled"] as const

const every = statement(() => query.selectFrom("customerProperty").selectAll().orderBy("position").orderBy("id"))
const everyChannel = statement(() => query.selectFrom("customerPropertyChannel").select(["property", "channel"]))
const add = inserting("customerProperty", ["id", ...CHANGING, "version"])
const change = statement((p: Pick<CustomerPropertyRow, "id" | (typeof CHANGING)[number]>) =>
  query
    .updateTable("customerProperty")
    .set((row) => ({ ...slotRow(CHANGING), version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("customerProperty").where("id", "=", p.id))
const place = statement((p: { id: Id; position: number }) =>
  query
    .updateTable("customerProperty")
    .set(slotRow(["position"]))
    .where("id", "=", p.id),
)
const dropChannels = statement((p: { property: Id }) =>
  query.deleteFrom("customerPropertyChannel").where("property", "=", p.property),
)
const addChannel = inserting("customerPropertyChannel", ["property", "channel"])

/** All of them, out of use or not, in their order. */
export function loadProperties(reader: Reader): CustomerProperty[] {
  const channels = Map.groupBy(reader.all(everyChannel), ({ property }) => property)
  return reader.all(every).map(({ enabled, choices, ...row }) => ({
    ...row,
    enabled: enabled === 1,
    choices: JSON.parse(choices) as string[],
    channels: (channels.get(row.id) ?? []).map(({ channel }) => channel).sort((a, b) => a - b),
  }))
}

export function insertProperty(tx: Tx, property: CustomerProperty): void {
  tx.run(add, { ...rowOf(property), version: 1 })
  setChannels(tx, property)
}

export function updateProperty(tx: Tx, property: CustomerProperty): void {
  tx.run(change, rowOf(property))
  setChannels(tx, property)
}

export function placeProperty(tx: Tx, id: Id, position: number): void {
  tx.run(place, { id, position })
}

/** Nobody has a value of it any more. */
export function deleteProperty(tx: Tx, id: Id): void {
  tx.run(dropChannels, { property: id })
  tx.run(remove, { id })
}

function setChannels(tx: Tx, { id: property, channels }: CustomerProperty): void {
  tx.run(dropChannels, { property })
  for (const channel of channels) tx.run(addChannel, { property, channel })
}

const rowOf = ({ id, name, kind, choices, position, enabled }: CustomerProperty) => ({
  id,
  name,
  kind,
  position,
  choices: JSON.stringify(choices),
  enabled: enabled ? (1 as const) : (0 as const),
})
