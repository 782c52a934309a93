/** Which files of customers speak of somebody in what is kept of them: their first rows, and the rows that were refused. */
import { rowsOfPerson } from "~/customer/queries.ts"
import { type ImportPreview, isOver } from "~/customer/rules/importing.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { type KnownBy, namesThem } from "../rules/erasing.ts"

export type ImportsAsked = { customer: Id; files: KnownBy }
/** `problems`: the rows themselves, of imports that are not over. */
export type ImportsFound = { imports: Id[]; problems: Id[] }

const withDetails = statement(() =>
  query.selectFrom("customerImport").select(["id", "state", "preview"]).where("preview", "is not", null).orderBy("id"),
)
const refused = statement((p: { import: Id }) =>
  query
    .selectFrom("customerImportProblem")
    .select(["id", "given", "cells"])
    .where("import", "=", p.import)
    .where((row) => row.or([row("given", "<>", ""), row("cells", "is not", null)])),
)
const broughtBy = statement((p: { customer: Id }) =>
  query.selectFrom("importedCustomer").select("import").where("customer", "=", p.customer),
)
const leftOver = statement(() =>
  query
    .selectFrom("customerImport as i")
    .select("i.id")
    .where("i.preview", "is", null)
    .where("i.endedAt", "is not", null)
    .where((row) =>
      row.exists(row.selectFrom("customerImportProblem as p").select("p.id").whereRef("p.import", "=", "i.id")),
    )
    .limit(1),
)

/** Grows with what files brought: asked beside the thread that serves people. */
export function importsNaming(reader: Reader, { customer, files }: ImportsAsked): ImportsFound {
  const isThem = namesThem(files)
  const brought = new Set(
    rowsOfPerson(reader, customer).flatMap((row) => reader.all(broughtBy, { customer: row }).map((one) => one.import)),
  )
  const found: ImportsFound = { imports: [], problems: [] }
  for (const { id, state, preview } of reader.all(withDetails)) {
    const problems = reader
      .all(refused, { import: id })
      .filter(({ given, cells }) => isThem(given) || rowOf(cells).some(isThem))
    if (!brought.has(id) && problems.length === 0 && !cellsOf(preview).some(isThem)) continue
    found.imports.push(id)
    if (!isOver(state)) found.problems.push(...problems.map((problem) => problem.id))
  }
  return found
}

const rowOf = (cells: string | null): string[] => (cells === null ? [] : (JSON.parse(cells) as string[]))

function cellsOf(preview: string | null): string[] {
  if (preview === null) return []
  const { headings, samples } = JSON.parse(preview) as ImportPreview
  return [...headings, ...samples.flat()]
}

/** An import that is over and whose details are nobody's any more, while some of them are still there. */
export const dueImportProblems = (reader: Reader): Id | null => reader.one(leftOver)?.id ?? null
