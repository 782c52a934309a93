/** Files of customers on their way in, and what was wrong with their rows, as a list. */
import { sql } from "kysely"
import { nameOf } from "~/conversation/queries/refusal.ts"
import type { Reader } from "~/database/handles.ts"
import { listing } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { ListAsk } from "~/kernel/list.ts"
import { piecesOf } from "~/media/queries.ts"
import type { CustomerImport } from "../rules/importing.ts"
import { latestImports, loadImport } from "../store/imports.ts"

export type ImportListed = CustomerImport & { authorName: string }

const withAuthor = (reader: Reader, one: CustomerImport): ImportListed => ({
  ...one,
  authorName: nameOf(reader, one.author),
})

export function importById(reader: Reader, id: Id): ImportListed | null {
  const one = loadImport(reader, id)
  return one && withAuthor(reader, one)
}

const MOST_SHOWN = 20

export const recentImports = (reader: Reader): ImportListed[] =>
  latestImports(reader, MOST_SHOWN).map((one) => withAuthor(reader, one))

/** Bytes of its file, as whoever reads it asks for them. */
export function importBytes(reader: Reader, file: Id, place: { from: number; to: number }): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(place.to - place.from)
  let filled = 0
  for (const piece of piecesOf(reader, file, place.from, place.to)) {
    bytes.set(piece, filled)
    filled += piece.length
  }
  return bytes
}

export type ProblemListed = { id: Id; row: number; heading: string; given: string; reason: string; detail: string } & {
  /** The whole row, with the first thing that was wrong with it. */
  cells: string | null
}

const problems = listing<ProblemListed, ProblemListed>({
  rows: (plan) =>
    query
      .selectFrom("customerImportProblem as problem")
      .select(["problem.id", "problem.row", "problem.heading", "problem.given", "problem.reason", "problem.detail"])
      .select("problem.cells")
      .where("problem.import", "=", plan.value("import"))
      .where((row) => row.and(plan.words(sql.ref<string>("problem.heading"), sql.ref<string>("problem.given")))),
  line: (row) => row,
  id: "problem.id",
  order: { row: sql.ref<number>("problem.row") },
})

const of = (id: Id, ask: ListAsk): ListAsk => ({ ...ask, filters: { import: [id] } })

export const problemPage = (reader: Reader, id: Id, ask: ListAsk) => problems.page(reader, of(id, ask))
/** All of them, for a file. */
export const problemPortions = (reader: Reader, id: Id, ask: ListAsk) => problems.portions(reader, of(id, ask))
