/** The page of sign-in: what it changes holds, what cannot be is said, and nobody locks themselves out unasked. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { PASSWORD } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { Visitor } from "../support/visitor.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/sign-in"
const HERE = "198.51.100.7"
let world: World
let dora: Desk
beforeEach(async () => {
  world = await openWorld()
  dora = await sitDown(from(HERE), "dora", { listening: false })
})
/** The world as it is reached from an address. */
const from = (address: string): World => ({ ...world, answer: (request) => world.appliance.answer(request, address) })
afterEach(() => world.close())

const USUAL = {
  passwordCharacters: "15",
  passwordCharactersWithFactor: "8",
  sessionIdleMinutes: "480",
  sessionLifeHours: "12",
  secondFactorAgent: "optional",
  secondFactorSupervisor: "optional",
  secondFactorCampaignManager: "optional",
  secondFactorTenantAdmin: "optional",
  allowedNetworks: "",
}
const beforeIn = (page: string) =>
  (/name="before" value="([^"]*)"/.exec(page)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
async function save(desk: Desk, change: Record<string, string>, path = PATH, usual: Record<string, string> = USUAL) {
  const before = beforeIn(await (await desk.visitor.get(path)).text())
  const answer = await desk.visitor.post(path, { ...usual, before, ...change })
  return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") }
}
const kept = (slug = "acme") =>
  JSON.parse(
    rowsOf<{ settings: string }>(world.database.path, `SELECT settings FROM tenant WHERE slug = '${slug}'`)[0]
      ?.settings ?? "",
  )

test("what is chosen is kept, put on record, and asked of people from their next sign-in on", async () => {
  const change = {
    passwordCharacters: "20",
    secondFactorAgent: "required",
    sessionIdleMinutes: "30",
    singleSession: "on",
  }
  expect((await save(dora, change)).status).toBe(303)
  expect(kept()).toMatchObject({
    passwordCharacters: 20,
    secondFactorAgent: "required",
    sessionIdleMinutes: 30,
    singleSession: true,
  })
  const [entry] = rowsOf<{ changes: string }>(
    world.database.path,
    "SELECT changes FROM auditEntry WHERE act = 'tenant.changed' ORDER BY id DESC LIMIT 1",
  )
  expect(entry?.changes).toContain('"secondFactorAgent":{"before":"optional","after":"required"}')
  const anna = new Visitor(world.answer)
  await anna.get("/login")
  const answer = await anna.post("/login", { username: "anna", password: PASSWORD, language: "en", next: "/" })
  expect(answer.headers.get("location")).toBe("/login/second-factor")
  expect(kept("globex")).not.toHaveProperty("secondFactorAgent")
})

test("what cannot be is said at its field, with what was typed still there", async () => {
  for (const [change, words] of [
    [{ passwordCharacters: "7" }, "8"],
    [{ sessionLifeHours: "900" }, "168"],
    [{ allowedNetworks: "10.0.0.0/99" }, "Write addresses or networks separated by commas"],
    [{ secondFactorAgent: "perhaps" }, "field-error"],
    [{ secondFactorPlatformAdmin: "off" }, ""],
  ] as const) {
    const refused = await save(dora, { ...change, sessionIdleMinutes: "77" })
    expect([change, refused.status, refused.text.includes(words)]).toEqual([change, 422, true])
    expect(refused.text).toContain('value="77"')
  }
  expect(kept()).not.toHaveProperty("sessionIdleMinutes")
})

test("a list of networks without the admin's own address is refused until it is confirmed; one with it is kept", async () => {
  const refused = await save(dora, { allowedNetworks: "203.0.113.0/24" })
  expect([refused.status, refused.text.includes("you would lock yourself out")]).toEqual([422, true])
  expect(kept()).not.toHaveProperty("allowedNetworks")
  expect(dora.isSignedIn()).toBeTrue()
  expect(refused.text).toContain(`You are at ${HERE}`)
  expect((await save(dora, { allowedNetworks: `203.0.113.0/24\n${HERE}` })).status).toBe(303)
  expect(kept().allowedNetworks).toBe(`203.0.113.0/24, ${HERE}`)
  expect((await dora.visitor.get(PATH)).status).toBe(200)
  expect((await save(dora, { allowedNetworks: "203.0.113.0/24", confirmed: "on" })).status).toBe(303)
  expect((await dora.visitor.get(PATH)).status).not.toBe(200)
})

test("who saves over somebody else's change is told by whom and what", async () => {
  const before = beforeIn(await (await dora.visitor.get(PATH)).text())
  await save(await sitDown(from(HERE), "dora", { listening: false }), { sessionLifeHours: "10" })
  const answer = await dora.visitor.post(PATH, { ...USUAL, before, sessionLifeHours: "9" })
  const text = await answer.text()
  expect([answer.status, text.includes("At the longest"), kept().sessionLifeHours]).toEqual([409, true, 10])
})

test("those who run the appliance have the same page, for their own tenant and level alone", async () => {
  const people = { username: "root", password: PASSWORD, firstName: "Rita", lastName: "Neri" }
  await world.apply({ platformAdmins: [people] })
  const root = await sitDown(world, "root", { listening: false })
  const { secondFactorAgent, secondFactorSupervisor, ...rest } = USUAL
  const { secondFactorCampaignManager, secondFactorTenantAdmin, ...own } = rest
  const change = { secondFactorPlatformAdmin: "required" }
  const saved = await save(root, change, "/admin/appliance/sign-in", own)
  expect([saved.status, saved.location]).toEqual([303, "/admin/appliance/sign-in?done=saved"])
  expect(kept("appliance")).toEqual({ secondFactorPlatformAdmin: "required" })
  expect(kept()).not.toHaveProperty("secondFactorPlatformAdmin")
})

const SERVER = { host: "mail.acme.test", sender: "office@acme.test", username: "office", password: "first-secret" }

test("a file sets the mail server of a tenant and of the appliance, and leaves alone what is so already", async () => {
  const file = { tenants: [{ slug: "acme", mailServer: SERVER }], appliance: { mailServer: { ...SERVER, port: 2525 } } }
  await world.apply(file)
  const rows = () => rowsOf<{ port: number }>(world.database.path, "SELECT port FROM mailServer ORDER BY port")
  expect(rows().map(({ port }) => port)).toEqual([587, 2525])
  const acts = () => rowsOf(world.database.path, "SELECT 1 FROM auditEntry WHERE act = 'mail.changed'").length
  const before = acts()
  await world.apply(file)
  await world.apply({ tenants: [{ slug: "acme", mailServer: { ...SERVER, password: undefined } }] })
  expect(acts()).toBe(before)
  await world.apply({ tenants: [{ slug: "acme", mailServer: null }], appliance: { mailServer: null } })
  expect(rows()).toEqual([])
})

test("the password of one mail server is not handed to another host", async () => {
  await world.apply({ tenants: [{ slug: "acme", mailServer: SERVER }] })
  const { password: _, ...elsewhere } = { ...SERVER, host: "mail.stranger.test", port: "587", security: "starttls" }
  const answer = await dora.visitor.post("/admin/mail", elsewhere)
  expect([answer.status, (await answer.text()).includes("Type the password of this username")]).toEqual([422, true])
  await expect(
    world.apply({
      tenants: [{ slug: "acme", mailServer: { ...SERVER, host: "mail.stranger.test", password: undefined } }],
    }),
  ).rejects.toThrow("password")
})
