/** Places in the hands of the tenant's admin. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const OFFICE = { name: "Aurora Milano", address: "Via Roma 1", latitude: 45.4642, longitude: 9.19 }
const FORM = { name: "Aurora Monza", address: "Viale Libertà 5", latitude: "45,585", longitude: "9.29" }

let world: World
let dora: Desk

beforeEach(async () => {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({ document: { tenants: [{ ...acme, locations: [OFFICE] }, globex] } })
  dora = await sitDown(world, "dora", { listening: false })
})
afterEach(() => world.close())

type Row = typeof OFFICE & { id: number; version: number }
const kept = () => rowsOf<Row>(world.database.path, "SELECT * FROM location ORDER BY name")
const acts = () =>
  rowsOf<{ act: string }>(
    world.database.path,
    "SELECT act FROM auditEntry WHERE act LIKE 'location.%' ORDER BY id",
  ).map(({ act }) => act)
const before = ({ name, address, latitude, longitude }: Row) =>
  JSON.stringify({ name: [name], address: [address], latitude: [`${latitude}`], longitude: [`${longitude}`] })

test("are listed, found, made, changed and taken away, each on record", async () => {
  expect(await dora.visitor.panel("/admin/locations?q=milano")).toContain("45.4642, 9.19")
  expect(await dora.visitor.panel("/admin/locations/new")).toContain("<world-map")
  expect(await dora.post("/admin/locations", FORM)).toBeNull()
  const [, monza] = kept()
  expect(monza).toMatchObject({ name: "Aurora Monza", latitude: 45.585, longitude: 9.29 })
  const path = `/admin/locations/${monza?.id}`
  expect(await dora.post(path, { ...FORM, address: "Via Nuova 2", before: before(monza!) })).toBeNull()
  expect(kept()[1]?.address).toBe("Via Nuova 2")
  expect(await dora.visitor.panel(`${path}/deletion`)).toContain("Delete Aurora Monza?")
  expect(await dora.post(`${path}/deletion`)).toBeNull()
  expect(kept().map(({ name }) => name)).toEqual(["Aurora Milano"])
  expect(acts()).toEqual(["location.created", "location.created", "location.changed", "location.removed"])
})

test("that cannot be are refused at their field, and what was typed stays", async () => {
  const wrong = await dora.visitor.post("/admin/locations", { ...FORM, latitude: "95" })
  expect([wrong.status, (await wrong.text()).includes("Viale Libertà 5")]).toEqual([422, true])
  const double = await dora.visitor.post("/admin/locations", { ...FORM, name: OFFICE.name })
  expect([double.status, (await double.text()).includes("There is a location called Aurora Milano already")]).toEqual([
    422,
    true,
  ])
  expect(kept()).toHaveLength(1)
})

test("changed by two at once: the second is told, and loses nothing", async () => {
  const [office] = kept()
  const path = `/admin/locations/${office?.id}`
  const seen = before(office!)
  const mine = { name: OFFICE.name, latitude: "45.4642", longitude: "9.19" }
  expect(await dora.post(path, { ...mine, address: "Via Roma 2", before: seen })).toBeNull()
  const second = await dora.visitor.post(path, { ...mine, address: "Via Roma 3", before: seen })
  const page = await second.text()
  expect([second.status, page.includes("Via Roma 3"), page.includes("Via Roma 2")]).toEqual([409, true, true])
  expect(kept()[0]?.address).toBe("Via Roma 2")
})
