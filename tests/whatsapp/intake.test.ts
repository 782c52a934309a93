import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { days, hours, minutes, seconds } from "~/kernel/clock.ts"
import { BORA_NUMBER, type House, openConversation, openHouse, SALES_NUMBER } from "../message/house.ts"
import { envelopeOf, GIULIA, messagesFrom, statusOf, textMessage, type Wire } from "./envelopes.ts"

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const say = (wamid: string, text: string, at = house.clock.now(), more: Wire = {}) =>
  textMessage(wamid, text, at, GIULIA, more)
const post = (...messages: Wire[]) => house.post(envelopeOf([messagesFrom(GIULIA, ...messages)]))
const texts = () => house.messages().map(({ text }) => text)
const linesOf = (conversation: number) =>
  house.thread(conversation).flatMap((item) => (item.type === "message" ? [item.text] : []))
const reasons = () => house.database.appliance.read.all(quarantined).map(({ reason }) => reason)
const quarantined = applianceStatement(() => applianceQuery.selectFrom("quarantine").selectAll().orderBy("id"))
const envelopes = applianceStatement(() => applianceQuery.selectFrom("envelope").selectAll())
const notices = applianceStatement(() => applianceQuery.selectFrom("channelNotice").selectAll().orderBy("id"))

describe("A customer's message", () => {
  test("is stored once, however often WhatsApp delivers it", async () => {
    await Promise.all([post(say("wamid.1", "Ciao")), post(say("wamid.1", "Ciao")), post(say("wamid.1", "Ciao"))])
    await post(say("wamid.1", "Ciao"), say("wamid.1", "Ciao"), say("wamid.2", "Siete aperti?"))
    expect(texts()).toEqual(["Ciao", "Siete aperti?"])
    expect(house.conversations()).toMatchObject([{ unreadCount: 2 }])
    expect(house.count("envelope")).toBe(2)
  })

  test("and its envelope, verbatim", async () => {
    const body = envelopeOf([messagesFrom(GIULIA, say("wamid.1", "Ciao"))])
    await house.post(body)
    const [kept] = house.database.appliance.read.all(envelopes)
    expect(new TextDecoder().decode(kept?.body)).toBe(body)
  })

  test("shows in the order the customer wrote, not in that of arrival", async () => {
    const now = house.clock.now()
    await post(say("wamid.2", "second", now - seconds(5)))
    await post(say("wamid.3", "third", now - seconds(1)))
    await post(say("wamid.1", "first", now - seconds(9)))
    expect(linesOf(house.conversations()[0]!.id)).toEqual(["first", "second", "third"])
  })

  test("written in the same second as others keeps its place, although the last of them come after that second", async () => {
    const writtenAt = house.clock.now()
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    for (const line of lines) {
      await post(say(`wamid.${line}`, line, writtenAt))
      await house.pass(120)
    }
    expect(linesOf(house.conversations()[0]!.id)).toEqual(lines)
  })

  test("shows by its second, then by arrival, whichever webhooks are late or come twice", async () => {
    const chance = new SeededChance(5)
    for (let customer = 0; customer < 10; customer++) {
      const writtenAt = house.clock.now()
      const arrivals = Array.from({ length: 12 }, (_, index) => ({ id: `${customer}.${index}`, second: index % 4 }))
        .map((one) => ({ ...one, place: chance.fraction() }))
        .sort((one, other) => one.place - other.place)
      const person = { ...GIULIA, phone: `39345555${customer}000`, userId: `IT.${customer}` }
      for (const { id, second } of [...arrivals, ...arrivals.slice(0, 5)]) {
        const message = textMessage(`wamid.${id}`, id, writtenAt + seconds(second), person)
        await house.post(envelopeOf([messagesFrom(person, message)]))
        await house.pass(chance.below(900))
      }
      const expected = arrivals.toSorted((one, other) => one.second - other.second).map(({ id }) => id)
      expect(linesOf(house.conversations().at(-1)!.id)).toEqual(expected)
    }
  })

  test("five in one webhook are five messages of one conversation", async () => {
    await post(...["a", "b", "c", "d", "e"].map((text) => say(`wamid.${text}`, text)))
    expect(texts()).toEqual(["a", "b", "c", "d", "e"])
    expect(house.conversations()).toHaveLength(1)
  })

  test("hours late after an outage opens the window from when it was written", async () => {
    const writtenAt = house.clock.now() - hours(20)
    await post(say("wamid.1", "Ciao", writtenAt))
    expect(house.conversations()).toMatchObject([{ windowEndsAt: writtenAt + hours(24) }])
  })

  test("of the same person to two numbers of a company is one customer and two conversations", async () => {
    await post(say("wamid.1", "Assistenza"))
    await house.post(envelopeOf([messagesFrom(GIULIA, say("wamid.2", "Vendite"))], SALES_NUMBER))
    expect(house.count("customer")).toBe(1)
    expect(house.conversations().map(({ channel }) => channel)).toEqual(house.aurora.channels)
  })

  test("of the same person to two companies is known to each of them alone", async () => {
    const hello = messagesFrom(GIULIA, say("wamid.1", "Ciao"))
    await house.post(envelopeOf([hello]))
    await house.post(envelopeOf([hello], BORA_NUMBER), BORA_NUMBER.appSecret)
    expect([house.messages(house.aurora).length, house.messages(house.bora).length]).toEqual([1, 1])
    expect(house.count("customer")).toBe(2)
  })

  test.each([
    ["a poll", { type: "unsupported", errors: [{ code: 131051, title: "Message type unknown" }] }, "unsupported"],
    ["something invented tomorrow", { type: "hologram", hologram: { depth: 3 } }, "unknown"],
    ["a voice note", { type: "audio", audio: { id: "77", mime_type: "audio/ogg", voice: true } }, "voice"],
    ["an order", { type: "order", order: { catalog_id: "9", text: "Due, grazie", product_items: [] } }, "order"],
  ])("%s is kept whole and shown as what it is", async (_what, body, kind) => {
    const { text: _, ...message } = say("wamid.1", "")
    await post({ ...message, ...body })
    expect(house.messages()).toMatchObject([{ kind, direction: "in", status: "received" }])
    expect(house.messages()[0]?.content).not.toBeNull()
  })
})

