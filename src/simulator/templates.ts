/** Templates as Meta keeps them: matched against a send, filled in for the phone, reviewed after a while. */
import type { Choice, Link, Words } from "./content.ts"
import { GraphError, invalid, missing } from "./graph-errors.ts"
import { type JsonObject, listOf, objectOf, textOf } from "./json.ts"
import type { Webhooks } from "./webhooks.ts"
import type { Template, TemplateStatus, World } from "./world.ts"
import { objectId } from "./world.ts"

export type TemplateSeed = Pick<Template, "name" | "language" | "category" | "components"> & Partial<Template>

export function addTemplate(world: World, wabaId: string, seed: TemplateSeed): Template {
  const template: Template = {
    id: objectId(world),
    wabaId,
    status: "APPROVED",
    parameterFormat: "POSITIONAL",
    rejectedReason: "NONE",
    ...seed,
  }
  world.accounts.get(wabaId)?.templates.push(template)
  return template
}

export function removeTemplate(world: World, template: Template): void {
  const account = world.accounts.get(template.wabaId)
  if (account) account.templates = account.templates.filter((other) => other !== template)
}

/** The template a send names, if it may be sent and its parameters fit; else the error Meta answers. */
export function templateFor(world: World, wabaId: string, content: JsonObject): Template {
  const name = textOf(content.name)
  const language = textOf(objectOf(content.language).code)
  const found = world.accounts
    .get(wabaId)
    ?.templates.find((template) => template.name === name && template.language === language)
  const details = `template name (${name}) does not exist in ${language}`
  if (!found) throw new GraphError(132001, { details })
  if (found.status === "PAUSED") throw new GraphError(132015, { details: "Template is paused due to low quality." })
  if (found.status === "DISABLED") throw new GraphError(132016, { details: "Template is disabled." })
  if (found.status !== "APPROVED") throw new GraphError(132001, { details })
  requireParameters(found, listOf(content.components).map(objectOf))
  return found
}

/** The message as the customer sees it: variables in their places, quick replies with the payloads the send gave. */
export function filledWords(template: Template, content: JsonObject): Words {
  const given = listOf(content.components).map(objectOf)
  const replies = quickReplies(template, given)
  const links = linksOf(template, given)
  return {
    heading: headingOf(template, parametersOf(given, "header")),
    text: filled(textOf(componentOf(template, "BODY").text), parametersOf(given, "body")),
    footer: textOf(componentOf(template, "FOOTER").text),
    choices: replies.length === 0 ? null : { kind: "quick-replies", label: "", choices: replies },
    ...(links.length === 0 ? {} : { links }),
  }
}

/** Meta's decision about a template, told by webhook (wire reference §4.1). */
export function reviewTemplate(
  { world, webhooks }: { world: World; webhooks: Webhooks },
  template: Template,
  event: TemplateStatus,
  reason = "NONE",
): void {
  template.status = event
  template.rejectedReason = reason
  const line = [...world.lines.values()].find(({ wabaId }) => wabaId === template.wabaId)
  if (!line) return
  webhooks.post({
    line,
    field: "message_template_status_update",
    value: {
      event,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason,
    },
    bare: true,
    subject: { about: "other", field: "message_template_status_update" },
    who: null,
  })
}

export const componentOf = (template: Pick<Template, "components">, type: string): JsonObject =>
  template.components.find((component) => textOf(component.type).toUpperCase() === type) ?? {}

export const buttonsOf = (template: Template): JsonObject[] =>
  listOf(componentOf(template, "BUTTONS").buttons).map(objectOf)

function filled(text: string, parameters: JsonObject[]): string {
  const named = new Map(parameters.map((parameter) => [textOf(parameter.parameter_name), filling(parameter)]))
  return text.replace(PLACEHOLDER, (whole, key: string) => {
    const positional = /^\d+$/.test(key) ? parameters[Number(key) - 1] : undefined
    return named.get(key) ?? (positional ? filling(positional) : whole)
  })
}

