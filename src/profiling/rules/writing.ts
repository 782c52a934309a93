/** Trees of reasons as they are written: by a file, and row by row by a form. */
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { LEVELS, type Reason, type WrittenReason } from "../rules.ts"

export const LONGEST_REASON = 60
export const MOST_REASONS = 300

/** One row of the form: a reason, how deep it stands, and whether it may be the last word. */
export type ReasonRow = { title: string; level: number; mayStop: boolean }

/** What joins the labels of a path cannot stand in one. */
export const isReasonTitle = (title: string): boolean =>
  title !== "" && title.length <= LONGEST_REASON && !/[\p{Cc}›]/u.test(title)

/** Why it cannot be a tree; null when it can. */
export function refuseReasons(reasons: readonly WrittenReason[], level = 1): Refusal | null {
  if (reasons.length === 0) return null
  if (level > LEVELS) return refuse("profiling.reasons_too_deep", { levels: LEVELS })
  const titles = reasons.map(({ title }) => title)
  const wrong = titles.find((title) => !isReasonTitle(title))
  if (wrong !== undefined) return refuse("profiling.reasons_malformed", { reason: wrong })
  const double = titles.find((title, index) => titles.indexOf(title) < index)
  if (double !== undefined) return refuse("profiling.reasons_twice", { reason: double })
  return reasons.map((one) => refuseReasons(one.reasons, level + 1)).find((refusal) => refusal !== null) ?? null
}

/** The reasons in use as a tree. */
export const writtenReasons = (live: readonly Reason[], parent: Id | null = null): WrittenReason[] =>
  live
    .filter((reason) => reason.parent === parent)
    .map(({ id, title, mayStop }) => ({ title, mayStop, reasons: writtenReasons(live, id) }))

/** Row by row, what stands under a reason right behind it. */
export const rowsOf = (reasons: readonly WrittenReason[], level = 1): ReasonRow[] =>
  reasons.flatMap(({ title, mayStop, reasons: below }) => [{ title, level, mayStop }, ...rowsOf(below, level + 1)])

/**
 * The tree that rows mean; a row without a title is none. Refuses `profiling.reasons_step {reason}`: it stands two
 * levels under the row before it.
 */
export function treeOf(rows: readonly ReasonRow[]): { value: WrittenReason[] } | Refusal {
  type Branch = { title: string; mayStop: boolean; reasons: Branch[] }
  const roots: Branch[] = []
  const line: Branch[] = []
  for (const { title, level, mayStop } of rows) {
    if (title === "") continue
    if (level > line.length + 1) return refuse("profiling.reasons_step", { reason: title })
    const branch: Branch = { title, mayStop, reasons: [] }
    line.length = level - 1
    const above = line.at(-1)
    if (above) above.reasons.push(branch)
    else roots.push(branch)
    line.push(branch)
  }
  return { value: roots }
}

/** In one line, for the record of changes: what stands under a reason in brackets, a star where one may stop. */
export const outlineOf = (reasons: readonly WrittenReason[]): string =>
  reasons
    .map(({ title, mayStop, reasons: below }) => {
      const label = mayStop ? `${title}*` : title
      return below.length === 0 ? label : `${label} (${outlineOf(below)})`
    })
    .join(", ")
