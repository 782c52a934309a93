import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { ACME, GLOBEX } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import { change, contactOf, envelope, inbound, post, textFrom } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, conversations, GIULIA, messages, received, textsIn } from "./scene.ts"

let world: World
let giulia: Phone
beforeEach(async () => {
  world = await openWorld()
  giulia = world.simulator.phones.create(GIULIA)
})
afterEach(() => world.close())

const setAside = () => rowsOf<{ reason: string }>(world.database.path, "SELECT * FROM quarantine ORDER BY id")
const reasons = () => setAside().map(({ reason }) => reason)
const count = (table: string) => rowsOf(world.database.path, `SELECT 1 FROM "${table}"`).length

/** The number still takes what is said to it: the proof that what came before did no harm. */
async function stillListens(text = "E adesso?") {
  giulia.say(text)
  await world.settle()
  expect(textsIn(world, conversation(world, giulia).id)).toContain(text)
}

describe("A webhook that nobody signed", () => {
  const body = () => JSON.stringify(inbound(giulia, { id: "wamid.forged", text: "Sono il titolare" }))
  const forged: [string, Record<string, string>][] = [
    ["has no signature", { "x-hub-signature-256": "" }],
    ["is signed with the wrong secret", {}],
    ["is signed like another body", { "x-hub-signature-256": `sha256=${"a".repeat(64)}` }],
    ["is signed the old way", { "x-hub-signature-256": "sha1=0123456789012345678901234567890123456789" }],
    ["has a signature that is none", { "x-hub-signature-256": "sha256=xyz" }],
  ]
  test.each(forged)("that %s is refused, and not a row of the file changes", async (_what, headers) => {
    const before = dump(world.database.path)
    expect(await post(world, body(), { secret: "guessed", headers })).toBe(401)
    await world.settle()
    expect(dump(world.database.path)).toEqual(before)
    expect(await post(world, body())).toBe(200)
    expect(dump(world.database.path)).not.toEqual(before)
  })

  test("that another company signed speaks for no number but its own", async () => {
    const before = dump(world.database.path).conversation
    expect(await post(world, body(), { secret: GLOBEX.number.appSecret })).toBe(200)
    await world.settle()
    expect(dump(world.database.path).conversation).toEqual(before)
    expect(reasons()).toEqual(["unknown_number"])
    await stillListens()
  })
})

