/** What whoever administers does with users: makes them, changes them with their skillsets, lets them go. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import {
  createUser,
  endSessionsOf,
  keepAnAdmin,
  present,
  type UserChanges,
  updateUser,
  userSubject,
} from "../actions.ts"
import { holdsTheKeys, type NewAdmin, type NewUser } from "../rules.ts"
import { dropLinksOf } from "../store/providers.ts"
import { buryUser } from "../store.ts"
import { forgetFactors } from "./second-factor.ts"

export function addColleague(tx: Tx, user: NewUser, skillsets: readonly Id[]): Id {
  const id = createUser(tx, user)
  tx.raise({ type: "user.skillsets_chosen", user: id, skillsets })
  return id
}

/** Whoever administers a new tenant from now on, and makes everybody else. */
export const createFirstAdmin = (tx: Tx, who: NewAdmin): Id =>
  createUser(tx, { ...who, level: "tenant_admin", ...FIRST_RIGHTS })

const FIRST_RIGHTS = { maxConversations: 5, isolated: false, outbound: true, mayEditCustomers: true }

/** Refuses also `user.is_you`: nobody shuts the door behind themselves. */
export function changeColleague(tx: Tx, id: Id, changes: UserChanges, skillsets: readonly Id[]): void {
  present(tx, id)
  demand(changes.enabled !== false || !isActing(tx, id), "user.is_you")
  updateUser(tx, id, changes)
  tx.raise({ type: "user.skillsets_chosen", user: id, skillsets })
}

export function enableColleague(tx: Tx, id: Id, enabled: boolean): void {
  present(tx, id)
  demand(enabled || !isActing(tx, id), "user.is_you")
  updateUser(tx, id, { enabled })
}

/**
 * They cannot sign in any more and are in no list; what they said keeps their name. What they had open is queued again,
 * what they had put aside is everybody's; whoever gets their username later is somebody else.
 */
export function deleteColleague(tx: Tx, id: Id): void {
  const user = present(tx, id)
  demand(!isActing(tx, id), "user.is_you")
  if (holdsTheKeys(user)) keepAnAdmin(tx, user)
  buryUser(tx, id)
  dropLinksOf(tx, id)
  forgetFactors(tx, id)
  endSessionsOf(tx, id)
  tx.raise({ type: "user.disabled", user: id }, { type: "user.skillsets_chosen", user: id, skillsets: [] })
  tx.raise({ type: "audit.due", act: "user.deleted", subject: userSubject(user), changes: {} })
}

const isActing = (tx: Tx, id: Id): boolean => tx.actor.kind === "user" && tx.actor.id === id
