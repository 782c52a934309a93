import { afterEach, describe, expect, test } from "bun:test"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Fault } from "~/simulator/faults.ts"
import { updateTenant } from "~/tenant/actions.ts"
import { AURORA_NUMBER, type House, openConversation, openHouse } from "../message/house.ts"

let house: House
afterEach(() => house.close())

async function start() {
  house = await openHouse()
  await house.annaReady()
  await house.outbox.start()
  return await openConversation(house)
}

const fail = (fault: Fault, times = 1) => house.simulator.faults.add({ fault, times })
const ours = () => house.messages().filter(({ direction }) => direction === "out")
const statuses = () => ours().map(({ status }) => status)
const textsOf = (phone: { received(): { words: { text: string | null } }[] }) =>
  phone.received().map(({ words }) => words.text)

test("a link has its preview, unless the company wants none", async () => {
  const { conversation } = await start()
  const previews = () => house.simulator.sends.map(({ body }) => body.text)
  await house.reply(conversation, "Here: https://company.test/returns")
  await house.pass(minutes(1))
  await house.database.appliance.act((tx) =>
    updateTenant(tx, SYSTEM, house.aurora.tenant, { settings: { linkPreviews: false } }),
  )
  await house.reply(conversation, "Or here: https://company.test/shops")
  await house.pass(minutes(1))
  expect(previews()).toEqual([
    { body: "Here: https://company.test/returns", preview_url: true },
    { body: "Or here: https://company.test/shops", preview_url: false },
  ])
})

describe("When WhatsApp refuses", () => {
  test.each<[string, Fault, string]>([
    ["the customer is not on WhatsApp", { kind: "graph-error", code: 131026 }, "not_on_whatsapp"],
    ["the kind is not supported", { kind: "graph-error", code: 131051 }, "kind_unsupported"],
    ["the window is closed by Meta's clock", { kind: "graph-error", code: 131047 }, "window_closed"],
  ])("%s: the bubble says so and nothing is tried again", async (_what, fault, reason) => {
    const { giulia, conversation } = await start()
    fail(fault)
    await house.reply(conversation, "Ciao")
    await house.pass(minutes(5))
    expect(ours()).toMatchObject([{ status: "failed", failureReason: reason, attempt: 1 }])
    expect(giulia.received()).toEqual([])
  })

  test("a failure that comes later by webhook turns the bubble", async () => {
    const { conversation } = await start()
    fail({ kind: "status-failed", code: 131026 })
    await house.reply(conversation, "Ciao")
    await house.pass(minutes(1))
    expect(ours()).toMatchObject([{ status: "failed", failureCode: 131026, failureReason: "not_on_whatsapp" }])
  })

  test("a message that failed is sent again as another attempt, and the failure stays on record", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "graph-error", code: 131026 })
    const message = await house.reply(conversation, "Ciao")
    await house.pass(seconds(1))
    await house.resend(message)
    await house.pass(seconds(30))
    expect(textsOf(giulia)).toEqual(["Ciao"])
    const [item] = house.thread(conversation).filter((one) => one.type === "message" && one.direction === "out")
    expect(item).toMatchObject({
      status: "read",
      failure: null,
      content: { attempts: [{ attempt: 1, failureReason: "not_on_whatsapp" }] },
    })
  })
})

