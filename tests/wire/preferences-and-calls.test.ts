import { describe, expect, test } from "bun:test"
import { translate } from "~/whatsapp/payload.ts"
import { CUSTOMER, change, envelope, type Loose, NUMBER, OUR_PHONE, only, SENT_AT } from "./support.ts"

describe("marketing preferences", () => {
  const preference = (parts: Loose) =>
    envelope(
      change("user_preferences", {
        user_preferences: [
          { wa_id: CUSTOMER, detail: "stop it", category: "marketing_messages", timestamp: 1_750_030_073, ...parts },
        ],
      }),
    )

  for (const choice of ["stop", "resume", "signup"] as const) {
    test(`${choice} is heard`, () => {
      expect(only("preference", preference({ value: choice }))).toMatchObject({
        value: choice,
        customer: { phone: CUSTOMER, profileName: "Sheena Nelson" },
        category: "marketing_messages",
        at: SENT_AT,
        phoneNumberId: NUMBER,
      })
    })
  }
  test("a choice invented later is ignored", () => {
    expect(only("ignored", preference({ value: "maybe" }))).toMatchObject({ reason: "unknown_value" })
  })
})

describe("calls", () => {
  const call = (parts: Loose, beside: Loose = {}) =>
    envelope(change("calls", { calls: [{ id: "wacid.1", timestamp: "1750030073", ...parts }], ...beside }))

  test("the customer calls", () => {
    const body = call({ from: CUSTOMER, to: OUR_PHONE, event: "connect", direction: "USER_INITIATED", session: {} })
    expect(only("call", body)).toMatchObject({
      callId: "wacid.1",
      event: "connect",
      direction: "customer",
      customer: { phone: CUSTOMER, profileName: "Sheena Nelson" },
    })
  })
  test("a call that ends says how and after how long", () => {
    const body = call({ from: OUR_PHONE, to: CUSTOMER, event: "terminate", status: "Completed", duration: "12" })
    expect(only("call", body)).toMatchObject({
      customer: { phone: CUSTOMER },
      outcome: "completed",
      durationSeconds: 12,
    })
  })
  test("our call rings", () => {
    const ring = { id: "wacid.1", type: "call", status: "RINGING", timestamp: "1750030073", recipient_id: CUSTOMER }
    expect(only("call", envelope(change("calls", { statuses: [ring] })))).toMatchObject({
      event: "ringing",
      direction: "business",
      customer: { phone: CUSTOMER },
    })
  })
  test("an error beside a call is told as a problem", () => {
    const body = call({ from: CUSTOMER, event: "terminate", status: "FAILED" }, { errors: [{ code: 138005 }] })
    expect(translate(body).items.map((item) => item.kind)).toEqual(["call", "problem"])
  })
})
