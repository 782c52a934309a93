/** What a column of a file can be, and what it is by its heading, in the languages of the interface. */
import type { CustomerProperty } from "~/customer-property/rules.ts"
import { plain } from "~/kernel/list.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { propertyColumn } from "./list.ts"

export const IMPORT_FIELDS = [
  "phone",
  "whatsappUserId",
  "name",
  "surname",
  "email",
  "language",
  "otherPhone",
  "tags",
  "consent",
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

/** By these somebody is known; a name never says who somebody is. */
const IDENTITIES: readonly string[] = ["phone", "whatsappUserId"]

const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  phone: [
    "phone",
    "phone number",
    "mobile",
    "mobile phone",
    "cell phone",
    "cellphone",
    "number",
    "whatsapp",
    "tel",
    "whatsapp number",
    "telefono",
    "numero",
    "numero di telefono",
    "numero telefono",
    "cellulare",
    "recapito",
    "telefono cellulare",
    "numero whatsapp",
    "msisdn",
  ],
  whatsappUserId: ["whatsapp user id", "id utente whatsapp", "user id"],
  name: [
    "name",
    "full name",
    "customer",
    "customer name",
    "client",
    "first name",
    "nome",
    "nome completo",
    "cliente",
    "nominativo",
    "nome e cognome",
    "nome cliente",
    "ragione sociale",
    "company",
  ],
  surname: ["surname", "last name", "family name", "cognome"],
  email: [
    "e mail",
    "email",
    "mail",
    "e mail address",
    "email address",
    "indirizzo e mail",
    "indirizzo email",
    "posta elettronica",
  ],
  language: ["language", "lingua", "locale"],
  otherPhone: ["other phone", "second phone", "other number", "altro telefono", "secondo telefono", "altro numero"],
  tags: ["tag", "tags", "label", "labels", "etichetta", "etichette"],
  consent: ["opt in", "optin", "consent", "marketing consent", "marketing", "consenso", "consenso marketing"],
}

const bare = (heading: string): string =>
  plain(heading)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

/**
 * For each column the field it seems to be, "" for none; no field twice. A property of the tenant goes before a field of ours
 * of the same name, unless both are there: then ours stands first, as in the file of the list.
 */
export function guessMapping(headings: readonly string[], properties: readonly CustomerProperty[]): string[] {
  const ours = new Map(IMPORT_FIELDS.flatMap((field) => HEADINGS[field].map((words) => [words, field] as const)))
  const theirs = new Map(properties.map(({ id, name }) => [bare(name), propertyColumn(id)]))
  const taken = new Set<string>()
  return headings.map(bare).map((words, index, all) => {
    const isRepeated = all.indexOf(words, index + 1) > 0
    const candidates = isRepeated ? [ours.get(words), theirs.get(words)] : [theirs.get(words), ours.get(words)]
    const field = candidates.find((one) => one !== undefined && !taken.has(one)) ?? ""
    if (field !== "") taken.add(field)
    return field
  })
}

/** 0 → A, 27 → AB. */
export const columnLetters = (place: number): string =>
  place < 26 ? String.fromCharCode(65 + place) : columnLetters(Math.floor(place / 26) - 1) + columnLetters(place % 26)

const isAddress = (cell: string): boolean => /^\S+@\S+\.\S+$/.test(cell.trim())
const isNumber = (cell: string): boolean => /^[+\d\s().\-/]+$/.test(cell) && cell.replace(/\D/g, "").length >= 6

/** A row that says what the columns are holds nobody's number or address. */
export const looksLikeHeadings = (cells: readonly string[]): boolean =>
  !cells.some((cell) => isAddress(cell) || isNumber(cell))

/** The same as `guessMapping` where no row says what the columns are: by what stands in most of their cells. */
export function guessByContents(samples: readonly (readonly string[])[]): string[] {
  const taken = new Set<string>()
  const take = (field: ImportField): string => {
    if (taken.has(field)) return ""
    taken.add(field)
    return field
  }
  const width = samples[0]?.length ?? 0
  return Array.from({ length: width }, (_, index) => {
    const cells = samples.map((row) => row[index] ?? "").filter((cell) => cell !== "")
    const most = (is: (cell: string) => boolean) => cells.length > 0 && cells.filter(is).length * 2 > cells.length
    if (most(isNumber)) return take("phone")
    if (most(isAddress)) return take("email")
    return most((cell) => /\p{L}{2}/u.test(cell)) ? take("name") : ""
  })
}

/** Why the columns cannot be so; null when they can. */
export function refuseMapping(mapping: readonly string[], properties: readonly CustomerProperty[]): Refusal | null {
  const fields = mapping.filter((field) => field !== "")
  const known = new Set<string>([...IMPORT_FIELDS, ...properties.map(({ id }) => propertyColumn(id))])
  if (fields.some((field) => !known.has(field))) return refuse("field.not_a_choice")
  if (new Set(fields).size < fields.length) return refuse("import.field_twice")
  return fields.some((field) => IDENTITIES.includes(field)) ? null : refuse("import.needs_identity")
}
