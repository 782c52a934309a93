/** Forms: typed fields, every error at once, nothing taken that was not asked for. */
import { type Id, parseId } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { Problem } from "./problem.ts"

/** What was sent: every value of every field. A map, so that a field called `__proto__` is a field. */
export type Fields = ReadonlyMap<string, readonly string[]>
/** Reads one field from the values given for it (none when it is missing). */
export type Field<Value> = (given: readonly string[]) => { value: Value } | Refusal
export type FormShape<Values> = { readonly [Name in keyof Values]: Field<Values[Name]> }
export type FieldErrors = Readonly<Record<string, Refusal>>
export type FormResult<Values> =
  | { valid: true; values: Values; written: Written }
  /** `typed`: what to put back into the fields; never a secret. */
  | { valid: false; errors: FieldErrors; typed: Readonly<Record<string, string>>; written: Written }
/** Every field with all that was typed into it; never a secret. */
type Written = Readonly<Record<string, readonly string[]>>

/** The field that carries the token against forged requests; every form may have it. */
export const TOKEN_FIELD = "_csrf"
/** What a form has besides its own fields when it is sent on after a proof (web/proof.tsx). */
export const PROOF_FIELDS = { password: "_proof", onward: "_onward", back: "_back", form: "_form" } as const
const CARRIED: ReadonlySet<string> = new Set([TOKEN_FIELD, ...Object.values(PROOF_FIELDS)])
/** Of the proof or of every form, and so not of the form that is sent on. */
export const isProofField = (name: string): boolean => CARRIED.has(name)

export function readForm<Values>(shape: FormShape<Values>, fields: Fields): FormResult<Values> {
  const errors: Record<string, Refusal> = {}
  const values: Partial<Values> = {}
  for (const name of fields.keys())
    if (!CARRIED.has(name) && !Object.hasOwn(shape, name)) errors.form = refuse("form.unknown_field")
  for (const name of Object.keys(shape) as (keyof Values & string)[]) {
    const result = shape[name](fields.get(name) ?? [])
    if ("refused" in result) errors[name] = result
    else values[name] = result.value
  }
  const written = writtenIn(shape, fields)
  if (Object.keys(errors).length === 0) return { valid: true, values: values as Values, written }
  const typed = Object.fromEntries(Object.entries(written).map(([name, [first = ""]]) => [name, first]))
  return { valid: false, errors, typed, written }
}

const secrets = new WeakSet<object>()

function writtenIn<Values>(shape: FormShape<Values>, fields: Fields): Written {
  const names = (Object.keys(shape) as (keyof Values & string)[]).filter((name) => !secrets.has(shape[name]))
  return Object.fromEntries(names.map((name) => [name, fields.get(name) ?? []]))
}

const single =
  <Value>(read: (text: string) => { value: Value } | Refusal): Field<Value> =>
  (given) =>
    given.length > 1 ? refuse("field.given_twice") : read(given[0] ?? "")

/** One line: composed (NFC), trimmed, no control characters, not empty. `most` counts characters. */
export const line = ({ most }: { most: number }): Field<string> =>
  single((text) => {
    const value = text.normalize("NFC").trim()
    if (value === "") return refuse("field.required")
    if (/\p{Cc}/u.test(value)) return refuse("field.malformed")
    return value.length > most ? refuse("field.too_long", { characters: most }) : { value }
  })

/** Several lines, as typed but for line ends; empty is allowed. */
export const text = ({ most }: { most: number }): Field<string> =>
  single((given) => {
    const value = given.replace(/\r\n?/g, "\n")
    return value.length > most ? refuse("field.too_long", { characters: most }) : { value }
  })

/** Exactly as typed, never put back into a page. */
export const secret = ({ most }: { most: number }): Field<string> => {
  const field = single((value) => {
    if (value === "") return refuse("field.required")
    return value.length > most ? refuse("field.too_long", { characters: most }) : { value }
  })
  secrets.add(field)
  return field
}

export const choice = <Option extends string>(options: readonly Option[]): Field<Option> =>
  single((text) => {
    const value = options.find((option) => option === text)
    return value === undefined ? refuse("field.not_a_choice") : { value }
  })

/** A checkbox: there or not. */
export const checkbox: Field<boolean> = single((text) =>
  ["", "on", "true"].includes(text) ? { value: text !== "" } : refuse("field.malformed"),
)

export const wholeNumber = ({ least, most }: { least: number; most: number }): Field<number> =>
  single((text) => {
    const value = /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN
    return value >= least && value <= most ? { value } : refuse("field.out_of_range", { least, most })
  })

/** Degrees north or east, south and west being negative; a comma may stand for the point. */
export const degrees = (most: number): Field<number> =>
  single((text) => {
    const written = text.trim().replace(",", ".")
    const value = /^[+-]?\d{1,3}(\.\d{1,15})?$/.test(written) ? Number(written) : Number.NaN
    if (written === "") return refuse("field.required")
    return Math.abs(value) <= most ? { value } : refuse("field.out_of_range", { least: -most, most })
  })

/** `18:05` as minutes after midnight. */
export const clockTime: Field<number> = single((text) => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text.trim())
  if (match) return { value: Number(match[1]) * 60 + Number(match[2]) }
  return refuse(text.trim() === "" ? "field.required" : "field.malformed")
})

export const id: Field<Id> = single((text) => {
  const value = parseId(text)
  return value === null ? refuse("field.malformed") : { value }
})

/** Null when missing or left empty. */
export const optional = <Value>(field: Field<Value>): Field<Value | null> => {
  const wrapped: Field<Value | null> = (given) =>
    given.every((text) => text.trim() === "") ? { value: null } : field(given)
  if (secrets.has(field)) secrets.add(wrapped)
  return wrapped
}

/** Any number of values of one field, at most `most`. */
export const several =
  <Value>(field: Field<Value>, { most }: { most: number }): Field<Value[]> =>
  (given) => {
    if (given.length > most) return refuse("field.too_many", { most })
    const results = given.map((text) => field([text]))
    const refusal = results.find((result) => "refused" in result)
    return refusal ?? { value: results.flatMap((result) => ("value" in result ? [result.value] : [])) }
  }

/** The fields of a request's body. Throws Problem 413, 415 or 400. */
export async function readFields(request: Request): Promise<Fields> {
  const bytes = await readBody(request, limits.formBodyBytes)
  if (bytes.length === 0) return new Map()
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase()
  if (type !== "application/x-www-form-urlencoded") throw new Problem(415, "request.body_kind")
  const fields = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(decodeUtf8(bytes)))
    fields.set(name, [...(fields.get(name) ?? []), value])
  return fields
}

/** The body, read no further than `most` bytes. Throws Problem 413. */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem(413, "request.too_large")
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body ?? []) {
    length += part.length
    if (length > most) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem(400, "request.malformed")
  }
}
