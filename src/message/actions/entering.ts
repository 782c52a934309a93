import { named } from "~/conversation/queries/refusal.ts"
import { maySee } from "~/conversation/rules/policy.ts"
import type { Conversation } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, type Refusal, Refused } from "~/kernel/step.ts"

/** The conversation, if the actor may know of it; else "not found". */
export function visible(tx: Tx, id: Id): Conversation {
  const conversation = found(loadConversation(tx, id))
  return found(maySee(userActing(tx), conversation) ? conversation : null)
}

export function userActing(tx: Tx): UserActor {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  return tx.actor
}

/** Throws the refusal, with the names of those it speaks of. */
export function allow(tx: Tx, refusal: Refusal | null): void {
  if (refusal) throw new Refused(named(tx, refusal))
}
