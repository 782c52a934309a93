import type { Milliseconds } from "~/kernel/clock.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { OutboundReply } from "~/kernel/outbound.ts"
import { type FailureReason, type Meaning, meaningOf } from "./errors-table.ts"
import { child, digits, get, identifier, isRecord, list, number, text } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** What became of a call to the Graph API, and what follows from it for the outbox. */

export { FAILURE_REASONS, type FailureReason } from "./errors-table.ts"

export type GraphReply = OutboundReply

/** How a refusal by the Graph API reads (wire reference §8.2). */
export type GraphError = {
  code: number
  subcode: number | null
  title: string
  details: string | null
  transient: boolean
}

/** `message`: only this one waits. `pair`: this number to this customer. `number`: everything this number sends. */
export type RetryScope = "message" | "pair" | "number"

export type SendOutcome =
  | {
      outcome: "accepted"
      wamid: string
      heldForQuality: boolean
      /** Meta's own writing of the recipient, which may differ from ours (§5.1). */
      recipient: { phone: string | null; userId: string | null }
    }
  /** Nothing was sent. `afterMs` null: the outbox's own back-off decides (`pair`: 4^n seconds). */
  | { outcome: "retry"; scope: RetryScope; code: number | null; reason: FailureReason; afterMs: Milliseconds | null }
  | { outcome: "failed"; code: number; title: string; details: string | null; reason: FailureReason }
  /** The number cannot send until somebody acts; nothing is lost meanwhile. */
  | { outcome: "hold"; code: number; reason: FailureReason }
  /** It may have been sent: only a status or a person can tell. */
  | { outcome: "uncertain"; reason: UncertainReason }
export type UncertainReason = "timeout" | "broken" | "too_large" | "no_id" | "server_error"

/** After a failure that Meta calls transient (reliability §4.2). */
const TRANSIENT_PAUSE: Milliseconds = seconds(5)
const PAUSES = { none: null, minute: minutes(1), minutes: minutes(10), hour: hours(1) } as const

/** Decides on `error.code` wherever there is one; HTTP status and titles change (§8.2). */
export function outcomeOf(reply: GraphReply): SendOutcome {
  if (reply.result === "unreachable") {
    return { outcome: "retry", scope: "message", code: null, reason: "unreachable", afterMs: null }
  }
  if (reply.result === "lost") return { outcome: "uncertain", reason: reply.reason }
  const body = jsonOf(reply.body)
  const error = graphErrorIn(body)
  if (error) return refusal(error, reply.status, regainAfter(reply.headers))
  if (BY_STATUS.has(reply.status)) return refusal(bareError(reply.status), reply.status, regainAfter(reply.headers))
  return acceptance(body) ?? { outcome: "uncertain", reason: uncertainty(reply.status, body) }
}

/** What a failed status, or any error of a webhook, means in our words. */
export function failureOf(error: { code: number; title: string | null; details: string | null }): {
  code: number
  title: string
  details: string | null
  reason: FailureReason
} {
  const { code, title, details } = error
  return { code, title: title ?? "", details, reason: meaningOf(code, null).reason }
}

/** The error of a Graph answer, or null when the body holds none. */
export function graphErrorIn(body: unknown): GraphError | null {
  const error = isRecord(body) ? child(body, "error") : null
  const code = number(get(error, "code"))
  if (error === null || code === null) return null
  const data = get(error, "error_data")
  return {
    code,
    subcode: number(get(error, "error_subcode")),
    title: text(get(error, "message")) ?? "",
    details: text(isRecord(data) ? get(data, "details") : data) ?? text(get(error, "error_user_msg")),
    transient: get(error, "is_transient") === true,
  }
}

/** The body as JSON, or undefined when it is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** Two HTTP answers say enough without a code that we know. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [401, { decision: "hold", reason: "token_refused" }],
  [429, { decision: "number", reason: "rate_limited" }],
])

const bareError = (status: number): GraphError => ({
  code: status,
  subcode: null,
  title: "",
  details: null,
  transient: false,
})

/** Codes that no table knows are failures when Meta refused (4xx), and doubtful when it broke down. */
function refusal(error: GraphError, status: number, regainMs: Milliseconds | null): SendOutcome {
  const { code, title, details } = error
  const known = meaningOf(code, error.subcode)
  const meaning = known.decision === "unknown" ? (BY_STATUS.get(status) ?? known) : known
  const { reason } = meaning
  const judged = judgement(meaning, error, status)
  switch (judged) {
    case "failed":
      return { outcome: "failed", code, title, details, reason }
    case "hold":
      return { outcome: "hold", code, reason }
    case "number":
    case "pair":
    case "message":
      return { outcome: "retry", scope: judged, code, reason, afterMs: regainMs ?? PAUSES[meaning.pause ?? "none"] }
    case "transient":
      return { outcome: "retry", scope: "message", code, reason, afterMs: regainMs ?? TRANSIENT_PAUSE }
    case "uncertain":
      return { outcome: "uncertain", reason: "server_error" }
  }
}

type Judgement = "failed" | "hold" | RetryScope | "transient" | "uncertain"

function judgement(meaning: Meaning, error: GraphError, status: number): Judgement {
  if (meaning.decision !== "ambiguous" && meaning.decision !== "unknown") return meaning.decision
  if (error.transient || status === 503) return "transient"
  return meaning.decision === "unknown" && status < 500 ? "failed" : "uncertain"
}

/** `held_for_quality_assessment` and `paused` both mean accepted and not yet on its way (§5.1). */
function acceptance(body: unknown): SendOutcome | null {
  const [message] = list(isRecord(body) ? body : null, "messages")
  const [contact] = list(isRecord(body) ? body : null, "contacts")
  const sent = isRecord(message) ? message : null
  const wamid = identifier(get(sent, "id"))
  if (wamid === null) return null
  const status = get(sent, "message_status")
  const heldForQuality = status === "held_for_quality_assessment" || status === "paused"
  return { outcome: "accepted", wamid, heldForQuality, recipient: recipientIn(isRecord(contact) ? contact : null) }
}

const recipientIn = (contact: Json | null) => ({
  phone: digits(get(contact, "wa_id")),
  userId: identifier(get(contact, "user_id")),
})

function uncertainty(status: number, body: unknown): UncertainReason {
  if (status >= 500) return "server_error"
  return isRecord(body) ? "no_id" : "broken"
}

/** `Retry-After` in seconds, else the longest `estimated_time_to_regain_access`, which Meta gives in minutes. */
export function regainAfter(headers: Headers): Milliseconds | null {
  const retryAfter = number(headers.get("retry-after"))
  if (retryAfter !== null && retryAfter > 0) return seconds(retryAfter)
  const usage = jsonOf(new TextEncoder().encode(headers.get("x-business-use-case-usage") ?? ""))
  if (!isRecord(usage)) return null
  const waits = Object.keys(usage)
    .flatMap((account) => list(usage, account))
    .map((each) => number(isRecord(each) ? get(each, "estimated_time_to_regain_access") : null) ?? 0)
  const longest = Math.max(0, ...waits)
  return longest > 0 ? minutes(longest) : null
}
