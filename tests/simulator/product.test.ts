/** The simulator against the product's own wire code: each must understand the other. */
import { afterEach, describe, expect, test } from "bun:test"
import { seconds, VirtualClock } from "~/kernel/clock.ts"
import type { Fault } from "~/simulator/faults.ts"
import type { JsonObject } from "~/simulator/json.ts"
import { textBody } from "~/whatsapp/client.ts"
import { translate } from "~/whatsapp/payload.ts"
import { matchingSecret } from "~/whatsapp/signature.ts"
import { clientOf } from "../wire/graph-server.ts"
import { stopServers, stopWithTest } from "../wire/loopback.ts"
import { createBench, MAIN, textTo } from "./bench.ts"

afterEach(stopServers)

const GIULIA = { name: "Giulia Lombardi", phone: "+39 345 555 0172" }
const PHONE = "393455550172"

describe("The product reads what the simulator writes", () => {
  test("every kind of message, signed, without one that it does not know", async () => {
    const { simulator, graph, heard } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    const first = giulia.say("È pronta? 👍")
    const action = { buttons: [{ type: "reply", reply: { id: "yes", title: "Sì" } }] }
    const interactive = { type: "button", body: { text: "Va bene?" }, action }
    await graph("POST", `${MAIN.phoneNumberId}/messages`, { ...textTo(PHONE, ""), type: "interactive", interactive })
    giulia.tap(giulia.received()[0]?.id ?? "", "Sì")
    for (const kind of ["image", "video", "voice", "audio", "document", "sticker"] as const) giulia.send({ kind })
    giulia.send({ kind: "location", latitude: 45.46, longitude: 9.19, name: "Casa" })
    giulia.send({ kind: "contact", name: "Anna Rossi", phone: "+39 333 555 0001" })
    giulia.react(first, "👍")
    giulia.send({ kind: "edit", message: first, text: "È pronta, allora?" })
    giulia.send({ kind: "delete", message: first })
    giulia.send({ kind: "unsupported", what: "poll" })
    await simulator.idle()
    giulia.marketing("stop")
    giulia.changeNumber("+39 345 555 0999")
    await simulator.idle()

    const secrets = heard.map(({ init }) =>
      matchingSecret(Buffer.from(init.body ?? ""), init.headers["x-hub-signature-256"] ?? null, ["app secret"]),
    )
    expect(new Set(secrets)).toEqual(new Set([0]))
    const translations = heard.map(({ json }) => translate(json))
    expect(translations.flatMap(({ rejected }) => rejected)).toEqual([])
    const items = translations.flatMap((translation) => translation.items)
    expect(items.map((item) => (item.kind === "message" ? item.content.kind : item.kind))).toEqual([
      "text",
      "button_reply",
      "image",
      "video",
      "audio",
      "audio",
      "document",
      "sticker",
      "location",
      "contacts",
      "reaction",
      "edit",
      "revoke",
      "unsupported",
      "preference",
      "identity",
    ])
  })

  test("every status of an answer, with our reference, and a failure with its reason", async () => {
    const { simulator, graph, heard, pass } = createBench()
    simulator.phones.create(GIULIA).say("Buongiorno")
    const send = () =>
      graph("POST", `${MAIN.phoneNumberId}/messages`, textTo(PHONE, "Sì", { biz_opaque_callback_data: "ref-1" }))
    await send()
    await pass(seconds(10))
    simulator.faults.add({ fault: { kind: "status-failed", code: 131026 }, times: 1 })
    await send()
    await pass(seconds(10))
    const items = heard.flatMap(({ json }) => translate(json).items).filter(({ kind }) => kind === "status")
    expect(items).toMatchObject([
      { status: "sent", callbackData: "ref-1" },
      { status: "delivered", callbackData: "ref-1" },
      { status: "read", callbackData: "ref-1" },
      { status: "failed", callbackData: "ref-1", errors: [{ code: 131026 }] },
    ])
  })
})

