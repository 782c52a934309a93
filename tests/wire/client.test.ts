import { afterEach, describe, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { SystemClock, seconds, VirtualClock } from "~/kernel/clock.ts"
import { createOutbound } from "~/kernel/outbound.ts"
import { createWhatsAppClient, textBody } from "~/whatsapp/client.ts"
import { whatsappDestinations } from "~/whatsapp/graph.ts"
import { bareMimeType, matchesSha256, mediaKindOf } from "~/whatsapp/media.ts"
import { type BadServer, badServer, deadUrl, http } from "./loopback.ts"
import { CUSTOMER, NUMBER, USER_ID, WABA } from "./support.ts"

const credentials = { phoneNumberId: NUMBER, wabaId: WABA, accessToken: "EAAtoken" }
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const clientOf = (graphUrl: string, clock: SystemClock | VirtualClock = new SystemClock()) => {
  const allowed = whatsappDestinations(graphUrl)
  const destinations = (purpose: string) => (purpose === "graph" || purpose === "media" ? allowed[purpose] : [])
  return createWhatsAppClient({ outbound: createOutbound({ clock, destinations }), graphUrl, graphVersion: "v26.0" })
}

/** A Graph API that answers as told, and remembers what it was asked. */
function graph(answer: (request: Request, before: number) => Response | Promise<Response>) {
  const asked: { line: string; authorization: string | null; type: string | null; body: string }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url)
      const { headers } = request
      const kept = request.clone()
      asked.push({
        line: `${request.method} ${url.pathname}${url.search}`,
        authorization: headers.get("authorization"),
        type: headers.get("content-type"),
        body: await kept.text(),
      })
      return await answer(request, asked.length - 1)
    },
  })
  stops.push(() => server.stop(true))
  const url = `http://127.0.0.1:${server.port}`
  return { url, asked, client: clientOf(url) }
}

async function broken(...args: Parameters<typeof badServer>): Promise<BadServer> {
  const server = await badServer(...args)
  stops.push(server.stop)
  return server
}

const body = textBody({ userId: null, phone: CUSTOMER }, "Buongiorno, 😀", "v1.a.12.1", null)

