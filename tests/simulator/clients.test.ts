/** Clients that nobody here wrote drive the simulator, unmodified, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { Client as GreatDetail, MessageType } from "@great-detail/whatsapp"
import { GraphApiError, WhatsAppClient } from "@kapso/whatsapp-cloud-api"
import { WhatsAppAPI } from "whatsapp-api-js"
import { Text } from "whatsapp-api-js/messages"
import { SeededChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import type { DeliverInit } from "~/simulator/deliver.ts"
import type { Phone } from "~/simulator/phone.ts"
import type { Listening } from "~/simulator/server.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { MAIN } from "./bench.ts"

const { phoneNumberId, wabaId, accessToken } = MAIN
const TO = "393455550172"
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

let simulator: Simulator
let server: Listening
let giulia: Phone
let posted: DeliverInit[] = []

beforeAll(() => {
  simulator = createSimulator({
    clock: new SystemClock(),
    chance: new SeededChance(11),
    log: silentLog,
    numbers: [MAIN],
    webhookUrl: "http://product.test/webhooks/whatsapp",
    appSecret: "app secret",
    verifyToken: "verify me",
    deliver: async (_url, init) => {
      posted.push(init)
      return new Response()
    },
  })
  server = simulator.listen()
  giulia = simulator.phones.create({ name: "Giulia Lombardi", phone: TO })
  giulia.say("Buongiorno")
})

afterAll(async () => {
  simulator.stop()
  await server.stop()
})

const lastReceived = () => giulia.received().at(-1)

describe("@kapso/whatsapp-cloud-api", () => {
  const client = () => new WhatsAppClient({ accessToken, baseUrl: server.url, graphVersion: "v26.0" })

  test("sends text, a picture by id, buttons, a list and a template", async () => {
    const { messages, media } = client()
    const sent = await messages.sendText({ phoneNumberId, to: `+${TO}`, body: "Buongiorno Giulia" })
    expect(sent.messages[0]?.id).toBe(lastReceived()?.id ?? "")
    expect(sent.contacts[0]).toMatchObject({ input: `+${TO}`, waId: TO })

    const { id } = await media.upload({ phoneNumberId, type: "image", file: new Blob([PNG], { type: "image/png" }) })
    await messages.sendImage({ phoneNumberId, to: TO, image: { id, caption: "Ecco" } })
    expect(lastReceived()).toMatchObject({ type: "image", content: { id, caption: "Ecco" } })

    await messages.sendInteractiveButtons({
      phoneNumberId,
      to: TO,
      bodyText: "Sabato?",
      buttons: [
        { id: "y", title: "Sì" },
        { id: "n", title: "No" },
      ],
    })
    expect(lastReceived()?.words.choices?.choices.map(({ title }) => title)).toEqual(["Sì", "No"])

    await messages.sendInteractiveList({
      phoneNumberId,
      to: TO,
      bodyText: "Di cosa si tratta?",
      buttonText: "Scegli",
      sections: [{ title: "Servizio", rows: [{ id: "repair", title: "Riparazione" }] }],
    })
    expect(lastReceived()?.words.choices).toMatchObject({ kind: "list", label: "Scegli" })

    await messages.sendTemplate({
      phoneNumberId,
      to: TO,
      template: { name: "hello_world", language: { code: "en_US" } },
    })
    expect(lastReceived()?.words.text).toStartWith("Welcome and congratulations")
  })

  test("marks a message as read", async () => {
    const messageId = giulia.say("Letto?")
    expect(await client().messages.markRead({ phoneNumberId, messageId })).toMatchObject({ success: true })
    expect(giulia.chat().find(({ id }) => id === messageId)?.delivery).toBe("read")
  })

  test("downloads what it has uploaded, and deletes it", async () => {
    const { media } = client()
    const { id } = await media.upload({ phoneNumberId, type: "image", file: new Blob([PNG], { type: "image/png" }) })
    expect(await media.get({ mediaId: id, phoneNumberId })).toMatchObject({ mimeType: "image/png", fileSize: "8" })
    const bytes = await media.download({ mediaId: id, phoneNumberId, auth: "always" })
    expect(new Uint8Array(bytes as ArrayBuffer)).toEqual(PNG)
    await media.delete({ mediaId: id, phoneNumberId })
    await expect(media.get({ mediaId: id, phoneNumberId })).rejects.toBeInstanceOf(GraphApiError)
  })

  test("lists, creates and deletes templates", async () => {
    const { templates } = client()
    const name = "from_kapso"
    await templates.create({
      businessAccountId: wabaId,
      name,
      language: "it",
      category: "UTILITY",
      components: [{ type: "BODY", text: "A domani." }],
    })
    const names = async () =>
      (await templates.list({ businessAccountId: wabaId })).data.map((template) => template.name)
    expect(await names()).toEqual(["hello_world", name])
    await templates.delete({ businessAccountId: wabaId, name })
    expect(await names()).toEqual(["hello_world"])
  })

  test("understands a refusal as its own error, with code and details", async () => {
    const refused = client().messages.sendText({ phoneNumberId, to: "+393330009999", body: "Hello" })
    const error = await refused.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(GraphApiError)
    expect(error).toMatchObject({ code: 131047, httpStatus: 400, category: "reengagementWindow" })
    expect((error as GraphApiError).details).toContain("24 hours")
  })
})

describe("@great-detail/whatsapp", () => {
  const sdk = () =>
    new GreatDetail({
      baseUrl: server.url,
      graphVersion: "v26.0",
      request: { headers: { Authorization: `Bearer ${accessToken}` } },
    })

  test("sends, reads the number and the templates", async () => {
    const { message, phoneNumbers, template } = sdk()
    const sent = await message
      .createMessage({ phoneNumberID: phoneNumberId, to: TO, type: MessageType.Text, text: { body: "Ciao" } })
      .json()
    expect(sent.messages[0]?.id).toBe(lastReceived()?.id ?? "")
    const number = await phoneNumbers.getPhoneNumber({ phoneNumberID: phoneNumberId }).json()
    expect(number).toMatchObject({ id: phoneNumberId, display_phone_number: MAIN.displayPhoneNumber })
    const list = await template.list(wabaId, { fields: ["name", "status"] }).json()
    expect(list.data).toContainEqual(expect.objectContaining({ name: "hello_world", status: "APPROVED" }))
  })

  test("uploads and looks up media, and marks as read", async () => {
    const { media, message } = sdk()
    const file = new Blob([PNG], { type: "image/png" })
    const upload = { phoneNumberID: phoneNumberId, file, filename: "a.png", mimeType: "image/png" }
    const { id } = await media.upload(upload).json()
    expect(await media.getURL({ mediaID: id }).json()).toMatchObject({ id, mime_type: "image/png" })
    const messageID = giulia.say("Ancora?")
    const receipt = { phoneNumberID: phoneNumberId, status: "read", message_id: messageID } as const
    const answer: unknown = await message.createStatus(receipt).json()
    expect(answer).toEqual({ success: true })
  })

  test("throws on a refusal, with Meta's status", async () => {
    const refused = sdk()
      .message.createMessage({
        phoneNumberID: phoneNumberId,
        to: "393330009999",
        type: MessageType.Text,
        text: { body: "a" },
      })
      .json()
    await expect(refused).rejects.toMatchObject({ name: "HTTPError", response: { status: 400 } })
  })

  test("verifies our webhooks' signature", async () => {
    posted = []
    giulia.say("È già pronto? 👍")
    await simulator.idle()
    const [{ headers, body = "" }] = posted as [DeliverInit]
    const notification = await sdk().webhook.eventNotification({ method: "POST", query: {}, headers, body })
    expect(await notification.checkSignature("app secret")).toBe(true)
    expect(await notification.checkSignature("another secret")).toBe(false)
  })
})

describe("whatsapp-api-js", () => {
  /** It knows only Meta's address; the simulator stands in for that host. */
  const toSimulator = (input: string | URL | Request, init?: RequestInit) =>
    simulator.fetch(new Request(String(input).replace("https://graph.facebook.com", server.url), init))
  const api = () =>
    new WhatsAppAPI({
      token: accessToken,
      appSecret: "app secret",
      webhookVerifyToken: "verify me",
      v: "v26.0",
      ponyfill: { fetch: toSimulator as typeof fetch },
    })

  test("sends, and gets Meta's error object for a refusal", async () => {
    const sent = await api().sendMessage(phoneNumberId, TO, new Text("Salve"), undefined, "ref-9")
    expect(sent).toMatchObject({ messages: [{ id: lastReceived()?.id ?? "" }] })
    expect(simulator.sends.at(-1)?.callback).toBe("ref-9")
    const refused = await api().sendMessage(phoneNumberId, "393330009999", new Text("Hello"))
    expect(refused).toMatchObject({ error: { code: 131047, error_data: { messaging_product: "whatsapp" } } })
  })

  test("verifies and parses a message webhook, whatever it is written in", async () => {
    posted = []
    giulia.say("È già pronto? 👍")
    await simulator.idle()
    const [{ headers, body = "" }] = posted as [DeliverInit]
    const whatsapp = api()
    const heard: unknown[] = []
    whatsapp.on.message = ({ from, name, message, phoneID }) => {
      heard.push([from, name, phoneID, message.type === "text" ? message.text.body : null])
    }
    await whatsapp.post(JSON.parse(body), body, headers["x-hub-signature-256"] ?? "")
    expect(heard).toEqual([[TO, "Giulia Lombardi", phoneNumberId, "È già pronto? 👍"]])
    await expect(whatsapp.post(JSON.parse(body), `${body} `, headers["x-hub-signature-256"] ?? "")).rejects.toThrow()
  })

  test("parses a status webhook", async () => {
    posted = []
    simulator.faults.add({ fault: { kind: "status-before-answer" }, times: 1 })
    await api().sendMessage(phoneNumberId, TO, new Text("Eccomi"), undefined, "ref-10")
    const [{ headers, body = "" }] = posted as [DeliverInit]
    const whatsapp = api()
    const heard: unknown[] = []
    whatsapp.on.status = ({ status, phone, id, biz_opaque_callback_data }) => {
      heard.push([status, phone, id, biz_opaque_callback_data])
    }
    await whatsapp.post(JSON.parse(body), body, headers["x-hub-signature-256"] ?? "")
    expect(heard).toEqual([["sent", TO, lastReceived()?.id ?? "", "ref-10"]])
  })

  test("blocks and unblocks a customer", async () => {
    expect(await api().blockUser(phoneNumberId, TO)).toMatchObject({
      block_users: { added_users: [{ wa_id: TO }] },
    })
    expect(await api().unblockUser(phoneNumberId, TO)).toMatchObject({
      block_users: { removed_users: [{ wa_id: TO }] },
    })
  })
})

describe("Over a real connection", () => {
  test("a reset is a reset to the client", async () => {
    simulator.faults.add({ fault: { kind: "connection-reset" }, on: "other", times: 1 })
    const call = fetch(`${server.url}/v26.0/${phoneNumberId}/register`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}` },
    })
    await expect(call).rejects.toMatchObject({ code: "ECONNRESET" })
  })
})
