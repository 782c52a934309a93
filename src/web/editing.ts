/**
 * Forms that change what is there. Such a form carries, as `before`, what its fields said when it was drawn; whoever
 * saves over somebody else's change is told what differs and by whom, keeps what they typed, and saves again knowing it.
 * A noun writes its object as fields once (`Written`); its route calls `unlessChanged` inside the command, so that two
 * who save at the same moment cannot miss each other.
 */
import { type Refusal, Refused, refuse } from "~/kernel/step.ts"
import { type FieldErrors, text } from "./form.ts"

/** Every field of a form as its inputs hold it. */
export type Written = Readonly<Record<string, readonly string[]>>

export type FieldChange = { name: string; was: readonly string[]; is: readonly string[] }
/** What others have changed since the form was drawn; `by` is null when nobody can say who. */
export type Conflict = { by: { name: string; at: number } | null; fields: readonly FieldChange[] }

/** The hidden field of such a form: to be spread into its shape. */
export const editing = { before: text({ most: 100_000 }) }

/** Throws a refusal `form.conflict` when a field is otherwise now than when the form was drawn. */
export function unlessChanged(before: string, now: Written): void {
  if (changedSince(before, now).length > 0) throw new Refused(refuse("form.conflict"))
}

/** Which fields are otherwise `now` than when the form was drawn. */
export function changedSince(before: string, now: Written): FieldChange[] {
  const then = writtenIn(before)
  return Object.entries(now).flatMap(([name, is]) => {
    const was = then[name] ?? []
    return sameWords(was, is) ? [] : [{ name, was, is }]
  })
}

const sameWords = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())

function writtenIn(json: string): Written {
  try {
    const value: unknown = JSON.parse(json)
    return isWritten(value) ? value : {}
  } catch {
    return {}
  }
}

const isWritten = (value: unknown): value is Written =>
  typeof value === "object" && value !== null && Object.values(value).every(Array.isArray)

/** What the deed refused, for the form to say; anything else goes on as it was thrown. */
export async function refusalOf(deed: Promise<unknown>): Promise<Refusal | null> {
  try {
    await deed
    return null
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** A refusal at the field it is about: the first of `fields` whose beginning its key has; else above the form. */
export function errorsFor(refusal: Refusal, fields: Readonly<Record<string, string>>): FieldErrors {
  const key = Object.keys(fields).find((beginning) => refusal.refused.startsWith(beginning))
  return { [(key && fields[key]) ?? "form"]: refusal }
}
