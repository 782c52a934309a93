import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, PAOLO } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { dump } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

/** Ivo is restricted to Service; Marco serves Service too and may see the rest; what waits is in Sales. */

let world: World
let ivo: Desk
let marco: Desk
let anna: Desk
let giulia: Phone
let sales: Id

beforeEach(async () => {
  world = await openWorld({
    document: office([
      { username: "anna", most: 0 },
      { username: "marco", skillsets: ["Service"] },
      { username: "ivo", skillsets: ["Service"], isolated: true, most: 1 },
    ]),
  })
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create(GIULIA)
  giulia.say("What does the secret plan cost?")
  await world.settle()
  sales = conversation(world, giulia).id
  marco = await sitDown(world, "marco")
  ivo = await sitDown(world, "ivo")
  await marco.status("break")
})
afterEach(() => world.close())

const pages = (id: Id) => [
  `/conversations/${id}`,
  ...["thread", "details"].map((panel) => `/conversations/${id}/${panel}`),
]

describe("A restricted agent", () => {
  test("does not find what belongs to another skillset; a colleague without the restriction does", async () => {
    for (const path of pages(sales)) {
      const missing = await ivo.visitor.get(path.replace(String(sales), "4711"))
      const shut = await ivo.visitor.get(path)
      const open = await marco.visitor.get(path)
      expect([path, shut.status, open.status]).toEqual([path, 404, 200])
      expect(await shut.text()).toBe(await missing.text())
    }
  })

  test("can do nothing with it, and nothing of it changes", async () => {
    const before = dump(world.database.path).conversation
    const deeds = [
      ivo.open(sales),
      ivo.take(sales),
      ivo.close(sales),
      ivo.read(sales),
      ivo.reply(sales, "Five hundred"),
    ]
    for (const outcome of await Promise.all(deeds)) expect(outcome).toMatchObject({ refused: "not_found" })
    await world.settle()
    expect(dump(world.database.path).conversation).toEqual(before)
  })

  test("does not see it wait, and hears nothing of it", async () => {
    for (const agent of [ivo, marco]) await agent.visitor.get(`/conversations/${sales}`)
    const heard = { ivo: ivo.heard.length, marco: marco.heard.length }
    giulia.say("Hello?")
    await world.settle()
    expect(ivo.heard.slice(heard.ivo)).toEqual([])
    expect(marco.heard.slice(heard.marco)).toContain(`conversation-${sales}`)
    expect(await ivo.visitor.panel("/waiting")).not.toContain("Giulia")
    expect(await marco.visitor.panel("/waiting")).toContain("Giulia")
  })

  test("is given what comes for their own skillset, and works on it like anybody", async () => {
    const paolo = world.simulator.phones.create(PAOLO)
    paolo.say("My order has not arrived")
    await world.settle()
    const { id, owner, state } = conversation(world, paolo)
    expect({ owner, state }).toEqual({ owner: ivo.id, state: "offered" })
    expect(await ivo.open(id)).toBeNull()
    for (const path of pages(id)) expect([path, (await ivo.visitor.get(path)).status]).toEqual([path, 200])
    expect(await ivo.reply(id, "I look into it")).toBeNull()
    expect(await ivo.close(id)).toBeNull()
  })

  test("keeps what they have although it belongs elsewhere, and loses sight of it with it", async () => {
    await ivo.status("break")
    const hands = (skillsets: string[]) =>
      office([
        { username: "anna", most: 0 },
        { username: "marco", skillsets: ["Service"] },
        { username: "ivo", skillsets, isolated: true, most: 1 },
      ])
    await world.apply(hands(["Sales", "Service"]))
    expect(await ivo.take(sales)).toBeNull()
    await world.apply(hands(["Service"]))
    expect((await ivo.visitor.get(`/conversations/${sales}`)).status).toBe(200)
    expect(await ivo.reply(sales, "It is a secret")).toBeNull()
    await world.settle()
    expect(await anna.take(sales)).toMatchObject({ refused: "conversation.owned_by_another" })
  })
})
