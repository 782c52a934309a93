/** A8: customers from a file: brought, understood, tried, written; every step on a page that can be left and found again. */

import { ImportPage, ImportProblems, ImportWork } from "views/customer/import.tsx"
import { IMPORTS_PATH, ImportStart } from "views/customer/imports.tsx"
import { refusedHeader, refusedPortions } from "views/customer/refused-rows.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { customerProperties } from "~/customer-property/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { phoneCountries } from "~/kernel/phone.ts"
import { demand, found, type Refusal } from "~/kernel/step.ts"
import { ENCODINGS } from "~/kernel/table/encoding.ts"
import { readingNamed } from "~/kernel/table/reading.ts"
import { tableLimits } from "~/kernel/table/table.ts"
import type { Areas } from "~/web/areas.ts"
import { refusalOf } from "~/web/editing.ts"
import { checkbox, choice, type FormShape, optional, text, wholeNumber } from "~/web/form.ts"
import { SPREADSHEET_FORMATS, spreadsheetResponse } from "~/web/spreadsheet.ts"
import type { Visit } from "~/web/visit.ts"
import { checkImport, readOtherwise, steerImport } from "../actions/importing.ts"
import { importById, problemPage, problemPortions, recentImports } from "../queries/imports.ts"
import { PROBLEM_LIST } from "../rules/import-list.ts"
import { IMPORT_DEEDS, type ImportChoices } from "../rules/importing.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const customerImportRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get("/admin/imports", ({ me, read, page }) => {
      const screen = parts.screenOf(me, read)
      return page(
        screen.t("imports.title"),
        <ImportStart screen={screen} imports={recentImports(read)} limits={tableLimits} />,
      )
    })
    .get("/admin/imports/sample", sample)
    .get("/admin/imports/:id", (visit) => {
      const props = propsOf(visit, parts)
      visit.watch(`customer-import-${props.one.id}`)
      return visit.page(props.one.name, <ImportPage {...props} />)
    })
    .get("/admin/imports/:id/work", (visit) => visit.html(<ImportWork {...propsOf(visit, parts)} />))
    .post("/admin/imports/:id/reading", async (visit) => {
      const { id, reading } = found(importById(visit.read, visit.id("id")))
      const { heading, ...said } = visit.form({
        encoding: optional(choice(ENCODINGS)),
        separator: optional(choice(["comma", "semicolon", "tab"])),
        sheet: optional(wholeNumber({ least: 0, most: 10_000 })),
        heading: choice(["yes", "no"]),
      })
      const table =
        reading?.format === "xlsx"
          ? { ...reading, sheet: said.sheet ?? 0 }
          : found(readingNamed(said.encoding ?? "", said.separator ? SEPARATOR[said.separator] : ""))
      await visit.act((tx) => readOtherwise(tx, id, { ...table, hasHeading: heading === "yes" }))
      return again(visit, parts, id)
    })
    .post("/admin/imports/:id/checking", async (visit) => {
      const { id, mapping } = found(importById(visit.read, visit.id("id")))
      const choices = choicesOf(visit, mapping.length)
      const refusal = await refusalOf(visit.act((tx) => checkImport(tx, id, choices)))
      if (refusal === null) return again(visit, parts, id)
      const props = { ...propsOf(visit, parts), refusal }
      return answer(visit, { ...props, one: { ...props.one, ...choices } }, 422)
    })
    .post("/admin/imports/:id/steering", async (visit) => {
      const { id } = found(importById(visit.read, visit.id("id")))
      const { deed } = visit.form({ deed: choice(IMPORT_DEEDS) })
      await visit.act((tx) => steerImport(tx, id, deed))
      return again(visit, parts, id)
    })
    .get("/admin/imports/:id/problems", (visit) => {
      const props = propsOf(visit, parts)
      const ask = readAsk(PROBLEM_LIST, visit.query)
      const problems = problemPage(visit.read, props.one.id, ask)
      return visit.page(
        props.screen.t("imports.problems"),
        <ImportProblems {...props} ask={ask} problems={problems} shape={PROBLEM_LIST} />,
      )
    })
    .post("/admin/imports/:id/problems/export", (visit) => refusedRows(visit, parts))