describe("Something that is not understood", () => {
  test("is set aside, its siblings in the same webhook arrive", async () => {
    const good = ["uno", "due", "tre"].map((text, index) => textFrom(giulia, { id: `wamid.good${index}`, text }))
    const bad = [7, null, { ...good[0], id: undefined }, { ...good[0], id: "wamid.x", timestamp: "ieri" }]
    const mixed = [good[0], bad[0], bad[1], good[1], bad[2], bad[3], good[2]]
    const body = envelope([
      change({ contacts: [contactOf(giulia)], messages: mixed }),
      { field: "messages" },
      "no change at all",
      change({ statuses: { not: "a list" } }),
    ])
    expect(await post(world, body)).toBe(200)
    await world.settle()
    expect(textsIn(world, conversation(world, giulia).id)).toEqual(["uno", "due", "tre"])
    expect(reasons().sort()).toEqual([
      "no_id",
      "no_timestamp",
      "not_a_list",
      "not_an_object",
      "not_an_object",
      "not_an_object",
      "not_an_object",
    ])
    await stillListens()
  })

  test("of a kind that does not exist yet is a message that says so, and may be answered", async () => {
    const anna = await sitDown(world, "anna")
    const strange = { ...textFrom(giulia, { id: "wamid.new", text: "x" }), type: "hologram", hologram: { id: "1" } }
    expect(await post(world, envelope([change({ contacts: [contactOf(giulia)], messages: [strange] })]))).toBe(200)
    await world.settle()
    const { id, owner } = conversation(world, giulia)
    expect(owner).toBe(anna.id)
    expect(messages(world, id)).toMatchObject([{ kind: "unknown", direction: "in", status: "received" }])
    expect(reasons()).toEqual([])
    giulia.say("Visto?")
    await world.settle()
    await anna.open(id)
    expect(await anna.reply(id, "Non riesco a vederlo.")).toBeNull()
    await world.advance(seconds(5))
    expect(received(giulia)).toEqual(["Non riesco a vederlo."])
  })

  const broken: [string, string | Uint8Array<ArrayBuffer>][] = [
    ["is no JSON", '{"entry": ['],
    ["is empty", ""],
    ["is a list", "[]"],
    ["is text", "hello"],
    ["is no UTF-8", Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ["is a thousand levels deep", `${'{"entry":['.repeat(500)}${"]}".repeat(500)}`],
  ]
  test.each(broken)(
    "although signed, because it %s, is kept for the admin, and the number goes on",
    async (_w, text) => {
      expect(await post(world, text)).toBe(200)
      await world.settle()
      expect(setAside()).toHaveLength(1)
      expect(count("envelope")).toBe(1)
      expect(conversations(world)).toEqual([])
      await stillListens()
    },
  )

  test("because the number is nobody's here, is kept for the company that signed it", async () => {
    const stranger = { ...ACME.number, phoneNumberId: "999999999999999" }
    const body = envelope([
      change({ contacts: [contactOf(giulia)], messages: [textFrom(giulia, { id: "wamid.1", text: "?" })] }, stranger),
      change({ contacts: [contactOf(giulia)], messages: [textFrom(giulia, { id: "wamid.2", text: "!" })] }),
    ])
    expect(await post(world, body)).toBe(200)
    await world.settle()
    expect(setAside()).toMatchObject([{ tenant: 1, reason: "unknown_number", phoneNumberId: "999999999999999" }])
    expect(textsIn(world, conversation(world, giulia).id)).toEqual(["!"])
  })
})

describe("Much at once", () => {
  test("a thousand updates in one webhook: every message and every tick arrives", async () => {
    const anna = await sitDown(world, "anna")
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    await anna.reply(id, "Mi dica")
    await world.advance(seconds(1))
    const wamid = messages(world, id).find(({ direction }) => direction === "out")?.wamid
    const now = String(Math.floor(world.clock.now() / 1_000))
    const status = (name: string) => ({ id: wamid, status: name, timestamp: now, recipient_id: giulia.customer.phone })
    const said = Array.from({ length: 600 }, (_, index) => `Messaggio ${index}`)
    const texts = said.map((text, index) => textFrom(giulia, { id: `wamid.many${index}`, text, at: world.clock.now() }))
    const ticks = Array.from({ length: 400 }, (_, index) => status(["read", "delivered", "sent"][index % 3] ?? ""))
    const body = envelope([change({ contacts: [contactOf(giulia)], messages: texts, statuses: ticks })])
    expect(await post(world, body)).toBe(200)
    await world.settle()
    expect(textsIn(world, id)).toEqual(["Buongiorno", ...said])
    expect(messages(world, id).find(({ direction }) => direction === "out")).toMatchObject({ status: "read" })
    expect(conversations(world)).toHaveLength(1)
    expect(setAside()).toEqual([])
  })

  test("a body of three megabytes is taken whole, one of more than four is refused and leaves nothing", async () => {
    const long = (bytes: number) => inbound(giulia, { id: `wamid.${bytes}`, text: "è".repeat(bytes / 2) })
    expect(await post(world, long(3_000_000))).toBe(200)
    await world.settle()
    expect(textsIn(world, conversation(world, giulia).id).map(({ length }) => length)).toEqual([1_500_000])
    const before = dump(world.database.path)
    expect(await post(world, long(4_100_000))).toBe(413)
    await world.settle()
    expect(dump(world.database.path)).toEqual(before)
    await stillListens()
  })
})
