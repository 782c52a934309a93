import { describe, expect, test } from "bun:test"
import { translate } from "~/whatsapp/payload.ts"
import {
  CUSTOMER,
  change,
  contact,
  envelope,
  inbound,
  type Loose,
  message,
  NUMBER,
  only,
  SENT_AT,
  USER_ID,
  value,
  WABA,
} from "./support.ts"

const text = { type: "text", text: { body: "hello" } }

describe("who wrote, through which number, and when", () => {
  test("a message carries its number, account, sender, profile name and Meta's own time", () => {
    const item = only("message", inbound(text))
    expect(item).toMatchObject({
      phoneNumberId: NUMBER,
      wabaId: WABA,
      wamid: "wamid.IN",
      sentAt: SENT_AT,
      from: { userId: null, parentUserId: null, phone: CUSTOMER, profileName: "Sheena Nelson", username: null },
      replyTo: null,
      forwarded: "no",
      referral: null,
      groupId: null,
      origin: "customer",
      historic: false,
    })
    expect(item.raw).toEqual(message(text))
  })

  test("ids and times count the same as numbers and as text", () => {
    const changed = value({ messages: [{ ...message(text), from: Number(CUSTOMER), timestamp: 1_750_030_073 }] })
    const item = only(
      "message",
      envelope({ field: "messages", value: { ...changed, metadata: { phone_number_id: Number(NUMBER) } } }),
    )
    expect(item).toMatchObject({ phoneNumberId: NUMBER, sentAt: SENT_AT, from: { phone: CUSTOMER } })
  })

  test("a customer with a username and no phone is known by the user id", () => {
    const body = value({
      contacts: [
        { profile: { name: "Pablo M.", username: "@pablomorales" }, user_id: USER_ID, parent_user_id: "US.ENT.1" },
      ],
      messages: [{ id: "wamid.IN", timestamp: "1750030073", from_user_id: USER_ID, ...text }],
    })
    expect(only("message", envelope({ field: "messages", value: body })).from).toEqual({
      userId: USER_ID,
      parentUserId: "US.ENT.1",
      phone: null,
      profileName: "Pablo M.",
      username: "pablomorales",
    })
  })

  test("each message of a batch gets the contact of its own sender", () => {
    const other = { profile: { name: "Marco" }, wa_id: "393331234567", user_id: "IT.1" }
    const { items } = translate(
      envelope(
        change("messages", {
          contacts: [other, contact],
          messages: [
            message({ ...text, id: "wamid.1" }),
            message({ ...text, id: "wamid.2", from: "393331234567" }),
            message({ ...text, id: "wamid.3", from: "4915112345" }),
          ],
        }),
      ),
    )
    expect(items.map((item) => item.kind === "message" && [item.from.profileName, item.from.userId])).toEqual([
      ["Sheena Nelson", null],
      ["Marco", "IT.1"],
      [null, null],
    ])
  })

  test("a lone contact that contradicts the sender lends neither its name nor its ids", () => {
    const body = change("messages", {
      contacts: [{ profile: { name: "Somebody" }, wa_id: CUSTOMER, user_id: "US.2" }],
      messages: [message({ ...text, from_user_id: "US.1" })],
    })
    expect(only("message", envelope(body)).from).toMatchObject({
      userId: "US.1",
      phone: CUSTOMER,
      profileName: null,
    })
  })

  test("a lone contact is not lent to one of several messages that names nobody it knows", () => {
    const { items } = translate(
      envelope(
        change("messages", {
          messages: [message({ ...text, id: "wamid.1" }), message({ ...text, from: undefined, from_user_id: "US.9" })],
        }),
      ),
    )
    expect(items[1]).toMatchObject({ from: { userId: "US.9", phone: null, profileName: null } })
  })

  test("a message without a time takes the envelope's", () => {
    expect(only("message", inbound({ ...text, timestamp: undefined })).sentAt).toBe(1_739_321_024_000)
  })

  test("several entries, changes and messages all come through, in order", () => {
    const entry = (id: string, ...ids: string[]) => ({
      id,
      changes: ids.map((wamid) => change("messages", { messages: [message({ ...text, id: wamid })] })),
    })
    const { items } = translate({ entry: [entry("1", "wamid.a", "wamid.b"), entry("2", "wamid.c")] })
    expect(items.map((item) => item.kind === "message" && [item.wabaId, item.wamid])).toEqual([
      ["1", "wamid.a"],
      ["1", "wamid.b"],
      ["2", "wamid.c"],
    ])
  })
})