/** The refused rows as they stood in the file, each with what was wrong, to be mended and brought again. */
async function refusedRows(visit: Visit<"id">, parts: Parts): Promise<Response> {
  const { read, form, act, query, language, t } = visit
  // Whole rows, whatever was looked for in what is wrong with them.
  const { one, screen, properties } = propsOf(visit, parts)
  const ask = { ...readAsk(PROBLEM_LIST, query), words: "" }
  const { format } = form({ format: choice(SPREADSHEET_FORMATS) })
  const name = `${screen.t("imports.problems")} ${one.name}`
  const said = (after: string) => ({ before: null, after })
  const subject = { kind: "list", id: one.id, name } as const
  await act((tx) => tx.raise({ type: "audit.due", act: "export.made", subject, changes: { format: said(format) } }))
  return spreadsheetResponse({
    format,
    name,
    language,
    header: refusedHeader(screen, one, properties),
    yesNo: [t("list_page.yes"), t("list_page.no")],
    portions: refusedPortions(screen, one, problemPortions(read, one.id, ask)),
  })
}

const SEPARATOR = { comma: ",", semicolon: ";", tab: "\t" } as const

function propsOf(visit: Visit<"id">, { screenOf }: Parts) {
  const one = found(importById(visit.read, visit.id("id")))
  const properties = customerProperties(visit.read).filter(({ enabled }) => enabled)
  const refusal: Refusal | null = null
  return { screen: screenOf(visit.me, visit.read), one, properties, countries: phoneCountries(), refusal }
}

/** What the page shows by now. */
function again(visit: Visit<"id">, parts: Parts, id: Id): Response {
  return visit.wantsPanel ? answer(visit, propsOf(visit, parts), 200) : visit.redirect(`${IMPORTS_PATH}/${id}`)
}

type Props = Omit<ReturnType<typeof propsOf>, "refusal"> & { refusal: Refusal | null }

const answer = (visit: Visit<"id">, props: Props, status: number): Response =>
  visit.wantsPanel
    ? visit.html(<ImportWork {...props} />, status)
    : visit.page(props.one.name, <ImportPage {...props} />, status)

const LONGEST_FIELD = 40

function choicesOf(visit: Visit<"id">, columns: number): ImportChoices {
  demand(columns > 0, "import.not_now")
  const names = Array.from({ length: columns }, (_, index) => `column${index}`)
  const rest = { country: optional(choice(phoneCountries())), overwrites: checkbox, erases: checkbox }
  const shape = { ...Object.fromEntries(names.map((name) => [name, text({ most: LONGEST_FIELD })])), ...rest }
  const values = visit.form(shape as FormShape<Record<string, unknown>>)
  const { country, overwrites, erases } = values as Pick<ImportChoices, "country" | "overwrites" | "erases">
  return { mapping: names.map((name) => String(values[name])), country, overwrites, erases }
}

/** A file to begin with: a heading for everything there is to say, and two people nobody has. */
function sample({ query, language, t, read }: Visit): Response {
  const properties = customerProperties(read).filter(({ enabled }) => enabled)
  const own = (index: number) =>
    properties.map(({ kind, choices }) => {
      const values = {
        text: "",
        number: index + 1,
        date: `2026-01-1${index}`,
        choice: choices[index] ?? "",
        yes_no: index === 0,
      }
      return values[kind]
    })
  const fields = (["phone", "name", "email", "language", "otherPhone", "tags", "consent"] as const).map((field) =>
    t(`imports.field_${field}`),
  )
  const format = SPREADSHEET_FORMATS.find((one) => one === query.get("format")) ?? "xlsx"
  return spreadsheetResponse({
    format,
    name: t("imports.sample_name"),
    language,
    yesNo: [t("list_page.yes"), t("list_page.no")],
    header: [...fields, ...properties.map(({ name }) => name)],
    portions: [
      [
        [{ digits: "+39 345 555 0101" }, "Anna Rossi", "anna.rossi@example.com", "it", null, "VIP", true, ...own(0)],
        [
          { digits: "345 555 0102" },
          "John Smith",
          "john.smith@example.com",
          "en",
          { digits: "+39 02 555 0103" },
          null,
          false,
          ...own(1),
        ],
      ],
    ],
  })
}
