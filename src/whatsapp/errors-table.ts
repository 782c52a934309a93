/** The error codes of the wire reference §8.3 as data: what each means to a person, and what follows. */

/** One key per distinct plain-language reason; the catalogues word them as `failure.<key>`. */
export const FAILURE_REASONS = [
  "window_closed",
  "not_on_whatsapp",
  "not_in_test_list",
  "blocked_by_us",
  "number_is_ours",
  "in_experiment",
  "country_restricted",
  "marketing_limit",
  "marketing_stopped",
  "marketing_elsewhere",
  "template_missing",
  "template_parameters",
  "template_too_long",
  "template_paused",
  "template_disabled",
  "template_misclassified",
  "template_syncing",
  "content_refused",
  "media_refused",
  "media_not_received",
  "kind_unsupported",
  "request_invalid",
  "phone_required",
  "identity_changed",
  "group_unavailable",
  "form_unavailable",
  "call_unavailable",
  "block_list_refused",
  "payment_problem",
  "token_refused",
  "permission_missing",
  "policy_blocked",
  "account_locked",
  "name_not_approved",
  "number_not_registered",
  "number_gone",
  "pin_refused",
  "rate_limited",
  "customer_rate_limited",
  "quality_limited",
  "maintenance",
  "meta_unavailable",
  "unreachable",
  "unknown",
] as const
export type FailureReason = (typeof FAILURE_REASONS)[number]

/**
 * `failed` for good · `hold` the number until somebody acts · `message`, `pair`, `number`: nothing was sent, again
 * later · `ambiguous`: may have been sent · `unknown`: not in the table.
 */
export type Decision = "failed" | "hold" | "message" | "pair" | "number" | "ambiguous" | "unknown"
export type Meaning = { decision: Decision; reason: FailureReason; pause?: "minute" | "minutes" | "hour" }

const failed = (reason: FailureReason): Meaning => ({ decision: "failed", reason })
const hold = (reason: FailureReason): Meaning => ({ decision: "hold", reason })
const ambiguous: Meaning = { decision: "ambiguous", reason: "meta_unavailable" }

const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0, hold("token_refused")],
  [1, ambiguous],
  [2, ambiguous],
  [3, hold("permission_missing")],
  [4, { decision: "number", reason: "rate_limited", pause: "minute" }],
  [10, hold("permission_missing")],
  [33, hold("number_gone")],
  [100, failed("request_invalid")],
  [190, hold("token_refused")],
  [368, hold("policy_blocked")],
  [80007, { decision: "number", reason: "rate_limited", pause: "minute" }],
  [130403, failed("blocked_by_us")],
  [130429, { decision: "number", reason: "rate_limited" }],
  [130472, failed("in_experiment")],
  [130497, failed("country_restricted")],
  [130501, failed("kind_unsupported")],
  [131000, ambiguous],
  [131005, hold("permission_missing")],
  [131008, failed("request_invalid")],
  [131009, failed("request_invalid")],
  [131016, ambiguous],
  [131020, failed("group_unavailable")],
  [131021, failed("number_is_ours")],
  [131026, failed("not_on_whatsapp")],
  [131030, failed("not_in_test_list")],
  [131031, hold("account_locked")],
  [131037, hold("name_not_approved")],
  [131041, failed("group_unavailable")],
  [131042, failed("payment_problem")],
  [131044, failed("payment_problem")],
  [131045, hold("number_not_registered")],
  [131047, failed("window_closed")],
  [131048, { decision: "number", reason: "quality_limited", pause: "hour" }],
  [131049, failed("marketing_limit")],
  [131050, failed("marketing_stopped")],
  [131051, failed("kind_unsupported")],
  [131052, failed("media_not_received")],
  [131053, failed("media_refused")],
  [131055, failed("marketing_elsewhere")],
  [131056, { decision: "pair", reason: "customer_rate_limited" }],
  [131057, { decision: "number", reason: "maintenance", pause: "minute" }],
  [131059, failed("request_invalid")],
  [131062, failed("phone_required")],
  [131063, failed("marketing_elsewhere")],
  [131064, failed("template_misclassified")],
  [132000, failed("template_parameters")],
  [132001, failed("template_missing")],
  [132005, failed("template_too_long")],
  [132007, failed("content_refused")],
  [132008, failed("template_parameters")],
  [132012, failed("template_parameters")],
  [132015, failed("template_paused")],
  [132016, failed("template_disabled")],
  [132018, failed("template_parameters")],
  [132068, failed("form_unavailable")],
  [132069, failed("form_unavailable")],
  [133000, hold("number_not_registered")],
  [133004, ambiguous],
  [133005, failed("pin_refused")],
  [133006, hold("number_not_registered")],
  [133008, failed("pin_refused")],
  [133009, failed("pin_refused")],
  [133010, hold("number_not_registered")],
  [133015, hold("number_not_registered")],
  [133016, hold("number_not_registered")],
  [134011, failed("payment_problem")],
  [134100, failed("marketing_elsewhere")],
  [134101, { decision: "message", reason: "template_syncing", pause: "minutes" }],
  [134102, ambiguous],
  [135000, failed("request_invalid")],
  [137000, failed("identity_changed")],
])

/** Families of codes that mean the same. */
const RANGES: readonly [first: number, last: number, meaning: Meaning][] = [
  [200, 299, hold("permission_missing")],
  [131201, 131214, failed("group_unavailable")],
  [138000, 138025, failed("call_unavailable")],
  [139000, 139006, failed("form_unavailable")],
  [139100, 139103, failed("block_list_refused")],
]

/** 100 with subcode 33: the number's id is wrong or gone, which is 33 in another dress (§8.3). */
export function meaningOf(code: number, subcode: number | null): Meaning {
  if (code === 100 && subcode === 33) return hold("number_gone")
  const family = RANGES.find(([first, last]) => code >= first && code <= last)
  return MEANINGS.get(code) ?? family?.[2] ?? { decision: "unknown", reason: "unknown" }
}
