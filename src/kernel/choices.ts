/**
 * Choices somebody may make, each with what holds until they do: settings of a tenant, of a service number. Kept as JSON
 * of what differs from the standard, so that a better standard reaches everybody who never chose.
 */
import { nearest } from "./nearest.ts"

export type WholeNumberChoice = { standard: number; least: number; most: number }
export type WordChoice<Word extends string> = { standard: Word; words: readonly Word[] }
export type YesOrNoChoice = { standard: boolean }
/** Free text on one line; `reason` says why one cannot be, or null. */
export type TextChoice = { standard: string; longest: number; reason?: (text: string) => string | null }
/** Where a server of theirs is found; empty: there is none. */
export type AddressChoice = { standard: ""; isAddress: true }

/** One choice for each field; the brackets keep a union of words together. */
export type ChoicesOf<Settings> = { readonly [Key in keyof Settings]: ChoiceOf<Settings[Key]> }
type ChoiceOf<Value> = [Value] extends [boolean]
  ? YesOrNoChoice
  : [Value] extends [string]
    ? string extends Value
      ? TextChoice | AddressChoice
      : WordChoice<Value>
    : WholeNumberChoice

/** Where in what was written (`.offerTimeoutSeconds`), and why it cannot be. */
export type ChoiceProblem = { path: string; reason: string }

type Kind = WholeNumberChoice | WordChoice<string> | TextChoice | YesOrNoChoice | AddressChoice

/** How settings made of such choices are kept and read. */
export function settingsOf<Settings extends object>(choices: ChoicesOf<Settings>) {
  const kinds = choices as Readonly<Record<string, Kind>>
  const names = Object.keys(kinds)
  const standard = Object.freeze(Object.fromEntries(names.map((name) => [name, kinds[name]!.standard]))) as Settings
  /** Every command asks; nearly always for the same text as before. */
  const known = new Map<string, Settings>([["{}", standard]])
  return {
    standard,
    /** What each may be. */
    choices,
    /** The settings whose own part is kept as `text`. */
    from(text: string): Settings {
      const before = known.get(text)
      if (before) return before
      if (known.size >= MOST_KNOWN) known.clear()
      const settings = { ...standard, ...(JSON.parse(text) as Partial<Settings>) }
      known.set(text, settings)
      return settings
    },
    /** What of `settings` differs from the standard, as it is kept. */
    text(settings: Settings): string {
      const given = settings as Record<string, unknown>
      const own = names.filter((name) => given[name] !== kinds[name]!.standard)
      return JSON.stringify(Object.fromEntries(own.map((name) => [name, given[name]])))
    },
    /** Some settings as a file or a form gives them, or everything that is wrong with them. */
    read(written: Record<string, unknown>): Partial<Settings> | { problems: ChoiceProblem[] } {
      const problems = Object.entries(written).flatMap(([name, value]) => problemOf(kinds, name, value) ?? [])
      return problems.length > 0 ? { problems } : (written as Partial<Settings>)
    },
  }
}

const MOST_KNOWN = 1_000

function problemOf(kinds: Readonly<Record<string, Kind>>, name: string, value: unknown): ChoiceProblem | null {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!kind) {
    const meant = nearest(name, Object.keys(kinds))
    return { path: `.${name}`, reason: `is not a setting${meant ? `; did you mean ${meant}?` : ""}` }
  }
  const reason = reasonAgainst(kind, value)
  return reason === null ? null : { path: `.${name}`, reason }
}

function reasonAgainst(kind: Kind, value: unknown): string | null {
  if ("words" in kind)
    return kind.words.some((word) => word === value) ? null : `must be one of ${kind.words.join(", ")}`
  if ("longest" in kind) {
    if (typeof value !== "string") return "must be a text"
    if (/\p{Cc}/u.test(value)) return "must be one line"
    if (value.length > kind.longest) return `must have at most ${kind.longest} characters`
    return kind.reason?.(value) ?? null
  }
  if ("least" in kind) {
    const fits = typeof value === "number" && Number.isInteger(value) && value >= kind.least && value <= kind.most
    return fits ? null : `must be a whole number from ${kind.least} to ${kind.most}`
  }
  if ("isAddress" in kind)
    return value === "" || isWebAddress(value) ? null : "must be an address like http://maps.example.test, or empty"
  return typeof value === "boolean" ? null : "must be true or false"
}

/** Http or https, without a name and password in it. */
function isWebAddress(value: unknown): boolean {
  const url = typeof value === "string" && value.length <= 500 ? URL.parse(value) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === ""
}
