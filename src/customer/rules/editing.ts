/** Editing a customer: two people may do it at once, and neither overwrites the other without knowing. */

/** What people enter beside the tenant's own fields. */
export const OWN_FIELDS = ["name", "otherPhone", "email", "language"] as const
export type OwnFields = Record<(typeof OWN_FIELDS)[number], string | null>

/** What stands in each field, as text; a field that is not there is empty. */
export type Fields = Readonly<Record<string, string>>

export type Edit = {
  /** What is to be written. */
  changes: Fields
  /** Fields that somebody else has changed to something else since the form was drawn. */
  conflicts: readonly string[]
}

/** `shown` is what the form began with, `kept` what stands there now. Whoever changed nothing in a field wants nothing of it. */
export function decideEdit(kept: Fields, shown: Fields, typed: Fields): Edit {
  const changes: Record<string, string> = {}
  const conflicts: string[] = []
  for (const [field, value] of Object.entries(typed)) {
    const now = kept[field] ?? ""
    const before = shown[field] ?? ""
    if (value === before || value === now) continue
    if (now === before) changes[field] = value
    else conflicts.push(field)
  }
  return { changes, conflicts }
}

export const LONGEST_NAME = 120

/** A phone number as somebody writes it by hand; it is for reading and dialling, never an identity. */
export const isPhoneLike = (text: string): boolean =>
  /^\+?[\d\s()./-]{3,40}$/.test(text) && text.replace(/\D/g, "").length >= 3
