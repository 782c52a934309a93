/** How every change of a conversation is made: decided by a rule, saved, told. */
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { accepted, demand, found } from "~/kernel/step.ts"
import { withNames } from "../queries/refusal.ts"
import { conversationPolicy } from "../queries.ts"
import type { By, Result } from "../rules/common.ts"
import { maySee, supervises } from "../rules/policy.ts"
import type { Conversation } from "../rules.ts"
import { loadConversation, updateConversation } from "../store.ts"
import { announce } from "./announce.ts"

/** Saves what a rule has decided and tells it; answers what it is now; throws its refusal. */
export function settle(tx: Tx, before: Conversation, result: Result): Conversation {
  const { next, facts } = accepted(withNames(tx, result))
  if (next === before) return before
  updateConversation(tx, before, next, conversationPolicy(tx, next.channel))
  announce(tx, before, next, facts)
  return next
}

/** The same for what time does: one that no longer means anything changes nothing. Answers what it was before. */
export function elapse(tx: Tx, id: Id, rule: (conversation: Conversation) => Result): Conversation | null {
  const conversation = loadConversation(tx, id)
  const result = conversation && rule(conversation)
  if (!conversation || !result || !("next" in result)) return null
  settle(tx, conversation, result)
  return conversation
}

/** The conversation, if the actor may know of it; else "not found". */
export function visible(tx: Tx, id: Id): Conversation {
  const conversation = found(loadConversation(tx, id))
  return found(maySee(userActing(tx), conversation) ? conversation : null)
}

export function userActing(tx: Tx): UserActor {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  return tx.actor
}

export const byOf = (actor: UserActor): NonNullable<By> => ({ user: actor.id, supervises: supervises(actor) })
