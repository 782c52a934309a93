/** What happens to skillsets and who belongs to them. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { difference, isSkillsetName, skillsetName } from "./rules.ts"
import { addMember, insertSkillset, removeMember, skillsetByName, skillsetsOf } from "./store.ts"

/** Refuses `skillset.name_invalid`, `skillset.name_taken`. */
export function createSkillset(tx: Tx, written: string): Id {
  const name = skillsetName(written)
  demand(isSkillsetName(name), "skillset.name_invalid")
  demand(skillsetByName(tx, name) === null, "skillset.name_taken", { name })
  const id = tx.newId()
  insertSkillset(tx, { id, name })
  return id
}

/** Makes `skillsets` the ones the user belongs to; answers whether that changed anything. */
export function setSkillsetsOf(tx: Tx, user: Id, skillsets: readonly Id[]): boolean {
  const { added, removed } = difference(skillsetsOf(tx, user), skillsets)
  for (const skillset of removed) {
    removeMember(tx, skillset, user)
    tx.raise({ type: "skillset.member_removed", skillset, user })
  }
  for (const skillset of added) addMember(tx, skillset, user)
  if (added.length + removed.length === 0) return false
  tx.raise({ type: "user.rights_changed", user })
  tx.ring("session", { users: [user] })
  return true
}
