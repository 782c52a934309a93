/** What happens to the tenant's places: they are made, changed, taken away. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { type Location, mayBePlace, rounded } from "./rules.ts"
import { allLocations, deleteLocation, insertLocation, loadLocation, locationByName, updateLocation } from "./store.ts"

export type LocationDetails = Omit<Location, "id" | "version">

/** Refuses `location.impossible` and `location.name_taken {name}`. */
export function addLocation(tx: Tx, given: LocationDetails): Id {
  const details = checked(tx, given, null)
  const location = { ...details, id: tx.newId(), version: 1 }
  insertLocation(tx, location)
  record(tx, "location.created", location, {}, details)
  return location.id
}

/** Also `location.changed_meanwhile` where somebody else was quicker. Answers whether anything is different now. */
export function changeLocation(tx: Tx, id: Id, given: LocationDetails, version: number): boolean {
  const before = found(loadLocation(tx, id))
  demand(before.version === version, "location.changed_meanwhile", { name: before.name })
  const details = checked(tx, given, id)
  const { id: _, version: __, ...known } = before
  if (Object.keys(changesBetween(known, details)).length === 0) return false
  updateLocation(tx, { ...details, id, version: version + 1 })
  record(tx, "location.changed", before, known, details)
  return true
}

/** What was sent stays where it was sent. */
export function removeLocation(tx: Tx, id: Id): void {
  const location = found(loadLocation(tx, id))
  deleteLocation(tx, id)
  record(tx, "location.removed", location, {}, {})
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
  const isKept = locationByName(tx, given.name)?.id === self
  demand(isKept || !isNameTaken(allLocations(tx), given.name, self), "location.name_taken", { name: given.name })
  return { ...given, ...rounded(given) }
}

function record(
  tx: Tx,
  act: "location.created" | "location.changed" | "location.removed",
  { id, name }: Pick<Location, "id" | "name">,
  before: Partial<LocationDetails>,
  after: Partial<LocationDetails>,
): void {
  tx.raise({ type: "audit.due", act, subject: { kind: "location", id, name }, changes: changesBetween(before, after) })
}
