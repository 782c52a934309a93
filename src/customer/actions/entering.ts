import { loadUser } from "~/account/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import { demand } from "~/kernel/step.ts"

export function userActing(tx: Tx): UserActor {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  return tx.actor
}

/** Whether the user of this moment may change what is known of customers. */
export const mayEdit = (tx: Tx): boolean => loadUser(tx, userActing(tx).id)?.mayEditCustomers === true
