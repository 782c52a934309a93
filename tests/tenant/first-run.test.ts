/** From an empty appliance in the browser: the set-up link, a tenant with its admin, skillsets, users. */
import { expect, test } from "bun:test"
import { PASSWORD } from "../support/cast.ts"
import { Visitor } from "../support/visitor.ts"
import { openWorld } from "../support/world.ts"

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
  const company = {
    slug: "acme",
    name: "Acme",
    timezone: "Europe/Rome",
    language: "en",
    firstName: "Dora",
    lastName: "Rossi",
    username: "dora",
    password: PASSWORD,
  }
  const wrong = await rita.post("/admin/tenants", { ...company, slug: "Not A Slug", password: "short" })
  const page = await wrong.text()
  expect([wrong.status, page.includes("At least"), page.includes('value="Acme"')]).toEqual([422, true, true])
  expect((await rita.post("/admin/tenants", company)).status).toBe(303)
  const twice = await rita.post("/admin/tenants", { ...company, username: "dora.2" })
  expect(await twice.text()).toContain("There is a tenant acme already.")
  const taken = await rita.post("/admin/tenants", { ...company, slug: "globex" })
  expect(await taken.text()).toContain("This username is taken.")
  expect(await rita.panel("/admin/tenants")).not.toContain("globex")

  const dora = await Visitor.signIn(world.answer, "dora", PASSWORD)
  expect(await dora.panel("/admin")).toContain("to do")
  const skillset = { name: "Service", strategy: "least_loaded", priority: "0", overflowTo: "", afterSeconds: "120" }
  const made = await dora.post("/admin/skillsets", skillset)
  const id = /skillsets\/(\d+)/.exec(made.headers.get("location") ?? "")?.[1] ?? ""
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
