/** What happens to skillsets and who belongs to them. */
import { loadUser } from "~/account/store.ts"
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found } from "~/kernel/step.ts"
import { countMembers } from "./queries.ts"
import { difference, isSkillsetName, type Skillset, skillsetName } from "./rules.ts"
import {
  addMember,
  allSkillsets,
  insertSkillset,
  loadSkillset,
  removeMember,
  skillsetsOf,
  updateSkillsetRow,
} from "./store.ts"

export type SkillsetChanges = Partial<Omit<Skillset, "id">>

/** Refuses `skillset.name_invalid`, `skillset.name_taken`, `skillset.overflows_into_itself`. */
export function createSkillset(tx: Tx, written: string, given: Omit<SkillsetChanges, "name"> = {}): Id {
  const name = skillsetName(written)
  demand(isSkillsetName(name), "skillset.name_invalid")
  demand(!isNameTaken(allSkillsets(tx), name, null), "skillset.name_taken", { name })
  const id = tx.newId()
  insertSkillset(tx, { id, name, strategy: "least_loaded", priority: 0, overflow: null, ...given })
  const changes = changesBetween({}, given)
  tx.raise({ type: "audit.due", act: "skillset.created", subject: { kind: "skillset", id, name }, changes })
  return id
}

/** Answers whether anything is different now; what waits is looked at anew. Refuses `skillset.overflows_into_itself`. */
export function updateSkillset(tx: Tx, id: Id, changes: SkillsetChanges): boolean {
  const before = found(loadSkillset(tx, id))
  const next: Skillset = { ...before, ...changes, name: skillsetName(changes.name ?? before.name) }
  demand(isSkillsetName(next.name), "skillset.name_invalid")
  const isOwn = next.name === before.name || !isNameTaken(allSkillsets(tx), next.name, id)
  demand(isOwn, "skillset.name_taken", { name: next.name })
  demand(next.overflow?.to !== id, "skillset.overflows_into_itself")
  if (JSON.stringify(next) === JSON.stringify(before)) return false
  updateSkillsetRow(tx, next)
  tx.raise({ type: "skillset.changed", skillset: id })
  const subject = { kind: "skillset", id, name: before.name } as const
  tx.raise({ type: "audit.due", act: "skillset.changed", subject, changes: changesBetween(before, next) })
  return true
}

/** Makes `skillsets` the ones the user belongs to; answers whether that changed anything. */
export function setSkillsetsOf(tx: Tx, user: Id, skillsets: readonly Id[]): boolean {
  const before = skillsetsOf(tx, user)
  const { added, removed } = difference(before, skillsets)
  for (const skillset of removed) {
    removeMember(tx, skillset, user)
    tx.raise({ type: "skillset.member_removed", skillset, user })
  }
  for (const skillset of added) addMember(tx, skillset, user)
  if (added.length + removed.length === 0) return false
  noteMembers(tx, removed)
  tx.raise({ type: "user.rights_changed", user })
  const named = (ids: readonly Id[]) => ids.map((id) => loadSkillset(tx, id)?.name ?? String(id)).join(", ")
  const subject = { kind: "user", id: user, name: found(loadUser(tx, user)).username } as const
  const changes = { skillsets: { before: named(before), after: named(skillsets) } }
  tx.raise({ type: "audit.due", act: "user.skillsets_changed", subject, changes })
  tx.ring("session", { users: [user] })
  return true
}

/** Somebody may serve their skillsets, or may not any more. */
export const followMember = (tx: Tx, user: Id): void => noteMembers(tx, skillsetsOf(tx, user))

/** The last one has left or the first one has come: what waits there is looked at anew. */
function noteMembers(tx: Tx, skillsets: readonly Id[]): void {
  for (const skillset of skillsets)
    if (countMembers(tx, skillset, 2) < 2) tx.raise({ type: "skillset.changed", skillset })
}
