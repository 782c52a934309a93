/** A template's parts in our words, read from Meta's components (wire reference §7). */
import type { Json } from "~/whatsapp/payload.ts"

export type MediaFormat = "image" | "video" | "document"
export type AnatomyHeader =
  | { kind: "text"; text: string; variable: string | null }
  | { kind: MediaFormat }
  | { kind: "location" }
export type AnatomyButton =
  | { kind: "quick_reply"; text: string }
  /** `variable`: its address ends in a value. */
  | { kind: "url"; text: string; url: string; variable: boolean }
  | { kind: "phone"; text: string; phone: string }
  | { kind: "copy_code"; text: string }

export type Anatomy = {
  header: AnatomyHeader | null
  body: string
  /** The body's, in the order in which Meta takes their values. */
  variables: readonly string[]
  footer: string | null
  buttons: readonly AnatomyButton[]
  /** Meta's examples, by variable of the body. */
  examples: Readonly<Record<string, string>>
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g

/** Each variable once: numbers by value, names as they stand. */
export function variablesOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!))]
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names
}

/** The text with its variables replaced; what has no value stays, braces and all. */
export const substituted = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole))

/** Text and variables in turns: `text` where `variable` is null. */
export function piecesOf(text: string): { text: string; variable: string | null }[] {
  const parts = text.split(/\{\{\s*(\w+)\s*\}\}/)
  return parts
    .map((part, index) => (index % 2 === 1 ? { text: `{{${part}}}`, variable: part } : { text: part, variable: null }))
    .filter((piece) => piece.variable !== null || piece.text !== "")
}

const word = (value: unknown): string => (typeof value === "string" ? value : "")
const record = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {})
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const typeOf = (component: Json): string => word(component.type).toUpperCase()

const KNOWN_PARTS: ReadonlySet<string> = new Set(["HEADER", "BODY", "FOOTER", "BUTTONS"])

/** Null where it has a part that an agent cannot send: such a template is not offered, rather than broken. */
export function anatomyOf({
  components,
  category,
}: {
  components: readonly Json[]
  category?: string
}): Anatomy | null {
  const part = (type: string) => components.find((component) => typeOf(component) === type)
  if (category === "AUTHENTICATION" || components.some((component) => !KNOWN_PARTS.has(typeOf(component)))) return null
  const body = word(part("BODY")?.text)
  const header = headerOf(part("HEADER"))
  const buttons = listIn(part("BUTTONS")?.buttons).map((button) => buttonOf(record(button)))
  if (body === "" || header === undefined || buttons.some((button) => button === null)) return null
  return {
    header,
    body,
    variables: variablesOf(body),
    footer: word(part("FOOTER")?.text) || null,
    buttons: buttons.filter((button) => button !== null),
    examples: examplesOf(record(part("BODY")?.example), variablesOf(body)),
  }
}

/** Undefined: of a kind that we do not know. */
function headerOf(component: Json | undefined): AnatomyHeader | null | undefined {
  if (!component) return null
  const format = word(component.format).toUpperCase()
  switch (format) {
    case "":
    case "TEXT": {
      const text = word(component.text)
      const [variable = null, ...more] = variablesOf(text)
      return more.length > 0 ? undefined : { kind: "text", text, variable }
    }
    case "IMAGE":
      return { kind: "image" }
    case "VIDEO":
      return { kind: "video" }
    case "DOCUMENT":
      return { kind: "document" }
    case "LOCATION":
      return { kind: "location" }
    default:
      return undefined
  }
}

function buttonOf(button: Json): AnatomyButton | null {
  const text = word(button.text)
  switch (typeOf(button)) {
    case "QUICK_REPLY":
      return { kind: "quick_reply", text }
    case "URL": {
      const url = word(button.url)
      const count = variablesOf(url).length
      return count > 1 ? null : { kind: "url", text, url, variable: count === 1 }
    }
    case "PHONE_NUMBER":
      return { kind: "phone", text, phone: word(button.phone_number) }
    case "COPY_CODE":
      return { kind: "copy_code", text: text || "Copy code" }
    default:
      return null
  }
}

function examplesOf(example: Json, variables: readonly string[]): Record<string, string> {
  const named = listIn(example.body_text_named_params).map(record)
  const [first] = listIn(example.body_text)
  const positional = Array.isArray(first) ? first : listIn(example.body_text)
  return Object.fromEntries(
    variables.flatMap((name, index) => {
      const value = word(named.find(({ param_name }) => param_name === name)?.example) || word(positional[index])
      return value === "" ? [] : [[name, value]]
    }),
  )
}
