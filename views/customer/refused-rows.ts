/** Refused rows as a file: what stood in them under the headings of the file they came with, and at the end what was wrong. */
import type { ImportListed, ProblemListed } from "~/customer/queries/imports.ts"
import type { ImportField } from "~/customer/rules/import-columns.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { Phrase } from "../locales/index.ts"
import type { Screen } from "../parts/screen.ts"

export const whyRefused = ({ t }: Screen, { reason, detail }: ProblemListed): string =>
  (t as Phrase)(`refused.${reason}`, JSON.parse(detail) as Record<string, string | number>)

/** Where the file had no headings, what its columns were told to be: it is understood by them when it is brought again. */
export function refusedHeader({ t }: Screen, one: ImportListed, properties: readonly CustomerProperty[]): string[] {
  const headings = one.preview?.headings ?? one.mapping
  const named = headings.map((heading, index) => {
    if (heading !== "" && one.preview !== null) return heading
    const field = one.mapping[index] ?? ""
    const property = properties.find(({ id }) => field === `property${id}`)
    if (property) return property.name
    return field === "" ? t("imports.no_heading", { number: index + 1 }) : t(`imports.field_${field as ImportField}`)
  })
  return [...named, t("imports.row"), t("imports.reason")]
}

/** One line a row, whatever was wrong with it. */
export function* refusedPortions(screen: Screen, one: ImportListed, portions: Iterable<readonly ProblemListed[]>) {
  const width = (one.preview?.headings ?? one.mapping).length
  const row: ProblemListed[] = []
  for (const problems of portions) {
    const lines: (string | number)[][] = []
    for (const problem of problems) {
      if (row.length > 0 && row[0]?.row !== problem.row) lines.push(lineOf(screen, width, row.splice(0)))
      row.push(problem)
    }
    yield lines
  }
  if (row.length > 0) yield [lineOf(screen, width, row)]
}

function lineOf(screen: Screen, width: number, problems: readonly ProblemListed[]): (string | number)[] {
  const kept = problems.find(({ cells }) => cells !== null)?.cells
  const cells = kept ? (JSON.parse(kept) as string[]) : []
  const why = problems.map((problem) => {
    const said = whyRefused(screen, problem)
    return problem.heading === "" ? said : `${problem.heading}: ${said}`
  })
  const padded = Array.from({ length: Math.max(width, cells.length) }, (_, index) => cells[index] ?? "")
  return [...padded, problems[0]?.row ?? 0, why.join(" ")]
}
