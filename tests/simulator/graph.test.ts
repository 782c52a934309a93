import { describe, expect, test } from "bun:test"
import { hours } from "~/kernel/clock.ts"
import type { JsonObject } from "~/simulator/json.ts"
import { createBench, errorOf, MAIN, SALES, textTo } from "./bench.ts"

const GIULIA = { name: "Giulia Lombardi", phone: "+39 345 555 0172" }

const MESSAGES = `${MAIN.phoneNumberId}/messages`

describe("The Graph API refuses as Meta does", () => {
  test("a call without a token, with a wrong one, and with another tenant's", async () => {
    const { graph } = createBench()
    expect(await errorOf(await graph("GET", MAIN.phoneNumberId, undefined, "nobody's"))).toMatchObject({
      code: 190,
      type: "OAuthException",
    })
    const foreign = await graph("GET", MAIN.phoneNumberId, undefined, SALES.accessToken)
    expect(foreign.status).toBe(400)
    expect(await errorOf(foreign)).toMatchObject({ code: 100, error_subcode: 33, type: "GraphMethodException" })
  })

  test("an unknown path and an unknown object", async () => {
    const { graph } = createBench()
    expect(await errorOf(await graph("GET", `${MAIN.phoneNumberId}/nonsense`))).toMatchObject({ code: 2500 })
    expect(await errorOf(await graph("GET", "999"))).toMatchObject({ code: 100, error_subcode: 33 })
  })

  test("free text to somebody who has not written within 24 hours, and not to somebody who has", async () => {
    const { graph, simulator, pass } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    const early = await graph("POST", MESSAGES, textTo("+393455550172", "Too early"))
    expect(early.status).toBe(400)
    expect(await errorOf(early)).toMatchObject({ code: 131047, message: "(#131047) Re-engagement message" })

    giulia.say("Buongiorno")
    await simulator.idle()
    expect((await graph("POST", MESSAGES, textTo("+393455550172", "In time"))).status).toBe(200)

    await pass(hours(24))
    expect(await errorOf(await graph("POST", MESSAGES, textTo("+393455550172", "Too late")))).toMatchObject({
      code: 131047,
    })
  })

  test("the window of one number does not open another number's", async () => {
    const { graph, simulator } = createBench()
    simulator.phones.create(GIULIA).say("Buongiorno", { to: SALES.phoneNumberId })
    expect(await errorOf(await graph("POST", MESSAGES, textTo("+393455550172", "Hello")))).toMatchObject({
      code: 131047,
    })
  })

  const button = (title: string, id = title) => ({ type: "reply", reply: { id, title } })
  const interactive = (content: JsonObject): JsonObject => ({ type: "interactive", interactive: content })
  const buttons = (list: unknown[]): JsonObject =>
    interactive({ type: "button", body: { text: "Choose" }, action: { buttons: list as JsonObject[] } })
  const list = (rows: JsonObject[]): JsonObject =>
    interactive({ type: "list", body: { text: "Choose" }, action: { button: "Topics", sections: [{ rows }] } })

  test.each<[string, JsonObject, number]>([
    ["a missing product", { messaging_product: "sms", type: "text", text: { body: "a" } }, 100],
    ["a missing body", { type: "text", text: {} }, 100],
    ["a text over 4096 characters", { type: "text", text: { body: "a".repeat(4_097) } }, 100],
    ["an unknown type", { type: "hologram", hologram: {} }, 100],
    ["a type without its object", { type: "image" }, 131008],
    ["a picture with neither id nor link", { type: "image", image: {} }, 100],
    ["a caption on a voice message", { type: "audio", audio: { link: "https://x.test/a.ogg", caption: "a" } }, 100],
    ["a medium that is not there", { type: "image", image: { id: "404" } }, 131009],
    ["four buttons", buttons(["a", "b", "c", "d"].map((title) => button(title))), 131009],
    ["a button title over 20 characters", buttons([button("x".repeat(21))]), 131009],
    ["two buttons with one id", buttons([button("a", "1"), button("b", "1")]), 131009],
    ["eleven rows", list(Array.from({ length: 11 }, (_, row) => ({ id: `${row}`, title: `${row}` }))), 131009],
    ["a row title over 24 characters", list([{ id: "1", title: "x".repeat(25) }]), 131009],
    ["a latitude of 91", { type: "location", location: { latitude: 91, longitude: 0 } }, 131009],
    ["a contact without a name", { type: "contacts", contacts: [{ name: {} }] }, 131008],
    ["an emoji without a message", { type: "reaction", reaction: { emoji: "👍" } }, 131008],
    ["a quote of nothing", { type: "text", text: { body: "a" }, context: {} }, 131008],
    ["callback data over 512 characters", { ...textTo("", "a"), biz_opaque_callback_data: "x".repeat(513) }, 100],
    ["an unknown template", { type: "template", template: { name: "nope", language: { code: "it" } } }, 132001],
  ])("%s", async (_what, body, code) => {
    const { graph, simulator } = createBench()
    simulator.phones.create(GIULIA).say("Buongiorno")
    const response = await graph("POST", MESSAGES, { messaging_product: "whatsapp", ...body, to: "393455550172" })
    expect(response.status).toBeGreaterThanOrEqual(400)
    const error = await errorOf(response)
    expect(error).toMatchObject({ code, type: "OAuthException", fbtrace_id: expect.any(String) })
    expect(simulator.sends).toHaveLength(0)
  })

  test("a number that is not registered, a blocked customer, and a test number's stranger", async () => {
    const { graph, simulator } = createBench({ numbers: [{ ...MAIN, testNumber: true }] })
    simulator.phones.create(GIULIA).say("Buongiorno")
    expect(await errorOf(await graph("POST", MESSAGES, textTo("+391110000", "Hello")))).toMatchObject({ code: 131030 })
    await graph("POST", `${MAIN.phoneNumberId}/block_users`, {
      messaging_product: "whatsapp",
      block_users: [{ user: "+393455550172" }],
    })
    expect(await errorOf(await graph("POST", MESSAGES, textTo("+393455550172", "a")))).toMatchObject({ code: 130403 })
    await graph("POST", `${MAIN.phoneNumberId}/deregister`)
    expect(await errorOf(await graph("POST", MESSAGES, textTo("+393455550172", "a")))).toMatchObject({ code: 133010 })
  })
})

