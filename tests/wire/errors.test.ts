import { describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { FAILURE_REASONS, type FailureReason, failureOf, outcomeOf, type SendOutcome } from "~/whatsapp/errors.ts"

/** Table of the wire reference §8.3: code, HTTP status, and what §4.2 of the reliability reference makes of it. */
type Ending = "failed" | "hold" | "retry message" | "retry pair" | "retry number" | "uncertain"
type Row = [code: number, status: number, ending: Ending, reason: FailureReason]

const rows: Row[] = [
  [0, 401, "hold", "token_refused"],
  [1, 400, "uncertain", "meta_unavailable"],
  [2, 503, "retry message", "meta_unavailable"],
  [3, 500, "hold", "permission_missing"],
  [4, 400, "retry number", "rate_limited"],
  [10, 403, "hold", "permission_missing"],
  [33, 400, "hold", "number_gone"],
  [100, 400, "failed", "request_invalid"],
  [190, 401, "hold", "token_refused"],
  [200, 403, "hold", "permission_missing"],
  [299, 403, "hold", "permission_missing"],
  [368, 403, "hold", "policy_blocked"],
  [80007, 400, "retry number", "rate_limited"],
  [130403, 400, "failed", "blocked_by_us"],
  [130429, 400, "retry number", "rate_limited"],
  [130472, 400, "failed", "in_experiment"],
  [130497, 403, "failed", "country_restricted"],
  [131000, 500, "uncertain", "meta_unavailable"],
  [131005, 403, "hold", "permission_missing"],
  [131008, 400, "failed", "request_invalid"],
  [131009, 400, "failed", "request_invalid"],
  [131016, 500, "uncertain", "meta_unavailable"],
  [131020, 400, "failed", "group_unavailable"],
  [131021, 400, "failed", "number_is_ours"],
  [131026, 400, "failed", "not_on_whatsapp"],
  [131030, 400, "failed", "not_in_test_list"],
  [131031, 403, "hold", "account_locked"],
  [131037, 400, "hold", "name_not_approved"],
  [131041, 400, "failed", "group_unavailable"],
  [131042, 400, "failed", "payment_problem"],
  [131045, 500, "hold", "number_not_registered"],
  [131047, 400, "failed", "window_closed"],
  [131048, 400, "retry number", "quality_limited"],
  [131049, 400, "failed", "marketing_limit"],
  [131050, 400, "failed", "marketing_stopped"],
  [131051, 400, "failed", "kind_unsupported"],
  [131052, 400, "failed", "media_not_received"],
  [131053, 400, "failed", "media_refused"],
  [131055, 400, "failed", "marketing_elsewhere"],
  [131056, 400, "retry pair", "customer_rate_limited"],
  [131057, 500, "retry number", "maintenance"],
  [131059, 400, "failed", "request_invalid"],
  [131062, 400, "failed", "phone_required"],
  [131063, 400, "failed", "marketing_elsewhere"],
  [131064, 400, "failed", "template_misclassified"],
  [131201, 206, "failed", "group_unavailable"],
  [131214, 400, "failed", "group_unavailable"],
  [132000, 400, "failed", "template_parameters"],
  [132001, 404, "failed", "template_missing"],
  [132005, 400, "failed", "template_too_long"],
  [132007, 400, "failed", "content_refused"],
  [132008, 400, "failed", "template_parameters"],
  [132012, 400, "failed", "template_parameters"],
  [132015, 400, "failed", "template_paused"],
  [132016, 400, "failed", "template_disabled"],
  [132018, 400, "failed", "template_parameters"],
  [132068, 400, "failed", "form_unavailable"],
  [132069, 400, "failed", "form_unavailable"],
  [133000, 500, "hold", "number_not_registered"],
  [133004, 503, "retry message", "meta_unavailable"],
  [133005, 400, "failed", "pin_refused"],
  [133006, 400, "hold", "number_not_registered"],
  [133008, 400, "failed", "pin_refused"],
  [133009, 400, "failed", "pin_refused"],
  [133010, 400, "hold", "number_not_registered"],
  [133015, 400, "hold", "number_not_registered"],
  [133016, 400, "hold", "number_not_registered"],
  [134011, 400, "failed", "payment_problem"],
  [134100, 400, "failed", "marketing_elsewhere"],
  [134101, 400, "retry message", "template_syncing"],
  [134102, 500, "uncertain", "meta_unavailable"],
  [135000, 400, "failed", "request_invalid"],
  [137000, 400, "failed", "identity_changed"],
  [138000, 400, "failed", "call_unavailable"],
  [138025, 400, "failed", "call_unavailable"],
  [139000, 400, "failed", "form_unavailable"],
  [139006, 400, "failed", "form_unavailable"],
  [139100, 400, "failed", "block_list_refused"],
  [139103, 400, "failed", "block_list_refused"],
]

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const bytes = new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body))
  return { result: "answered" as const, status, headers: new Headers(headers), body: bytes, byteLength: bytes.length }
}
const refused = (status: number, error: object, headers: Record<string, string> = {}) =>
  outcomeOf(answered(status, { error: { message: "(#1) no", type: "OAuthException", ...error } }, headers))

