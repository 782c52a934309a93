/** An unlocked screen alone does not open the company's doors, take data out or erase: the password is asked for again. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { PASSWORD } from "../support/cast.ts"
import { Newcomer, type Shown } from "../support/newcomer.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PROVIDER = "/admin/ways-in/providers/google"
const SETTINGS = {
  enabled: "on",
  clientId: "sportello",
  clientSecret: "not to be shown",
  account: "acme.test",
  allowedDomains: "acme.test\nacme.example",
  allowedGroups: "",
}

let world: World
let dora: Newcomer
beforeEach(async () => {
  world = await openWorld()
  dora = new Newcomer(world.answer)
  await dora.signIn("dora", PASSWORD)
})
afterEach(() => world.close())

/** Presses the button of the page that asks: every field of its form, and the password. */
const prove = (asked: Shown, password: string) => {
  const inputs = [...asked.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const fields = Object.fromEntries(inputs.map(([, name = "", value = ""]) => [name, value]))
  return dora.fetch("/proof", { ...fields, _proof: password })
}
const asks = ({ text }: { text: string }) => text.includes("Confirm that it is you")
const says = (text: string, words: string) => text.includes(words)

describe("Who has just signed in", () => {
  test("is not asked again, and after five minutes is", async () => {
    expect((await dora.open(PROVIDER)).path).toBe(PROVIDER)
    await world.advance(minutes(5) - 1)
    expect((await dora.open(PROVIDER)).path).toBe(PROVIDER)
    await world.advance(1)
    expect(asks(await dora.open(PROVIDER))).toBeTrue()
    expect((await dora.open("/admin/users")).path).toBe("/admin/users")
  })
})

describe("A page that opens a door", () => {
  test("comes after the password, and stays open for five minutes", async () => {
    await world.advance(minutes(6))
    const asked = await dora.open(`${PROVIDER}?done=saved`)
    const wrong = await prove(asked, "not this one at all")
    expect(wrong.status).toBe(422)
    expect(says(await wrong.text(), "This is not your password.")).toBeTrue()
    expect(asks(await dora.open(PROVIDER))).toBeTrue()
    const right = await prove(asked, PASSWORD)
    expect(right.headers.get("location")).toBe(`${PROVIDER}?done=saved`)
    expect((await dora.open(PROVIDER)).path).toBe(PROVIDER)
    await world.advance(minutes(5))
    expect(asks(await dora.open(PROVIDER))).toBeTrue()
  })

  test("leads to no other house", async () => {
    await world.advance(minutes(6))
    const asked = await dora.open("/proof?next=https%3A%2F%2Felsewhere.test%2F")
    expect((await prove(asked, PASSWORD)).headers.get("location")).toBe("/")
  })

  test("cannot be opened by guessing on and on", async () => {
    await world.advance(minutes(6))
    const asked = await dora.open(PROVIDER)
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess++) statuses.push((await prove(asked, `guess number ${guess}`)).status)
    expect(statuses[0]).toBe(422)
    expect(statuses.at(-1)).toBe(429)
    expect((await dora.open("/admin/users")).path).toBe("/admin/users")
  })
})

describe("A form that was sent too late", () => {
  test("is sent on with everything typed into it, also after a wrong password", async () => {
    await dora.open(PROVIDER)
    await world.advance(minutes(6))
    const asked = await dora.send(PROVIDER, SETTINGS)
    expect(asks(asked)).toBeTrue()
    expect(rowsOf(world.database.path, "SELECT provider FROM signInProvider")).toEqual([])
    const wrong = await prove(asked, "not this one at all")
    const again = { status: wrong.status, path: "/proof", text: await wrong.text() }
    const right = await prove(again, PASSWORD)
    expect(right.status).toBe(307)
    expect(right.headers.get("location")).toBe(PROVIDER)
    // What a browser does with a 307: the same form, to where it leads.
    const saved = await dora.send(PROVIDER, {
      ...SETTINGS,
      _proof: PASSWORD,
      _onward: PROVIDER,
      _back: "/",
      _form: "yes",
    })
    expect(says(saved.text, "acme.example")).toBeTrue()
    expect(says(saved.text, "not to be shown")).toBeFalse()
  })

  test("is sent on from a panel as well", async () => {
    const page = "http://127.0.0.1:8080/admin/channels/new"
    const panel = dora.twin({ "hx-request": "true", "hx-current-url": page })
    await world.advance(minutes(6))
    await panel.open("/profile")
    const asked = await panel.send("/admin/channels", { name: "Second", accessToken: "EAA-typed" })
    expect(asks(asked)).toBeTrue()
    for (const words of ['name="name" value="Second"', 'name="accessToken" value="EAA-typed"', "/admin/channels/new"])
      expect([words, says(asked.text, words)]).toEqual([words, true])
  })

  test("takes no file of everybody out before", async () => {
    await world.advance(minutes(6))
    const asked = await dora.send("/customers/export?q=Giulia", { format: "csv" })
    expect(asks(asked)).toBeTrue()
    const right = await prove(asked, PASSWORD)
    expect([right.status, right.headers.get("location")]).toEqual([307, "/customers/export?q=Giulia"])
    const file = await dora.fetch("/customers/export?q=Giulia", { format: "csv" })
    expect(file.headers.get("content-disposition")).toContain("attachment")
  })
})
