/** Who may know of a conversation, in one place: lists, counts, bells, media and exports ask here. */
import type { UserActor } from "~/facts.ts"
import { isMailAddress } from "~/mail/rules.ts"
import { type Conversation, ownerOf } from "../rules.ts"

/** Supervisors and admins of the tenant see and steer every conversation. */
export const supervises = (actor: UserActor): boolean => actor.level === "supervisor" || actor.level === "tenant_admin"

/**
 * An agent sees what they own, what waits where they may take it, and what they closed; an isolated one only within
 * their own skillsets (decided ambiguity 13).
 */
export function maySee(actor: UserActor, conversation: Conversation): boolean {
  if (supervises(actor)) return true
  if (actor.level === "platform_admin") return false
  if (ownerOf(conversation) === actor.id) return true
  return !actor.isolated || (conversation.skillset !== null && actor.skillsets.includes(conversation.skillset))
}

/** Whom the tenant lets send conversations by e-mail. */
export const MAILED_BY = ["agents", "supervisors", "nobody"] as const
export type MailedBy = (typeof MAILED_BY)[number]

export const mayMail = (actor: UserActor, by: MailedBy): boolean =>
  by === "agents" || (by === "supervisors" && supervises(actor))

export const canBeMailedTo = (address: string): boolean => isMailAddress(address)

/** Whom a conversation may come to by their own hand: members of its skillset, and supervisors; one kept back: these alone. */
export const mayServe = (
  actor: UserActor,
  { skillset, state }: Pick<Conversation, "skillset"> & Partial<Pick<Conversation, "state">>,
): boolean => supervises(actor) || (state !== "menu" && skillset !== null && actor.skillsets.includes(skillset))
