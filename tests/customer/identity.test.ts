import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { changeIdentity, identify } from "~/customer/actions.ts"
import type { Identity } from "~/customer/rules.ts"
import { loadCustomer } from "~/customer/store.ts"
import { CUSTOMER } from "~/facts.ts"
import { type House, openHouse } from "../message/house.ts"

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const who = (identity: Partial<Identity>) => {
  const whole = { userId: null, phone: null, profileName: null, username: null, ...identity }
  return house.database.tenant(house.aurora.tenant).act(CUSTOMER, (tx) => identify(tx, whole))
}
const customer = (id: number) => loadCustomer(house.database.tenant(house.aurora.tenant).read, id)

describe("Who writes", () => {
  test("is known by user id, whatever the phone says", async () => {
    const giulia = await who({ userId: "IT.1", phone: "393455550172", profileName: "Giulia" })
    expect(await who({ userId: "IT.1" })).toBe(giulia)
    expect(await who({ userId: "IT.1", phone: "393455550999" })).toBe(giulia)
  })

  test("without a phone is a customer like any other, and the phone is added when it shows", async () => {
    const noor = await who({ userId: "NL.1", username: "noor.vermeer" })
    expect(await who({ userId: "NL.1", phone: "31612345678" })).toBe(noor)
    expect(await who({ phone: "31612345678" })).toBe(noor)
    expect(customer(noor)).toMatchObject({ phone: "31612345678", username: "noor.vermeer" })
  })

  test("known by phone alone gets the user id when WhatsApp tells it", async () => {
    const giulia = await who({ phone: "393455550172" })
    expect(await who({ userId: "IT.1", phone: "393455550172" })).toBe(giulia)
    expect(await who({ userId: "IT.1" })).toBe(giulia)
  })

  test("on a number that another user id had is a new person", async () => {
    const before = await who({ userId: "IT.1", phone: "393455550172" })
    const after = await who({ userId: "IT.2", phone: "393455550172" })
    expect(after).not.toBe(before)
    expect(await who({ phone: "393455550172" })).toBe(after)
  })

  test("is named as the profile says today, and the name an agent gave stays", async () => {
    const giulia = await who({ userId: "IT.1", profileName: "Giulia" })
    await who({ userId: "IT.1", profileName: "Giulia 🌸" })
    await who({ userId: "IT.1" })
    expect(customer(giulia)).toMatchObject({ profileName: "Giulia 🌸", name: null })
  })
})

describe("A change of identity", () => {
  const change = (previous: [string | null, string | null], current: [string | null, string | null]) =>
    house.database.tenant(house.aurora.tenant).act(CUSTOMER, (tx) =>
      changeIdentity(tx, {
        previous: { userId: previous[0], phone: previous[1] },
        current: { userId: current[0], phone: current[1] },
      }),
    )

  test("moves the customer to the new ids", async () => {
    const giulia = await who({ userId: "IT.1", phone: "393455550172" })
    expect(await change(["IT.1", "393455550172"], ["IT.2", "393455550999"])).toBe(giulia)
    expect(await who({ userId: "IT.2", phone: "393455550999" })).toBe(giulia)
    expect(await who({ userId: "IT.1" })).not.toBe(giulia)
  })

  test("told twice is the same once", async () => {
    const giulia = await who({ userId: "IT.1", phone: "393455550172" })
    await change(["IT.1", "393455550172"], ["IT.2", "393455550999"])
    expect(await change(["IT.1", "393455550172"], ["IT.2", "393455550999"])).toBeNull()
    expect(customer(giulia)).toMatchObject({ whatsappUserId: "IT.2", phone: "393455550999" })
  })

  test("never joins two customers by itself", async () => {
    const one = await who({ userId: "IT.1" })
    const other = await who({ userId: "IT.2" })
    expect(await change(["IT.1", null], ["IT.2", null])).toBeNull()
    expect([customer(one)?.whatsappUserId, customer(other)?.whatsappUserId]).toEqual(["IT.1", "IT.2"])
  })

  test("of somebody unknown makes nobody known", async () => {
    expect(await change(["IT.8", "1"], ["IT.9", "2"])).toBeNull()
    expect(house.count("customer")).toBe(0)
  })
})
