/** What a JSON value must look like. Every trouble is collected with its path; an unknown field is a trouble. */
import { nearest } from "~/kernel/nearest.ts"

/** Where in the file (`tenants[0].users[2].level`), and why it cannot be. */
export type Problem = { path: string; reason: string }

/** The value, or undefined after telling why not. */
export type Shape<Value> = (given: unknown, path: string, problems: Problem[]) => Value | undefined

/** An object with fields that must be there and others that may. */
export type ObjectOf<Must, May> = { [Key in keyof Must]: Must[Key] } & { [Key in keyof May]?: May[Key] }
type Shapes<Values> = { [Key in keyof Values]: Shape<Values[Key]> }

export function object<Must, May>(must: Shapes<Must>, may: Shapes<May>): Shape<ObjectOf<Must, May>> {
  const shapes = { ...must, ...may } as Record<string, Shape<unknown>>
  return (given, path, problems) => {
    if (!isObject(given)) return tell(problems, path, "must be an object")
    for (const key of Object.keys(given))
      if (!Object.hasOwn(shapes, key)) tellUnknown(problems, join(path, key), key, shapes)
    for (const key of Object.keys(must)) if (given[key] === undefined) tell(problems, join(path, key), "is missing")
    const read = Object.entries(shapes)
      .filter(([key]) => given[key] !== undefined)
      .map(([key, shape]) => [key, shape(given[key], join(path, key), problems)] as const)
    return Object.fromEntries(read) as ObjectOf<Must, May>
  }
}

export function listOf<Value>(shape: Shape<Value>): Shape<Value[]> {
  return (given, path, problems) => {
    if (!Array.isArray(given)) return tell(problems, path, "must be a list")
    return given.map((item, index) => shape(item, `${path}[${index}]`, problems) as Value)
  }
}

/** An object whose keys are the file's own. */
export function mapOf<Value>(shape: Shape<Value>): Shape<Record<string, Value>> {
  return (given, path, problems) => {
    if (!isObject(given)) return tell(problems, path, "must be an object")
    const read = Object.entries(given).map(([key, value]) => [key, shape(value, join(path, key), problems)] as const)
    return Object.fromEntries(read) as Record<string, Value>
  }
}

/** Text, trimmed and composed; `test` says why it cannot be, or null. */
export function text(most: number, test: (text: string) => string | null = () => null): Shape<string> {
  return (given, path, problems) => {
    if (typeof given !== "string") return tell(problems, path, "must be a text")
    const value = given.normalize("NFC").trim()
    if (value === "") return tell(problems, path, "must not be empty")
    if ([...value].length > most) return tell(problems, path, `must have at most ${most} characters`)
    const reason = test(value)
    return reason === null ? value : tell(problems, path, reason)
  }
}

/** Text that is kept as it is given: secrets. */
export function verbatim(test: (text: string) => string | null): Shape<string> {
  return (given, path, problems) => {
    const reason = typeof given === "string" ? test(given) : "must be a text"
    return reason === null ? (given as string) : tell(problems, path, reason)
  }
}

export function wholeNumber(least: number, most: number): Shape<number> {
  return (given, path, problems) => {
    const fits = typeof given === "number" && Number.isInteger(given) && given >= least && given <= most
    return fits ? given : tell(problems, path, `must be a whole number from ${least} to ${most}`)
  }
}

export const yesOrNo: Shape<boolean> = (given, path, problems) =>
  typeof given === "boolean" ? given : tell(problems, path, "must be true or false")

export function oneOf<Word extends string>(words: readonly Word[]): Shape<Word> {
  return (given, path, problems) =>
    words.find((word) => word === given) ?? tell(problems, path, `must be one of ${words.join(", ")}`)
}

/** A value or null. */
export function orNull<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (given, path, problems) => (given === null ? null : shape(given, path, problems))
}

/** A value that a noun's rules read themselves; their paths begin at its own root (`.weekly.mon[0]`). */
export function readBy<Value extends object | string>(
  read: (given: unknown) => Value | { problems: readonly Problem[] },
): Shape<Value> {
  return (given, path, problems) => {
    const value = read(given)
    if (typeof value !== "object" || !("problems" in value)) return value as Value
    for (const { path: inside, reason } of value.problems) tell(problems, `${path}${inside}`, reason)
    return undefined
  }
}

/** Settings made of choices (kernel/choices.ts), some or all of them. */
export const settingsBy = <Settings extends object>(
  read: (given: Record<string, unknown>) => Partial<Settings> | { problems: readonly Problem[] },
): Shape<Partial<Settings>> =>
  readBy<Partial<Settings>>((given) =>
    isObject(given) ? read(given) : { problems: [{ path: "", reason: "must be an object" }] },
  )

/** Tells of every item whose key an earlier one has. */
export function tellDoubles<Item>(
  items: readonly { item: Item; path: string }[],
  key: (item: Item) => string,
  problems: Problem[],
): void {
  const first = new Map<string, string>()
  for (const { item, path } of items) {
    const earlier = first.get(key(item))
    if (earlier === undefined) first.set(key(item), path)
    else tell(problems, path, `is the same as ${earlier}`)
  }
}

export function tell(problems: Problem[], path: string, reason: string): undefined {
  problems.push({ path, reason })
}

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`)

function tellUnknown(problems: Problem[], path: string, key: string, shapes: Record<string, unknown>): void {
  const meant = nearest(key, Object.keys(shapes))
  tell(problems, path, `is not known${meant ? `; did you mean ${meant}?` : ""}`)
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