function headingOf(template: Template, parameters: JsonObject[]): string {
  const { format, text } = componentOf(template, "HEADER")
  if (format !== "LOCATION") return filled(textOf(text), parameters)
  const place = objectOf(parameters[0]?.location)
  return [place.name, place.address].map(textOf).filter(Boolean).join(", ")
}

const parameterAt = (given: JsonObject[], index: number): JsonObject =>
  objectOf(listOf(given.find((part) => textOf(part.index) === String(index))?.parameters)[0])

function linksOf(template: Template, given: JsonObject[]): Link[] {
  return buttonsOf(template).flatMap((button, index): Link[] => {
    const title = textOf(button.text)
    const parameter = parameterAt(given, index)
    switch (button.type) {
      case "URL":
        return [{ kind: "url", title, value: textOf(button.url).replace(PLACEHOLDER, () => textOf(parameter.text)) }]
      case "PHONE_NUMBER":
        return [{ kind: "phone", title, value: textOf(button.phone_number) }]
      case "COPY_CODE":
        return [{ kind: "copy_code", title: title || "Copy code", value: textOf(parameter.coupon_code) }]
      default:
        return []
    }
  })
}

function quickReplies(template: Template, given: JsonObject[]): Choice[] {
  return buttonsOf(template).flatMap((button, index) => {
    if (button.type !== "QUICK_REPLY") return []
    const title = textOf(button.text)
    const part = given.find((other) => other.sub_type === "quick_reply" && textOf(other.index) === String(index))
    const payload = textOf(objectOf(listOf(part?.parameters)[0]).payload)
    return [{ id: payload || title, title, description: "", section: "" }]
  })
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g

export const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "")),
]

const parametersOf = (given: JsonObject[], type: string): JsonObject[] =>
  listOf(given.find((part) => textOf(part.type).toLowerCase() === type)?.parameters).map(objectOf)

const filling = (parameter: JsonObject): string => {
  const kind = objectOf(parameter[textOf(parameter.type)])
  return textOf(parameter.text) || textOf(kind.fallback_value)
}

function requireParameters(template: Template, given: JsonObject[]): void {
  requireFor("body", placeholdersOf(textOf(componentOf(template, "BODY").text)), parametersOf(given, "body"))
  requireHeader(componentOf(template, "HEADER"), parametersOf(given, "header"))
  for (const [index, button] of buttonsOf(template).entries()) {
    const dynamic = button.type === "URL" && placeholdersOf(textOf(button.url)).length > 0
    const part = given.find((other) => textOf(other.index) === String(index) && other.sub_type === "url")
    if (dynamic && listOf(part?.parameters).length === 0)
      throw missing(`buttons: Button at index ${index} of type Url requires a parameter`)
  }
}

function requireHeader(header: JsonObject, given: JsonObject[]): void {
  const format = textOf(header.format).toUpperCase()
  if (format === "" || format === "TEXT") {
    requireFor("header", placeholdersOf(textOf(header.text)), given)
    return
  }
  const [first] = given
  if (given.length !== 1 || first === undefined)
    throw new GraphError(132012, { details: `header: Format mismatch, expected ${format}, received UNKNOWN` })
  const type = textOf(first.type)
  if (type.toUpperCase() !== format)
    throw new GraphError(132012, {
      details: `header: Format mismatch, expected ${format}, received ${type.toUpperCase()}`,
    })
}

function requireFor(part: string, expected: string[], given: JsonObject[]): void {
  if (expected.length !== given.length)
    throw new GraphError(132000, {
      details: `${part}: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`,
    })
  const named = expected.some((name) => !/^\d+$/.test(name))
  for (const parameter of given) {
    const name = textOf(parameter.parameter_name)
    if (named && !expected.includes(name))
      throw new GraphError(132000, { details: `${part}: parameter name is missing` })
    if (parameter.type === "text" && textOf(parameter.text) === "")
      throw invalid(`${part}: a text parameter may not be empty.`)
  }
}
