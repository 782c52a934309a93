/** A6: a template as an admin writes it, checked by Meta's rules while it is written and handed in for review. */
import type { Screen } from "views/parts/screen.ts"
import { TEMPLATES_PATH } from "views/template/admin.tsx"
import { DraftSheet } from "views/template/draft.tsx"
import { DraftCheck } from "views/template/draft-check.tsx"
import { DraftExamples } from "views/template/draft-examples.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type FieldErrors, line, several, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { editTemplate, submitTemplate } from "../actions/telling.ts"
import { oneTemplate } from "../queries/admin.ts"
import { templateAccounts } from "../queries.ts"
import { variablesOf } from "../rules/anatomy.ts"
import {
  BUTTON_KINDS,
  checkDraft,
  DRAFT_CATEGORIES,
  DRAFTING,
  draftProblems,
  HEADER_KINDS,
  LIMITS,
  type TemplateForm,
} from "../rules/drafting.ts"
import { LANGUAGES } from "../rules/languages.ts"
import { formOf } from "../rules/redrafting.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const templateDraftRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(`${TEMPLATES_PATH}/new`, (visit) => newPage(visit, parts, BLANK, {}))
    .post(TEMPLATES_PATH, (visit) => handIn(visit, parts))
    .post(`${TEMPLATES_PATH}/check`, (visit) => {
      const { written } = visit.checkForm({ ...NEW_FIELDS, ...editing })
      const screen = parts.screenOf(visit.me, visit.read)
      return visit.html(<DraftCheck screen={screen} checked={checkDraft(namedDraft(written))} />)
    })
    .post(`${TEMPLATES_PATH}/examples`, (visit) => {
      const { written } = visit.checkForm({ ...NEW_FIELDS, ...editing })
      const variables = variablesOf(written.body?.[0] ?? "")
      return visit.html(
        <DraftExamples screen={parts.screenOf(visit.me, visit.read)} written={written} variables={variables} />,
      )
    })
    .get(`${TEMPLATES_PATH}/:id/content`, (visit) => contentPage(visit, parts, visit.id("id"), { errors: {} }))
    .post(`${TEMPLATES_PATH}/:id/content`, (visit) => saveContent(visit, parts, visit.id("id")))

const MOST_LONG = 5_000
const MOST_BUTTONS = LIMITS.buttons
const words = (most: number) => several(text({ most: MOST_LONG }), { most })
const CONTENT_FIELDS = {
  category: choice(DRAFT_CATEGORIES),
  header: choice(HEADER_KINDS),
  headerText: text({ most: MOST_LONG }),
  headerExample: text({ most: MOST_LONG }),
  body: text({ most: MOST_LONG }),
  variable: words(60),
  example: words(60),
  footer: text({ most: MOST_LONG }),
  buttonKind: several(choice(BUTTON_KINDS), { most: MOST_BUTTONS }),
  buttonText: words(MOST_BUTTONS),
  buttonValue: words(MOST_BUTTONS),
  buttonExample: words(MOST_BUTTONS),
}
const NEW_FIELDS = {
  ...CONTENT_FIELDS,
  name: line({ most: MOST_LONG }),
  account: line({ most: 32 }),
  language: choice(LANGUAGES),
  enabled: checkbox,
}
/** At which field a problem is said. */
const SAID_AT = { name: "name", header: "headerText", body: "body", examples: "example", footer: "footer" } as const
const BLANK: Written = { category: ["UTILITY"], header: ["none"], enabled: ["on"] }

const draftOf = (written: Written): TemplateForm => {
  const list = (name: string) => (written[name] ?? []).map((value) => value.replace(/\r\n?/g, "\n"))
  const only = (name: string) => list(name)[0] ?? ""
  const variables = list("variable")
  const examples = list("example")
  const texts = list("buttonText")
  const values = list("buttonValue")
  const samples = list("buttonExample")
  return {
    category: only("category"),
    headerText: only("headerText"),
    headerExample: only("headerExample"),
    header: HEADER_KINDS.find((kind) => kind === only("header")) ?? "none",
    body: only("body"),
    footer: only("footer"),
    examples: Object.fromEntries(variables.map((variable, index) => [variable, examples[index] ?? ""])),
    buttons: list("buttonKind")
      .map((kind, index) => ({
        kind: BUTTON_KINDS.find((one) => one === kind) ?? "quick_reply",
        text: texts[index] ?? "",
        value: values[index] ?? "",
        example: samples[index] ?? "",
      }))
      .filter(({ text, value }) => text.trim() !== "" || value.trim() !== ""),
  }
}
const namedDraft = (written: Written) => ({ ...draftOf(written), name: written.name?.[0]?.trim() ?? "" })

/** A draft as the form's fields hold it. */
function writtenDraft({ examples, buttons, ...draft }: TemplateForm): Written {
  const variables = variablesOf(draft.body)
  return {
    ...Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, [value]])),
    variable: variables,
    example: variables.map((variable) => examples[variable] ?? ""),
    buttonKind: buttons.map(({ kind }) => kind),
    buttonText: buttons.map((button) => button.text),
    buttonValue: buttons.map(({ value }) => value),
    buttonExample: buttons.map(({ example }) => example),
  }
}

