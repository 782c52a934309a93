import { describe, expect, test } from "bun:test"
import { createHmac } from "node:crypto"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { JsonObject } from "~/simulator/json.ts"
import { createBench, entriesOf, MAIN, SALES, textTo } from "./bench.ts"

const GIULIA = { name: "Giulia Lombardi", phone: "+39 345 555 0172" }
const MESSAGES = `${MAIN.phoneNumberId}/messages`

describe("What a customer writes reaches the product", () => {
  test("in Meta's envelope, signed over the exact bytes, with everything above U+007F escaped", async () => {
    const { simulator, heard, clock } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    const id = giulia.say("È pronta? 👍 שלום")
    await simulator.idle()
    const [{ init, json }] = heard as [(typeof heard)[number]]
    expect(init.body).toContain("\\u00c8 pronta? \\ud83d\\udc4d \\u05e9")
    expect(init.body).toMatch(/^[\0-\x7f]*$/)
    expect(init.headers).toEqual({
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      "x-hub-signature-256": `sha256=${createHmac("sha256", "app secret")
        .update(init.body ?? "")
        .digest("hex")}`,
    })
    const { userId } = giulia.customer
    expect(json).toEqual({
      object: "whatsapp_business_account",
      entry: [
        {
          id: MAIN.wabaId,
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "39065550100", phone_number_id: MAIN.phoneNumberId },
                contacts: [{ profile: { name: "Giulia Lombardi" }, wa_id: "393455550172", user_id: userId }],
                messages: [
                  {
                    from: "393455550172",
                    from_user_id: userId,
                    id,
                    timestamp: String(clock.now() / 1_000),
                    type: "text",
                    text: { body: "È pronta? 👍 שלום" },
                  },
                ],
              },
            },
          ],
        },
      ],
    })
    expect(userId).toMatch(/^IT\.\d{19}$/)
  })

  test("somebody who shows only a username has no number anywhere in the webhook", async () => {
    const { simulator, values, messages } = createBench()
    const shy = simulator.phones.create({ name: "Shy", phone: null, username: "shy.one", country: "GB" })
    shy.say("Hello")
    await simulator.idle()
    expect(messages()[0]).not.toHaveProperty("from")
    expect(values()[0]?.contacts).toEqual([
      { profile: { name: "Shy", username: "shy.one" }, user_id: shy.customer.userId },
    ])
  })

  test("every kind of message has the shape of the wire", async () => {
    const { simulator, graph, messages } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    const first = giulia.say("Buongiorno")
    const buttons = { buttons: [{ type: "reply", reply: { id: "yes", title: "Sì" } }] }
    const content = { type: "button", body: { text: "Va bene?" }, action: buttons }
    await graph("POST", MESSAGES, { ...textTo("393455550172", ""), type: "interactive", interactive: content })
    const asked = giulia.received()[0]?.id ?? ""
    giulia.send({ kind: "image", caption: "Ecco" })
    giulia.send({ kind: "voice" })
    giulia.send({ kind: "document" })
    giulia.send({ kind: "sticker" })
    giulia.send({ kind: "video" })
    giulia.send({ kind: "location", latitude: 45.46, longitude: 9.19, name: "Casa" })
    giulia.send({ kind: "contact", name: "Anna Rossi", phone: "+39 333 555 0001" })
    giulia.react(asked, "👍")
    giulia.react(asked, "")
    giulia.tap(asked, "Sì")
    giulia.send({ kind: "edit", message: first, text: "Buonasera" })
    giulia.send({ kind: "delete", message: first })
    giulia.send({ kind: "unsupported", what: "poll" })
    giulia.say("Rispondo", { quote: asked, forwarded: true })
    await simulator.idle()
    const [, image, voice, document, sticker, video, location, contact, up, off, reply, edit, revoke, poll, quote] =
      messages()
    expect(image).toMatchObject({ type: "image", image: { mime_type: "image/jpeg", caption: "Ecco" } })
    expect(voice).toMatchObject({ type: "audio", audio: { mime_type: "audio/ogg; codecs=opus", voice: true } })
    expect(document).toMatchObject({ document: { filename: "scontrino-0231.pdf", mime_type: "application/pdf" } })
    expect(sticker).toMatchObject({ type: "sticker", sticker: { animated: false } })
    expect(video).toMatchObject({ type: "video", video: { mime_type: "video/mp4" } })
    expect(location).toMatchObject({ location: { latitude: 45.46, longitude: 9.19, name: "Casa" } })
    expect(contact).toMatchObject({ type: "contacts", contacts: [{ name: { formatted_name: "Anna Rossi" } }] })
    expect(up?.reaction).toEqual({ message_id: asked, emoji: "👍" })
    expect(off?.reaction).toEqual({ message_id: asked })
    expect(reply).toMatchObject({
      interactive: { type: "button_reply", button_reply: { id: "yes", title: "Sì" } },
      context: { id: asked },
    })
    expect(edit).toMatchObject({ edit: { original_message_id: first, message: { text: { body: "Buonasera" } } } })
    expect(revoke).toMatchObject({ type: "revoke", revoke: { original_message_id: first } })
    expect(poll).toMatchObject({ type: "unsupported", unsupported: { type: "poll" }, errors: [{ code: 131051 }] })
    expect(quote?.context).toEqual({ from: "39065550100", id: asked, forwarded: true })
  })

  test("a customer's picture is fetched with the number's token, for five minutes, and only with it", async () => {
    const { simulator, messages, graph, pass } = createBench()
    simulator.phones.create(GIULIA).send({ kind: "image" })
    await simulator.idle()
    const image = messages()[0]?.image as JsonObject
    const described = (await (await graph("GET", String(image.id))).json()) as { url: string; file_size: string }
    const get = (token: string) =>
      simulator.fetch(new Request(described.url, { headers: { authorization: `Bearer ${token}` } }))
    const file = await get(MAIN.accessToken)
    const bytes = await file.bytes()
    expect(bytes.length).toBe(Number(described.file_size))
    expect(new Bun.CryptoHasher("sha256").update(bytes).digest("base64")).toBe(String(image.sha256))
    expect((await get(SALES.accessToken)).status).toBe(401)
    await pass(minutes(6))
    expect((await get(MAIN.accessToken)).status).toBe(404)
  })
})

