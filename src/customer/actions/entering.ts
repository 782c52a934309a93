import { loadUser } from "~/account/store.ts"
import type { AuditAct, Changes } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"

export function userActing(tx: Tx): UserActor {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  return tx.actor
}

/** Whether the user of this moment may change what is known of customers. */
export const mayEdit = (tx: Tx): boolean => loadUser(tx, userActing(tx).id)?.mayEditCustomers === true

/** A customer has no name on the record, only an id: erasing one leaves nothing of them there. */
export const putOnRecord = (tx: Tx, act: AuditAct, id: Id, changes: Changes): void =>
  tx.raise({ type: "audit.due", act, subject: { kind: "customer", id, name: "" }, changes })
