/**
 * Forms that change what is there. The form carries the version that was read and, as `before`, what its fields said
 * then; whoever saves over somebody else's change is told what differs, keeps what they typed, and saves again knowing
 * it. A noun writes its object as fields once (`Written`), and its action refuses `form.conflict` on another version.
 */
import { type Refusal, Refused } from "~/kernel/step.ts"
import { text, wholeNumber } from "./form.ts"

/** Every field of a form as its inputs hold it. */
export type Written = Readonly<Record<string, readonly string[]>>

export type FieldChange = { name: string; was: readonly string[]; is: readonly string[] }
/** What others have changed since the form was drawn; `by` is null when nobody can say who. */
export type Conflict = { by: { name: string; at: number } | null; fields: readonly FieldChange[] }

/** The hidden fields of such a form: to be spread into its shape. */
export const editing = {
  version: wholeNumber({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  before: text({ most: 100_000 }),
}

/** Which fields are otherwise `now` than when the form was drawn. */
export function changedSince(before: string, now: Written): FieldChange[] {
  const then = writtenIn(before)
  return Object.entries(now).flatMap(([name, is]) => {
    const was = then[name] ?? []
    return JSON.stringify([...was].sort()) === JSON.stringify([...is].sort()) ? [] : [{ name, was, is }]
  })
}

function writtenIn(text: string): Written {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? (value as Written) : {}
  } catch {
    return {}
  }
}

/** What the action refused, for the form to say; anything else goes on as it was thrown. */
export async function refusalOf(deed: Promise<unknown>): Promise<Refusal | null> {
  try {
    await deed
    return null
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}
