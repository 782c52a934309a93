/** The fields of a customer that people fill in, and who changed which. */
import type { Reader, Tx } from "~/database/handles.ts"
import { idsIn, idsText } from "~/database/ids.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { OWN_FIELDS, type OwnFields } from "../rules/editing.ts"
import { refreshSearch } from "./searched.ts"

const own = statement((p: { id: Id }) =>
  query
    .selectFrom("customer")
    .select([...OWN_FIELDS, "createdAt"])
    .where("id", "=", p.id),
)
const change = statement((p: { id: Id } & OwnFields) =>
  query
    .updateTable("customer")
    .set((row) => ({ ...slotRow(OWN_FIELDS), version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const values = statement((p: { customer: Id }) =>
  query.selectFrom("customerValue").select(["property", "value"]).where("customer", "=", p.customer),
)
const valuesOfMany = statement((p: { customers: string }) =>
  query
    .selectFrom("customerValue")
    .select(["customer", "property", "value"])
    .where("customer", "in", idsIn(p.customers)),
)
const addValue = inserting("customerValue", ["customer", "property", "value"])
const dropValue = statement((p: { customer: Id; property: Id }) =>
  query.deleteFrom("customerValue").where("customer", "=", p.customer).where("property", "=", p.property),
)
const dropValues = statement((p: { property: Id }) =>
  query.deleteFrom("customerValue").where("property", "=", p.property),
)
const addChange = inserting("customerChange", ["id", "customer", "at", "field", "was", "became", "actor"])
const lastChange = statement((p: { customer: Id; field: string }) =>
  query
    .selectFrom("customerChange")
    .select(["actor", "at"])
    .where("customer", "=", p.customer)
    .where("field", "=", p.field)
    .orderBy("id", "desc")
    .limit(1),
)

export const loadOwnFields = (reader: Reader, id: Id) => reader.one(own, { id })

export function saveOwnFields(tx: Tx, id: Id, fields: OwnFields): void {
  tx.run(change, { id, ...fields })
  refreshSearch(tx, id)
}

/** What stands in the tenant's own fields. */
export const loadValues = (reader: Reader, customer: Id): ReadonlyMap<Id, string> =>
  new Map(reader.all(values, { customer }).map(({ property, value }) => [property, value]))

/** The same of several; whoever has nothing there is not among them. */
export function loadValuesOfMany(reader: Reader, customers: readonly Id[]): ReadonlyMap<Id, ReadonlyMap<Id, string>> {
  const all = new Map<Id, Map<Id, string>>()
  for (const { customer, property, value } of reader.all(valuesOfMany, { customers: idsText(customers) })) {
    const own = all.get(customer) ?? new Map<Id, string>()
    all.set(customer, own.set(property, value))
  }
  return all
}

/** Empty: nothing is kept. */
export function saveValue(tx: Tx, customer: Id, property: Id, value: string): void {
  tx.run(dropValue, { customer, property })
  if (value !== "") tx.run(addValue, { customer, property, value })
}

export function recordChange(tx: Tx, customer: Id, changed: { field: string; was: string; became: string }): void {
  const actor = tx.actor.kind === "user" ? tx.actor.id : null
  tx.run(addChange, { id: tx.newId(), customer, at: tx.now, actor, ...changed })
}

export const lastChangeOf = (reader: Reader, customer: Id, field: string) => reader.one(lastChange, { customer, field })

/** The property goes, and what was kept under it. */
export const dropValuesOf = (tx: Tx, property: Id): number => tx.run(dropValues, { property })
