/** What happens to customer properties: they are made, changed, put in order, taken out of use. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { valuesKept } from "./queries/list.ts"
import { type CustomerProperty, type NewProperty, refuseProperty } from "./rules.ts"
import { deleteProperty, insertProperty, loadProperties, placeProperty, updateProperty } from "./store.ts"

export type PropertyOutcome = "created" | "changed" | "left alone"

/** Makes or changes the property of that name; `position` puts it among the others, else a new one stands last. */
export function setProperty(tx: Tx, given: NewProperty, position?: number): PropertyOutcome {
  const known = loadProperties(tx).find(({ name }) => name === given.name)
  return saveProperty(tx, known?.id ?? null, given, position)
}

/**
 * The same for one that is known by its id, whose name may change. Refuses as `refuseProperty`, `property.name_taken`,
 * and `property.kind_stays`: values that are kept would mean nothing under another kind.
 */
export function saveProperty(tx: Tx, id: Id | null, given: NewProperty, position?: number): PropertyOutcome {
  const refusal = refuseProperty(given)
  if (refusal) throw new Refused(refusal)
  const all = loadProperties(tx)
  const isKept = all.some((one) => one.id === id && one.name === given.name)
  demand(isKept || !isNameTaken(all, given.name, id), "property.name_taken", { name: given.name })
  if (id === null) {
    const last = all.at(-1)?.position ?? -1
    const made = { ...given, id: tx.newId(), position: position ?? last + 1, version: 1 }
    insertProperty(tx, made)
    tx.raise({
      type: "audit.due",
      act: "customer_property.created",
      subject: subjectOf(made),
      changes: changesBetween({}, { ...given }),
    })
    return "created"
  }
  const known = found(all.find((one) => one.id === id))
  demand(known.kind === given.kind, "property.kind_stays")
  const next: CustomerProperty = { ...known, ...given, position: position ?? known.position }
  if (contentOf(next) === contentOf(known)) return "left alone"
  updateProperty(tx, next)
  tx.raise({
    type: "audit.due",
    act: "customer_property.changed",
    subject: subjectOf(known),
    changes: changesBetween({ ...known }, { ...next }),
  })
  return "changed"
}

/** One place up or down among the others; at the end of the row nothing happens. */
export function moveProperty(tx: Tx, id: Id, direction: "up" | "down"): void {
  const all = loadProperties(tx)
  const from = all.findIndex((one) => one.id === id)
  const property = found(all[from])
  const to = from + (direction === "up" ? -1 : 1)
  const other = all[to]
  if (!other) return
  const order = all.with(from, other).with(to, property)
  for (const [position, one] of order.entries()) if (one.position !== position) placeProperty(tx, one.id, position)
  const changes = { position: { before: from + 1, after: to + 1 } }
  tx.raise({ type: "audit.due", act: "customer_property.changed", subject: subjectOf(property), changes })
}

/** With every customer's value of it: they go first, whoever keeps them. */
export function removeProperty(tx: Tx, id: Id): void {
  const property = found(loadProperties(tx).find((one) => one.id === id))
  const changes = { values: { before: valuesKept(tx, id), after: 0 } }
  tx.raise({ type: "customer_property.removed", property: id })
  tx.raise({ type: "audit.due", act: "customer_property.removed", subject: subjectOf(property), changes })
}

/** Nobody has a value of it any more. */
export const dropProperty = (tx: Tx, id: Id): void => deleteProperty(tx, id)

const subjectOf = ({ id, name }: CustomerProperty) => ({ kind: "customer_property", id, name }) as const

const contentOf = ({ name, choices, channels, position, enabled }: CustomerProperty): string =>
  JSON.stringify([name, choices, [...channels].sort((a, b) => a - b), position, enabled])
