/** In every list of the administration a name is taken whatever its capitals, and can be written otherwise by its owner. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk

beforeAll(async () => {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({ document: { tenants: [acme, globex] } })
  dora = await sitDown(world, "dora", { listening: false })
})
afterAll(() => world.close())

const FORMS = {
  skillset: {
    path: "/admin/skillsets",
    form: { strategy: "least_loaded", priority: "0", overflowTo: "", afterSeconds: "120" },
  },
  location: { path: "/admin/locations", form: { address: "Via Roma 1", latitude: "45", longitude: "9" } },
  customerProperty: { path: "/admin/properties", form: { kind: "text", choices: "", enabled: "on" } },
  profilingTree: { path: "/admin/profiling", form: { level: "1", title: "Order", row: "r0" } },
}

for (const [table, { path, form }] of Object.entries(FORMS))
  test(`${path}: «lobby» is taken once there is «Lobby»`, async () => {
    const named = () => rowsOf<{ id: number }>(world.database.path, `SELECT id FROM ${table} WHERE name LIKE 'lobby'`)
    expect(await dora.post(path, { ...form, name: "Lobby" })).toBeNull()
    const again = await dora.visitor.post(path, { ...form, name: "lobby" })
    expect([again.status, (await again.text()).includes("lobby already")]).toEqual([422, true])
    expect(named()).toHaveLength(1)
  })