describe("What a customer does to an earlier message", () => {
  const react = (wamid: string, target: string) => {
    const { text: _, ...message } = say(wamid, "")
    return { ...message, type: "reaction", reaction: { message_id: target, emoji: "👍" } }
  }

  test("a reaction goes where its message is and opens nothing, even when that is closed", async () => {
    await house.annaReady()
    const { conversation, giulia } = await openConversation(house)
    const [first] = giulia.chat()
    await house.closeConversation(conversation)
    giulia.react(first!.id, "👍")
    await house.settle()
    expect(house.conversations()).toMatchObject([{ id: conversation, state: "closed" }])
    const bubbles = house.thread(conversation).filter(({ type }) => type === "message")
    expect(bubbles).toMatchObject([{ text: "Buongiorno", content: { reactions: { theirs: { emoji: "👍" } } } }])
  })

  test("a reaction that overtakes its message waits for it", async () => {
    await post(react("wamid.r", "wamid.1"))
    expect([texts(), house.conversations()]).toEqual([[], []])
    await post(say("wamid.1", "Ciao"))
    expect(texts()).toEqual(["Ciao", "👍"])
    expect(house.conversations()).toMatchObject([{ unreadCount: 1 }])
    expect(house.count("earlyStatus")).toBe(0)
  })

  test("a deleted message stays on record with the deletion beside it", async () => {
    await post(say("wamid.1", "Scusi, errore"))
    const { text: _, ...message } = say("wamid.2", "")
    await post({ ...message, type: "revoke", revoke: { original_message_id: "wamid.1" } })
    expect(house.messages().map(({ kind, replyToWamid }) => [kind, replyToWamid])).toEqual([
      ["text", null],
      ["revoke", "wamid.1"],
    ])
  })
})

describe("A bad item", () => {
  test("is set aside and its siblings live", async () => {
    const { id: _, ...nameless } = say("x", "no id")
    await post(say("wamid.1", "before"), nameless, { hello: "world" }, say("wamid.2", "after"))
    expect(texts()).toEqual(["before", "after"])
    expect(reasons()).toEqual(["no_id", "no_id"])
  })

  test("is set aside when the house itself stumbles over it", async () => {
    await house.loseSkillsets()
    const status = await house.post(envelopeOf([messagesFrom(GIULIA, say("wamid.1", "Ciao"))], SALES_NUMBER))
    expect(status).toBe(200)
    expect(reasons()).toEqual(["fault"])
    expect(house.conversations()).toEqual([])
    await post(say("wamid.2", "Ciao"))
    expect(texts()).toEqual(["Ciao"])
  })

  test("signed but no JSON is kept for the admin", async () => {
    expect(await house.post("hello")).toBe(200)
    expect(await house.post(new Uint8Array([0xff, 0xfe, 0x00]))).toBe(200)
    expect(await house.post("[".repeat(100_000) + "]".repeat(100_000))).toBe(200)
    expect(house.count("envelope")).toBe(3)
    expect(reasons()).toEqual(["not_an_envelope", "not_an_envelope", "too_deep"])
  })

  test("for a number nobody has set up is kept, and reaches nobody", async () => {
    const stranger = { ...SALES_NUMBER, phoneNumberId: "999" }
    await house.post(envelopeOf([messagesFrom(GIULIA, say("wamid.1", "Ciao"))], stranger))
    expect(reasons()).toEqual(["unknown_number"])
    expect(house.messages()).toEqual([])
  })
})

