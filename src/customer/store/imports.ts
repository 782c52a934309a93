/** How files of customers on their way in are kept, and what was wrong with their rows. */
import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { CustomerImportRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { CustomerImport, ImportPreview, ImportReading } from "../rules/importing.ts"

const CHANGING = [
  "file",
  "state",
  "reading",
  "preview",
  "mapping",
  "country",
  "overwrites",
  "erases",
  "total",
  "next",
  "created",
  "changed",
  "unchanged",
  "refused",
  "failure",
  "endedAt",
] as const

const byId = statement((p: { id: Id }) => query.selectFrom("customerImport").selectAll().where("id", "=", p.id))
const latest = statement((p: { limit: number }) =>
  query.selectFrom("customerImport").selectAll().orderBy("id", "desc").limit(p.limit),
)
const add = inserting("customerImport", ["id", "at", "author", "name", "size", ...CHANGING])
const change = statement((p: Pick<CustomerImportRow, "id" | (typeof CHANGING)[number]>) =>
  query.updateTable("customerImport").set(slotRow(CHANGING)).where("id", "=", p.id),
)
const atWork = applianceStatement(() =>
  applianceQuery
    .selectFrom("customerImport")
    .select(["id", "tenant"])
    .where("state", "in", ["reading", "checking", "running"])
    .orderBy("id")
    .limit(1),
)
const addProblem = inserting("customerImportProblem", [
  "id",
  "import",
  "row",
  "heading",
  "given",
  "reason",
  "detail",
  "cells",
])
const dropProblems = statement((p: { import: Id; limit: number }) =>
  query
    .deleteFrom("customerImportProblem")
    .where("id", "in", (from) =>
      from
        .selectFrom("customerImportProblem as some")
        .select("some.id")
        .where("some.import", "=", p.import)
        .limit(p.limit),
    ),
)
const blank = statement((p: { id: Id }) =>
  query.updateTable("customerImportProblem").set({ given: "", cells: null }).where("id", "=", p.id),
)
const addImported = inserting("importedCustomer", ["customer", "import"])
const importedBy = statement((p: { customer: Id }) =>
  query.selectFrom("importedCustomer").select("import").where("customer", "=", p.customer),
)

export function loadImport(reader: Reader, id: Id): CustomerImport | null {
  const row = reader.one(byId, { id })
  return row && importOf(row)
}

export const latestImports = (reader: Reader, limit: number): CustomerImport[] =>
  reader.all(latest, { limit }).map(importOf)

/** The one that somebody has to work at first. */
export const importAtWork = (reader: ApplianceReader): { id: Id; tenant: Id } | null => reader.one(atWork)

export function insertImport(tx: Tx, one: CustomerImport): void {
  const { id, at, author, name, size } = one
  tx.run(add, { id, at, author, name, size, ...changingOf(one) })
}

export function saveImport(tx: Tx, one: CustomerImport): void {
  tx.run(change, { id: one.id, ...changingOf(one) })
}

export type ImportProblem = { row: number; heading: string; given: string; reason: string; detail: object } & {
  /** The whole row, where this is the first that was wrong with it. */
  cells: readonly string[] | null
}

export function insertProblem(tx: Tx, id: Id, { detail, cells, ...problem }: ImportProblem): void {
  const kept = { detail: JSON.stringify(detail), cells: cells && JSON.stringify(cells) }
  tx.run(addProblem, { id: tx.newId(), import: id, ...problem, ...kept })
}

/** That a row was refused is still to be read, and why; not what stood there. */
export const blankProblem = (tx: Tx, id: Id): void => void tx.run(blank, { id })

/** At most so many at once; answers how many there were. */
export const removeProblems = (tx: Tx, id: Id, limit: number): number => tx.run(dropProblems, { import: id, limit })

export function noteImported(tx: Tx, customer: Id, id: Id): void {
  tx.run(addImported, { customer, import: id })
}

/** Whether they came by a file. */
export const cameByFile = (reader: Reader, customer: Id): boolean => reader.one(importedBy, { customer }) !== null

function changingOf(one: CustomerImport) {
  const { file, state, country, total, next, created, changed, unchanged, refused, endedAt } = one
  const kept = (value: object | null) => value && JSON.stringify(value)
  return {
    file,
    state,
    country,
    total,
    next,
    created,
    changed,
    unchanged,
    refused,
    endedAt,
    reading: kept(one.reading),
    preview: kept(one.preview),
    failure: kept(one.failure),
    mapping: JSON.stringify(one.mapping),
    overwrites: one.overwrites ? (1 as const) : (0 as const),
    erases: one.erases ? (1 as const) : (0 as const),
  }
}

function importOf(row: CustomerImportRow): CustomerImport {
  const read = <Value>(text: string | null) => (text === null ? null : (JSON.parse(text) as Value))
  return {
    ...row,
    reading: read<ImportReading>(row.reading),
    preview: read<ImportPreview>(row.preview),
    failure: read<Refusal>(row.failure),
    mapping: JSON.parse(row.mapping) as string[],
    overwrites: row.overwrites === 1,
    erases: row.erases === 1,
  }
}
