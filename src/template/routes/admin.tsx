/** A6: templates of the tenant's WhatsApp accounts, as Meta has them and as agents may use them. */
import type { Done, Editing } from "views/admin/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import { AdminTemplates, TEMPLATES_PATH, templateColumns } from "views/template/admin.tsx"
import { TemplateDeletion, TemplateSheet } from "views/template/sheet.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { refuse } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { type Conflict, changedSince, editing, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type FieldErrors, line, optional, several, text } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { withdrawTemplate } from "../actions/telling.ts"
import { chooseTemplate, wantSync } from "../actions.ts"
import { awaitedAnswers, oneTemplate, templateLanguages, templates } from "../queries/admin.ts"
import { templateAccounts } from "../queries.ts"
import { FILL_SOURCES, fillableVariables, suggestedFill } from "../rules/filling.ts"
import { FILTERED_STATUSES, TEMPLATE_LIST } from "../rules/list.ts"
import { CATEGORIES } from "../rules.ts"

export const templateAdminRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(TEMPLATES_PATH, (visit) => templatesPage(visit, parts))
    .post(`${TEMPLATES_PATH}/export`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const columns = templateColumns(screen, templateAccounts(visit.read))
      return listFile(visit, ask, columns, templates.portions(visit.read, ask), screen.t("templates_admin.title"))
    })
    .post(`${TEMPLATES_PATH}/sync`, async (visit) => {
      await visit.act((tx) => {
        for (const { wabaId } of templateAccounts(tx)) wantSync(tx, wabaId)
      })
      return visit.redirect(hrefOf(visit, TEMPLATES_PATH))
    })
    .get(`${TEMPLATES_PATH}/:id`, (visit) => onePage(visit, parts, visit.id("id"), { errors: {} }))
    .post(`${TEMPLATES_PATH}/:id`, (visit) => saveChoices(visit, parts, visit.id("id")))
    .get(`${TEMPLATES_PATH}/:id/deletion`, (visit) => {
      const template = oneTemplate(visit.read, visit.id("id"))
      const path = `${TEMPLATES_PATH}/${template.id}`
      const props = {
        screen: parts.screenOf(visit.me, visit.read),
        template,
        awaited: awaitedAnswers(visit.read, template.id),
        action: hrefOf(visit, `${path}/deletion`),
        closePath: hrefOf(visit, path),
      }
      return templatesPage(visit, parts, { sheet: <TemplateDeletion {...props} />, current: template.id })
    })
    .post(`${TEMPLATES_PATH}/:id/deletion`, async (visit) => {
      const id = visit.id("id")
      await visit.act((tx) => withdrawTemplate(tx, id))
      return visit.redirect(hrefOf(visit, TEMPLATES_PATH))
    })

const MOST_VARIABLES = 60
const FIELDS = {
  enabled: checkbox,
  variable: several(line({ most: 100 }), { most: MOST_VARIABLES }),
  source: several(optional(choice(FILL_SOURCES)), { most: MOST_VARIABLES }),
  otherwise: several(text({ most: 100 }), { most: MOST_VARIABLES }),
}

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }

function onePage(visit: Visit, parts: Parts, id: Id, { errors, ...typed }: Typed): Response {
  const { me, read } = visit
  const template = oneTemplate(read, id)
  const before = writtenChoices(template)
  const conflict = typed.conflict ?? null
  const path = `${TEMPLATES_PATH}/${id}`
  const paths = {
    action: hrefOf(visit, path),
    closePath: hrefOf(visit, TEMPLATES_PATH),
    contentPath: hrefOf(visit, `${path}/content`),
    deletionPath: hrefOf(visit, `${path}/deletion`),
  }
  const form = { written: typed.written ?? before, errors, conflict, before }
  const variables = before.variable.map((name) => ({ name, suggested: suggestedFill(name) }))
  const filling = { variables, sources: FILL_SOURCES }
  const props = { screen: parts.screenOf(me, read), template, filling, editing: form, done: doneOf(visit), ...paths }
  return templatesPage(visit, parts, {
    sheet: <TemplateSheet {...props} />,
    current: id,
    ...statusFor(errors, conflict),
  })
}

