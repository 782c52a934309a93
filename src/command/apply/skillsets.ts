/** Skillsets of the file. All are made before any is told of another, so that one may overflow into a later one. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { createSkillset, type SkillsetChanges, updateSkillset } from "~/skillset/actions.ts"
import { skillsetName } from "~/skillset/rules.ts"
import { skillsetByName } from "~/skillset/store.ts"
import type { SkillsetEntry } from "./document.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { type Problem, tell } from "./shape.ts"

export function applySkillsets(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly SkillsetEntry[],
  at: { slug: string; path: string },
): void {
  const made = new Map<number, { id: Id; isNew: boolean }>()
  for (const [index, { name }] of entries.entries())
    unlessRefused(problems, `${at.path}.skillsets[${index}]`, () => {
      const known = skillsetByName(tx, skillsetName(name))
      made.set(index, { id: known?.id ?? createSkillset(tx, name), isNew: known === null })
    })
  for (const [index, { id, isNew }] of made) {
    const { name, ...entry } = entries[index]!
    const changes = changesOf(tx, id, entry, `${at.path}.skillsets[${index}]`, problems)
    const changed = changes !== null && updateSkillset(tx, id, changes)
    report.push({
      object: `skillset ${name} of ${at.slug}`,
      outcome: isNew ? "created" : changed ? "changed" : "left alone",
    })
  }
}

/** What the entry says, or null after telling what is wrong with it. */
function changesOf(
  tx: Tx,
  id: Id,
  { overflow, ...manner }: Omit<SkillsetEntry, "name">,
  path: string,
  problems: Problem[],
): SkillsetChanges | null {
  if (overflow === undefined || overflow === null) return overflow === undefined ? manner : { ...manner, overflow }
  const to = skillsetByName(tx, skillsetName(overflow.skillset))
  if (to === null)
    tell(problems, `${path}.overflow.skillset`, `names a skillset that does not exist: ${overflow.skillset}`)
  else if (to.id === id) tell(problems, `${path}.overflow.skillset`, "must be another skillset")
  else return { ...manner, overflow: { to: to.id, afterSeconds: overflow.afterSeconds } }
  return null
}
