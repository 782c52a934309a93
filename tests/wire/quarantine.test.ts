import { describe, expect, test } from "bun:test"
import { translate } from "~/whatsapp/payload.ts"
import { get } from "~/whatsapp/payload-read.ts"
import { CUSTOMER, change, envelope, inbound, message, only, WABA } from "./support.ts"

const text = { type: "text", text: { body: "hello" } }

describe("one malformed item is set aside and its siblings live", () => {
  const broken: [string, unknown][] = [
    ["not_an_object", 7],
    ["not_an_object", null],
    ["not_an_object", ["wamid"]],
    ["no_id", { from: CUSTOMER, timestamp: "1750030073", ...text }],
    ["no_id", { ...message(text), id: "x".repeat(2_000) }],
    ["no_id", { ...message(text), id: 1e300 }],
    ["no_sender", { id: "wamid.X", timestamp: "1750030073", ...text }],
    ["no_sender", { ...message(text), from: "not a number" }],
  ]
  for (const [reason, raw] of broken) {
    test(`${JSON.stringify(raw).slice(0, 60)} is set aside as ${reason}`, () => {
      const good = [message({ ...text, id: "wamid.1" }), message({ ...text, id: "wamid.2" })]
      const { items, rejected } = translate(
        envelope(change("messages", { contacts: [], messages: [good[0], raw, good[1]] })),
      )
      expect(items.map((item) => item.kind === "message" && item.wamid)).toEqual(["wamid.1", "wamid.2"])
      expect(rejected as unknown).toEqual([{ reason, raw }])
    })
  }

  test("a message without any time is set aside, for the window rests on it", () => {
    for (const timestamp of [undefined, "", "soon", "-1", "1e400", 0, 1_750_030_073_000, {}]) {
      const { items, rejected } = translate({
        entry: [{ id: WABA, changes: [change("messages", { messages: [message({ ...text, timestamp })] })] }],
      })
      expect(items).toEqual([])
      expect(rejected.map((each) => each.reason)).toEqual(["no_timestamp"])
    }
  })

  test("a list that is none is set aside, the list beside it lives", () => {
    const body = change("messages", {
      messages: { 0: message(text) },
      statuses: [{ id: "wamid.OUT", status: "sent", timestamp: "1750030073" }],
    })
    const { items, rejected } = translate(envelope(body))
    expect(items.map((item) => item.kind)).toEqual(["status"])
    expect(rejected.map((each) => each.reason)).toEqual(["not_a_list"])
  })

  test("a change without value or an entry that is none does not stop the next", () => {
    const { items, rejected } = translate({
      entry: [
        "x",
        { id: WABA, changes: [{ field: "messages" }, 5, change("messages", { messages: [message(text)] })] },
      ],
    })
    expect(items.map((item) => item.kind)).toEqual(["message"])
    expect(rejected.map((each) => each.reason)).toEqual(["not_an_object", "not_an_object", "not_an_object"])
  })

  test("what is no envelope at all is set aside whole", () => {
    for (const body of [null, undefined, 5, "text", [], {}, { entry: {} }, { object: "page", entry: null }]) {
      expect(translate(body)).toEqual({ items: [], rejected: [{ reason: "not_an_envelope", raw: body }] })
    }
  })

  test("an envelope of a hundred thousand levels is refused before any walk", () => {
    const deep: unknown = JSON.parse(`${'{"entry":['.repeat(50_000)}${"]}".repeat(50_000)}`)
    expect(translate(deep)).toEqual({ items: [], rejected: [{ reason: "too_deep", raw: null }] })
  })

  test("an envelope of sixty levels is read", () => {
    let nested: unknown = "leaf"
    for (let level = 0; level < 50; level++) nested = { nested }
    expect(only("message", inbound({ type: "text", text: { body: "hi", nested } })).wamid).toBe("wamid.IN")
  })

  test("a field that Meta put at the wrong level or left out is still found", () => {
    const { field, value: body } = change("messages", { messages: [message(text)] })
    expect(only("message", { entry: [{ id: WABA, field, changes: [{ value: body }] }] }).wamid).toBe("wamid.IN")
    expect(only("message", { entry: [{ id: WABA, changes: [{ value: body }] }] }).wamid).toBe("wamid.IN")
    const news = { id: WABA, field: "account_update", changes: [{ value: { event: "PARTNER_APP_INSTALLED" } }] }
    expect(only("account", { entry: [news] }).event).toBe("PARTNER_APP_INSTALLED")
  })
})

test("what a payload does not own, it does not have", () => {
  for (const key of ["__proto__", "constructor", "toString"]) expect(get({}, key)).toBeUndefined()
  expect(get({ type: "text" }, "type")).toBe("text")
})
