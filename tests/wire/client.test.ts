import { afterEach, describe, expect, test } from "bun:test"
import { seconds, VirtualClock } from "~/kernel/clock.ts"
import type { Prompt } from "~/message/rules/content.ts"
import { promptBody, textBody } from "~/whatsapp/client.ts"
import { clientOf, credentials, graph } from "./graph-server.ts"
import { type badServer, deadUrl, http, serve, stopServers } from "./loopback.ts"
import { CUSTOMER, NUMBER, USER_ID } from "./support.ts"

afterEach(stopServers)

const body = textBody({ userId: null, phone: CUSTOMER }, "Buongiorno, 😀", true, "v1.a.12.1", null)

describe("a text for a customer", () => {
  test("goes to the phone as international digits, with our reference", () => {
    expect(textBody({ userId: USER_ID, phone: CUSTOMER }, "hello", true, "ref", null) as unknown).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+16505551234",
      type: "text",
      text: { body: "hello", preview_url: false },
      biz_opaque_callback_data: "ref",
    })
  })
  test("shows no preview of a link to whom the company does not want to show one", () => {
    const { text } = textBody({ userId: null, phone: CUSTOMER }, "see https://a.test", false, "ref", null)
    expect(text).toEqual({ body: "see https://a.test", preview_url: false })
  })
  test("goes to the user id when there is no phone, and quotes what it answers", () => {
    expect(textBody({ userId: USER_ID, phone: null }, "see https://a.test", true, "ref", "wamid.Q") as unknown).toEqual(
      {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        recipient: USER_ID,
        type: "text",
        text: { body: "see https://a.test", preview_url: true },
        context: { message_id: "wamid.Q" },
        biz_opaque_callback_data: "ref",
      },
    )
  })
  test("to nobody is our own fault", () => {
    expect(() => textBody({ userId: null, phone: null }, "hello", true, "ref", null)).toThrow("recipient")
  })
})

describe("a question with choices", () => {
  const choices = [{ id: "1", title: "Sales" }]
  const interactive = (prompt: Prompt) =>
    promptBody({ userId: null, phone: CUSTOMER }, "Which?", prompt, "ref", null).interactive

  test("carries reply buttons", () => {
    expect(interactive({ style: "buttons", choices, footer: null })).toEqual({
      type: "button",
      body: { text: "Which?" },
      action: { buttons: [{ type: "reply", reply: { id: "1", title: "Sales" } }] },
    })
  })
  test("carries a list behind one button, and small print", () => {
    expect(interactive({ style: "list", choices, footer: "Or write 0", opener: "Choose" })).toEqual({
      type: "list",
      body: { text: "Which?" },
      footer: { text: "Or write 0" },
      action: { button: "Choose", sections: [{ rows: [{ id: "1", title: "Sales" }] }] },
    })
  })
})