describe("The product understands the simulator's answers", () => {
  const connected = async () => {
    const { simulator } = createBench()
    const { url, stop } = simulator.listen()
    stopWithTest(stop)
    const giulia = simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    return { simulator, giulia, client: clientOf(url) }
  }
  const body = textBody({ userId: null, phone: PHONE }, "Sì", true, "ref-1", null)

  test("an accepted send, and one by user id alone", async () => {
    const { client, giulia } = await connected()
    const sent = await client.sendMessage(MAIN, body)
    expect(sent).toMatchObject({ outcome: "accepted", wamid: giulia.received()[0]?.id ?? "" })
    const { userId } = giulia.customer
    const quiet = await client.sendMessage(MAIN, textBody({ userId, phone: null }, "Sì", true, "ref-2", null))
    expect(quiet).toMatchObject({ outcome: "accepted", recipient: { userId } })
  })

  test.each<[string, Fault, JsonObject]>([
    ["throughput", { kind: "graph-error", code: 130429 }, { outcome: "retry", scope: "number" }],
    ["pair limit", { kind: "graph-error", code: 131056 }, { outcome: "retry", scope: "pair" }],
    ["refused token", { kind: "token-refused" }, { outcome: "hold" }],
    ["closed window", { kind: "graph-error", code: 131047 }, { outcome: "failed" }],
    ["reset", { kind: "connection-reset" }, { outcome: "uncertain" }],
    ["reset afterwards", { kind: "accepts-then-reset" }, { outcome: "uncertain" }],
    ["500 without body", { kind: "server-error", body: "none" }, { outcome: "uncertain" }],
    ["a web page", { kind: "answer-html" }, { outcome: "uncertain" }],
    ["broken JSON", { kind: "answer-broken-json" }, { outcome: "uncertain" }],
    ["no id", { kind: "answer-without-id" }, { outcome: "uncertain" }],
  ])("%s", async (_what, fault, outcome) => {
    const { simulator, client } = await connected()
    simulator.faults.add({ fault, times: 1 })
    expect(await client.sendMessage(MAIN, body)).toMatchObject(outcome)
  })

  test("a call that is never answered is uncertain when the product's patience ends, and was delivered", async () => {
    const { simulator, giulia } = await connected()
    const { url, stop } = simulator.listen()
    stopWithTest(stop)
    const clock = new VirtualClock()
    simulator.faults.add({ fault: { kind: "accepts-without-answer" }, times: 1 })
    const accepted = new Promise<void>((resolve) => {
      simulator.wire.subscribe(() => giulia.received().length > 0 && resolve())
    })
    const answer = clientOf(url, clock).sendMessage(MAIN, body)
    await accepted
    await clock.advance(seconds(60))
    expect(await answer).toEqual({ outcome: "uncertain", reason: "timeout" })
  })

  test("a picture travels both ways, and templates and numbers are read", async () => {
    const { client, giulia, simulator } = await connected()
    giulia.send({ kind: "image" })
    await simulator.idle()
    const id = String(giulia.chat().at(-1)?.content.id)
    const address = await client.mediaUrl(MAIN, id)
    const url = address.result === "ok" ? address.value.url : ""
    let bytes = 0
    const into = (piece: Uint8Array) => {
      bytes += piece.length
    }
    expect(await client.downloadMedia(MAIN, url, { maxBytes: 1_000_000, into })).toMatchObject({ result: "ok" })
    expect(address).toMatchObject({ value: { byteLength: bytes, mimeType: "image/jpeg" } })

    const file = { pieces: [new Uint8Array([1, 2, 3])], byteLength: 3, mimeType: "application/pdf", fileName: "a.pdf" }
    expect(await client.uploadMedia(MAIN, file)).toMatchObject({ result: "ok" })
    expect(await client.templates(MAIN)).toMatchObject({ result: "ok", value: [{ name: "hello_world" }] })
    expect(await client.phoneNumber(MAIN)).toMatchObject({ result: "ok", value: { status: "CONNECTED" } })
    expect(await client.subscribedApps(MAIN)).toMatchObject({ result: "ok", value: [{ name: "Pretend app" }] })
  })
})
