/** A file of customers on its way in: read, its columns told, tried without writing anything, then written row by row. */
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { TableReading } from "~/kernel/table/table.ts"

export const IMPORT_STATES = [
  "reading",
  "mapping",
  "checking",
  "checked",
  "running",
  "paused",
  "done",
  "cancelled",
  "failed",
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** `hasHeading`: its first row says what the columns are. Files that came before this was asked have one. */
export type ImportReading = TableReading & { hasHeading?: boolean }

/** The first rows of the file as it is understood; without headings they are empty. */
export type ImportPreview = { headings: readonly string[]; samples: readonly (readonly string[])[] }
export type ImportCounts = { created: number; changed: number; unchanged: number; refused: number }

export type ImportChoices = {
  /** What each column is, by place: a field, or nothing. */
  mapping: readonly string[]
  /** Of numbers without a country code. */
  country: string | null
  /** What people entered by hand gives way to the file. */
  overwrites: boolean
  /** An empty cell empties the field. */
  erases: boolean
}

export type CustomerImport = ImportChoices &
  ImportCounts & {
    id: Id
    at: Instant
    author: Id
    name: string
    file: Id | null
    size: number
    state: ImportState
    reading: ImportReading | null
    preview: ImportPreview | null
    /** Rows with something in them; null until all have been seen. */
    total: number | null
    /** The row of the file at which it goes on. */
    next: number
    failure: Refusal | null
    endedAt: Instant | null
  }

export const NO_COUNTS: ImportCounts = { created: 0, changed: 0, unchanged: 0, refused: 0 }

/** In these somebody works at it without being asked. */
export const isAtWork = (state: ImportState): boolean =>
  state === "reading" || state === "checking" || state === "running"
export const isOver = (state: ImportState): boolean => state === "done" || state === "cancelled" || state === "failed"

export const IMPORT_DEEDS = ["import", "pause", "resume", "cancel", "change"] as const
export type ImportDeed = (typeof IMPORT_DEEDS)[number]

const LEADS: Readonly<Record<ImportDeed, { from: readonly ImportState[]; to: ImportState }>> = {
  import: { from: ["checked"], to: "running" },
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  cancel: { from: ["reading", "mapping", "checking", "checked", "running", "paused"], to: "cancelled" },
  change: { from: ["checking", "checked"], to: "mapping" },
}

export const mayDo = (state: ImportState, deed: ImportDeed): boolean => LEADS[deed].from.includes(state)

/** Refuses `import.not_now`: somebody was faster, or it has ended. */
export function steer(kept: CustomerImport, deed: ImportDeed, now: Instant): { next: CustomerImport } | Refusal {
  if (!mayDo(kept.state, deed)) return refuse("import.not_now")
  const state = LEADS[deed].to
  const anew = deed === "import" || deed === "change" ? { ...NO_COUNTS, next: 0 } : {}
  return { next: { ...kept, ...anew, state, endedAt: isOver(state) ? now : null } }
}

/** How long preview and refused rows are kept after its end: they are people's data. */
export const DETAILS_KEPT = days(30)

export const importDeadlines = ({ endedAt, preview }: CustomerImport) =>
  endedAt === null || preview === null ? [] : [{ kind: "import_details_end" as const, at: endedAt + DETAILS_KEPT }]

/** What would stand in a field after the file; null: it stays as it is. */
export function decideValue(
  kept: string,
  given: string,
  how: { isByHand: () => boolean; overwrites: boolean; erases: boolean },
): string | null {
  if (given === kept || (given === "" && !how.erases)) return null
  if (kept === "" || how.overwrites) return given
  return how.isByHand() ? null : given
}
