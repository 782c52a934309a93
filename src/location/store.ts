/** How the tenant's places are kept: known by their names. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { Location } from "./rules.ts"

const FIELDS = ["name", "address", "latitude", "longitude", "version"] as const

const all = statement(() =>
  query
    .selectFrom("location")
    .select(["id", ...FIELDS])
    .orderBy("name")
    .orderBy("id"),
)
const byId = statement((p: { id: Id }) =>
  query
    .selectFrom("location")
    .select(["id", ...FIELDS])
    .where("id", "=", p.id),
)
const byName = statement((p: { name: string }) =>
  query
    .selectFrom("location")
    .select(["id", ...FIELDS])
    .where("name", "=", p.name),
)
const add = inserting("location", ["id", ...FIELDS])
const change = statement((p: Location) => query.updateTable("location").set(slotRow(FIELDS)).where("id", "=", p.id))
const remove = statement((p: { id: Id }) => query.deleteFrom("location").where("id", "=", p.id))

/** By name. */
export const allLocations = (reader: Reader): Location[] => reader.all(all)
export const loadLocation = (reader: Reader, id: Id): Location | null => reader.one(byId, { id })
export const locationByName = (reader: Reader, name: string): Location | null => reader.one(byName, { name })

export function insertLocation(tx: Tx, location: Location): void {
  tx.run(add, location)
}

export function updateLocation(tx: Tx, location: Location): void {
  tx.run(change, location)
}

export function deleteLocation(tx: Tx, id: Id): void {
  tx.run(remove, { id })
}
