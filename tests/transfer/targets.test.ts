import { afterEach, describe, expect, test } from "bun:test"
import { companyDocument, office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { elements } from "../views/reading.ts"
import { idOf, pageOf, skillsetOf, somebodyWrites, toSkillset, toUser, working } from "./scene.ts"

let world: World
afterEach(() => world.close())

const choices = (desk: Desk, id: number, query: Record<string, string> = {}): Promise<string> =>
  pageOf(desk, `/conversations/${id}/transfer/choices?${new URLSearchParams(query)}`)
const listed = async (html: string): Promise<string[]> =>
  (await elements(html, ".pick-name > strong")).map(({ text }) => text)
const warnings = async (html: string): Promise<string[]> =>
  (await elements(html, ".transfer-warnings strong")).map(({ text }) => text)

const CREW = [
  { username: "anna" },
  { username: "marco", most: 1 },
  { username: "vito", skillsets: ["Service"] },
  { username: "ivo", skillsets: ["Service"], isolated: true },
]

async function annaHasOne(more: Parameters<typeof office>[1] = {}) {
  world = await openWorld({ document: office(CREW, more) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { id } = await somebodyWrites(world)
  await anna.take(id)
  return { anna, id }
}

describe("The list of users", () => {
  test("has who can take it now first, each with status, load and skillsets; who has it cannot be chosen", async () => {
    const { anna, id } = await annaHasOne()
    const vito = await sitDown(world, "vito")
    await vito.status("back_office")
    const html = await choices(anna, id)
    expect(await listed(html)).toEqual(["Anna Rossi", "Vito Rossi", "Marco Rossi"])
    const picks = (await elements(html, ".pick")).map(({ text }) => text)
    expect(picks[0]).toContain("This is you")
    for (const words of ["Ready", "1 of 5 conversations", "Sales"]) expect(picks[0]).toContain(words)
    for (const words of ["Back office", "0 of 5 conversations", "Service"]) expect(picks[1]).toContain(words)
    expect(picks[2]).toContain("Signed out")
    const [mine] = await elements(html, `[name=user][value="${anna.id}"]`)
    expect(mine?.attributes.has("disabled")).toBeTrue()
  })

  test("leaves out an isolated agent for whom the conversation is out of reach", async () => {
    const { anna, id } = await annaHasOne()
    expect(await listed(await choices(anna, id))).not.toContain("Ivo Rossi")
    expect(await toUser(anna, id, idOf(world, "ivo"))).toMatchObject({ refused: "not_found" })
  })

  test("is searched by name, username and skillset, accents and case aside; who is chosen stays on it", async () => {
    const { anna, id } = await annaHasOne()
    const find = async (search: string, more = {}) => listed(await choices(anna, id, { search, ...more }))
    expect(await find("MÀRCO")).toEqual(["Marco Rossi"])
    expect(await find("service")).toEqual(["Vito Rossi"])
    expect(await find("rossi sales")).toEqual(["Anna Rossi", "Marco Rossi"])
    expect(await find("nobody")).toEqual([])
    expect(await find("", { onlyReady: "on" })).toEqual(["Anna Rossi"])
    expect(await find("vito", { user: String(idOf(world, "marco")) })).toEqual(["Marco Rossi", "Vito Rossi"])
  })

  test("keeps what was chosen, and rings when somebody's standing changes", async () => {
    const { anna, id } = await annaHasOne()
    const html = await choices(anna, id, { user: String(idOf(world, "vito")), mode: "exclusive" })
    const checked = (await elements(html, "input[checked]")).map(({ attributes }) => attributes.get("value"))
    expect(checked).toEqual([String(idOf(world, "vito")), "exclusive"])
    expect(html).toContain("Transfer to Vito Rossi")
    const heard = anna.heard.length
    const vito = await sitDown(world, "vito")
    await vito.status("break")
    await world.settle()
    expect(anna.heard.slice(heard)).toContain("agents")
    expect(vito.heard).not.toContain("agents")
  })
})

describe("Before it is sent", () => {
  test("it is said that somebody is on a break, in back office, signed out, or full", async () => {
    const { anna, id } = await annaHasOne()
    const of = async (username: string) => warnings(await choices(anna, id, { user: String(idOf(world, username)) }))
    expect(await of("marco")).toEqual(["Marco Rossi is signed out"])
    const marco = await sitDown(world, "marco")
    expect(await of("marco")).toEqual([])
    await marco.status("break")
    expect(await of("marco")).toEqual(["Marco Rossi is on a break"])
    await marco.status("ready")
    const { id: other } = await somebodyWrites(world)
    await marco.take(other)
    expect(await of("marco")).toEqual(["Marco Rossi has as many conversations as they may"])
  })

  test("it is said that nobody of a skillset is Ready, and that the number is closed", async () => {
    const { anna, id } = await annaHasOne({ hours: { weekly: { mon: ["23:00-23:30"] } } })
    const html = await choices(anna, id, { to: "skillset", skillset: String(skillsetOf(world, "Service")) })
    expect(await warnings(html)).toEqual(["Nobody of Service is Ready", "The service number is closed until 23:00"])
    const user = await choices(anna, id, { user: String(idOf(world, "vito")) })
    expect(await warnings(user)).toEqual(["Vito Rossi is signed out", "The service number is closed until 23:00"])
  })

  test("it is said when two have sent it back and forth: the third time", async () => {
    const { anna, id } = await annaHasOne()
    const marco = await sitDown(world, "marco")
    const turn = async (from: Desk, to: Desk) => {
      const said = await warnings(await choices(from, id, { user: String(to.id) }))
      expect(await toUser(from, id, to.id)).toBeNull()
      await to.open(id)
      return said
    }
    expect(await turn(anna, marco)).toEqual([])
    expect(await turn(marco, anna)).toEqual([])
    expect(await turn(anna, marco)).toContain("The two of you have sent this conversation back and forth")
  })
})

describe("The list of skillsets", () => {
  test("has who is Ready, how many wait and for how long; its own cannot be chosen", async () => {
    const { anna, id } = await annaHasOne()
    await sitDown(world, "vito")
    const html = await choices(anna, id, { to: "skillset" })
    expect(await listed(html)).toEqual(["Sales", "Service"])
    const picks = (await elements(html, ".pick")).map(({ text }) => text)
    expect(picks[0]).toContain("The conversation is in this skillset")
    expect(picks[1]).toContain("1 of 2")
    const [own] = await elements(html, `[name=skillset][value="${skillsetOf(world, "Sales")}"]`)
    expect(own?.attributes.has("disabled")).toBeTrue()
  })
})

describe("An isolated agent", () => {
  test("finds users and skillsets of their own skillsets only: on the list, by search, and by hand", async () => {
    world = await openWorld({
      document: office([
        { username: "ivo", skillsets: ["Service"], isolated: true },
        { username: "vito", skillsets: ["Service"] },
        { username: "anna", skillsets: ["Sales"] },
        { username: "carla", level: "supervisor", skillsets: [] },
      ]),
    })
    const [carla, ivo] = (await working(world, "carla", "ivo")) as [Desk, Desk]
    const { id } = await somebodyWrites(world)
    await toSkillset(carla, id, skillsetOf(world, "Service"))
    await ivo.open(id)
    expect(await listed(await choices(ivo, id))).toEqual(["Ivo Rossi", "Vito Rossi"])
    expect(await listed(await choices(ivo, id, { search: "anna" }))).toEqual([])
    expect(await listed(await choices(ivo, id, { to: "skillset" }))).toEqual(["Service"])
    expect(await choices(ivo, id, { user: String(idOf(world, "anna")) })).not.toContain("Anna")
    expect(await toUser(ivo, id, idOf(world, "anna"))).toMatchObject({ refused: "not_found" })
    expect(await toSkillset(ivo, id, skillsetOf(world, "Sales"))).toMatchObject({ refused: "not_found" })
    expect(await toUser(ivo, id, idOf(world, "vito"))).toBeNull()
  })
})

describe("The window's own address", () => {
  test("is a page with the form; refused for whoever has it not, not found for whoever may not know of it", async () => {
    world = await openWorld({ document: companyDocument() })
    const [anna, marco, ivo] = (await working(world, "anna", "marco", "ivo")) as [Desk, Desk, Desk]
    const { id } = await somebodyWrites(world)
    await anna.open(id)
    const page = await pageOf(anna, `/conversations/${id}/transfer`)
    for (const words of ["<title>Transfer conversation", "transfer-form", "Marco Rossi"]) expect(page).toContain(words)
    const asked = async ({ visitor }: Desk) => (await visitor.get(`/conversations/${id}/transfer`)).status
    expect([await asked(anna), await asked(marco), await asked(ivo)]).toEqual([200, 409, 404])
    await toUser(anna, id, marco.id)
    expect(await choices(anna, id)).toContain("This conversation belongs to Marco Rossi now.")
  })
})
