/** A template as an admin writes it, and Meta's rules for it, checked before it is handed in (wire reference §7). */
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { Json } from "~/whatsapp/payload.ts"
import type { TemplateDraft } from "../rules.ts"
import { type AnatomyHeader, variablesOf } from "./anatomy.ts"

export const BUTTON_KINDS = ["quick_reply", "url", "phone", "copy_code"] as const
export type ButtonKind = (typeof BUTTON_KINDS)[number]
/** Codes to sign in with have buttons of their own, which are made at Meta. */
export const DRAFT_CATEGORIES = ["UTILITY", "MARKETING"] as const
export const HEADER_KINDS = ["none", "text", "location"] as const

export type DraftButton = {
  kind: ButtonKind
  text: string /** Address, number or code. */
  value: string
  example: string
}
export type TemplateForm = {
  category: string
  header: (typeof HEADER_KINDS)[number]
  headerText: string
  headerExample: string
  body: string
  /** By variable of the body. */
  examples: Readonly<Record<string, string>>
  footer: string
  buttons: readonly DraftButton[]
}

export const LIMITS = {
  name: 512,
  header: 60,
  body: 1_024,
  footer: 60,
  buttons: 10,
  quickReplies: 10,
  urls: 2,
  phones: 1,
  codes: 1,
  buttonText: 25,
  url: 2_000,
  phone: 20,
  code: 15,
} as const

/** What a form of it offers. */
export const DRAFTING = { categories: DRAFT_CATEGORIES, headers: HEADER_KINDS, buttons: BUTTON_KINDS, limits: LIMITS }

/** A variable every so many words at least, or Meta takes it for empty (2388293). */
const WORDS_PER_VARIABLE = 3

export const DRAFT_PLACES = ["name", "header", "body", "examples", "footer", "buttons"] as const
export type DraftProblem = { place: (typeof DRAFT_PLACES)[number]; refusal: Refusal }

/** Everything that Meta would refuse; keys `template_draft.…`, each with what to do. */
export function draftProblems(form: TemplateForm & { name: string }): DraftProblem[] {
  return [
    ...at("name", nameProblems(form.name)),
    ...at("header", headerProblems(form)),
    ...at("body", bodyProblems(form.body)),
    ...at("examples", exampleProblems(form)),
    ...at("footer", footerProblems(form.footer)),
    ...at("buttons", buttonProblems(form.buttons)),
  ]
}

/** How a draft stands: what is wrong, which places are right, and what it would look like. */
export function checkDraft(form: TemplateForm & { name: string }) {
  const problems = draftProblems(form)
  const { header, headerText, headerExample, body, footer, examples } = form
  const [variable = null] = variablesOf(headerText)
  const heading: AnatomyHeader | null =
    header === "text" ? { kind: "text", text: headerText, variable } : header === "none" ? null : { kind: header }
  return {
    problems,
    sound: DRAFT_PLACES.filter((place) => !problems.some((problem) => problem.place === place)),
    /** Nothing has been written yet: what is missing is no mistake. */
    isBlank: form.name === "" && body.trim() === "",
    header: heading,
    body,
    footer: footer || null,
    buttons: form.buttons,
    examples,
    headerExample,
  }
}
export type CheckedDraft = ReturnType<typeof checkDraft>

const at = (place: DraftProblem["place"], refusals: readonly (Refusal | null)[]): DraftProblem[] =>
  refusals.flatMap((refusal) => (refusal ? [{ place, refusal }] : []))

const unless = (holds: boolean, key: string, detail?: Record<string, string | number>): Refusal | null =>
  holds ? null : refuse(`template_draft.${key}`, detail)

const within = (text: string, limit: number, key: string): Refusal | null =>
  unless(text.length <= limit, key, { characters: text.length, limit })

const nameProblems = (name: string) => [
  unless(/^[a-z0-9_]+$/.test(name), "name_pattern"),
  within(name, LIMITS.name, "name_long"),
]

