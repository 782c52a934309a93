import { describe, expect, test } from "bun:test"
import { translate } from "~/whatsapp/payload.ts"
import {
  CUSTOMER,
  change,
  envelope,
  type Loose,
  management,
  message,
  NUMBER,
  OUR_PHONE,
  only,
  SENT_AT,
  USER_ID,
  value,
  WABA,
} from "./support.ts"

const text = { type: "text", text: { body: "hello" } }

describe("what we sent outside this system", () => {
  const echo = {
    from: OUR_PHONE,
    to: CUSTOMER,
    to_user_id: USER_ID,
    id: "wamid.ECHO",
    timestamp: "1750030073",
    ...text,
  }

  for (const field of ["smb_message_echoes", "message_echoes"]) {
    test(`${field} is ours, to the customer`, () => {
      expect(only("echo", envelope(change(field, { message_echoes: [echo] })))).toMatchObject({
        wamid: "wamid.ECHO",
        to: { phone: CUSTOMER, userId: USER_ID, profileName: "Sheena Nelson" },
        origin: "app",
        historic: false,
        content: { kind: "text", text: "hello" },
      })
    })
  }

  test("an edit and a withdrawal from the phone app are read like a customer's", () => {
    const { items } = translate(
      envelope(
        change("smb_message_echoes", {
          message_echoes: [
            { ...echo, type: "edit", edit: { original_message_id: "wamid.O", message: text } },
            { ...echo, type: "revoke", revoke: { original_message_id: "wamid.O" } },
          ],
        }),
      ),
    )
    expect(items.map((item) => item.kind === "echo" && item.content)).toEqual([
      { kind: "edit", targetWamid: "wamid.O", content: { kind: "text", text: "hello" } },
      { kind: "revoke", targetWamid: "wamid.O" },
    ])
  })

  test("an echo to nobody is set aside", () => {
    const body = change("smb_message_echoes", { contacts: [], message_echoes: [{ ...echo, to: "", to_user_id: null }] })
    expect(translate(envelope(body)).rejected.map((each) => each.reason)).toEqual(["no_recipient"])
  })
})

describe("while Meta's agent holds the thread", () => {
  const standby = (parts: Loose) => envelope({ field: "standby", value: value({ standby: parts }) })

  test("the customer's message arrives, marked as heard while standing by", () => {
    expect(only("message", standby({ messages: [message(text)] }))).toMatchObject({
      origin: "standby",
      from: { phone: CUSTOMER },
    })
  })

  test("the other sender's message is read from the body that it sent", () => {
    const sent = (body: Loose) => ({
      id: "wamid.S",
      timestamp: "1750030073",
      message: { messaging_product: "whatsapp", to: `+${CUSTOMER}`, ...body },
    })
    const { items } = translate(
      standby({
        message_echoes: [
          sent({ type: "text", text: { body: "How can I help?" }, context: { message_id: "wamid.Q" } }),
          sent({ type: "template", template: { name: "promo", language: { code: "en_US" } } }),
          sent({ type: "interactive", interactive: { type: "button", body: { text: "Choose" }, action: {} } }),
          { ...sent({ ...text, to: undefined, recipient: USER_ID }) },
        ],
      }),
    )
    expect(
      items.map((item) => item.kind === "echo" && [item.origin, item.to.phone, item.to.userId, item.content]),
    ).toEqual([
      ["standby", CUSTOMER, null, { kind: "text", text: "How can I help?" }],
      ["standby", CUSTOMER, null, { kind: "template", name: "promo", language: "en_US" }],
      ["standby", CUSTOMER, null, { kind: "prompt", type: "button", text: "Choose" }],
      ["standby", null, USER_ID, { kind: "text", text: "hello" }],
    ])
    expect(items[0]).toMatchObject({ replyTo: { wamid: "wamid.Q" } })
  })

  test("a handover names the customer, the roles, the note and the summary", () => {
    const item = only(
      "handover",
      management("messaging_handovers", {
        sender: { phone_number: CUSTOMER },
        recipient: { phone_number_id: NUMBER, display_phone_number: OUR_PHONE },
        type: "control_passed",
        timestamp: "1750030073",
        control_passed: {
          previous_owner_role: "ai_agent",
          new_owner_role: "escalation",
          metadata: "asked for a human",
          conversation_context: { type: "summary", summary: { text: "broken boiler" } },
        },
      }),
    )
    expect(item).toMatchObject({
      phoneNumberId: NUMBER,
      change: "passed",
      customer: { phone: CUSTOMER },
      previousRole: "ai_agent",
      newRole: "escalation",
      note: "asked for a human",
      threadSummary: "broken boiler",
      at: SENT_AT,
    })
  })
})

