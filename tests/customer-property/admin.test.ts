/** Customer properties in the hands of the tenant's admin. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/properties"

let world: World
let dora: Desk

beforeEach(async () => {
  const [acme, globex] = companyDocument().tenants
  const customerProperties = [{ name: "Contract" }, { name: "Birthday", kind: "date" }]
  world = await openWorld({ document: { tenants: [{ ...acme, customerProperties }, globex] } })
  dora = await sitDown(world, "dora", { listening: false })
})
afterEach(() => world.close())

type Row = { id: number; name: string; kind: string; choices: string; enabled: number }
const kept = () => rowsOf<Row>(world.database.path, "SELECT * FROM customerProperty ORDER BY position, id")
const names = () => kept().map(({ name }) => name)

test("are made, put in order, changed; the kind stays", async () => {
  const form = { name: "Size", kind: "choice", choices: "Small\nLarge", enabled: "on" }
  expect(await dora.post(PATH, form)).toBeNull()
  const size = kept()[2]!
  expect(JSON.parse(size.choices)).toEqual(["Small", "Large"])
  expect(await dora.post(`${PATH}/${size.id}/moving`, { direction: "up" })).toBeNull()
  expect(names()).toEqual(["Contract", "Size", "Birthday"])
  const seen = { name: ["Size"], kind: ["choice"], choices: ["Small\nLarge"], channels: [], enabled: ["on"] }
  const change = { ...form, before: JSON.stringify(seen) }
  const kind = await dora.visitor.post(`${PATH}/${size.id}`, { ...change, kind: "text" })
  expect([kind.status, (await kind.text()).includes("The kind of a property stays")]).toEqual([422, true])
  expect(await dora.post(`${PATH}/${size.id}`, { ...change, name: "Dress size" })).toBeNull()
  const late = await dora.visitor.post(`${PATH}/${size.id}`, { ...change, name: "Shoe size" })
  expect([late.status, (await late.text()).includes("Shoe size")]).toEqual([409, true])
  const none = await dora.visitor.post(PATH, { ...form, name: "Colour", choices: "" })
  expect([none.status, (await none.text()).includes("at least one thing to choose")]).toEqual([422, true])
  expect(await dora.visitor.panel(`${PATH}?kind=date`)).not.toContain("Dress size")
})

test("go with what customers have under them, which is said before", async () => {
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  giulia.say("Buongiorno")
  await world.settle()
  const customer = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM customer")[0]?.id
  const contract = kept()[0]!
  const field = `property${contract.id}`
  const typed = { name: "", otherPhone: "", [field]: "A-1" }
  const shown = { "shown.name": "", "shown.otherPhone": "", [`shown.${field}`]: "" }
  expect(await anna.post(`/customers/${customer}`, { ...typed, ...shown })).toBeNull()
  expect(await dora.visitor.panel(`${PATH}/${contract.id}/deletion`)).toContain("1 customer has a value")
  expect(await dora.post(`${PATH}/${contract.id}/deletion`)).toBeNull()
  expect(names()).toEqual(["Birthday"])
  expect(rowsOf(world.database.path, "SELECT * FROM customerValue")).toEqual([])
})
