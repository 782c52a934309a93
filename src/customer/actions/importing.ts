/** A file of customers from its coming in to its end: what people decide about it, and what becomes of its rows. */

import { customerProperties } from "~/customer-property/queries.ts"
import type { Tx } from "~/database/handles.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOfZone } from "~/kernel/phone.ts"
import { demand, found, type Refusal, Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { columnLetters, guessByContents, guessMapping, refuseMapping } from "../rules/import-columns.ts"
import type { ImportRow, RowProblem } from "../rules/import-rows.ts"
import {
  type CustomerImport,
  type ImportChoices,
  type ImportCounts,
  type ImportDeed,
  type ImportPreview,
  type ImportReading,
  importDeadlines,
  isOver,
  NO_COUNTS,
  steer,
} from "../rules/importing.ts"
import { insertImport, insertProblem, loadImport, removeProblems, saveImport } from "../store/imports.ts"
import { userActing } from "./entering.ts"
import { importPlan, placeRow } from "./import-rows.ts"

/** The file is here; how it is to be understood is looked at next. */
export function beginImport(tx: Tx, given: { import: Id; file: Id; name: string; size: number }): void {
  const { import: id, ...file } = given
  insertImport(tx, {
    id,
    at: tx.now,
    author: userActing(tx).id,
    ...file,
    state: "reading",
    ...NO_COUNTS,
    total: null,
    next: 0,
    reading: null,
    preview: null,
    mapping: [],
    country: countryOfZone(tenantProfile(tx).timezone),
    overwrites: false,
    erases: false,
    failure: null,
    endedAt: null,
  })
  tell(tx, id)
}

/** Somebody says how the letters are written and where the columns end, or which sheet it is, and whether it has headings. */
export function readOtherwise(tx: Tx, id: Id, reading: ImportReading): void {
  const kept = found(loadImport(tx, id))
  demand(kept.state === "mapping", "import.not_now")
  keep(tx, { ...kept, state: "reading", reading })
}

/** Its first rows have been looked at: columns are guessed by their headings, or by what stands in them. */
export function noteSeen(tx: Tx, id: Id, seen: { reading: ImportReading; preview: ImportPreview }): void {
  const kept = loadImport(tx, id)
  if (kept?.state !== "reading") return
  const { headings, samples } = seen.preview
  const hasHeading = seen.reading.hasHeading !== false
  const mapping = hasHeading ? guessMapping(headings, usedProperties(tx)) : guessByContents(samples)
  keep(tx, { ...kept, ...seen, mapping, state: "mapping" })
}

/** Columns are told: everything is tried without writing it. Refuses as `refuseMapping`. */
export function checkImport(tx: Tx, id: Id, choices: ImportChoices): void {
  const kept = found(loadImport(tx, id))
  demand(kept.state === "mapping", "import.not_now")
  const refusal = refuseMapping(choices.mapping, usedProperties(tx))
  if (refusal) throw new Refused(refusal)
  keep(tx, { ...kept, ...choices, ...NO_COUNTS, state: "checking", next: 0 })
}

/** Refuses `import.not_now`. */
export function steerImport(tx: Tx, id: Id, deed: ImportDeed): void {
  const kept = found(loadImport(tx, id))
  const steered = steer(kept, deed, tx.now)
  if ("refused" in steered) throw new Refused(steered)
  const { next } = steered
  keep(tx, next)
  if (deed === "import") putOnRecord(tx, "customers.import_started", next)
  if (deed === "cancel") putOnRecord(tx, "customers.import_cancelled", next)
}

/** So many problems of an earlier round are dropped in one command. */
const AT_ONCE = 2_000

/** Whether what an earlier round found is gone; called until it is, before a round begins. */
export function isClean(tx: Tx, id: Id): boolean {
  const kept = loadImport(tx, id)
  return kept === null || kept.next > 0 || removeProblems(tx, id, AT_ONCE) < AT_ONCE
}

/** Places some rows, in the order of the file, and notes how far it has come; false: somebody wants it to stop. */
export function workOff(tx: Tx, id: Id, rows: readonly ImportRow[]): boolean {
  const kept = loadImport(tx, id)
  if (kept?.state !== "checking" && kept?.state !== "running") return false
  const plan = importPlan(tx, kept)
  const counts: ImportCounts = { ...kept }
  for (const row of rows) {
    const outcome = placeRow(tx, plan, row)
    counts[outcome.kind] += 1
    if (outcome.kind === "refused") noteProblems(tx, kept, row, outcome.problems)
  }
  const next = (rows.at(-1)?.number ?? kept.next) + 1
  const { created, changed, unchanged, refused } = counts
  saveImport(tx, { ...kept, created, changed, unchanged, refused, next })
  if (Math.floor(next / TOLD_EVERY) !== Math.floor(kept.next / TOLD_EVERY)) tell(tx, id)
  return true
}

/** Rows between two looks at how far it is: nobody reads faster. */
const TOLD_EVERY = 500

/** Every row of the round has been seen. */
export function endRound(tx: Tx, id: Id, total: number): void {
  const kept = loadImport(tx, id)
  if (kept?.state === "checking") keep(tx, { ...kept, state: "checked", total, next: 0 })
  if (kept?.state !== "running") return
  const done = { ...kept, state: "done", total, endedAt: tx.now } as const
  keep(tx, done)
  putOnRecord(tx, "customers.import_ended", done)
}

/** It cannot be read, or not to its end; what is written stays. */
export function failImport(tx: Tx, id: Id, failure: Refusal): void {
  const kept = loadImport(tx, id)
  if (!kept || isOver(kept.state)) return
  const failed = { ...kept, state: "failed", failure, endedAt: tx.now } as const
  keep(tx, failed)
  if (kept.state === "running") putOnRecord(tx, "customers.import_ended", failed)
}

/** What its rows said is nobody's any more, a while after its end. */
export function forgetDetails(tx: Tx, id: Id): void {
  const kept = loadImport(tx, id)
  if (!kept || !isOver(kept.state)) return
  while (removeProblems(tx, id, AT_ONCE) === AT_ONCE);
  saveImport(tx, { ...kept, preview: null })
}

const usedProperties = (tx: Tx) => customerProperties(tx).filter(({ enabled }) => enabled)

/** The row itself is kept once, with the first. */
function noteProblems(tx: Tx, kept: CustomerImport, row: ImportRow, problems: readonly RowProblem[]): void {
  for (const [index, { field, given, reason, detail = {} }] of problems.entries()) {
    const cells = index === 0 ? row.cells : null
    insertProblem(tx, kept.id, { row: row.number, heading: headingOf(kept, field), given, reason, detail, cells })
  }
}

/** What the file calls the column; where it calls it nothing, its letter in a spreadsheet. */
function headingOf({ mapping, preview }: CustomerImport, field: string): string {
  const place = mapping.indexOf(field)
  return preview?.headings[place] || (place < 0 ? "" : columnLetters(place))
}

function keep(tx: Tx, one: CustomerImport): void {
  const next = isOver(one.state) ? { ...one, file: null } : one
  saveImport(tx, next)
  if (isOver(next.state)) saveDeadlines(tx, next.id, [], importDeadlines(next))
  if (next.file === null && one.file !== null) tx.raise({ type: "customer_import.file_let_go", file: one.file })
  tell(tx, one.id)
}

function tell(tx: Tx, id: Id): void {
  tx.ring(`customer-import-${id}`, { supervisors: true, watchersOnly: true })
  tx.raise({ type: "customer_import.wanted" })
}

function putOnRecord(
  tx: Tx,
  act: "customers.import_started" | "customers.import_ended" | "customers.import_cancelled",
  one: CustomerImport,
): void {
  const said = (after: number) => ({ before: null, after })
  const { created, changed, unchanged, refused } = one
  const counts = { created: said(created), changed: said(changed), unchanged: said(unchanged), refused: said(refused) }
  const changes = act === "customers.import_started" ? {} : counts
  tx.raise({ type: "audit.due", act, subject: { kind: "list", id: one.id, name: one.name }, changes })
}
