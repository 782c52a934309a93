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
