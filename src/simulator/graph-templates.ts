/** `/{waba-id}/message_templates`: list, create, delete; and one template by its id (wire reference §7). */
import { seconds } from "~/kernel/clock.ts"
import { type Call, type Edges, fieldsOf, pick } from "./graph-call.ts"
import { badParameter, GraphError } from "./graph-errors.ts"
import { isObject, type JsonObject, listOf, objectOf, parseJson, textOf } from "./json.ts"
import { addTemplate, componentOf, placeholdersOf, reviewTemplate } from "./templates.ts"
import type { Account, Template, TemplateCategory } from "./world.ts"

const PAGE_SIZE = 25
const REVIEW_TAKES = seconds(30)
const CATEGORIES: readonly TemplateCategory[] = ["MARKETING", "UTILITY", "AUTHENTICATION"]
const USUAL_FIELDS = ["name", "parameter_format", "components", "language", "status", "category", "id"]

export const ACCOUNT_TEMPLATE_EDGES: Edges<Account> = {
  "GET message_templates": listTemplates,
  "POST message_templates": createTemplate,
  "DELETE message_templates": deleteTemplates,
}

export const TEMPLATE_EDGES: Edges<Template> = {
  GET: (template, call) => pick(wireOf(template), fieldsOf(call) ?? USUAL_FIELDS),
  POST: (template, call) => {
    const components = listOf(call.body.components).filter(isObject)
    if (components.length > 0) {
      requireComponents(components)
      template.components = components
    }
    const category = CATEGORIES.find((known) => known === textOf(call.body.category).toUpperCase())
    if (category && template.status !== "APPROVED") template.category = category
    template.status = "PENDING"
    reviewLater(call, template)
    return { success: true }
  },
}

function listTemplates(account: Account, call: Call): JsonObject {
  const { url } = call
  const parameters = url.searchParams
  const matching = account.templates.filter((template) => matches(template, parameters))
  const limit = Math.max(1, Math.min(Number(parameters.get("limit")) || PAGE_SIZE, 1_000))
  const start = startOf(parameters)
  const page = matching.slice(start, start + limit)
  const fields = fieldsOf(call) ?? USUAL_FIELDS
  const cursors = { before: cursorOf(start), after: cursorOf(start + page.length) }
  const next = new URL(url)
  next.searchParams.set("after", cursors.after)
  const more = start + limit < matching.length
  return {
    data: page.map((template) => pick(wireOf(template), fields)),
    ...(page.length === 0 ? {} : { paging: { cursors, ...(more ? { next: next.href } : {}) } }),
  }
}

const cursorOf = (index: number): string => Buffer.from(`QVF${index}`).toString("base64url")

/** Where the page begins: after `after`, or one page before `before`. */
function startOf(parameters: URLSearchParams): number {
  const after = parameters.get("after")
  if (after === null) return 0
  const index = /^QVF(\d+)$/.exec(Buffer.from(after, "base64url").toString())?.[1]
  if (index === undefined) throw new GraphError(131059)
  return Number(index)
}

function matches(template: Template, parameters: URLSearchParams): boolean {
  const name = parameters.get("name")
  const words = parameters.get("name_or_content")
  if (name !== null && template.name !== name) return false
  if (words !== null && !template.name.includes(words) && !JSON.stringify(template.components).includes(words))
    return false
  return (["status", "category", "language"] as const).every((key) => {
    const wanted = parameters.get(key)
    if (wanted === null || wanted === "") return true
    const parsed = parseJson(wanted)
    return Array.isArray(parsed) ? parsed.includes(template[key]) : template[key] === wanted
  })
}

function createTemplate(account: Account, call: Call): JsonObject {
  const { world, body } = call
  const name = textOf(body.name)
  const language = textOf(body.language)
  const category = CATEGORIES.find((known) => known === textOf(body.category).toUpperCase())
  const components = listOf(body.components).filter(isObject)
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    throw badParameter("Param name must match the regular expression [a-z0-9_] and have at most 512 characters.")
  if (language === "") throw badParameter("The parameter language is required.")
  if (!category) throw badParameter(`Param category must be one of {${CATEGORIES.join(", ")}}.`)
  if (account.templates.some((other) => other.name === name && other.language === language))
    throw new GraphError(100, {
      subcode: 2388024,
      message: "Invalid parameter",
      details: `There is already ${language} content for this template.`,
    })
  requireComponents(components)
  const named = textOf(body.parameter_format).toUpperCase() === "NAMED"
  const template = addTemplate(world, account.wabaId, {
    name,
    language,
    category,
    components,
    status: "PENDING",
    parameterFormat: named ? "NAMED" : "POSITIONAL",
  })
  reviewLater(call, template)
  return { id: template.id, status: template.status, category }
}

/** What sells is no utility: Meta takes it for marketing, and refuses it under the other name. */
const SELLS = /\b(discounts?|offers?|sale|sconti|sconto|offert[ae]|saldi)\b/i

function reviewLater(call: Call, template: Template): void {
  const { clock } = call.world
  clock.wakeAt(clock.now() + REVIEW_TAKES, () => {
    if (template.status !== "PENDING") return
    const isMisplaced = template.category === "UTILITY" && SELLS.test(textOf(componentOf(template, "BODY").text))
    if (isMisplaced) reviewTemplate(call, template, "REJECTED", "TAG_CONTENT_MISMATCH")
    else reviewTemplate(call, template, "APPROVED")
  })
}

/** What Meta checks before it takes a template for review. */
function requireComponents(components: JsonObject[]): void {
  const body = textOf(componentOf({ components }, "BODY").text)
  if (body === "") throw badParameter("The parameter components must contain a BODY with text.")
  if (body.length > 1024) throw new GraphError(2388040, { details: "The body has more than 1024 characters." })
  if (/^\s*\{\{|\}\}\s*$/.test(body))
    throw new GraphError(2388073, { details: "Variables can't be at the start or end." })
  const example = objectOf(componentOf({ components }, "BODY").example)
  const count = placeholdersOf(body).length
  const given = listOf(listOf(example.body_text)[0]).length || listOf(example.body_text_named_params).length
  if (given !== count)
    throw new GraphError(2388073, { details: `The body needs ${count} example values, not ${given}.` })
  for (const button of listOf(componentOf({ components }, "BUTTONS").buttons))
    if (textOf(objectOf(button).text).length > 25)
      throw new GraphError(2388040, { details: "The text of a button has more than 25 characters." })
}

function deleteTemplates(account: Account, { body }: Call): JsonObject {
  const name = textOf(body.name)
  const id = textOf(body.hsm_id)
  if (name === "") throw badParameter("The parameter name is required.")
  const doomed = (template: Template) => template.name === name && (id === "" || template.id === id)
  if (!account.templates.some(doomed))
    throw new GraphError(100, {
      subcode: 2593002,
      message: "Invalid parameter",
      details: "Message template was not found.",
    })
  account.templates = account.templates.filter((template) => !doomed(template))
  return { success: true }
}

const wireOf = (template: Template): JsonObject => ({
  id: template.id,
  name: template.name,
  parameter_format: template.parameterFormat,
  components: template.components,
  language: template.language,
  status: template.status,
  category: template.category,
  rejected_reason: template.rejectedReason,
  quality_score: { score: "UNKNOWN", date: null },
})