describe("Templates", () => {
  const READY = {
    name: "order_ready",
    language: "it",
    category: "UTILITY" as const,
    components: [
      { type: "BODY", text: "Ciao {{1}}, l'ordine {{2}} è pronto." },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Prenota" }] },
    ],
  }
  const parameters = (...texts: string[]) => texts.map((text) => ({ type: "text", text }))
  const ready = (...texts: string[]): JsonObject => ({
    messaging_product: "whatsapp",
    to: "393455550172",
    type: "template",
    template: {
      name: "order_ready",
      language: { code: "it" },
      components: [
        { type: "body", parameters: parameters(...texts) },
        {
          type: "button",
          sub_type: "quick_reply",
          index: "0",
          parameters: [{ type: "payload", payload: "book:4827" }],
        },
      ],
    },
  })

  test("an approved template reaches a customer outside the window, filled in, and its button comes back", async () => {
    const { graph, simulator, messages } = createBench({ templates: [READY] })
    const giulia = simulator.phones.create(GIULIA)
    expect((await graph("POST", MESSAGES, ready("Giulia", "4827"))).status).toBe(200)
    const [message] = giulia.received()
    expect(message?.words.text).toBe("Ciao Giulia, l'ordine 4827 è pronto.")
    giulia.tap(message?.id ?? "", "Prenota")
    await simulator.idle()
    expect(messages().at(-1)).toMatchObject({
      type: "button",
      button: { payload: "book:4827", text: "Prenota" },
      context: { id: message?.id ?? "", from: "39065550100" },
    })
  })

  test("too few parameters are refused, and so is a paused template", async () => {
    const { graph, simulator } = createBench()
    const template = simulator.templates.add(MAIN.wabaId, READY)
    expect(await errorOf(await graph("POST", MESSAGES, ready("Giulia")))).toMatchObject({ code: 132000 })
    simulator.templates.review(template, "PAUSED")
    expect(await errorOf(await graph("POST", MESSAGES, ready("Giulia", "1")))).toMatchObject({ code: 132015 })
  })

  test("a created template waits for review, is approved after a while, and a webhook tells", async () => {
    const { graph, values, pass } = createBench()
    const path = `${MAIN.wabaId}/message_templates`
    const body = {
      name: "reminder",
      language: "it",
      category: "UTILITY",
      components: [{ type: "BODY", text: "A domani." }],
    }
    const created = (await (await graph("POST", path, body)).json()) as { id: string; status: string }
    expect(created.status).toBe("PENDING")
    await pass(30_000)
    expect(values()).toContainEqual(
      expect.objectContaining({ event: "APPROVED", message_template_id: Number(created.id), reason: "NONE" }),
    )
    expect(await (await graph("GET", `${created.id}?fields=status`)).json()).toEqual({
      id: created.id,
      status: "APPROVED",
    })
  })

  test("the list pages with cursors until no next page is named", async () => {
    const { graph, simulator } = createBench()
    for (const number of [1, 2, 3, 4]) simulator.templates.add(MAIN.wabaId, { ...READY, name: `t${number}` })
    const names: string[] = []
    let path: string | null = `${MAIN.wabaId}/message_templates?limit=2&fields=name`
    while (path !== null) {
      const page = (await (await graph("GET", path)).json()) as {
        data: { name: string }[]
        paging: { next?: string; cursors: { after: string } }
      }
      names.push(...page.data.map(({ name }) => name))
      path = page.paging.next
        ? `${MAIN.wabaId}/message_templates?limit=2&fields=name&after=${page.paging.cursors.after}`
        : null
    }
    expect(names).toEqual(["hello_world", "t1", "t2", "t3", "t4"])
    expect(await errorOf(await graph("GET", `${MAIN.wabaId}/message_templates?after=nonsense`))).toMatchObject({
      code: 131059,
    })
  })
})