describe("When nobody knows", () => {
  test.each<[string, Fault]>([
    ["no answer for half a minute", { kind: "accepts-without-answer" }],
    ["the connection broke after the work was done", { kind: "accepts-then-reset" }],
    ["200 with a web page", { kind: "answer-html" }],
    ["200 with half an answer", { kind: "answer-broken-json" }],
    ["200 without an id", { kind: "answer-without-id" }],
    ["502 without a reason", { kind: "accepts-then-server-error", status: 502, body: "none" }],
  ])("%s: in doubt, never sent again by itself, and settled by the status that follows", async (_what, fault) => {
    const { giulia, conversation } = await start()
    giulia.airplaneMode(true)
    house.simulator.faults.add({ fault: { kind: "webhook-outage" } })
    fail(fault)
    await house.reply(conversation, "Ciao")
    await house.pass(minutes(3))
    expect(statuses()).toEqual(["uncertain"])
    expect(house.simulator.sends).toHaveLength(1)
    house.simulator.faults.clear()
    giulia.airplaneMode(false)
    await house.pass(minutes(15))
    expect(ours()).toMatchObject([{ status: "read", wamid: house.simulator.sends[0]!.id }])
    expect(textsOf(giulia)).toEqual(["Ciao"])
  })

  test("what the agent sends again although it had arrived is shown as arrived twice", async () => {
    const { giulia, conversation } = await start()
    house.simulator.faults.add({ fault: { kind: "webhook-outage" } })
    fail({ kind: "answer-html" })
    const message = await house.reply(conversation, "Ciao")
    await house.settle()
    await house.resend(message)
    await house.settle()
    house.simulator.faults.clear()
    await house.pass(minutes(15))
    expect(textsOf(giulia)).toEqual(["Ciao", "Ciao"])
    const [item] = house.thread(conversation).filter((one) => one.type === "message" && one.direction === "out")
    expect(item).toMatchObject({ status: "read", content: { arrived: [1, 2] } })
  })

  test("each time it is sent again counts as one attempt, and so does each time the outbox tries again", async () => {
    const { conversation } = await start()
    fail({ kind: "graph-error", code: 131026 })
    const message = await house.reply(conversation, "Ciao")
    expect(ours()).toMatchObject([{ status: "queued", attempt: 1 }])
    await house.settle()
    expect(ours()).toMatchObject([{ status: "failed", attempt: 1 }])
    fail({ kind: "graph-error", code: 130429 })
    await house.resend(message)
    expect(ours()).toMatchObject([{ status: "queued", attempt: 2 }])
    await house.pass(seconds(1))
    expect(ours()).toMatchObject([{ status: "queued", attempt: 2 }])
    await house.pass(minutes(1))
    expect(ours()).toMatchObject([{ status: "read", attempt: 3 }])
  })

  test("a connection that broke before the work was done stays in doubt until the agent decides", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "connection-reset" })
    const message = await house.reply(conversation, "Ciao")
    await house.pass(minutes(10))
    expect(statuses()).toEqual(["uncertain"])
    await house.discard(message)
    await house.pass(minutes(10))
    expect(statuses()).toEqual(["discarded"])
    expect(textsOf(giulia)).toEqual([])
  })

  test("the status arrives before the answer of our own call: one message, one tick history", async () => {
    const { conversation } = await start()
    fail({ kind: "status-before-answer" })
    await house.reply(conversation, "Ciao")
    await house.pass(minutes(1))
    expect(ours()).toMatchObject([{ status: "read", wamid: house.simulator.sends[0]!.id, attempt: 1 }])
    expect(house.count("earlyStatus")).toBe(0)
  })

  test("what follows waits ten seconds for a decision and then goes on", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "graph-error", code: 131026 })
    await house.reply(conversation, "One")
    await house.reply(conversation, "Two")
    await house.pass(seconds(9))
    expect(statuses()).toEqual(["failed", "queued"])
    await house.pass(seconds(2))
    expect(textsOf(giulia)).toEqual(["Two"])
  })
})

describe("When the network is down", () => {
  test("nothing is lost and the order is kept when it comes back", async () => {
    const { giulia, conversation } = await start()
    house.network.down = true
    await house.reply(conversation, "One")
    await house.reply(conversation, "Two")
    await house.pass(minutes(7))
    expect(statuses()).toEqual(["queued", "queued"])
    expect(ours()[0]!.attempt).toBeGreaterThan(8)
    house.network.down = false
    await house.pass(minutes(2))
    expect(textsOf(giulia)).toEqual(["One", "Two"])
  })

  test("an answer that waited beyond the window is not sent, and WhatsApp is not asked", async () => {
    const { giulia, conversation } = await start()
    await house.pass(hours(23) + minutes(58))
    house.network.down = true
    await house.reply(conversation, "Late")
    await house.pass(seconds(100))
    house.network.down = false
    const asked = house.calls.length
    await house.pass(minutes(3))
    expect(ours()).toMatchObject([{ status: "failed", failureReason: "window_closed", failureCode: 131047 }])
    expect(house.calls.length).toBe(asked)
    expect(textsOf(giulia)).toEqual([])
  })
})

