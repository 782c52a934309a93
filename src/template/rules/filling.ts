/** A template with its values: what the customer will read, or why it cannot be sent like this. */
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { filled, type Known } from "~/predefined-message/rules.ts"
import type { Template } from "../rules.ts"
import { type Anatomy, type AnatomyButton, type MediaFormat, substituted } from "./anatomy.ts"

export type Place = { latitude: number; longitude: number; name: string; address: string }
/** What was given for the variables, each list in the order of the template's own. */
export type GivenValues = {
  header: string
  body: readonly string[]
  buttons: readonly string[]
  place: Place | null
  /** A file for the header that was uploaded before, under the id of its row in `templateFile`. */
  file: Id | null
}

export type SentHeader = { kind: "text"; text: string } | { kind: MediaFormat } | ({ kind: "location" } & Place)
export type SentButton =
  /** `payload` comes back with the press. */
  | { kind: "quick_reply"; text: string; payload: string }
  /** `value`: what stands for its variable. */
  | { kind: "url"; text: string; url: string; value: string | null }
  | { kind: "phone"; text: string; phone: string }
  | { kind: "copy_code"; text: string; code: string }

/** What a message of ours keeps of the template it was; edited or deleted later, it stays as the customer has it. */
export type SentTemplate = {
  template: Id
  name: string
  language: string
  category: string
  header: SentHeader | null
  footer: string | null
  buttons: readonly SentButton[]
  /** As they go over the wire; `name` where the template names its variables. */
  values: { header: readonly SentValue[]; body: readonly SentValue[] }
}
export type SentValue = { name: string | null; text: string }

const MOST = { headerText: 60, body: 1_024, url: 2_000, code: 20, place: 1_000 } as const

/** The message, or the refusal with the variable that is wrong (`template.value_missing`, `…_lines`, `…_too_long`). */
export function filledIn(
  template: Template,
  anatomy: Anatomy,
  given: GivenValues,
): { text: string; sent: SentTemplate } | Refusal {
  const body = Object.fromEntries(anatomy.variables.map((name, index) => [name, tidy(given.body[index])]))
  const wrong =
    anatomy.variables.map((name) => wrongWith(name, body[name]!, MOST.body)).find((refusal) => refusal !== null) ??
    headerProblem(anatomy, given) ??
    buttonProblem(anatomy, given)
  if (wrong) return wrong
  const text = substituted(anatomy.body, body)
  const limit = MOST.body
  if (text.length > limit) return refuse("template.text_too_long", { characters: text.length, limit })
  const isNamed = template.parameterFormat === "named"
  const { id, name, language, category } = template
  const header = tidy(given.header)
  const variable = anatomy.header?.kind === "text" ? anatomy.header.variable : null
  const sent: SentTemplate = {
    template: id,
    name,
    language,
    category,
    footer: anatomy.footer,
    header: sentHeader(anatomy, header, given.place),
    buttons: sentButtons(template, anatomy, given),
    values: {
      header: variable === null ? [] : [{ name: isNamed ? variable : null, text: header }],
      body: anatomy.variables.map((one) => ({ name: isNamed ? one : null, text: body[one]! })),
    },
  }
  return { text, sent }
}

const tidy = (value: string | undefined): string => (value ?? "").toWellFormed().normalize("NFC").trim()

/** Meta takes no line break, no tab and no long run of blanks in a value. */
function wrongWith(variable: string, value: string, limit: number): Refusal | null {
  if (value === "") return refuse("template.value_missing", { variable: readable(variable) })
  if (/\p{Cc}| {4}|[\u2028\u2029]/u.test(value)) return refuse("template.value_lines", { variable: readable(variable) })
  return value.length > limit ? refuse("template.value_too_long", { variable: readable(variable), limit }) : null
}

/** `first_name` as a person reads it. */
export const readable = (variable: string): string => variable.replaceAll("_", " ")