describe("a text for a customer", () => {
  test("goes to the phone as international digits, with our reference", () => {
    expect(textBody({ userId: USER_ID, phone: CUSTOMER }, "hello", "ref", null) as unknown).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+16505551234",
      type: "text",
      text: { body: "hello", preview_url: false },
      biz_opaque_callback_data: "ref",
    })
  })
  test("goes to the user id when there is no phone, and quotes what it answers", () => {
    expect(textBody({ userId: USER_ID, phone: null }, "see https://a.test", "ref", "wamid.Q") as unknown).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      recipient: USER_ID,
      type: "text",
      text: { body: "see https://a.test", preview_url: true },
      context: { message_id: "wamid.Q" },
      biz_opaque_callback_data: "ref",
    })
  })
  test("to nobody is our own fault", () => {
    expect(() => textBody({ userId: null, phone: null }, "hello", "ref", null)).toThrow("recipient")
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
      const server = await broken(answer)
      expect(await clientOf(server.url).sendMessage(credentials, body)).toMatchObject({ outcome: "uncertain" })
      expect(server.requests).toHaveLength(1)
    })
  }

  test("silence for thirty seconds leaves it uncertain", async () => {
    const heard = Promise.withResolvers<void>()
    const server = await broken(() => heard.resolve())
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

describe("pictures, sounds and files", () => {
  const bytes = new TextEncoder().encode("not really a picture")

  test("go up with name and type, and get an id", async () => {
    const parts: unknown[] = []
    const { client } = graph(async (request) => {
      const form = await request.formData()
      const sent = form.get("file")
      if (typeof sent !== "string" && sent !== null) parts.push(sent.name, sent.type, await sent.text())
      parts.push(form.get("messaging_product"), form.get("type"))
      return Response.json({ id: 1037543291543636 })
    })
    const file = { bytes, mimeType: "image/png", fileName: "caffè.png" }
    expect(await client.uploadMedia(credentials, file)).toEqual({ result: "ok", value: "1037543291543636" })
    expect(parts).toEqual(["caffè.png", "image/png", "not really a picture", "whatsapp", "image/png"])
  })

  test("come down from the address that Meta gives, with their checksum", async () => {
    const served = graph((request) =>
      new URL(request.url).pathname.startsWith("/v26.0/")
        ? Response.json({ url: `${served.url}/media/1`, mime_type: "image/png", sha256: "abc", file_size: "20" })
        : new Response(bytes, { headers: { "Content-Type": "image/png" } }),
    )
    const address = await served.client.mediaUrl(credentials, "77/8")
    expect(address).toMatchObject({ value: { mimeType: "image/png", byteLength: 20 } })
    expect(served.asked[0]?.line).toBe(`GET /v26.0/77%2F8?phone_number_id=${NUMBER}`)
    const pieces: Uint8Array[] = []
    const sink = { maxBytes: 100, into: (piece: Uint8Array) => void pieces.push(piece) }
    const download = await served.client.downloadMedia(credentials, `${served.url}/media/1`, sink)
    const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest())
    expect(download).toEqual({ result: "ok", mimeType: "image/png", byteLength: bytes.length, sha256 })
    expect(Buffer.concat(pieces).toString()).toBe("not really a picture")
    expect(served.asked[1]?.authorization).toBe("Bearer EAAtoken")
  })

  test("an expired address, one too large and one that fails are told apart", async () => {
    const { client, url } = graph((request) => {
      const { pathname } = new URL(request.url)
      if (pathname === "/gone") return new Response("no", { status: 404 })
      if (pathname === "/moved") return Response.redirect("http://169.254.169.254/latest/meta-data", 302)
      return pathname === "/large" ? new Response("x".repeat(101)) : new Response("no", { status: 403 })
    })
    const results: unknown[] = []
    const received: Uint8Array[] = []
    const sink = { maxBytes: 100, into: (piece: Uint8Array) => void received.push(piece) }
    for (const path of ["/gone", "/large", "/moved", "/forbidden"]) {
      results.push(await client.downloadMedia(credentials, url + path, sink))
    }
    expect(results).toEqual([
      { result: "gone" },
      { result: "too_large" },
      { result: "unavailable", reason: "status_302" },
      { result: "unavailable", reason: "status_403" },
    ])
    expect(Buffer.concat(received).length).toBeLessThanOrEqual(100)
  })

  test("the token goes to no host but Meta's, whatever address a payload names", async () => {
    const thief = await broken((socket) => socket.end(http("200 OK", "thanks")))
    const { client } = graph(() => new Response(""))
    const sink = { maxBytes: 100, into: () => {} }
    for (const url of [thief.url, "https://lookaside.fbsbx.com.evil.test/x", "http://lookaside.fbsbx.com/x"]) {
      expect(await client.downloadMedia(credentials, url, sink)).toEqual({ result: "not_allowed" })
    }
    expect(thief.connections()).toBe(0)
  })

  test("Meta's checksum counts in base64 and in hex", () => {
    const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest())
    expect(matchesSha256(Buffer.from(sha256).toString("base64"), sha256)).toBe(true)
    expect(matchesSha256(Buffer.from(sha256).toString("hex").toUpperCase(), sha256)).toBe(true)
    expect(matchesSha256(Buffer.from(sha256.toReversed()).toString("base64"), sha256)).toBe(false)
    for (const claimed of ["", "abc", "..."]) expect(matchesSha256(claimed, sha256)).toBe(false)
  })

  test("a file is sent as what WhatsApp shows, else as a document", () => {
    expect(mediaKindOf("image/jpeg")).toBe("image")
    expect(mediaKindOf("Audio/OGG; codecs=opus")).toBe("audio")
    expect(mediaKindOf("video/mp4")).toBe("video")
    expect(mediaKindOf("image/webp")).toBe("document")
    expect(mediaKindOf("image/svg+xml")).toBe("document")
    expect(mediaKindOf("")).toBe("document")
    expect(bareMimeType("audio/ogg; codecs=opus")).toBe("audio/ogg")
  })
})
