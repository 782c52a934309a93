/**
 * How the texts are written: `{customer.name}` stands for the customer's name, `{customer.name|there}` for «there» where
 * no name is known. Without such a word, what is missing is left out together with the blank before it.
 */
import { nearest } from "~/kernel/nearest.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { type AutomaticKind, PLACEHOLDERS, type Placeholder } from "../rules.ts"

export type Values = { readonly [Name in Placeholder]?: string | null }

/** Why the text cannot be what the kind says; null when it can. */
export function textProblem(kind: AutomaticKind, text: string): string | null {
  const known: readonly string[] = PLACEHOLDERS[kind]
  for (const part of partsOf(text)) {
    if (typeof part === "string") {
      if (part.includes("{")) return "has a { that no } ends"
    } else if (!known.includes(part.name)) return unknownReason(kind, part.name, known)
  }
  return null
}

/** The same as a refusal, for a form. */
export function textFault(kind: AutomaticKind, text: string): Refusal | null {
  const known: readonly string[] = PLACEHOLDERS[kind]
  for (const part of partsOf(text)) {
    if (typeof part === "string") {
      if (part.includes("{")) return refuse("automatic.brace")
    } else if (!known.includes(part.name)) {
      const others: readonly string[] = Object.values(PLACEHOLDERS).flat()
      return refuse(others.includes(part.name) ? "automatic.not_here" : "automatic.unknown", { name: part.name })
    }
  }
  return null
}

/** The text with everything filled in. What customers call themselves is one short line in it, never a placeholder. */
export function filled(text: string, values: Values): string {
  let result = ""
  let wasMissing = false
  for (const part of partsOf(text)) {
    if (typeof part === "string") {
      const isAtStart = wasMissing && /(^|\n)$/.test(result)
      result += isAtStart ? part.replace(/^[ \t,;:.!?–-]+/, "") : part
      wasMissing = false
      continue
    }
    const value = oneLine(values[part.name as Placeholder] ?? "") || part.otherwise
    wasMissing = value === ""
    result = wasMissing ? result.replace(/[ \t]+$/, "") : result + value
  }
  return result
}

type Part = string | { name: string; otherwise: string }

const partsOf = (text: string): Part[] =>
  text.split(/(\{[^{}]*\})/).map((part) => {
    const [, name, otherwise = ""] = /^\{([^|]*)(?:\|(.*))?\}$/s.exec(part) ?? []
    return name === undefined ? part : { name: OLDER[name.trim()] ?? name.trim(), otherwise }
  })

/** What texts called them before they were called as everywhere else. */
const OLDER: Readonly<Record<string, Placeholder | undefined>> = {
  company: "company.name",
  "channel.name": "number.name",
}

const LONGEST_VALUE = 100

const oneLine = (value: string): string =>
  [...value.replace(/[\s\p{Cc}]+/gu, " ").trim()].slice(0, LONGEST_VALUE).join("")

function unknownReason(kind: AutomaticKind, name: string, known: readonly string[]): string {
  const meant = nearest(name, known) ?? known.find((one) => one.endsWith(`.${name}`))
  const help = meant === undefined ? `use ${known.map(braced).join(", ")}` : `did you mean ${braced(meant)}?`
  const others: readonly string[] = Object.values(PLACEHOLDERS).flat()
  return others.includes(name)
    ? `cannot say ${braced(name)} in ${kind}: use ${known.map(braced).join(", ")}`
    : `names ${braced(name)}, which is not known; ${help}`
}

const braced = (name: string): string => `{${name}}`
