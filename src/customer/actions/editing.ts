/** What people enter about a customer: name, another phone, the tenant's own fields. */
import { nameOf } from "~/conversation/queries/refusal.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import { readValue } from "~/customer-property/rules.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, type Refusal, refuse } from "~/kernel/step.ts"
import { customerFor } from "../queries.ts"
import { decideEdit, type Fields, isPhoneLike, LONGEST_NAME, OWN_FIELDS } from "../rules/editing.ts"
import { readEmail, readLanguage } from "../rules/import-values.ts"
import {
  dropValuesOf,
  lastChangeOf,
  loadOwnFields,
  loadValues,
  recordChange,
  saveOwnFields,
  saveValue,
} from "../store/fields.ts"
import { mayEdit, userActing } from "./entering.ts"

export type FieldConflict = { field: string; by: string; theirs: string }
export type EditOutcome =
  | { saved: true }
  /** Nothing was written: what is wrong with which field, and which ones somebody else has changed meanwhile. */
  | { saved: false; errors: Readonly<Record<string, Refusal>>; conflicts: readonly FieldConflict[] }

/** A property's field in forms and changes. */
export const fieldOf = (property: Id): string => `property${property}`

/** What stands in every field now. */
export function fieldsOf(reader: Reader, customer: Id): Fields {
  const own = found(loadOwnFields(reader, customer))
  const values = [...loadValues(reader, customer)].map(([property, value]) => [fieldOf(property), value])
  const entered = OWN_FIELDS.map((field) => [field, own[field] ?? ""])
  return Object.fromEntries([...entered, ...values])
}

/** Refuses `customer.may_not_edit`. `shown` is what the form began with: what others changed since is not overwritten. */
export function editCustomer(tx: Tx, id: Id, typed: Fields, shown: Fields): EditOutcome {
  found(customerFor(tx, userActing(tx), id))
  demand(mayEdit(tx), "customer.may_not_edit")
  const kept = fieldsOf(tx, id)
  const read = readFields(tx, typed, kept)
  const { changes, conflicts } = decideEdit(kept, shown, read.values)
  if (Object.keys(read.errors).length > 0 || conflicts.length > 0)
    return { saved: false, errors: read.errors, conflicts: conflicts.map((field) => conflictIn(tx, id, field, kept)) }
  write(tx, id, kept, changes)
  return { saved: true }
}

function conflictIn(tx: Tx, customer: Id, field: string, kept: Fields): FieldConflict {
  const actor = lastChangeOf(tx, customer, field)?.actor ?? null
  return { field, theirs: kept[field] ?? "", by: actor === null ? "" : nameOf(tx, actor) }
}

function write(tx: Tx, id: Id, kept: Fields, changes: Fields): void {
  const changed = Object.entries(changes)
  if (changed.length === 0) return
  writeFields(tx, id, kept, changes)
  for (const [field, became] of changed) recordChange(tx, id, { field, was: kept[field] ?? "", became })
  tx.raise({ type: "customer.changed", customer: id })
}

/** Puts what changes into its places; whoever calls says on whose word. */
export function writeFields(tx: Tx, id: Id, kept: Fields, changes: Fields): void {
  const next = { ...kept, ...changes }
  if (OWN_FIELDS.some((field) => field in changes)) {
    const { name, otherPhone, email, language } = next
    const entered = {
      name: name || null,
      otherPhone: otherPhone || null,
      email: email || null,
      language: language || null,
    }
    saveOwnFields(tx, id, entered)
  }
  for (const property of propertiesFor(tx, null)) {
    const value = changes[fieldOf(property.id)]
    if (value !== undefined) saveValue(tx, id, property.id, value)
  }
}

function readFields(tx: Tx, typed: Fields, kept: Fields) {
  const values: Record<string, string> = {}
  const errors: Record<string, Refusal> = {}
  const keep = (field: string, read: { value: string } | Refusal) => {
    if ("refused" in read) errors[field] = read
    else values[field] = read.value
  }
  for (const field of OWN_FIELDS) if (typed[field] !== undefined) keep(field, READERS[field](typed[field]))
  for (const property of propertiesFor(tx, null)) {
    const field = fieldOf(property.id)
    if (typed[field] !== undefined) keep(field, readValue(property, typed[field], kept[field] ?? ""))
  }
  return { values, errors }
}

/** What was typed into a field of ours as it is kept, or why it cannot be. */
export const READERS: Readonly<Record<(typeof OWN_FIELDS)[number], (typed: string) => { value: string } | Refusal>> = {
  name: readName,
  otherPhone: readPhone,
  email: readEmail,
  language: readLanguage,
}

function readName(typed: string): { value: string } | Refusal {
  const value = typed.normalize("NFC").trim()
  if (/\p{Cc}/u.test(value)) return refuse("field.malformed")
  return value.length > LONGEST_NAME ? refuse("field.too_long", { characters: LONGEST_NAME }) : { value }
}

function readPhone(typed: string): { value: string } | Refusal {
  const value = typed.trim()
  return value === "" || isPhoneLike(value) ? { value } : refuse("customer.not_a_phone")
}

/** A property is taken away, and what stood in it. */
export const forgetValues = (tx: Tx, property: Id): void => void dropValuesOf(tx, property)
