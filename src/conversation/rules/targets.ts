/** Whom a conversation may be transferred to, in one place: the list, its search and the transfer itself ask here. */
import type { Level, UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { supervises } from "./policy.ts"

export type TargetUser = { id: Id; level: Level; isolated: boolean; enabled: boolean; skillsets: readonly Id[] }

/**
 * Somebody who can get it at all: an isolated sender reaches members of own skillsets only, and an isolated agent gets
 * nothing from outside of theirs.
 */
export function mayReachUser(sender: UserActor, target: TargetUser, skillset: Id | null): boolean {
  if (!target.enabled || target.level === "platform_admin") return false
  if (!sees(sender, target.skillsets) && target.id !== sender.id) return false
  return !target.isolated || target.level !== "agent" || (skillset !== null && target.skillsets.includes(skillset))
}

export const mayReachSkillset = (sender: UserActor, skillset: Id): boolean => sees(sender, [skillset])

const sees = (sender: UserActor, skillsets: readonly Id[]): boolean =>
  supervises(sender) || !sender.isolated || skillsets.some((skillset) => sender.skillsets.includes(skillset))

export type TransferWarning =
  | { kind: "back_office" | "break" | "disconnected" | "signed_out" | "full" | "ping_pong" }
  | { kind: "nobody_ready" | "nobody_there" }
  | { kind: "number_closed" }

type Standing = {
  appearance: "ready" | "back_office" | "break" | "disconnected" | "signed_out"
  load: number
  maximum: number
}

/** What to know before sending it to somebody; `sent`: how often the two have sent it to each other before. */
export function userWarnings(to: Standing, isNumberOpen: boolean, sent: number): TransferWarning[] {
  return [
    ...(to.appearance === "ready" ? [] : [{ kind: to.appearance } as const]),
    ...(to.load >= to.maximum ? [{ kind: "full" } as const] : []),
    ...(isNumberOpen ? [] : [{ kind: "number_closed" } as const]),
    ...(sent >= 2 ? [{ kind: "ping_pong" } as const] : []),
  ]
}

export function skillsetWarnings(to: { ready: number; members: number }, isNumberOpen: boolean): TransferWarning[] {
  return [
    ...(to.members === 0 ? [{ kind: "nobody_there" } as const] : []),
    ...(to.members > 0 && to.ready === 0 ? [{ kind: "nobody_ready" } as const] : []),
    ...(isNumberOpen ? [] : [{ kind: "number_closed" } as const]),
  ]
}