describe("Delivery", () => {
  test("a webhook is repeated, ever more seldom, until the product answers 200", async () => {
    const { simulator, heard, answerWith, pass } = createBench()
    answerWith(503)
    simulator.phones.create(GIULIA).say("C'è nessuno?")
    await simulator.idle()
    expect(heard).toHaveLength(2)
    await pass(seconds(5))
    expect(heard).toHaveLength(3)
    answerWith(200)
    await pass(seconds(15))
    expect(heard).toHaveLength(4)
    await pass(minutes(60))
    expect(heard).toHaveLength(4)
    expect(new Set(heard.map(({ init }) => init.body)).size).toBe(1)
  })

  test("several messages travel in one POST when asked, each copy the same", async () => {
    const { simulator, heard, messages } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    simulator.hold(
      () => {
        giulia.say("Uno")
        giulia.say("Due")
        giulia.say("Tre")
      },
      { together: true, copies: 2 },
    )
    await simulator.idle()
    expect(heard).toHaveLength(2)
    expect(messages().map(({ text }) => (text as JsonObject).body)).toEqual(["Uno", "Due", "Tre", "Uno", "Due", "Tre"])
  })

  test("held messages are shuffled by chance, and none is lost", async () => {
    const { simulator, messages } = createBench()
    const giulia = simulator.phones.create(GIULIA)
    const words = Array.from({ length: 12 }, (_, number) => `${number}`)
    simulator.hold(
      () => {
        for (const word of words) giulia.say(word)
      },
      { shuffled: true },
    )
    await simulator.idle()
    const arrived = messages().map(({ text }) => String((text as JsonObject).body))
    expect(arrived).not.toEqual(words)
    expect(arrived.toSorted()).toEqual(words.toSorted())
  })

  test("the handshake passes only when the product gives back the challenge", async () => {
    const echo = createBench({
      deliver: async (url) => new Response(new URL(url).searchParams.get("hub.challenge")),
    })
    expect(await echo.simulator.verify()).toBe(true)
    const deaf = createBench()
    expect(await deaf.simulator.verify()).toBe(false)
    expect(deaf.heard[0]?.url).toContain("hub.verify_token=verify+me")
  })

  test("any payload can be posted, signed, as it is", async () => {
    const { simulator, heard } = createBench()
    simulator.raw('{"object":"whatsapp_business_account","entry":[]}')
    await simulator.idle()
    expect(heard[0]?.init.body).toBe('{"object":"whatsapp_business_account","entry":[]}')
    expect(entriesOf(heard[0]?.json ?? {})).toEqual([])
  })
})