function headerProblems({ header, headerText, headerExample }: TemplateForm): (Refusal | null)[] {
  if (header !== "text") return []
  const variables = variablesOf(headerText)
  return [
    unless(headerText.trim() !== "", "header_empty"),
    within(headerText, LIMITS.header, "header_long"),
    unless(!/[\n*_~`]|\p{Extended_Pictographic}/u.test(headerText.replace(/\{\{\w+\}\}/g, "")), "header_format"),
    unless(variables.length <= 1, "header_variables"),
    unless(variables.length === 0 || headerExample.trim() !== "", "example_missing", { variable: variables[0] ?? "" }),
  ]
}

function bodyProblems(body: string): (Refusal | null)[] {
  const text = body.trim()
  const variables = variablesOf(text)
  const numbers = variables.filter((name) => /^\d+$/.test(name))
  const words = text
    .replace(/\{\{\s*\w+\s*\}\}/g, " ")
    .split(/\s+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word))
  return [
    unless(text !== "", "body_empty"),
    within(text, LIMITS.body, "body_long"),
    unless(!/^\{\{\s*\w+\s*\}\}/.test(text), "body_begins"),
    unless(!/\{\{\s*\w+\s*\}\}$/.test(text), "body_ends"),
    unless(!/\}\}\s*\{\{/.test(text), "variables_adjacent"),
    unless(!/\n{3,}/.test(text), "body_gaps"),
    unless(numbers.length === 0 || numbers.length === variables.length, "variables_mixed"),
    unless(
      numbers.every((name, index) => Number(name) === index + 1),
      "variables_sequence",
    ),
    unless(
      variables.every((name) => /^(\d+|[a-z_]+)$/.test(name)),
      "variables_name",
    ),
    unless(bracesAreVariables(text), "variables_braces", { braces: "{{1}}" }),
    unless(variables.length === 0 || words.length >= variables.length * WORDS_PER_VARIABLE, "variables_many"),
  ]
}

/** A brace that begins no variable is a variable badly written. */
const bracesAreVariables = (text: string): boolean => !/\{\{|\}\}/.test(text.replace(/\{\{\s*\w+\s*\}\}/g, ""))

const exampleProblems = ({ body, examples }: TemplateForm): (Refusal | null)[] =>
  variablesOf(body).map((variable) => unless((examples[variable] ?? "").trim() !== "", "example_missing", { variable }))

const footerProblems = (footer: string): (Refusal | null)[] => [
  within(footer, LIMITS.footer, "footer_long"),
  unless(variablesOf(footer).length === 0, "footer_variables"),
]

function buttonProblems(buttons: readonly DraftButton[]): (Refusal | null)[] {
  const of = (kind: ButtonKind) => buttons.filter((button) => button.kind === kind)
  const kinds = buttons.map(({ kind }) => kind === "quick_reply")
  const changes = kinds.filter((isReply, index) => index > 0 && isReply !== kinds[index - 1]).length
  const texts = buttons.filter(({ kind }) => kind !== "copy_code").map(({ text }) => text.trim().toLowerCase())
  return [
    unless(buttons.length <= LIMITS.buttons, "buttons_many", { limit: LIMITS.buttons }),
    unless(of("url").length <= LIMITS.urls, "buttons_urls", { limit: LIMITS.urls }),
    unless(of("phone").length <= LIMITS.phones, "buttons_phones"),
    unless(of("copy_code").length <= LIMITS.codes, "buttons_codes"),
    unless(changes <= 1, "buttons_grouped"),
    unless(new Set(texts).size === texts.length, "buttons_double"),
    ...buttons.map(buttonProblem),
  ]
}

function buttonProblem({ kind, text, value, example }: DraftButton): Refusal | null {
  const words = text.trim()
  if (kind !== "copy_code" && words === "") return refuse("template_draft.button_empty")
  if (words.length > LIMITS.buttonText)
    return refuse("template_draft.button_long", { text: words, limit: LIMITS.buttonText })
  if (variablesOf(text).length > 0) return refuse("template_draft.button_variables", { text: words })
  switch (kind) {
    case "quick_reply":
      return null
    case "url": {
      const bare = value.replace(/\{\{\s*\w+\s*\}\}$/, "")
      const isAddress = /^https?:\/\/[^\s{}]+$/.test(bare) && value.length <= LIMITS.url
      if (!isAddress) return refuse("template_draft.button_url", { text: words })
      return unless(bare === value || example.trim() !== "", "example_missing", { variable: words })
    }
    case "phone":
      return unless(/^\+\d{6,19}$/.test(value), "button_phone", { text: words })
    case "copy_code":
      return unless(/^\S{1,15}$/.test(value), "button_code")
  }
}

/** As Meta takes it. */
export function toDraft(form: TemplateForm): TemplateDraft {
  const variables = variablesOf(form.body)
  const isNamed = variables.some((name) => !/^\d+$/.test(name))
  const buttons = form.buttons.map(buttonComponent)
  return {
    category: form.category,
    parameterFormat: isNamed ? "named" : "positional",
    components: [
      ...headerComponents(form, isNamed),
      { type: "BODY", text: form.body.trim(), ...bodyExample(variables, form.examples, isNamed) },
      ...(form.footer.trim() === "" ? [] : [{ type: "FOOTER", text: form.footer.trim() }]),
      ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons }]),
    ],
  }
}

function headerComponents({ header, headerText, headerExample }: TemplateForm, isNamed: boolean): Json[] {
  if (header === "none") return []
  if (header === "location") return [{ type: "HEADER", format: "LOCATION" }]
  const [variable] = variablesOf(headerText)
  const named = { header_text_named_params: [{ param_name: variable, example: headerExample.trim() }] }
  const example = isNamed ? named : { header_text: [headerExample.trim()] }
  return [{ type: "HEADER", format: "TEXT", text: headerText.trim(), ...(variable === undefined ? {} : { example }) }]
}

function bodyExample(variables: readonly string[], examples: Readonly<Record<string, string>>, isNamed: boolean): Json {
  if (variables.length === 0) return {}
  const values = variables.map((name) => (examples[name] ?? "").trim())
  if (!isNamed) return { example: { body_text: [values] } }
  const params = variables.map((param_name, index) => ({ param_name, example: values[index] }))
  return { example: { body_text_named_params: params } }
}

function buttonComponent({ kind, text, value, example }: DraftButton): Json {
  switch (kind) {
    case "quick_reply":
      return { type: "QUICK_REPLY", text: text.trim() }
    case "url": {
      const isDynamic = variablesOf(value).length > 0
      return { type: "URL", text: text.trim(), url: value.trim(), ...(isDynamic ? { example: [example.trim()] } : {}) }
    }
    case "phone":
      return { type: "PHONE_NUMBER", text: text.trim(), phone_number: value }
    case "copy_code":
      return { type: "COPY_CODE", example: value }
  }
}