describe("what comes along with a message", () => {
  const withContext = (context: Loose) => only("message", inbound({ ...text, context }))

  test("a reply names what it answers", () => {
    expect(withContext({ from: "15550783881", id: "wamid.ORIG" }).replyTo).toEqual({ wamid: "wamid.ORIG" })
  })
  test("a forwarded message says how often", () => {
    expect(withContext({ forwarded: true }).forwarded).toBe("once")
    expect(withContext({ frequently_forwarded: true, forwarded: true }).forwarded).toBe("often")
  })
  test("a question about a product names it", () => {
    const item = withContext({ id: "wamid.X", referred_product: { catalog_id: "1948", product_retailer_id: "di9o" } })
    expect(item.product).toEqual({ catalogId: "1948", productId: "di9o" })
  })
  test("an advertisement is kept as Meta describes it", () => {
    const referral = { source_url: "https://fb.me/x", source_type: "ad", ref: "ref_12345" }
    expect(only("message", inbound({ ...text, referral })).referral).toEqual(referral)
  })
  test("a group's message is flagged with its group", () => {
    expect(only("message", inbound({ ...text, group_id: "Y2Fw" })).groupId).toBe("Y2Fw")
  })
  test("an unsupported message brings the reason", () => {
    const errors = [{ code: 131051, title: "Message type unknown", error_data: { details: "not supported" } }]
    expect(only("message", inbound({ type: "unsupported", errors })).errors).toEqual([
      { code: 131051, title: "Message type unknown", details: "not supported" },
    ])
  })
  test("an empty interactive message beside an error of Meta's becomes a placeholder and a problem", () => {
    const errors = [{ code: 131000, title: "Something went wrong" }]
    const body = change("messages", { messages: [message({ type: "interactive" })], errors })
    const { items } = translate(envelope(body))
    expect(items.map((item) => item.kind)).toEqual(["message", "problem"])
  })
  test("a summary by Meta's agent comes with the message that returns the thread", () => {
    const summary = { type: "summary", summary: { text: "wants a refund" } }
    const body = change("messages", { messages: [message(text)], conversation_context: summary })
    expect(only("message", envelope(body)).threadSummary).toBe("wants a refund")
  })
})

describe("identity changes are events, not chat text", () => {
  const system = (parts: Loose, beside: Loose = {}) => {
    const raw = { ...message({ type: "system", system: parts }), ...beside }
    return only("identity", envelope({ field: "messages", value: value({ contacts: undefined, messages: [raw] }) }))
  }

  test("a new number links the old phone and user id with the new", () => {
    const item = system({
      body: "User A changed",
      type: "user_changed_number",
      wa_id: "12195555358",
      user_id: "US.NEW",
      previous_user_id: "US.OLD",
    })
    expect(item).toMatchObject({
      change: "number",
      wamid: "wamid.IN",
      at: SENT_AT,
      previous: { phone: CUSTOMER, userId: "US.OLD" },
      current: { phone: "12195555358", userId: "US.NEW" },
    })
  })
  test("the older form of a new number means the same", () => {
    const item = system({ type: "customer_changed_number", new_wa_id: "12195555358", customer: CUSTOMER })
    expect(item).toMatchObject({ change: "number", previous: { phone: CUSTOMER }, current: { phone: "12195555358" } })
  })
  test("a new user id arrives even without any phone", () => {
    const item = system(
      { type: "user_changed_user_id", user_id: "US.NEW", previous_user_id: "US.OLD" },
      { from: undefined },
    )
    expect(item).toMatchObject({
      change: "user_id",
      previous: { phone: null, userId: "US.OLD" },
      current: { phone: null, userId: "US.NEW" },
    })
  })
  test("a new identity key brings its hash", () => {
    const item = system({ type: "customer_identity_changed" }, { identity: { hash: "DF2lS5v2W6x=" } })
    expect(item).toMatchObject({ change: "key", keyHash: "DF2lS5v2W6x=", previous: { phone: CUSTOMER } })
  })
  test("the withdrawn field user_id_update is read all the same", () => {
    const update = { wa_id: CUSTOMER, user_id: { previous: "US.OLD", current: "US.NEW" }, timestamp: "1750030073" }
    expect(only("identity", envelope(change("user_id_update", { user_id_update: [update] })))).toMatchObject({
      change: "user_id",
      wamid: null,
      previous: { phone: CUSTOMER, userId: "US.OLD" },
      current: { phone: CUSTOMER, userId: "US.NEW" },
    })
  })
})
