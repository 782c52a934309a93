/**
 * The record of who did what: every administrative act, every sign-in, every export. An act is a key with a phrase in
 * the catalogues; what was otherwise before and after is named field by field, and secrets are said to have changed,
 * never what they are.
 */
import type { Actor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"

export const ACTS = [
  "sign_in.succeeded",
  "sign_in.failed",
  "sign_in.ended",
  "session.ended",
  "sessions.ended",
  "sign_in.linked",
  "sign_in.unlinked",
  "sign_in.provider_changed",
  "sign_in.directory_changed",
  "password.changed",
  "password.reset_asked",
  "password.reset",
  "password.set_by_operator",
  "second_factor.turned_on",
  "second_factor.turned_off",
  "second_factor.reset",
  "second_factor.renewed",
  "passkey.added",
  "passkey.removed",
  "passkey.stopped",
  "user.created",
  "user.changed",
  "user.invited",
  "user.skillsets_changed",
  "user.deleted",
  "skillset.created",
  "skillset.changed",
  "skillset.deleted",
  "channel.created",
  "channel.changed",
  "channel.deleted",
  "channel.hours_forced",
  "channel.hours_followed",
  "channel.menu_changed",
  "channel.messages_changed",
  "channel.profiling_changed",
  "tenant.created",
  "tenant.changed",
  "tenant.disabled",
  "tenant.enabled",
  "tenant.call_servers_changed",
  "tenant.call_template_changed",
  "mail.changed",
  "key.rotated",
  "predefined_message.created",
  "predefined_message.changed",
  "predefined_message.removed",
  "profiling.created",
  "profiling.changed",
  "profiling.removed",
  "tenant.speech_changed",
  "tenant.brand_changed",
  "location.created",
  "location.changed",
  "location.removed",
  "template.created",
  "template.changed",
  "template.content_changed",
  "template.deleted",
  "agent.status_set",
  "conversation.assigned",
  "conversation.taken_over",
  "conversation.returned",
  "conversation.closed",
  "conversation.mailed",
  "conversation.looked_at",
  "file.quarantined",
  "customer.blocked",
  "customer.unblocked",
  "customer.consent_changed",
  "customer.replaced",
  "customer.created",
  "customer.erasure_begun",
  "customer.erased",
  "hold.set",
  "hold.lifted",
  "retention.changed",
  "retention.started",
  "retention.removed",
  "customer.created",
  "customer.joined",
  "customer.join_undone",
  "customer.separated",
  "customers.import_started",
  "customers.import_ended",
  "customers.import_cancelled",
  "customer_property.created",
  "customer_property.changed",
  "tag.created",
  "tag.changed",
  "customer_property.removed",
  "tag.merged",
  "tag.removed",
  "set_aside.placed",
  "set_aside.removed",
  "export.made",
  "report.scheduled",
  "report.unscheduled",
] as const
export type AuditAct = (typeof ACTS)[number]

export const SUBJECT_KINDS = [
  "user",
  "skillset",
  "channel",
  "tenant",
  "predefined_message",
  "profiling",
  "conversation",
  "customer",
  "template",
  "location",
  "campaign",
  "report",
  "settings",
  "list",
  "customer_property",
  "tag",
] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Whom or what an act was about, by its name of that moment. A customer or a conversation has no name here, only its id. */
export type Subject = { kind: SubjectKind; id: Id | null; name: string }

export type Said = string | number | boolean | null
/** By field: how it was, and how it is now. */
export type Changes = Readonly<Record<string, { before: Said; after: Said }>>

/** What is said of a secret in place of it. */
export const MASKED = "•••••"

const MOST_CHARACTERS = 500

/** The fields in which two states differ; whatever is in `secret` is masked. What is new has no `before`. */
export function changesBetween<State extends object>(
  before: Partial<State>,
  after: Partial<State>,
  secret: readonly (keyof State & string)[] = [],
): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof State & string)[]
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const said = (value: unknown, name: keyof State & string): Said =>
    value === undefined || value === null ? null : secret.includes(name) ? MASKED : plain(value)
  return Object.fromEntries(
    differing.map((name) => [name, { before: said(before[name], name), after: said(after[name], name) }]),
  )
}

/** What is not a plain value is said as it is written in a file; nothing takes more room than a line or two. */
function plain(value: unknown): Said {
  if (typeof value === "number" || typeof value === "boolean") return value
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

/** What the record says of whoever acted. `visit` is theirs where a request was made. */
export function signatureOf(actor: Actor): { actorKind: Actor["kind"]; actor: Id | null; address: string | null } {
  switch (actor.kind) {
    case "user":
      return { actorKind: "user", actor: actor.id, address: actor.visit?.address ?? null }
    case "stranger":
      return { actorKind: "stranger", actor: null, address: actor.address }
    default:
      return { actorKind: actor.kind, actor: null, address: null }
  }
}
