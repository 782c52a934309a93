/** One row of a file: whose it is, what it would change, and – unless it is only tried – the change. */
import { titleOf } from "~/conversation/queries/console.ts"
import { isServiceNumber } from "~/conversation/queries/starting.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import { type CustomerProperty, readValue } from "~/customer-property/rules.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { tagsOfCustomer } from "~/tag/queries.ts"
import { foldedTag, MOST_TAGS, refuseTag } from "~/tag/rules.ts"
import { tagNamed } from "~/tag/store.ts"
import { findCustomer } from "../actions.ts"
import { type ConsentChoice, consentOfFile } from "../rules/consent.ts"
import { type Fields, OWN_FIELDS } from "../rules/editing.ts"
import type { ImportRow, RowProblem } from "../rules/import-rows.ts"
import { readConsent, tagsIn, typedFor } from "../rules/import-values.ts"
import { type CustomerImport, decideValue } from "../rules/importing.ts"
import { propertyColumn } from "../rules/list.ts"
import type { Customer } from "../rules.ts"
import { lastChangeOf, recordChange } from "../store/fields.ts"
import { cameByFile, noteImported } from "../store/imports.ts"
import { loadConsent } from "../store/standing.ts"
import { insertCustomer, updateCustomer } from "../store.ts"
import { fieldsOf, READERS, writeFields } from "./editing.ts"
import { bringConsent } from "./standing.ts"

export type ImportPlan = Pick<CustomerImport, "id" | "name" | "overwrites" | "erases"> & {
  writes: boolean
  properties: readonly CustomerProperty[]
}
export type RowOutcome =
  | { kind: "created" | "changed" | "unchanged" }
  | { kind: "refused"; problems: readonly RowProblem[] }

export const importPlan = (tx: Tx, one: CustomerImport): ImportPlan => ({
  id: one.id,
  name: one.name,
  overwrites: one.overwrites,
  erases: one.erases,
  writes: one.state === "running",
  properties: propertiesFor(tx, null),
})

/** What a row comes to, once its customer is known. */
type Decision = {
  kept: Fields
  changes: Record<string, string>
  userId: string | null
  consent: ConsentChoice | null
  tags: readonly string[]
  problems: RowProblem[]
}

export function placeRow(tx: Tx, plan: ImportPlan, row: ImportRow): RowOutcome {
  if (row.problems.length > 0) return { kind: "refused", problems: row.problems }
  const known = whose(tx, row)
  if ("problem" in known) return { kind: "refused", problems: [known.problem] }
  const decision = decide(tx, plan, row, known.customer)
  if (decision.problems.length > 0) return { kind: "refused", problems: decision.problems }
  const { changes, userId, consent, tags } = decision
  const isSame = Object.keys(changes).length === 0 && userId === null && consent === null && tags.length === 0
  if (known.customer && isSame) return { kind: "unchanged" }
  if (plan.writes) write(tx, plan, row, known.customer, decision)
  return { kind: known.customer ? "changed" : "created" }
}

/** By number and WhatsApp id, never by name. */
function whose(reader: Reader, row: ImportRow): { customer: Customer | null } | { problem: RowProblem } {
  const { phone, userId, texts } = row
  const problem = (reason: string) => ({ problem: { field: "phone", reason, given: texts.phone ?? "" } })
  const byUserId = userId === null ? null : findCustomer(reader, { userId, phone: null })
  const byPhone = phone === null ? null : findCustomer(reader, { userId: null, phone })
  if (byUserId && byPhone && byUserId.id !== byPhone.id) return problem("import.two_customers")
  if (!byUserId && byPhone && userId !== null && byPhone.whatsappUserId !== null) return problem("import.two_customers")
  const customer = byUserId ?? byPhone
  if (customer) return { customer }
  if (row.isDoubtful) return problem("customer.not_a_phone")
  return phone !== null && isServiceNumber(reader, phone) ? problem("start.number_is_ours") : { customer }
}