describe("What becomes of an answer", () => {
  const open = async (bench: ReturnType<typeof createBench>) => {
    const giulia = bench.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await bench.simulator.idle()
    return giulia
  }
  const seen = (bench: ReturnType<typeof createBench>) => bench.statuses().map(({ status }) => status)

  test("it is sent, delivered and read, and every status carries our reference", async () => {
    const bench = createBench()
    await open(bench)
    await bench.graph("POST", MESSAGES, textTo("+393455550172", "Sì", { biz_opaque_callback_data: "ref-1" }))
    await bench.pass(seconds(10))
    expect(seen(bench)).toEqual(["sent", "delivered", "read"])
    expect(bench.statuses().map(({ biz_opaque_callback_data }) => biz_opaque_callback_data)).toEqual([
      "ref-1",
      "ref-1",
      "ref-1",
    ])
    expect(bench.statuses()[0]?.pricing).toMatchObject({ type: "free_customer_service", category: "service" })
    expect(bench.simulator.sends[0]).toMatchObject({ callback: "ref-1", type: "text" })
  })

  test("a phone in airplane mode leaves it at sent, and it is delivered when the phone is back", async () => {
    const bench = createBench()
    const giulia = await open(bench)
    giulia.airplaneMode(true)
    await bench.graph("POST", MESSAGES, textTo("+393455550172", "Sì"))
    giulia.say("Written in the air")
    await bench.pass(minutes(5))
    expect(seen(bench)).toEqual(["sent"])
    expect(bench.messages()).toHaveLength(1)
    giulia.airplaneMode(false)
    await bench.pass(minutes(1))
    expect(seen(bench)).toEqual(["sent", "delivered", "read"])
    expect(bench.messages()).toHaveLength(2)
  })

  test("without read receipts it stays delivered, and for somebody who blocked us at sent", async () => {
    const bench = createBench()
    const giulia = await open(bench)
    giulia.readReceipts(false)
    await bench.graph("POST", MESSAGES, textTo("+393455550172", "One"))
    await bench.pass(minutes(1))
    giulia.block(true)
    await bench.graph("POST", MESSAGES, textTo("+393455550172", "Two"))
    await bench.pass(minutes(1))
    expect(seen(bench)).toEqual(["sent", "delivered", "sent"])
  })

  test("a number that is not on WhatsApp fails afterwards, without contacts", async () => {
    const bench = createBench()
    const nobody = bench.simulator.phones.create({ name: "Nobody", phone: "+39 333 000", onWhatsApp: false })
    nobody.say("How can this be?")
    await bench.graph("POST", MESSAGES, textTo("+39333000", "Hello"))
    await bench.pass(minutes(1))
    expect(bench.statuses()).toMatchObject([{ status: "failed", errors: [{ code: 131026 }] }])
    expect(bench.values().at(-1)).not.toHaveProperty("contacts")
  })

  test("a read receipt turns the customer's messages blue, the earlier ones too, and may show typing", async () => {
    const bench = createBench()
    const giulia = await open(bench)
    const second = giulia.say("Ancora io")
    await bench.simulator.idle()
    const receipt = { messaging_product: "whatsapp", status: "read", message_id: second }
    const answer = await bench.graph("POST", MESSAGES, { ...receipt, typing_indicator: { type: "text" } })
    expect(await answer.json()).toEqual({ success: true })
    expect(giulia.chat().map(({ delivery }) => delivery)).toEqual(["read", "read"])
  })
})
