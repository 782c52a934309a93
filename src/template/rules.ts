/**
 * Templates: messages that Meta has approved, the only ones that reach a customer outside the 24 hours. A row is what
 * Meta has, beside what the tenant decided: whether agents may send it, and what fills its variables.
 */
import { hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { Json } from "~/whatsapp/payload.ts"
import { anatomyOf } from "./rules/anatomy.ts"

export const CATEGORIES = ["UTILITY", "MARKETING", "AUTHENTICATION"] as const
export type ParameterFormat = "named" | "positional"

/** What has still to be told to Meta. */
export type TemplateTask = "create" | "edit" | "delete"
/** The template as the tenant wants it, while Meta has not taken it. */
export type TemplateDraft = { category: string; parameterFormat: ParameterFormat; components: readonly Json[] }

export type Template = {
  id: Id
  wabaId: string
  /** Null until Meta has it. */
  metaId: string | null
  name: string
  /** With an underscore, as Meta writes it: `en_US`. */
  language: string
  category: string
  /** Meta's own word (`APPROVED`, `PAUSED`, …), or one of `OWN_STATUSES`. */
  status: string
  quality: string | null
  rejectedReason: string | null
  parameterFormat: ParameterFormat
  components: readonly Json[]
  /** Agents may pick it. */
  enabled: boolean
  /** By variable of the body (and `header`): a placeholder, with a word for when it is not known: `customer.name|there`. */
  fills: Readonly<Record<string, string>>
  task: TemplateTask | null
  draft: TemplateDraft | null
  tries: number
  nextAttemptAt: Instant | null
  /** Why Meta did not take it: a failure key, and Meta's own words. */
  problem: string | null
  problemDetails: string | null
  changedAt: Instant
  version: number
}

/** Not there yet, turned down before a review, named by the file and unknown at Meta. */
export const OWN_STATUSES = ["SUBMITTING", "NOT_TAKEN", "MISSING"] as const

/** A template of an account as Meta lists it. */
export type Listed = Pick<
  Template,
  "name" | "language" | "status" | "category" | "parameterFormat" | "quality" | "rejectedReason" | "components"
> & { id: string }

/** How an account's last synchronisation went, and when the next one is due. */
export type TemplateSync = {
  wabaId: string
  nextAttemptAt: Instant
  /** One is under way. */
  runningSince: Instant | null
  syncedAt: Instant | null
  tries: number
  count: number
  problem: string | null
  problemDetails: string | null
}

export const SYNC_EVERY: Milliseconds = hours(6)

/** How long a header's file waits for its message. */
const FILE_WAITS: Milliseconds = hours(24)

/** When it is let go, sent or not: a message has the bytes for itself. */
export const fileDeadlines = ({ uploadedAt }: { uploadedAt: Instant }) => [
  { kind: "template_file_ends" as const, at: uploadedAt + FILE_WAITS },
]

/** 1, 2, 4 … 60 minutes after `tries` failures. */
export const waitAfter = (tries: number): Milliseconds => Math.min(hours(1), minutes(1) * 2 ** Math.min(tries - 1, 10))

/** Why agents cannot send it now; null when they can. Keys: `template.not_approved` `template.not_enabled` `template.unsupported`. */
export function refusalToSend(template: Template): Refusal | null {
  const { name, status, enabled } = template
  if (status !== "APPROVED" || template.task === "delete") return refuse("template.not_approved", { name })
  if (!enabled) return refuse("template.not_enabled", { name })
  return anatomyOf(template) === null ? refuse("template.unsupported", { name }) : null
}

/** What Meta lists under the name, in place of what was known; what the tenant decided stays. */
export const asListed = (known: Template, { id, ...listed }: Listed): Template => ({
  ...known,
  ...listed,
  metaId: id,
  rejectedReason: listed.rejectedReason === "NONE" ? null : listed.rejectedReason,
})

/** News by webhook; each says one thing, and null says nothing. */
export type TemplateNews = {
  status: string | null
  quality: string | null
  category: string | null
  reason: string | null
}

/** `REINSTATED` and `FLAGGED` are words of the webhook alone: a template that is flagged is still approved. */
const STATUS_OF_EVENT: Readonly<Record<string, string>> = {
  REINSTATED: "APPROVED",
  FLAGGED: "APPROVED",
  UNARCHIVED: "APPROVED",
  UNLOCKED: "APPROVED",
}

export const withNews = (template: Template, { status, quality, category, reason }: TemplateNews): Template => ({
  ...template,
  status: status === null ? template.status : (STATUS_OF_EVENT[status] ?? status),
  quality: quality ?? template.quality,
  category: category ?? template.category,
  rejectedReason: status === null ? template.rejectedReason : reason === "NONE" ? null : reason,
})

/** Reasons of a failed send that say: what we know of the template is out of date. */
export const OUTDATED: ReadonlySet<string> = new Set([
  "template_missing",
  "template_parameters",
  "template_paused",
  "template_disabled",
  "template_misclassified",
])