describe("Accounts and numbers", () => {
  test("a number tells its state and an account its numbers, only what was asked", async () => {
    const { graph } = createBench()
    const fields = "display_phone_number,status,health_status{can_send_message}"
    expect(await (await graph("GET", `${MAIN.phoneNumberId}?fields=${fields}`)).json()).toEqual({
      id: MAIN.phoneNumberId,
      display_phone_number: MAIN.displayPhoneNumber,
      status: "CONNECTED",
      health_status: { can_send_message: "AVAILABLE", entities: [] },
    })
    const numbers = (await (await graph("GET", `${MAIN.wabaId}/phone_numbers`)).json()) as { data: { id: string }[] }
    expect(numbers.data.map(({ id }) => id)).toEqual([MAIN.phoneNumberId])
  })

  test("an override of the callback address moves the webhooks of the account", async () => {
    const { graph, simulator, heard } = createBench()
    await graph("POST", `${MAIN.wabaId}/subscribed_apps`, { override_callback_uri: "http://elsewhere.test/hook" })
    simulator.phones.create(GIULIA).say("Dove arrivo?")
    await simulator.idle()
    expect(heard.map(({ url }) => url)).toEqual(["http://elsewhere.test/hook"])
  })

  test("a token is examined without being refused", async () => {
    const { graph } = createBench()
    const good = await (await graph("GET", `debug_token?input_token=${MAIN.accessToken}`)).json()
    expect(good).toMatchObject({ data: { is_valid: true, type: "SYSTEM_USER" } })
    expect(await (await graph("GET", "debug_token?input_token=x")).json()).toMatchObject({ data: { is_valid: false } })
  })
})