describe("When a number may not send", () => {
  test("it is held with the reason, tried every minute, and sends everything in order once it may", async () => {
    const { giulia, conversation } = await start()
    const refused = house.simulator.faults.add({ fault: { kind: "token-refused" } })
    await house.reply(conversation, "One")
    await house.pass(seconds(1))
    expect(house.channel()).toMatchObject({ holdReason: "token_refused", heldSince: expect.any(Number) })
    const asked = house.calls.length
    await house.pass(minutes(10))
    expect(house.calls.length - asked).toBe(10)
    expect(statuses()).toEqual(["queued"])
    house.simulator.faults.remove(refused)
    await house.pass(minutes(1))
    expect(house.channel()).toMatchObject({ holdReason: null, heldSince: null })
    expect(textsOf(giulia)).toEqual(["One"])
  })

  test("agents are told when they try, and other numbers go on", async () => {
    const { conversation } = await start()
    const mario = house.simulator.phones.create({ name: "Mario", phone: "+39 345 555 0333" })
    mario.say("Salve", { to: "106540352242933" })
    await house.settle()
    const other = house.conversations().at(-1)!.id
    await house.open(other)
    house.simulator.faults.add({ fault: { kind: "token-refused" }, phoneNumberId: AURORA_NUMBER.phoneNumberId })
    await house.reply(conversation, "One")
    await house.pass(seconds(1))
    await expect(house.reply(conversation, "Two")).rejects.toThrow("channel.held")
    await house.reply(other, "Salve Mario")
    await house.pass(seconds(1))
    expect(mario.received("106540352242933").map(({ words }) => words.text)).toEqual(["Salve Mario"])
  })

  test("messages whose window closes while it is held are failed without a try, and the number goes on", async () => {
    const { giulia, conversation } = await start()
    await house.pass(hours(23) + minutes(59))
    const refused = house.simulator.faults.add({ fault: { kind: "token-refused" } })
    await house.reply(conversation, "Too late")
    await house.pass(minutes(2))
    house.simulator.faults.remove(refused)
    await house.pass(minutes(2))
    expect(house.channel()).toMatchObject({ holdReason: null })
    expect(ours()).toMatchObject([{ status: "failed", failureReason: "window_closed" }])
    expect(textsOf(giulia)).toEqual([])
  })

  test("a number refused for speed slows down and loses nothing", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "graph-error", code: 130429 }, 3)
    const lines = ["One", "Two", "Three"]
    for (const line of lines) await house.reply(conversation, line)
    await house.pass(minutes(1))
    expect(textsOf(giulia)).toEqual(lines)
    expect(house.channel()?.holdReason).toBeNull()
  })

  test("a customer written to too often waits while others are served", async () => {
    const { giulia, conversation } = await start()
    const marta = house.simulator.phones.create({ name: "Marta", phone: "+39 345 555 0444" })
    marta.say("Salve")
    await house.settle()
    const other = house.conversations().at(-1)!.id
    await house.open(other)
    fail({ kind: "graph-error", code: 131056 }, 2)
    await house.reply(conversation, "For Giulia")
    await house.pass(10)
    await house.pass(seconds(2))
    await house.reply(other, "For Marta")
    await house.pass(seconds(1))
    expect([textsOf(giulia), textsOf(marta)]).toEqual([[], ["For Marta"]])
    await house.pass(seconds(10))
    expect(textsOf(giulia)).toEqual(["For Giulia"])
  })
})

describe("When many write at once", () => {
  test("46 answers to one customer: 45 leave, the last waits its turn, none fails", async () => {
    const { giulia, conversation } = await start()
    for (let line = 0; line < 46; line++) await house.reply(conversation, `Line ${line}`)
    await house.pass(seconds(4))
    expect(giulia.received()).toHaveLength(45)
    await house.pass(seconds(8))
    expect(giulia.received()).toHaveLength(46)
    expect(new Set(statuses()).has("failed")).toBe(false)
  })
})

describe("When the appliance dies while it sends", () => {
  test("the message is in doubt at the next start, and the customer never gets it twice", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "accepts-without-answer" })
    house.simulator.faults.add({ fault: { kind: "webhook-outage" } })
    await house.reply(conversation, "Ciao")
    await house.settle()
    expect(statuses()).toEqual(["sending"])
    await house.restart()
    await house.outbox.start()
    await house.settle()
    expect(statuses()).toEqual(["uncertain"])
    await house.pass(hours(1))
    expect(house.simulator.sends).toHaveLength(1)
    house.simulator.faults.clear()
    await house.pass(hours(1))
    expect(statuses()).toEqual(["read"])
    expect(textsOf(giulia)).toEqual(["Ciao"])
  })

  test("what had not left yet leaves after the start, once", async () => {
    const { giulia, conversation } = await start()
    house.network.down = true
    await house.reply(conversation, "Ciao")
    await house.settle()
    await house.outbox.stop()
    await house.restart()
    house.network.down = false
    await house.outbox.start()
    await house.pass(minutes(1))
    expect(textsOf(giulia)).toEqual(["Ciao"])
    expect(statuses()).toEqual(["read"])
  })

  test("stopping waits for the call that is under way, and starts nothing more", async () => {
    const { giulia, conversation } = await start()
    fail({ kind: "slow-answer", delay: seconds(5) })
    await house.reply(conversation, "One")
    await house.reply(conversation, "Two")
    await house.settle()
    let stopped = false
    const stop = house.outbox.stop().then(() => {
      stopped = true
    })
    await house.settle()
    expect(stopped).toBe(false)
    await house.pass(seconds(6))
    await stop
    expect(statuses()[1]).toBe("queued")
    expect(textsOf(giulia)).toEqual(["One"])
  })
})