const endingOf = (outcome: SendOutcome) => (outcome.outcome === "retry" ? `retry ${outcome.scope}` : outcome.outcome)

describe("what follows from Meta's refusal", () => {
  for (const [code, status, ending, reason] of rows) {
    test(`${code} (HTTP ${status}): ${ending}, because ${reason}`, () => {
      const outcome = refused(status, { code, error_data: { messaging_product: "whatsapp", details: "why" } })
      expect(endingOf(outcome)).toBe(ending)
      if (outcome.outcome !== "uncertain") expect(outcome).toMatchObject({ code, reason })
      if (outcome.outcome === "failed") expect(outcome.details).toBe("why")
      expect(failureOf({ code, title: "t", details: null })).toEqual({ code, title: "t", details: null, reason })
    })
  }

  test("the code decides, whatever the HTTP status says", () => {
    for (const status of [200, 400, 401, 403, 404, 429, 500, 502]) {
      expect(refused(status, { code: 131047 })).toMatchObject({ outcome: "failed", reason: "window_closed" })
      expect(refused(status, { code: 190 })).toMatchObject({ outcome: "hold", reason: "token_refused" })
      expect(refused(status, { code: "130429" })).toMatchObject({ outcome: "retry", scope: "number" })
    }
  })

  test("a wrong number id hides behind an invalid parameter", () => {
    expect(refused(400, { code: 100, error_subcode: 33 })).toEqual({
      outcome: "hold",
      code: 100,
      reason: "number_gone",
    })
  })

  test("details may be plain text", () => {
    expect(refused(400, { code: 100, error_data: "to is missing" })).toMatchObject({ details: "to is missing" })
  })

  test("what breaks down without having sent is tried again after five seconds, else it is uncertain", () => {
    const afterMs = seconds(5)
    const again = { outcome: "retry", scope: "message", reason: "meta_unavailable", afterMs }
    expect(refused(500, { code: 131000, is_transient: true })).toMatchObject(again)
    expect(refused(503, { code: 131016 })).toMatchObject(again)
    expect(refused(500, { code: 131016, is_transient: false })).toMatchObject({ outcome: "uncertain" })
  })

  test("a code that no table knows fails when refused, and is uncertain when Meta broke down", () => {
    expect(refused(400, { code: 999_999 })).toMatchObject({ outcome: "failed", code: 999_999, reason: "unknown" })
    expect(refused(500, { code: 999_999 })).toMatchObject({ outcome: "uncertain" })
    expect(refused(503, { code: 999_999 })).toMatchObject({ outcome: "retry", scope: "message" })
    expect(refused(401, { code: 999_999 })).toMatchObject({ outcome: "hold", reason: "token_refused" })
    expect(refused(429, { code: 999_999 })).toMatchObject({ outcome: "retry", scope: "number" })
  })
})