function doneOf({ query, t }: Visit): Done | null {
  const done = query.get("done")
  if (done === "saved") return { sentence: t("admin.done_saved") }
  return done === "handed_in" ? { sentence: t("templates_admin.done_handed_in") } : null
}

/** What the tenant decided, as the form's fields hold it. */
function writtenChoices(template: ReturnType<typeof oneTemplate>) {
  const variables = fillableVariables(template.anatomy)
  const fills = variables.map((variable) => (template.fills[variable] ?? "").split("|"))
  return {
    enabled: template.enabled ? ["on"] : [],
    variable: variables,
    source: fills.map(([source = ""]) => source),
    otherwise: fills.map(([, otherwise = ""]) => otherwise),
  }
}

async function saveChoices(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const known = fillableVariables(oneTemplate(visit.read, id).anatomy)
  const form = visit.checkForm({ ...FIELDS, ...editing })
  if (!form.valid) return onePage(visit, parts, id, form)
  const { before, enabled, variable, source, otherwise } = form.values
  if (otherwise.some((words) => words.includes("|")))
    return onePage(visit, parts, id, { written: form.written, errors: { otherwise: refuse("field.malformed") } })
  const fills = Object.fromEntries(
    variable.flatMap((name, index) => {
      const from = source[index] ?? null
      const instead = (otherwise[index] ?? "").trim()
      if (from === null || !known.includes(name)) return []
      return [[name, instead === "" ? from : `${from}|${instead}`]]
    }),
  )
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenChoices(oneTemplate(tx, id)))
      chooseTemplate(tx, id, { enabled, fills })
    }),
  )
  if (refusal === null) return visit.redirect(hrefOf(visit, `${TEMPLATES_PATH}/${id}`, "saved"))
  if (refusal.refused !== "form.conflict")
    return onePage(visit, parts, id, { written: form.written, errors: { form: refusal } })
  const fields = changedSince(before, writtenChoices(oneTemplate(visit.read, id)))
  const conflict = { by: lastChange(visit.read, "template", id), fields }
  return onePage(visit, parts, id, { written: form.written, errors: {}, conflict })
}

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }
type Asking = Pick<Visit, "query" | "read" | "me">

const askOf = ({ query, read, me }: Asking) =>
  readAsk(TEMPLATE_LIST, query, chosenColumns(read, me.id, TEMPLATE_LIST.name))

/** `path` with the list as it stands. */
function hrefOf(visit: Asking, path: string, done?: string): string {
  const ask = askOf(visit)
  const address = listAddress(path, ask, ask.cursor)
  return done ? `${address}${address.includes("?") ? "&" : "?"}done=${done}` : address
}

type Beside = { sheet: Child; current: Id | null; status?: number }

function templatesPage(visit: Visit, { screenOf }: Parts, beside?: Beside): Response {
  const { me, read, page, watch } = visit
  watch("templates")
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const { sheet = null, current = null, status } = beside ?? {}
  const paths = { newPath: hrefOf(visit, `${TEMPLATES_PATH}/new`), freshPath: hrefOf(visit, TEMPLATES_PATH) }
  const list = { screen, shape: TEMPLATE_LIST, ask, page: templates.page(read, ask) }
  const options = { statuses: FILTERED_STATUSES, categories: CATEGORIES, languages: templateLanguages(read) }
  const props = { ...list, ...paths, options, accounts: templateAccounts(read), sheet, current }
  return page(screen.t("templates_admin.title"), <AdminTemplates {...props} />, status)
}

/** What the HTTP answer to a form is when it is shown again. */
function statusFor(errors: FieldErrors, conflict: Conflict | null = null): { status?: number } {
  if (conflict) return { status: 409 }
  return Object.keys(errors).length > 0 ? { status: 422 } : {}
}