describe("1,000 updates in one webhook", () => {
  test("are all placed", async () => {
    const messages = Array.from({ length: 500 }, (_, index) => say(`wamid.${index}`, `Line ${index}`))
    const statuses = messages.map((_, index) => statusOf(`wamid.other.${index}`, "delivered", house.clock.now()))
    await house.post(envelopeOf([{ ...messagesFrom(GIULIA, ...messages), statuses }]))
    expect(house.messages()).toHaveLength(500)
    expect(house.count("earlyStatus")).toBe(500)
    expect(house.count("quarantine")).toBe(0)
  })
})

describe("What is not a message to us", () => {
  test("ours from the phone app shows in the customer's conversation and opens none", async () => {
    const echo = (wamid: string) => ({
      message_echoes: [{ ...say(wamid, "Le rispondo dal telefono"), from: "39065550100", to: GIULIA.phone }],
    })
    await house.post(envelopeOf([echo("wamid.e1")], undefined, "smb_message_echoes"))
    expect([house.messages(), house.conversations(), house.count("customer")]).toEqual([[], [], 0])
    await post(say("wamid.1", "Ciao"))
    await house.post(envelopeOf([echo("wamid.e2")], undefined, "smb_message_echoes"))
    expect(house.messages()[1]).toMatchObject({ direction: "out", status: "sent", author: null })
    expect(house.conversations()).toMatchObject([{ unreadCount: 1, lastOutboundAt: null }])
    const { id } = house.conversations()[0]!
    expect(house.thread(id).findLast(({ type }) => type === "message")).toMatchObject({
      isMine: false,
      content: { sentBy: "app" },
    })
  })

  test("a group's message is left alone", async () => {
    await post(say("wamid.1", "Ciao a tutti", undefined, { group_id: "g-1" }))
    expect([house.messages(), house.conversations(), house.count("quarantine")]).toEqual([[], [], 0])
  })

  test("a synchronised past is left alone", async () => {
    const thread = { id: GIULIA.phone, messages: [say("wamid.1", "L'anno scorso", house.clock.now() - days(90))] }
    const history = [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [thread] }]
    await house.post(envelopeOf([{ history }], undefined, "history"))
    expect([house.messages(), house.conversations(), house.count("quarantine")]).toEqual([[], [], 0])
  })

  test("news of the account reaches every company with numbers in it, and no other", async () => {
    await house.post(
      envelopeOf([{ event: "FLAGGED", display_phone_number: "39065550100" }], undefined, "account_update"),
    )
    const told = house.database.appliance.read.all(notices)
    expect(told).toMatchObject([{ tenant: house.aurora.tenant, field: "account_update" }])
  })
})

describe("Statuses", () => {
  test("for a message that nobody knows yet wait for it", async () => {
    await house.post(envelopeOf([{ statuses: [statusOf("wamid.e", "delivered", house.clock.now())] }]))
    await post(say("wamid.1", "Ciao"))
    const echo = { ...say("wamid.e", "Dal telefono"), from: "39065550100", to: GIULIA.phone }
    await house.post(envelopeOf([{ message_echoes: [echo] }], undefined, "smb_message_echoes"))
    expect(house.messages()[1]).toMatchObject({ status: "delivered", deliveredAt: house.clock.now() })
    expect(house.count("earlyStatus")).toBe(0)
  })

  test("of another company with our reference change nothing", async () => {
    await house.annaReady()
    await house.outbox.start()
    const { conversation } = await openConversation(house)
    house.network.down = true
    const message = await house.reply(conversation, "Ciao")
    await house.settle()
    const forged = statusOf("wamid.forged", "read", house.clock.now(), { biz_opaque_callback_data: `v1.${message}.1` })
    await house.post(envelopeOf([{ statuses: [forged] }], BORA_NUMBER), BORA_NUMBER.appSecret)
    await house.post(envelopeOf([{ statuses: [forged] }], SALES_NUMBER))
    expect(house.messages().at(-1)).toMatchObject({ id: message, status: "queued", wamid: null })
  })
})

describe("A customer's new number", () => {
  test("keeps customer and conversation; what they write next is in the same thread", async () => {
    const giulia = house.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Ciao")
    await house.settle()
    await house.pass(minutes(1))
    giulia.changeNumber("+39 345 555 0999")
    await house.settle()
    giulia.say("Sono sempre io")
    await house.settle()
    expect(house.count("customer")).toBe(1)
    expect(house.conversations()).toHaveLength(1)
    expect(texts()).toEqual(["Ciao", "Sono sempre io"])
  })
})