describe("how long to wait", () => {
  test("as long as Retry-After says", () => {
    expect(refused(429, { code: 130429 }, { "Retry-After": "17" })).toMatchObject({ afterMs: seconds(17) })
  })
  test("else as long as the longest time to regain access, given in minutes", () => {
    const usage = JSON.stringify({
      "102290129340398": [{ estimated_time_to_regain_access: 3 }, { estimated_time_to_regain_access: "7" }],
      "2": [{ call_count: 1 }],
    })
    expect(refused(400, { code: 80007 }, { "X-Business-Use-Case-Usage": usage })).toMatchObject({ afterMs: minutes(7) })
  })
  test("else as the table says, or as the outbox's own back-off decides", () => {
    for (const noise of ["soon", "[]", "{", '{"1":7}', '{"1":[null]}']) {
      const headers = { "Retry-After": noise, "X-Business-Use-Case-Usage": noise }
      expect(refused(400, { code: 4 }, headers)).toMatchObject({ afterMs: minutes(1) })
      expect(refused(400, { code: 131056 }, headers)).toMatchObject({ afterMs: null })
    }
  })
  test("a bare 429 pauses the number, a bare 401 holds it", () => {
    expect(outcomeOf(answered(429, "slow down", { "Retry-After": "2" }))).toMatchObject({
      outcome: "retry",
      scope: "number",
      afterMs: seconds(2),
    })
    expect(outcomeOf(answered(401, ""))).toMatchObject({ outcome: "hold", reason: "token_refused" })
  })
})

describe("what Meta accepted", () => {
  const accepted = (message: object, contact: object = { wa_id: "5511987654321", user_id: "BR.1" }) =>
    outcomeOf(answered(200, { messaging_product: "whatsapp", contacts: [contact], messages: [message] }))

  test("has its id and Meta's own writing of the recipient", () => {
    expect(accepted({ id: "wamid.HBg", message_status: "accepted" })).toEqual({
      outcome: "accepted",
      wamid: "wamid.HBg",
      heldForQuality: false,
      recipient: { phone: "5511987654321", userId: "BR.1" },
    })
  })
  test("may be held while a template's quality is watched", () => {
    for (const message_status of ["held_for_quality_assessment", "paused"]) {
      expect(accepted({ id: "wamid.HBg", message_status })).toMatchObject({ heldForQuality: true })
    }
  })
})

describe("what may have been sent is uncertain, never sent again by itself", () => {
  const doubtful: [string, Parameters<typeof outcomeOf>[0]][] = [
    ["a timeout", { result: "lost", reason: "timeout" }],
    ["a reset", { result: "lost", reason: "broken" }],
    ["an endless body", { result: "lost", reason: "too_large" }],
    ["200 without id", answered(200, { messages: [{}] })],
    ["200 without messages", answered(200, { success: true })],
    ["200 with truncated JSON", answered(200, '{"messages":[{"id":"wam')],
    ["200 with a page", answered(200, "<html>ok</html>")],
    ["200 with nothing", answered(200, "")],
    ["200 with a number", answered(200, "7")],
    ["a redirect", answered(302, "")],
    ["500 with a page", answered(500, "<html>oops</html>")],
    ["502 with a page", answered(502, "<html>bad gateway</html>")],
    ["503 with a page", answered(503, "<html>busy</html>")],
    ["an error without a code", answered(400, { error: { message: "?" } })],
  ]
  for (const [how, reply] of doubtful) {
    test(how, () => expect(outcomeOf(reply).outcome).toBe("uncertain"))
  }
})

test("what never left the house is tried again", () => {
  for (const reason of ["refused", "name_not_found", "tls", "no_route"] as const) {
    expect(outcomeOf({ result: "unreachable", reason })).toEqual({
      outcome: "retry",
      scope: "message",
      code: null,
      reason: "unreachable",
      afterMs: null,
    })
  }
})

test("every reason is listed once", () => {
  expect(new Set(FAILURE_REASONS).size).toBe(FAILURE_REASONS.length)
})
