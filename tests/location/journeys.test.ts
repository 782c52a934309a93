/** Places on their whole way: from the tenant's list and an agent's desk to the customer's phone. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { hours, seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let anna: Desk
let giulia: Phone
let place: number

const OFFICE = {
  name: "Aurora Service Milano",
  address: "Via Roma 1, 20121 Milano",
  latitude: 45.4642,
  longitude: 9.19,
}
const companyWith = (locations: readonly object[]) => {
  const [acme, globex] = companyDocument().tenants
  return { tenants: [{ ...acme, locations }, globex] }
}

beforeEach(async () => {
  world = await openWorld({ document: companyWith([OFFICE]) })
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create(GIULIA)
  giulia.say("Dove siete?")
  await world.settle()
  place = conversation(world, giulia).id
  expect(await anna.open(place)).toBeNull()
})
afterEach(() => world.close())

const send = (fields: Record<string, string>) =>
  anna.post(`/conversations/${place}/locations`, { clientId: "one", latitude: "45.4642", longitude: "9.19", ...fields })

describe("A place that an agent sends", () => {
  test("is on the customer's phone with its name and address, and in the thread on a map", async () => {
    expect(await send({ name: OFFICE.name, address: OFFICE.address })).toBeNull()
    await world.settle()
    expect(giulia.received()).toMatchObject([{ type: "location", content: OFFICE }])
    const thread = await anna.visitor.panel(`/conversations/${place}/thread`)
    expect(thread).toContain(`<use href="/map/picture?latitude=45.4642&amp;longitude=9.19#map">`)
    expect(thread).toContain("Via Roma 1, 20121 Milano")
    await world.advance(seconds(10))
    expect(messages(world, place).at(-1)).toMatchObject({ kind: "location", status: "read", direction: "out" })
  })

  test("needs neither name nor address, and is sent once however often it is pressed", async () => {
    for (const _ of [1, 2]) expect(await send({ name: "", address: "" })).toBeNull()
    await world.settle()
    expect(giulia.received()).toHaveLength(1)
    expect(giulia.received()[0]?.content).toEqual({ latitude: 45.4642, longitude: 9.19 })
  })

  test("that is not on the earth, or no number, is refused", async () => {
    expect(await send({ latitude: "95" })).toMatchObject({ refused: "field.out_of_range" })
    expect(await send({ longitude: "east" })).toMatchObject({ refused: "field.out_of_range" })
    await world.settle()
    expect(giulia.received()).toEqual([])
  })

  test("is refused as words are: when the window is over, or the conversation is another's", async () => {
    const marco = await sitDown(world, "marco")
    expect(
      await marco.post(`/conversations/${place}/locations`, { clientId: "two", latitude: "1", longitude: "1" }),
    ).toMatchObject({ refused: "conversation.owned_by_another" })
    await world.advance(hours(25))
    anna = await sitDown(world, "anna")
    expect(await send({})).toMatchObject({ refused: "window.closed" })
  })
})

describe("The tenant's places in a file", () => {
  const kept = () =>
    rowsOf<typeof OFFICE>(world.database.path, "SELECT name, address, latitude, longitude FROM location ORDER BY name")

  test("are made, changed and left alone, each known by its name", async () => {
    expect(kept()).toEqual([OFFICE])
    await world.apply(
      companyWith([
        { ...OFFICE, address: "Via Roma 2, Milano" },
        { name: "Deposito", latitude: 45, longitude: 9 },
      ]),
    )
    expect(kept()).toEqual([
      { ...OFFICE, address: "Via Roma 2, Milano" },
      { name: "Deposito", address: "", latitude: 45, longitude: 9 },
    ])
  })

  test("are refused with path and reason when they cannot be", async () => {
    const wrong = [
      [{ ...OFFICE, latitude: 91 }, "tenants[0].locations[0].latitude must be a number from -90 to 90"],
      [{ ...OFFICE, name: "" }, "tenants[0].locations[0].name must not be empty"],
      [{ ...OFFICE, adress: "x" }, "tenants[0].locations[0].adress is not known; did you mean address?"],
    ] as const
    for (const [entry, reason] of wrong) expect(world.apply(companyWith([entry]))).rejects.toThrow(reason)
    expect(world.apply(companyWith([OFFICE, OFFICE]))).rejects.toThrow("is the same as tenants[0].locations[0]")
    expect(kept()).toEqual([OFFICE])
  })
})