describe("the past of a number that joins (coexistence)", () => {
  const thread = {
    id: CUSTOMER,
    context: { wa_id: CUSTOMER, user_id: USER_ID, username: "sheena" },
    messages: [
      {
        from: OUR_PHONE,
        to: CUSTOMER,
        id: "wamid.A",
        timestamp: "1739230955",
        ...text,
        history_context: { status: "READ" },
      },
      { from: CUSTOMER, id: "wamid.B", timestamp: "1739230970", type: "media_placeholder" },
      { from: OUR_PHONE, id: "wamid.C", timestamp: "1739230980", ...text },
    ],
  }

  test("each message is ours or the customer's, and not news", () => {
    const chunk = { metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [thread] }
    const { items, rejected } = translate(envelope(change("history", { contacts: undefined, history: [chunk] })))
    expect(rejected).toEqual([])
    expect(items[0]).toMatchObject({ kind: "history", phase: 0, chunkOrder: 1, progressPercent: 55 })
    expect(items.slice(1)).toMatchObject([
      {
        kind: "echo",
        wamid: "wamid.A",
        historic: true,
        historicStatus: "read",
        to: { phone: CUSTOMER, userId: USER_ID },
      },
      { kind: "message", wamid: "wamid.B", historic: true, from: { phone: CUSTOMER, username: "sheena" } },
      { kind: "echo", wamid: "wamid.C", historic: true, to: { phone: CUSTOMER } },
    ])
  })

  test("a medium that follows later belongs to the past too", () => {
    const image = { type: "image", image: { id: "1" } }
    expect(only("message", envelope(change("history", { messages: [message(image)] }))).historic).toBe(true)
  })

  test("a refusal to share the past is told", () => {
    const refused = { errors: [{ code: 2593109, message: "declined" }] }
    expect(only("history", envelope(change("history", { history: [refused] }))).errors).toEqual([
      { code: 2593109, title: "declined", details: null },
    ])
  })

  test("the app's address book is heard", () => {
    const entry = {
      type: "contact",
      contact: { full_name: "Pablo", phone_number: CUSTOMER },
      metadata: { timestamp: "1750030073" },
    }
    for (const action of ["add", "remove"] as const) {
      const body = change("smb_app_state_sync", { contacts: undefined, state_sync: [{ ...entry, action }] })
      expect(only("contactBook", envelope(body))).toMatchObject({
        action,
        contact: { phone: CUSTOMER, profileName: "Pablo" },
        at: SENT_AT,
      })
    }
  })
})

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

describe("news about the account", () => {
  const fields: [string, Loose, Loose][] = [
    [
      "message_template_status_update",
      {
        event: "REJECTED",
        message_template_id: 1_689_556_908_129_835,
        message_template_name: "abandoned_cart",
        message_template_language: "en-US",
        reason: "INVALID_FORMAT",
        message_template_category: "MARKETING",
      },
      {
        event: "REJECTED",
        template: {
          id: "1689556908129835",
          name: "abandoned_cart",
          language: "en_US",
          status: "REJECTED",
          quality: null,
          category: "MARKETING",
          reason: "INVALID_FORMAT",
        },
      },
    ],
    [
      "message_template_quality_update",
      { new_quality_score: "RED", message_template_name: "promo", message_template_language: "it" },
      { template: { quality: "RED", status: null } },
    ],
    [
      "template_category_update",
      {
        new_category: "UTILITY",
        correct_category: "MARKETING",
        message_template_name: "a",
        message_template_language: "it",
      },
      { template: { category: "MARKETING" } },
    ],
    [
      "message_template_components_update",
      { message_template_name: "a", message_template_language: "it", message_template_element: "Hi" },
      { template: { name: "a" } },
    ],
    [
      "phone_number_quality_update",
      { display_phone_number: "+1 555-078-3881", event: "FLAGGED" },
      { event: "FLAGGED", displayPhone: OUR_PHONE },
    ],
    [
      "phone_number_name_update",
      { display_phone_number: OUR_PHONE, decision: "APPROVED" },
      { event: "APPROVED", displayPhone: OUR_PHONE },
    ],
    [
      "account_update",
      { event: "ACCOUNT_RESTRICTION", restriction_info: [] },
      { event: "ACCOUNT_RESTRICTION", wabaId: WABA },
    ],
    [
      "account_update",
      { event: "PARTNER_ADDED", waba_info: { waba_id: "42" } },
      { event: "PARTNER_ADDED", wabaId: "42" },
    ],
    ["account_alerts", { alert_info: { alert_type: "OBA_APPROVED" } }, { event: "OBA_APPROVED" }],
    ["account_review_update", { decision: "APPROVED" }, { event: "APPROVED" }],
    ["account_settings_update", { phone_number_settings: { phone_number_id: NUMBER } }, { phoneNumberId: NUMBER }],
    ["business_capability_update", { max_phone_numbers_per_business: 25 }, { event: null }],
    ["business_username_updates", { display_phone_number: OUR_PHONE, status: "approved" }, { event: "approved" }],
    ["security", { display_phone_number: OUR_PHONE, event: "PIN_CHANGED" }, { event: "PIN_CHANGED" }],
    ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "662" }, { event: "FLOW_STATUS_CHANGE" }],
    ["partner_solutions", { event: "SOLUTION_CREATED" }, { event: "SOLUTION_CREATED" }],
    ["payment_configuration_update", { status: "Needs Testing" }, { event: "Needs Testing" }],
    ["automatic_events", { automatic_events: [] }, { event: null }],
  ]
  for (const [field, sent, means] of fields) {
    test(`${field} ${JSON.stringify(sent).slice(0, 50)} reaches the health page`, () => {
      const item = only("account", management(field, sent))
      expect(item).toMatchObject({ field, at: 1_739_321_024_000, ...means })
      expect(item.value).toEqual(sent)
    })
  }
})

describe("what is politely ignored", () => {
  test("the management of groups", () => {
    for (const field of ["group_lifecycle_update", "group_participants_update", "group_settings_update"]) {
      expect(only("ignored", management(field, { groups: [{}] }))).toMatchObject({ field, reason: "group" })
    }
  })
  test("a field that Meta adds without notice", () => {
    expect(only("ignored", management("hologram_update", { x: 1 }))).toMatchObject({ reason: "unknown_field" })
    expect(only("ignored", management("__proto__", { x: 1 }))).toMatchObject({ reason: "unknown_field" })
  })
  test("a change with nothing in it", () => {
    expect(only("ignored", envelope(change("messages", {})))).toMatchObject({ field: "messages", reason: "empty" })
  })
})
