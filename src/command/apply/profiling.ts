/** Trees of reasons of contact as the file writes them: in short, a reason is its label. */
import type { Tx } from "~/database/handles.ts"
import { setProfilingTree } from "~/profiling/actions.ts"
import { isReasonTitle, LONGEST_REASON } from "~/profiling/rules/writing.ts"
import { LEVELS, type WrittenReason } from "~/profiling/rules.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { listOf, object, type Problem, type Shape, tell, tellDoubles, text, yesOrNo } from "./shape.ts"

const label = text(LONGEST_REASON, (value) => (isReasonTitle(value) ? null : "must be one line without ›"))

const reasonsAt =
  (level: number): Shape<WrittenReason[]> =>
  (given, path, problems) => {
    if (level > LEVELS) return tell(problems, path, `is deeper than ${LEVELS} levels`)
    const before = problems.length
    const reasons = listOf(reasonAt(level))(given, path, problems)
    if (!reasons || problems.length > before) return undefined
    tellDoublesIn(reasons, path, problems)
    return reasons
  }

const reasonAt =
  (level: number): Shape<WrittenReason> =>
  (given, path, problems) => {
    const written = typeof given === "string" ? { title: given } : given
    const shape = object({ title: label }, { mayStop: yesOrNo, reasons: reasonsAt(level + 1) })
    const read = shape(written, path, problems)
    return read && { title: read.title, mayStop: read.mayStop ?? false, reasons: read.reasons ?? [] }
  }

const tellDoublesIn = (reasons: readonly WrittenReason[], path: string, problems: Problem[]) =>
  tellDoubles(
    reasons.map((item, index) => ({ item, path: `${path}[${index}]` })),
    ({ title }) => title,
    problems,
  )

export const profilingShape = object({ name: label, reasons: reasonsAt(1) }, {})
export const profilingName = label

type ProfilingEntry = { name: string; reasons: readonly WrittenReason[] }

export function applyProfiling(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly ProfilingEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  for (const [index, { name, reasons }] of entries.entries())
    unlessRefused(problems, `${path}.profiling[${index}]`, () =>
      report.push({ object: `profiling ${name} of ${slug}`, outcome: setProfilingTree(tx, name, reasons) }),
    )
}