/** Everything that is wrong, the first of each place at its field. */
function problemsAt(draft: TemplateForm & { name: string }): FieldErrors {
  const errors: Record<string, Refusal> = {}
  for (const { place, refusal } of draftProblems(draft))
    errors[place === "buttons" ? "buttonText" : SAID_AT[place]] ??= refusal
  return errors
}

/** With the list's question carried along, for the way back. */
function hrefOf({ query }: Visit, path: string, done?: string): string {
  const asked = new URLSearchParams(query)
  asked.delete("done")
  if (done !== undefined) asked.set("done", done)
  return asked.size === 0 ? path : `${path}?${asked}`
}

type Page = Pick<Parameters<typeof DraftSheet>[0], "template" | "checked" | "fixedCategory" | "editing"> & {
  action: string
  closePath: string
}

function draftPage(visit: Visit, { screenOf }: Parts, page: Page): Response {
  const { me, read, t } = visit
  const known = { ...DRAFTING, languages: LANGUAGES, accounts: templateAccounts(read) }
  const variables = variablesOf(page.editing.written.body?.[0] ?? "")
  const { conflict, errors } = page.editing
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return visit.page(
    t("templates_admin.title"),
    <DraftSheet screen={screenOf(me, read)} known={known} variables={variables} {...page} />,
    status,
  )
}

function newPage(visit: Visit, parts: Parts, written: Written, errors: FieldErrors): Response {
  const props = {
    template: null,
    checked: checkDraft(namedDraft(written)),
    fixedCategory: null,
    editing: { written, errors, conflict: null, before: null },
    action: hrefOf(visit, TEMPLATES_PATH),
    closePath: hrefOf(visit, TEMPLATES_PATH),
  }
  return draftPage(visit, parts, props)
}

async function handIn(visit: Visit, parts: Parts): Promise<Response> {
  const form = visit.checkForm(NEW_FIELDS)
  const { written } = form
  const draft = namedDraft(written)
  const problems = problemsAt(draft)
  if (!form.valid) return newPage(visit, parts, written, { ...problems, ...form.errors })
  if (Object.keys(problems).length > 0) return newPage(visit, parts, written, problems)
  const { account: wabaId, language, enabled } = form.values
  found(templateAccounts(visit.read).find((account) => account.wabaId === wabaId))
  let id: Id = 0
  const refusal = await refusalOf(
    visit.act((tx) => {
      id = submitTemplate(tx, { ...draft, wabaId, language, enabled })
    }),
  )
  if (refusal) return newPage(visit, parts, written, errorsFor(refusal, { "template.name_taken": "name" }))
  return visit.redirect(hrefOf(visit, `${TEMPLATES_PATH}/${id}`, "handed_in"))
}

type Typed = { written?: Written; errors: FieldErrors; before?: string }

/** What is to be changed: what was wanted last, where Meta has not taken it, else what Meta has. */
function contentOf(visit: Pick<Visit, "read">, id: Id) {
  const template = oneTemplate(visit.read, id)
  return { template, form: found(formOf(template.draft ?? template)) }
}

function contentPage(visit: Visit, parts: Parts, id: Id, { errors, ...typed }: Typed): Response {
  const { template, form } = contentOf(visit, id)
  const now = writtenDraft(form)
  const fields = typed.before === undefined ? [] : changedSince(typed.before, now)
  const conflict = fields.length > 0 ? { by: null, fields } : null
  const written = typed.written ?? now
  const path = `${TEMPLATES_PATH}/${id}`
  const props = {
    template,
    checked: checkDraft({ ...draftOf(written), name: template.name }),
    /** Meta keeps the category of what it has approved. */
    fixedCategory: template.status === "APPROVED" ? template.category : null,
    editing: { written, errors, conflict, before: now },
    action: hrefOf(visit, `${path}/content`),
    closePath: hrefOf(visit, path),
  }
  return draftPage(visit, parts, props)
}

async function saveContent(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const { template } = contentOf(visit, id)
  const form = visit.checkForm({ ...CONTENT_FIELDS, ...editing })
  const { written } = form
  const draft = { ...draftOf(written), name: template.name }
  if (template.status === "APPROVED") draft.category = template.category
  const errors = { ...problemsAt(draft), ...(form.valid ? {} : form.errors) }
  if (!form.valid || Object.keys(errors).length > 0) return contentPage(visit, parts, id, { written, errors })
  const { before } = form.values
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenDraft(contentOf({ read: tx }, id).form))
      if (template.metaId === null) submitTemplate(tx, { ...template, ...draft })
      else editTemplate(tx, id, draft)
    }),
  )
  if (refusal === null) return visit.redirect(hrefOf(visit, `${TEMPLATES_PATH}/${id}`, "handed_in"))
  if (refusal.refused === "form.conflict") return contentPage(visit, parts, id, { written, errors: {}, before })
  return contentPage(visit, parts, id, { written, errors: { form: refusal } })
}
