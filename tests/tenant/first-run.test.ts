/** From an empty appliance in the browser: the set-up link, a tenant with its admin, skillsets, users. */
import { expect, test } from "bun:test"
import { hours } from "~/kernel/clock.ts"
import { PASSWORD } from "../support/cast.ts"
import { Newcomer } from "../support/newcomer.ts"
import { dump } from "../support/records.ts"
import { Visitor } from "../support/visitor.ts"
import { openWorld } from "../support/world.ts"

const passwordIn = (text: string) => /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(text)?.[0] ?? ""
const OWN = "una frase tutta mia"
const COMPANY = {
  slug: "acme",
  name: "Acme",
  timezone: "Europe/Rome",
  language: "en",
  firstName: "Dora",
  lastName: "Rossi",
  username: "dora",
  email: "",
  password: "",
}
const RITA = { username: "root", firstName: "Rita", lastName: "Neri", password: PASSWORD }

test("set-up link, platform admin, tenant, first admin, skillset, agent: without touching a file", async () => {
  const world = await openWorld({ document: {} })
  const stranger = new Visitor(world.answer)
  const path = new URL(world.appliance.setupUrl ?? "").pathname
  await stranger.get(path)
  const root = { username: "root", firstName: "Rita", lastName: "Neri", password: PASSWORD, repeated: PASSWORD }
  expect((await stranger.post(path, root)).status).toBe(303)
  const rita = await Visitor.signIn(world.answer, "root", PASSWORD)
  expect(await rita.panel("/admin/tenants")).toContain("No tenant yet")
  await rita.get("/admin/tenants/new")
  const wrong = await rita.post("/admin/tenants", { ...COMPANY, slug: "Not A Slug", email: "nobody" })
  const page = await wrong.text()
  expect([wrong.status, page.includes('value="nobody"'), page.includes('value="Acme"')]).toEqual([422, true, true])
  const made = await rita.post("/admin/tenants", COMPANY)
  const password = passwordIn(await made.text())
  expect([made.status, password.length]).toEqual([200, 19])
  const twice = await rita.post("/admin/tenants", { ...COMPANY, username: "dora.2" })
  expect(await twice.text()).toContain("There is a tenant acme already.")
  const taken = await rita.post("/admin/tenants", { ...COMPANY, slug: "globex" })
  expect(await taken.text()).toContain("This username is taken.")
  const list = await rita.panel("/admin/tenants")
  expect([list.includes("globex"), list.includes(password)]).toEqual([false, false])

  const arriving = new Newcomer(world.answer)
  expect((await arriving.signIn("dora", password)).path).toBe("/login/password")
  expect((await arriving.send("/login/password", { password: OWN, repeated: OWN })).path).toBe("/profile")
  const dora = await Visitor.signIn(world.answer, "dora", OWN)
  expect(await dora.panel("/admin")).toContain("to do")
  const skillset = { name: "Service", strategy: "least_loaded", priority: "0", overflowTo: "", afterSeconds: "120" }
  const added = await dora.post("/admin/skillsets", skillset)
  const id = /skillsets\/(\d+)/.exec(added.headers.get("location") ?? "")?.[1] ?? ""
  const anna = {
    firstName: "Anna",
    lastName: "Rossi",
    username: "anna",
    email: "",
    externalId: "",
    level: "agent",
    language: "en",
    loginType: "password",
    enabled: "on",
    maxConversations: "5",
    skillsets: id,
  }
  expect((await dora.post("/admin/users", anna)).status).toBe(200)
  const steps = await dora.panel("/admin")
  expect([...steps.matchAll(/>(done|to do)</g)].map(([, said]) => said)).toEqual([
    "done",
    "done",
    "done",
    "to do",
    "to do",
  ])
  await world.close()
}, 30_000)

test("the first admin's invitation goes by mail, in their language, and again until they have come in", async () => {
  const world = await openWorld({ document: { platformAdmins: [RITA] } })
  const rita = await Visitor.signIn(world.answer, "root", PASSWORD)
  await rita.get("/admin/tenants/new")
  const told = await rita.post("/admin/tenants", { ...COMPANY, language: "it", email: "dora@acme.test" })
  expect(await told.text()).toContain("Sent to dora@acme.test.")
  await world.settle()
  const first = passwordIn(world.mailbox.to("dora@acme.test").text)
  expect(world.mailbox.to("dora@acme.test").subject).toStartWith("Il tuo accesso a")
  expect(JSON.stringify(dump(world.database.path))).not.toContain(first)

  await world.advance(hours(72))
  const later = await Visitor.signIn(world.answer, "root", PASSWORD)
  const list = await later.panel("/admin/tenants")
  expect(list).toContain("Its administrator has not signed in yet")
  const path = /\/admin\/tenants\/\d+\/invitation/.exec(list)?.[0] ?? ""
  expect((await later.post(path, {})).status).toBe(200)
  await world.settle()
  const second = passwordIn(world.mailbox.to("dora@acme.test").text)
  expect(second).not.toBe(first)
  const dora = new Newcomer(world.answer)
  expect((await dora.signIn("dora", second)).path).toBe("/login/password")
  expect((await dora.send("/login/password", { password: OWN, repeated: OWN })).path).toBe("/profile")

  expect(await later.panel("/admin/tenants")).not.toContain("has not signed in yet")
  expect((await later.post(path, {})).status).toBe(404)
  expect((await new Newcomer(world.answer).signIn("dora", OWN)).path).toBe("/profile")
  await world.close()
}, 30_000)

test("a password that whoever runs the appliance chooses is weighed, never sent back, and opens the door", async () => {
  const world = await openWorld({ document: { platformAdmins: [RITA] } })
  const rita = await Visitor.signIn(world.answer, "root", PASSWORD)
  await rita.get("/admin/tenants/new")
  const weak = await rita.post("/admin/tenants", { ...COMPANY, password: "too short" })
  const page = await weak.text()
  expect([weak.status, page.includes("At least 15"), page.includes("too short")]).toEqual([422, true, false])
  const made = await rita.post("/admin/tenants", { ...COMPANY, password: OWN })
  expect(made.status).toBe(303)
  const told = await rita.panel(made.headers.get("location") ?? "")
  expect(told).toContain("signs in with the password you chose")
  expect(told).not.toContain("has not signed in yet")
  expect((await new Newcomer(world.answer).signIn("dora", OWN)).path).toBe("/profile")
  await world.close()
}, 30_000)