describe("sending", () => {
  test("asks once, with bearer and version, and learns the id", async () => {
    const { client, asked } = graph(() =>
      Response.json({ contacts: [{ wa_id: CUSTOMER }], messages: [{ id: "wamid.OUT", message_status: "accepted" }] }),
    )
    expect(await client.sendMessage(credentials, body)).toMatchObject({ outcome: "accepted", wamid: "wamid.OUT" })
    expect(asked).toEqual([
      {
        line: `POST /v26.0/${NUMBER}/messages`,
        authorization: "Bearer EAAtoken",
        type: "application/json",
        body: JSON.stringify(body),
      },
    ])
  })

  test("a closed window is a failure with Meta's details", async () => {
    const error = { message: "(#131047) Re-engagement", code: 131047, error_data: { details: "24 hours" } }
    const { client } = graph(() => Response.json({ error }, { status: 400 }))
    expect(await client.sendMessage(credentials, body)).toEqual({
      outcome: "failed",
      code: 131047,
      title: "(#131047) Re-engagement",
      details: "24 hours",
      reason: "window_closed",
    })
  })

  test("nobody at home is tried again", async () => {
    expect(await clientOf(await deadUrl()).sendMessage(credentials, body)).toMatchObject({
      outcome: "retry",
      scope: "message",
    })
  })

  const doubtful: [string, Parameters<typeof badServer>[0]][] = [
    ["a reset after the request", (socket) => socket.resetAndDestroy()],
    [
      "a truncated answer",
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"messages":[{"id":"wamid.X"'),
    ],
    ["half of the JSON", (socket) => socket.end(http("200 OK", '{"messages":[{"id":"wamid.X"'))],
    ["a page", (socket) => socket.end(http("200 OK", "<html>welcome</html>"))],
    ["no id", (socket) => socket.end(http("200 OK", '{"messages":[{}]}'))],
  ]
  for (const [how, answer] of doubtful) {
    test(`${how} leaves it uncertain, and it is asked once only`, async () => {
      const server = await serve(answer)
      expect(await clientOf(server.url).sendMessage(credentials, body)).toMatchObject({ outcome: "uncertain" })
      expect(server.requests).toHaveLength(1)
    })
  }

  test("silence for thirty seconds leaves it uncertain", async () => {
    const heard = Promise.withResolvers<void>()
    const server = await serve(() => heard.resolve())
    const clock = new VirtualClock()
    const sending = clientOf(server.url, clock).sendMessage(credentials, body)
    await heard.promise
    await clock.advance(seconds(30))
    expect(await sending).toEqual({ outcome: "uncertain", reason: "timeout" })
  })
})

describe("telling the customer that we read, or are writing", () => {
  test("marks the message as read", async () => {
    const { client, asked } = graph(() => Response.json({ success: true }))
    expect(await client.markRead(credentials, "wamid.IN")).toEqual({ result: "ok", value: true })
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
      messaging_product: "whatsapp",
      status: "read",
      message_id: "wamid.IN",
    })
  })
  test("shows that we are writing", async () => {
    const { client, asked } = graph(() => Response.json({ success: true }))
    await client.markRead(credentials, "wamid.IN", { typing: true })
    expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({ typing_indicator: { type: "text" } })
  })
  test("a refusal says why", async () => {
    const error = { message: "no", code: 190 }
    const { client } = graph(() => Response.json({ error }, { status: 401 }))
    expect(await client.markRead(credentials, "wamid.IN")).toMatchObject({
      result: "refused",
      status: 401,
      error: { code: 190 },
      reason: "token_refused",
    })
  })
  test("an unreadable answer is none", async () => {
    const { client } = graph(() => new Response("<html>", { status: 502 }))
    expect(await client.markRead(credentials, "wamid.IN")).toEqual({ result: "unavailable", reason: "unreadable_502" })
  })
})

describe("what the admin pages ask", () => {
  test("the state of a number", async () => {
    const { client, asked } = graph(() =>
      Response.json({
        id: NUMBER,
        display_phone_number: "+1 555-078-3881",
        verified_name: "Acme",
        status: "CONNECTED",
        quality_rating: "GREEN",
        throughput: { level: "STANDARD" },
      }),
    )
    expect(await client.phoneNumber(credentials)).toEqual({
      result: "ok",
      value: {
        displayPhone: "15550783881",
        verifiedName: "Acme",
        status: "CONNECTED",
        quality: "GREEN",
        nameStatus: null,
        throughput: "STANDARD",
      },
    })
    expect(asked[0]?.line).toStartWith(`GET /v26.0/${NUMBER}?fields=`)
  })

  test("every template, page after page", async () => {
    const page = (index: number) => ({
      data: [
        { id: String(index), name: `t${index}`, language: "en-US", status: "APPROVED", category: "UTILITY" },
        { x: 1 },
      ],
      paging: { cursors: { before: "b", after: `after${index}` }, ...(index < 2 ? { next: "https://next" } : {}) },
    })
    const { client, asked } = graph((_, before) => Response.json(page(before)))
    const answer = await client.templates(credentials)
    if (answer.result !== "ok") throw new Error(answer.result)
    expect(answer.value.map((each) => [each.id, each.name, each.language])).toEqual([
      ["0", "t0", "en_US"],
      ["1", "t1", "en_US"],
      ["2", "t2", "en_US"],
    ])
    expect(asked.map(({ line }) => new URL(line.slice(4), "http://x").searchParams.get("after"))).toEqual([
      null,
      "after0",
      "after1",
    ])
  })

  test("a page that fails fails the whole, and pages without end do not keep us", async () => {
    const more = { data: [], paging: { cursors: { after: "again" }, next: "https://next" } }
    const failing = graph((_, before) =>
      before === 0
        ? Response.json(more)
        : Response.json({ error: { code: 131059, message: "cursor" } }, { status: 400 }),
    )
    expect(await failing.client.templates(credentials)).toMatchObject({ result: "refused", error: { code: 131059 } })
    const endless = graph(() => Response.json(more))
    expect(await endless.client.templates(credentials)).toEqual({ result: "unavailable", reason: "too_many_pages" })
    expect(endless.asked).toHaveLength(100)
  })

  test("the apps that hear of this account", async () => {
    const data = [{ whatsapp_business_api_data: { id: 670, name: "Sportello" } }, {}]
    const { client } = graph(() => Response.json({ data }))
    expect(await client.subscribedApps(credentials)).toEqual({
      result: "ok",
      value: [{ id: "670", name: "Sportello" }],
    })
  })
})
