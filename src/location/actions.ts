/** What happens to the tenant's places: they are made, changed, taken away. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { type Location, mayBePlace, rounded } from "./rules.ts"
import { deleteLocation, insertLocation, loadLocation, locationByName, updateLocation } from "./store.ts"

export type LocationDetails = Omit<Location, "id" | "version">

/** Refuses `location.impossible` and `location.name_taken {name}`. */
export function addLocation(tx: Tx, given: LocationDetails): Id {
  const details = checked(tx, given, null)
  const location = { ...details, id: tx.newId(), version: 1 }
  insertLocation(tx, location)
  return location.id
}

/** Also `location.changed_meanwhile` where somebody else was quicker. Answers whether anything is different now. */
export function changeLocation(tx: Tx, id: Id, given: LocationDetails, version: number): boolean {
  const before = found(loadLocation(tx, id))
  demand(before.version === version, "location.changed_meanwhile", { name: before.name })
  const details = checked(tx, given, id)
  const { id: _, version: __, ...known } = before
  if (JSON.stringify(inOrder(details)) === JSON.stringify(inOrder(known))) return false
  updateLocation(tx, { ...details, id, version: version + 1 })
  return true
}

/** What was sent stays where it was sent. */
export function removeLocation(tx: Tx, id: Id): void {
  found(loadLocation(tx, id))
  deleteLocation(tx, id)
}

/** Makes or changes the place of that name. */
export function setLocation(tx: Tx, given: LocationDetails): "created" | "changed" | "left alone" {
  const known = locationByName(tx, given.name)
  if (known) return changeLocation(tx, known.id, given, known.version) ? "changed" : "left alone"
  addLocation(tx, given)
  return "created"
}

function checked(tx: Tx, given: LocationDetails, self: Id | null): LocationDetails {
  const refusal = mayBePlace(given)
  if (refusal) throw new Refused(refusal)
  const other = locationByName(tx, given.name)
  demand(other === null || other.id === self, "location.name_taken", { name: given.name })
  return { ...given, ...rounded(given) }
}

const inOrder = ({ name, address, latitude, longitude }: LocationDetails) => [name, address, latitude, longitude]
