/** What whoever administers does with skillsets beside their manner: who belongs to them, and their end. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { setSkillsetsOf, updateSkillset } from "../actions.ts"
import { membersOf, skillsetUses } from "../queries/skillsets.ts"
import { difference } from "../rules.ts"
import { allSkillsets, burySkillset, loadSkillset, skillsetsOf } from "../store.ts"

/** Makes `users` the ones that belong to it. */
export function setMembers(tx: Tx, skillset: Id, users: readonly Id[]): void {
  found(loadSkillset(tx, skillset))
  const { added, removed } = difference(membersOf(tx, skillset), users)
  for (const user of added) setSkillsetsOf(tx, user, [...skillsetsOf(tx, user), skillset])
  for (const user of removed)
    setSkillsetsOf(
      tx,
      user,
      skillsetsOf(tx, user).filter((one) => one !== skillset),
    )
}

/**
 * Its conversations, numbers, menus and overflows are `heir`'s from now on. Without one it must be used by nothing that
 * goes on: refuses `skillset.in_use`; also `skillset.last`, for a number needs one.
 */
export function deleteSkillset(tx: Tx, id: Id, heir: Id | null): void {
  const skillset = found(loadSkillset(tx, id))
  if (heir !== null) found(heir === id ? null : loadSkillset(tx, heir))
  else demand(!skillsetUses(tx, id).isUsed, "skillset.in_use")
  setMembers(tx, id, [])
  for (const other of allSkillsets(tx)) {
    if (other.overflow?.to !== id) continue
    const overflow = heir === null || heir === other.id ? null : { ...other.overflow, to: heir }
    updateSkillset(tx, other.id, { overflow })
  }
  burySkillset(tx, skillset)
  if (heir !== null) tx.raise({ type: "skillset.inherited", skillset: id, heir })
  const subject = { kind: "skillset", id, name: skillset.name } as const
  const after = heir === null ? null : (loadSkillset(tx, heir)?.name ?? null)
  tx.raise({ type: "audit.due", act: "skillset.deleted", subject, changes: { heir: { before: null, after } } })
}
