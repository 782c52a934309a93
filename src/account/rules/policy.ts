/** Who may do what: the one table. Which rows a person sees is decided with the rows (isolated, own skillsets). */
import type { Level, UserActor } from "~/facts.ts"

export type Permission =
  /** Work at the desk: conversations, customers. */
  | "work"
  /** Watch queues and agents, step in. */
  | "supervise"
  /** Send templates to many customers. */
  | "campaign"
  /** Users, channels, settings of the own tenant. */
  | "administer"
  /** Tenants, and the appliance itself; no conversation of anybody (reliability-security.md T5). */
  | "operate"

const GRANTED: Record<Level, ReadonlySet<Permission>> = {
  agent: new Set(["work"]),
  supervisor: new Set(["work", "supervise"]),
  campaign_manager: new Set(["work", "campaign"]),
  tenant_admin: new Set(["work", "supervise", "campaign", "administer"]),
  platform_admin: new Set(["operate"]),
}

export const may = (actor: Pick<UserActor, "level">, permission: Permission): boolean =>
  GRANTED[actor.level].has(permission)