function headerProblem({ header }: Anatomy, given: GivenValues): Refusal | null {
  switch (header?.kind) {
    case undefined:
      return null
    case "text": {
      if (header.variable === null) return null
      const value = tidy(given.header)
      const wrong = wrongWith(header.variable, value, MOST.headerText)
      if (wrong) return wrong
      const characters = substituted(header.text, { [header.variable]: value }).length
      return characters > MOST.headerText
        ? refuse("template.text_too_long", { characters, limit: MOST.headerText })
        : null
    }
    case "location":
      return given.place === null ? refuse("template.place_missing") : null
    default:
      return given.file === null ? refuse("template.file_missing") : null
  }
}

const asksValue = (button: AnatomyButton): boolean =>
  button.kind === "copy_code" || (button.kind === "url" && button.variable)

/** The buttons that want a value, in the order in which their values are given. */
export const askingButtons = ({ buttons }: Anatomy): readonly AnatomyButton[] => buttons.filter(asksValue)

function buttonProblem(anatomy: Anatomy, given: GivenValues): Refusal | null {
  for (const [index, button] of askingButtons(anatomy).entries()) {
    const value = tidy(given.buttons[index])
    const wrong = wrongWith(button.text, value, button.kind === "url" ? MOST.url : MOST.code)
    if (wrong) return wrong
    if (/\s/.test(value)) return refuse("template.value_lines", { variable: button.text })
  }
  return null
}

function sentHeader({ header }: Anatomy, value: string, place: Place | null): SentHeader | null {
  if (header === null) return null
  if (header.kind === "text")
    return {
      kind: "text",
      text: header.variable === null ? header.text : substituted(header.text, { [header.variable]: value }),
    }
  if (header.kind !== "location") return { kind: header.kind }
  return place && { kind: "location", ...place }
}

function sentButtons({ id }: Template, anatomy: Anatomy, given: GivenValues): SentButton[] {
  const asking = askingButtons(anatomy)
  const valueFor = (button: AnatomyButton) =>
    asking.includes(button) ? tidy(given.buttons[asking.indexOf(button)]) : null
  return anatomy.buttons.map((button, index) => sentButton(button, valueFor(button), `template-${id}-${index + 1}`))
}

function sentButton(button: AnatomyButton, value: string | null, payload: string): SentButton {
  switch (button.kind) {
    case "quick_reply":
      return { ...button, payload }
    case "url":
      return { kind: "url", text: button.text, url: withSuffix(button.url, value), value }
    case "phone":
      return button
    case "copy_code":
      return { ...button, code: value ?? "" }
  }
}

const withSuffix = (url: string, value: string | null): string =>
  value === null ? url : url.replace(/\{\{\s*\w+\s*\}\}/, () => encodeURI(value))

/** What a variable is filled with before anybody types: what the tenant chose, else what its name suggests. */
export function prefilled(template: Pick<Template, "fills">, variable: string, known: Known): string {
  const chosen = template.fills[variable] ?? suggestedFill(variable)
  if (chosen === null) return ""
  const [placeholder = "", fallback = ""] = chosen.split("|")
  const value = filled(`{${placeholder}}`, known)
  return (value === `{${placeholder}}` ? fallback : value).replace(/\s+/g, " ").slice(0, limits.captionCharacters)
}

const SUGGESTED: readonly (readonly [RegExp, string])[] = [
  [/^(customer_?)?first_?name$|^nome$/, "customer.firstName"],
  [/^(customer_?)?(full_?)?name$|^customer$|^cliente$/, "customer.name"],
  [/^agent(_?name)?$|^operatore$|^agente$/, "agent.name"],
  [/^(company|business)(_?name)?$|^azienda$/, "company.name"],
]

/** Names that say what they are need no choice by anybody. */
export const suggestedFill = (variable: string): string | null =>
  SUGGESTED.find(([pattern]) => pattern.test(variable))?.[1] ?? null

/** What the house knows when a template is sent: an admin chooses among these, by variable. */
export const FILL_SOURCES = [
  "customer.firstName",
  "customer.name",
  "customer.phone",
  "agent.firstName",
  "agent.lastName",
  "agent.name",
  "company.name",
  "number.name",
  "number.phone",
] as const

/** The keys of `fills`: the body's variables, and `header` for that of the heading. */
export const fillableVariables = (anatomy: Anatomy | null): readonly string[] =>
  anatomy === null
    ? []
    : [...(anatomy.header?.kind === "text" && anatomy.header.variable !== null ? ["header"] : []), ...anatomy.variables]
