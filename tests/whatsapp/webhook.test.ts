import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { channelDirectory } from "~/channel/queries.ts"
import { Outage } from "~/database/act.ts"
import { silentLog } from "~/kernel/log.ts"
import { sign } from "~/whatsapp/signature.ts"
import { createWebhook } from "~/whatsapp/webhook.ts"
import { AURORA_NUMBER, BORA_NUMBER, type House, openHouse } from "../message/house.ts"
import { envelopeOf, GIULIA, messagesFrom, textMessage } from "./envelopes.ts"

const URL_OF_WEBHOOK = "http://product.test/webhooks/whatsapp"

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const hello = () => envelopeOf([messagesFrom(GIULIA, textMessage("wamid.1", "Buongiorno", house.clock.now()))])
const stored = () => [
  house.count("envelope"),
  house.count("quarantine"),
  house.messages().length,
  house.count("customer"),
]

async function postWith(headers: Record<string, string>, body: string | ReadableStream): Promise<number> {
  const response = await house.webhook.receive(new Request(URL_OF_WEBHOOK, { method: "POST", headers, body }))
  return response.status
}

describe("The verification handshake", () => {
  const ask = (query: Record<string, string>) =>
    house.webhook.verify(new Request(`${URL_OF_WEBHOOK}?${new URLSearchParams(query)}`))
  const good = { "hub.mode": "subscribe", "hub.verify_token": "verify me", "hub.challenge": "1158201444" }

  test("gives back the challenge as plain text", async () => {
    const response = ask(good)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8")
    expect(await response.text()).toBe("1158201444")
    expect(await house.simulator.verify()).toBe(true)
  })

  test.each([
    ["another token", { "hub.verify_token": "guess" }],
    ["an empty token", { "hub.verify_token": "" }],
    ["another mode", { "hub.mode": "unsubscribe" }],
    ["a page instead of a challenge", { "hub.challenge": "<script>alert(1)</script>" }],
    ["no challenge", { "hub.challenge": "" }],
    ["a novel", { "hub.challenge": "a".repeat(129) }],
  ])("%s is refused", async (_what, wrong) => {
    const response = ask({ ...good, ...wrong })
    expect(response.status).toBe(403)
    expect(await response.text()).toBe("")
  })
})

describe("The signature", () => {
  test.each<[string, (body: string) => string | null]>([
    ["no signature at all", () => null],
    ["an empty one", () => ""],
    ["the old kind", () => `sha1=${"a".repeat(40)}`],
    ["one of another secret", (body) => sign("guess", Buffer.from(body))],
    ["one of an empty secret", (body) => sign("", Buffer.from(body))],
    ["one of another body", () => sign(AURORA_NUMBER.appSecret, Buffer.from("{}"))],
    ["one cut short", (body) => sign(AURORA_NUMBER.appSecret, Buffer.from(body)).slice(0, -2)],
    ["one in capitals", (body) => sign(AURORA_NUMBER.appSecret, Buffer.from(body)).toUpperCase()],
    ["one without its prefix", (body) => sign(AURORA_NUMBER.appSecret, Buffer.from(body)).slice(7)],
  ])("%s: turned away, and not a byte of it is kept", async (_what, signature) => {
    const body = hello()
    const header = signature(body)
    const before = stored()
    expect(await postWith(header === null ? {} : { "x-hub-signature-256": header }, body)).toBe(401)
    expect(stored()).toEqual(before)
    expect(await house.post(body)).toBe(200)
    expect(stored()).not.toEqual(before)
  })

  test("is taken over the bytes as they came, escapes and all", async () => {
    const escaped = hello().replace("Buongiorno", "\\u00e8 pronta? \\ud83d\\udc4d")
    expect(await house.post(escaped)).toBe(200)
    expect(house.messages()[0]?.text).toBe("è pronta? 👍")
  })

  test("of one company opens no door to another: its numbers are nobody's", async () => {
    const forBora = envelopeOf(
      [messagesFrom(GIULIA, textMessage("wamid.1", "Buongiorno", house.clock.now()))],
      BORA_NUMBER,
    )
    expect(await house.post(forBora, AURORA_NUMBER.appSecret)).toBe(200)
    expect([house.messages(house.bora), house.messages(house.aurora)]).toEqual([[], []])
    expect(house.count("quarantine")).toBe(1)
    expect(await house.post(forBora, BORA_NUMBER.appSecret)).toBe(200)
    expect(house.messages(house.bora)).toHaveLength(1)
  })
})

describe("Size", () => {
  const filler = (bytes: number) => JSON.stringify({ entry: [], filler: "x".repeat(bytes) })

  test("3 MB, Meta's largest, are stored", async () => {
    expect(await house.post(filler(3_000_000))).toBe(200)
    expect(house.count("envelope")).toBe(1)
  })

  test("more than 4 MB are refused before anything is done", async () => {
    expect(await house.post(filler(4_000_000))).toBe(413)
    expect(house.count("envelope")).toBe(0)
  })

  test("an announced length is believed only when it is too large", async () => {
    const body = hello()
    const signature = sign(AURORA_NUMBER.appSecret, Buffer.from(body))
    const headers = { "x-hub-signature-256": signature }
    expect(await postWith({ ...headers, "content-length": "5000000" }, body)).toBe(413)
    expect(await postWith({ ...headers, "content-length": "12" }, body)).toBe(200)
  })

  test("a body without end is cut off", async () => {
    let pieces = 0
    const endless = new ReadableStream({
      pull(controller) {
        pieces += 1
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    expect(await postWith({ "x-hub-signature-256": `sha256=${"a".repeat(64)}` }, endless)).toBe(413)
    expect(pieces).toBeLessThan(50)
  })
})

describe("Storage", () => {
  test("when the disk does not take it, Meta is asked to send it again", async () => {
    const take = () => Promise.reject(new Outage("disk full"))
    const directory = channelDirectory(house.database)
    const webhook = createWebhook({ intake: { take }, directory, clock: house.clock, log: silentLog })
    const body = hello()
    const headers = { "x-hub-signature-256": sign(AURORA_NUMBER.appSecret, Buffer.from(body)) }
    const response = await webhook.receive(new Request(URL_OF_WEBHOOK, { method: "POST", headers, body }))
    expect(response.status).toBe(503)
    expect(response.headers.get("retry-after")).toBe("5")
  })

  test("a fault of the disk while an item is placed refuses the whole envelope", async () => {
    house.loseTable("message")
    expect(await house.post(hello())).toBe(503)
    expect([house.count("envelope"), house.count("customer"), house.conversations()]).toEqual([0, 0, []])
  })
})