function decide(reader: Reader, plan: ImportPlan, row: ImportRow, customer: Customer | null): Decision {
  const kept = customer ? fieldsOf(reader, customer.id) : {}
  const decision: Decision = { kept, changes: {}, userId: null, consent: null, tags: [], problems: [] }
  const problem = (field: string, { refused, detail = {} }: Refusal) =>
    void decision.problems.push({ field, reason: refused, detail, given: row.texts[field] ?? "" })
  const take = (field: string, read: { value: string } | Refusal) => {
    if ("refused" in read) return problem(field, read)
    const isByHand = () => customer !== null && wasByHand(reader, customer.id, field)
    const became = decideValue(kept[field] ?? "", read.value, { ...plan, isByHand })
    if (became !== null) decision.changes[field] = became
  }
  for (const field of OWN_FIELDS) {
    const text = row.texts[field]
    if (text !== undefined && !isOnlyShown(field, text, customer)) take(field, READERS[field](text))
  }
  for (const property of plan.properties) {
    const field = propertyColumn(property.id)
    const text = row.texts[field]
    if (text !== undefined) take(field, readValue(property, typedFor(property, text), kept[field] ?? ""))
  }
  if (customer && customer.whatsappUserId === null) decision.userId = row.userId
  const consent = readConsent(row.texts.consent ?? "")
  if ("refused" in consent) problem("consent", consent)
  else decision.consent = consentOfFile(customer && loadConsent(reader, customer.id), consent.value, plan.overwrites)
  const tags = newTags(reader, row.texts.tags ?? "", customer)
  if ("refused" in tags) problem("tags", tags)
  else decision.tags = tags.names
  return decision
}

/** The list calls somebody without a name of ours by another word: its file brings that word back, and it is no name. */
const isOnlyShown = (field: string, text: string, customer: Customer | null): boolean =>
  field === "name" && customer !== null && customer.name === null && text === titleOf(customer)

/** What people entered: whatever did not come by a file. */
function wasByHand(reader: Reader, customer: Id, field: string): boolean {
  const last = lastChangeOf(reader, customer, field)
  return last ? last.actor !== null : !cameByFile(reader, customer)
}

/** Tags of the cell that do not stand there yet; what stands there stays. */
function newTags(reader: Reader, text: string, customer: Customer | null): { names: readonly string[] } | Refusal {
  if (text === "") return { names: [] }
  const there = customer ? tagsOfCustomer(reader, customer.id) : []
  if (text === there.map(({ name }) => name).join(", ")) return { names: [] }
  const known = new Set(there.map(({ name }) => foldedTag(name)))
  const names = tagsIn(text).filter((name) => !known.has(foldedTag(name)))
  for (const name of names) {
    const refusal = refuseTag(name)
    if (refusal) return refusal
    const tag = tagNamed(reader, name)
    if (tag && tag.retiredAt !== null) return { refused: "tag.retired", detail: { name: tag.name } }
  }
  if (known.size + names.length > MOST_TAGS) return { refused: "tag.too_many", detail: { most: MOST_TAGS } }
  return { names }
}

function write(tx: Tx, plan: ImportPlan, row: ImportRow, known: Customer | null, decision: Decision): void {
  const { kept, changes, userId, consent, tags } = decision
  const id = known?.id ?? tx.newId()
  if (!known) {
    const identity = { whatsappUserId: row.userId, phone: row.phone, username: null, profileName: null }
    insertCustomer(tx, { id, ...identity, name: changes.name || null })
    noteImported(tx, id, plan.id)
  } else if (userId !== null) updateCustomer(tx, { ...known, whatsappUserId: userId })
  writeFields(tx, id, kept, changes)
  if (consent !== null) bringConsent(tx, id, consent, plan.name)
  if (tags.length > 0) tx.raise({ type: "tag.wanted", place: { on: "customer", id }, names: tags })
  if (!known) return
  for (const [field, became] of Object.entries(changes)) recordChange(tx, id, { field, was: kept[field] ?? "", became })
  tx.raise({ type: "customer.changed", customer: id })
}
