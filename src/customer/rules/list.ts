/** The list of customers: its columns and filters, the tenant's own properties among them. */
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { Id } from "~/kernel/id.ts"
import { anyId, type FilterReader, type ListShape, oneOfWords } from "~/kernel/list.ts"

export const STANDINGS = ["blocked", "opted_out"] as const

/** A property's column and filter. */
export const propertyColumn = (property: Id): string => `property${property}`
/** The property of such a filter; null for any other. */
export const propertyOfFilter = (name: string): Id | null => {
  const match = /^property(\d{1,16})$/.exec(name)
  return match ? Number(match[1]) : null
}

const COLUMNS = {
  name: { sorts: true },
  phone: {},
  tags: {},
  standing: {},
  lastAgent: {},
  conversations: {},
  lastOpenedAt: { sorts: true },
  profileName: { isExtra: true },
  username: { isExtra: true },
  otherPhone: { isExtra: true },
  email: { isExtra: true },
  language: { isExtra: true },
  whatsappUserId: { isExtra: true },
  createdAt: { sorts: true, isExtra: true },
}

/** What may be chosen of a property: only where its values are few. */
export const filterChoices = ({ kind, choices }: CustomerProperty): readonly string[] =>
  kind === "choice" ? choices : kind === "yes_no" ? ["yes", "no"] : []

export function customerList(properties: readonly CustomerProperty[]): ListShape {
  const own = properties.map(({ id }) => [propertyColumn(id), { isExtra: true }] as const)
  const filters = properties.flatMap((property): [string, FilterReader][] => {
    const choices = filterChoices(property)
    return choices.length === 0 ? [] : [[propertyColumn(property.id), oneOfWords(choices)]]
  })
  return {
    name: "customers",
    columns: { ...COLUMNS, ...Object.fromEntries(own) },
    filters: { tag: anyId, standing: oneOfWords(STANDINGS), ...Object.fromEntries(filters) },
    sort: { by: "lastOpenedAt", descending: true },
  }
}

/** A number is looked for by its digits, however it is written; names by their words. */
export function searchedFor(typed: string): string {
  const digits = typed.replace(/\D/g, "")
  if (digits.length < 3 || !/^[\d\s+().\-/]+$/.test(typed)) return typed
  return digits.replace(/^0+(?=[1-9])/, "")
}
