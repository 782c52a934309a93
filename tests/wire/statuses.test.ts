import { describe, expect, test } from "bun:test"
import { translate } from "~/whatsapp/payload.ts"
import { CUSTOMER, change, envelope, type Loose, NUMBER, only, SENT_AT, USER_ID, WABA } from "./support.ts"

const status = (parts: Loose) => ({
  id: "wamid.OUT",
  status: "delivered",
  timestamp: "1750030073",
  recipient_id: CUSTOMER,
  ...parts,
})
const statuses = (...each: unknown[]) => envelope(change("messages", { contacts: undefined, statuses: each }))

describe("a status says how far our message got", () => {
  for (const word of ["sent", "delivered", "read", "played", "failed"] as const) {
    test(word, () => {
      const item = only("status", statuses(status({ status: word })))
      expect(item).toMatchObject({ wamid: "wamid.OUT", status: word, at: SENT_AT, phoneNumberId: NUMBER, wabaId: WABA })
    })
  }

  test("with our own reference, the price and the free window's end", () => {
    const item = only(
      "status",
      statuses(
        status({
          biz_opaque_callback_data: "v1.a.12.1",
          conversation: { id: "72b1", expiration_timestamp: "1750116480", origin: { type: "referral_conversion" } },
          pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "marketing" },
        }),
      ),
    )
    expect(item).toMatchObject({
      callbackData: "v1.a.12.1",
      recipient: { phone: CUSTOMER, userId: null, parentUserId: null },
      groupId: null,
      errors: [],
      pricing: { category: "marketing", type: "regular", billable: true },
      conversation: { id: "72b1", origin: "referral_conversion", expiresAt: 1_750_116_480_000 },
    })
  })

  test("a price nested in the conversation is found", () => {
    const item = only(
      "status",
      statuses(status({ conversation: { pricing: { type: "regular", category: "utility" } } })),
    )
    expect(item.pricing).toEqual({ category: "utility", type: "regular", billable: null })
  })

  test("a failure brings every reason", () => {
    const errors = [
      { code: 131047, title: "Re-engagement message", error_data: { details: "more than 24 hours" } },
      { code: "131026", message: "Undeliverable" },
      { title: "no code" },
    ]
    expect(only("status", statuses(status({ status: "failed", errors }))).errors).toEqual([
      { code: 131047, title: "Re-engagement message", details: "more than 24 hours" },
      { code: 131026, title: "Undeliverable", details: null },
    ])
  })

  test("a recipient known by user id alone", () => {
    const item = only(
      "status",
      statuses(status({ recipient_id: undefined, recipient_user_id: USER_ID, parent_recipient_user_id: "US.ENT.1" })),
    )
    expect(item.recipient).toEqual({ phone: null, userId: USER_ID, parentUserId: "US.ENT.1" })
  })

  test("in a group the recipient is the participant and the group is flagged", () => {
    for (const key of ["recipient_participant_id", "participant_recipient_id"]) {
      const item = only("status", statuses(status({ recipient_type: "group", recipient_id: "Y2Fw", [key]: CUSTOMER })))
      expect(item).toMatchObject({ groupId: "Y2Fw", recipient: { phone: CUSTOMER } })
    }
  })

  test("while standing by, it is another sender's", () => {
    const body = envelope(change("standby", { standby: { statuses: [status({})] } }))
    expect(only("status", body).origin).toBe("standby")
  })
})

describe("statuses that are none of ours to understand", () => {
  for (const word of ["deleted", "warning", "in_orbit"]) {
    test(`${word} is ignored`, () => {
      expect(only("ignored", statuses(status({ status: word })))).toMatchObject({ reason: "unknown_status" })
    })
  }

  test("one without id or status is set aside, its siblings live", () => {
    const { items, rejected } = translate(
      statuses(status({ id: "" }), status({ status: 3 }), "x", status({ id: "wamid.GOOD" })),
    )
    expect(items.map((item) => item.kind === "status" && item.wamid)).toEqual(["wamid.GOOD"])
    expect(rejected.map((each) => each.reason)).toEqual(["no_id", "no_status", "not_an_object"])
  })

  test("a thousand in one webhook all come through", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => status({ id: `wamid.${index}` }))
    expect(translate(statuses(...many)).items).toHaveLength(1_000)
  })
})
