/** Tags in the hands of the tenant's admin. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { conversation } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/tags"

let world: World
let dora: Desk
let anna: Desk
let id: number

beforeEach(async () => {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({ document: { tenants: [{ ...acme, tags: ["urgent", "hurry", "VIP"] }, globex] } })
  dora = await sitDown(world, "dora", { listening: false })
  anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say("Buongiorno")
  await world.settle()
  id = conversation(world, giulia).id
  await anna.open(id)
  for (const name of ["urgent", "hurry"])
    expect(await anna.post(`/conversations/${id}/tags`, { on: "conversation", name })).toBeNull()
})
afterEach(() => world.close())

type Tag = { id: number; name: string; tone: string; retiredAt: number | null }
const tags = () => rowsOf<Tag>(world.database.path, "SELECT * FROM tag ORDER BY folded")
const named = (name: string) => tags().find((tag) => tag.name === name)
const before = ({ name, tone }: Tag) => JSON.stringify({ name: [name], tone: [tone], isRetired: [] })
const carried = () => rowsOf<{ tag: number }>(world.database.path, "SELECT tag FROM conversationTag")

test("stand on the labels of the conversations, and are called otherwise everywhere at once", async () => {
  const urgent = named("urgent")!
  expect(await anna.visitor.panel("/conversations/list")).toContain("label-tags")
  const form = { name: "Priority", tone: "bad", before: before(urgent) }
  expect(await dora.post(`${PATH}/${urgent.id}`, form)).toBeNull()
  expect(await anna.visitor.panel("/conversations/list")).toContain("Priority")
  expect(await dora.visitor.panel(`${PATH}?tone=bad`)).toContain("Priority")
  expect(await dora.visitor.panel(`${PATH}?tone=ok`)).not.toContain("Priority")
})

test("are merged: what carried both carries one", async () => {
  const urgent = named("urgent")!
  const hurry = named("hurry")!
  const itself = await dora.visitor.post(`${PATH}/${hurry.id}/merging`, { into: String(hurry.id) })
  expect(itself.status).toBeGreaterThanOrEqual(400)
  expect(await dora.post(`${PATH}/${hurry.id}/merging`, { into: String(urgent.id) })).toBeNull()
  expect(tags().map(({ name }) => name)).toEqual(["urgent", "VIP"])
  expect(carried()).toEqual([{ tag: urgent.id }])
})

test("retired ones stay where they are and are put nowhere; deleted ones are taken off", async () => {
  const urgent = named("urgent")!
  const form = { name: "urgent", tone: "plain", isRetired: "on", before: before(urgent) }
  expect(await dora.post(`${PATH}/${urgent.id}`, form)).toBeNull()
  expect(await anna.visitor.panel("/conversations/list")).toContain("urgent")
  const again = await anna.post(`/conversations/${id}/tags`, { on: "conversation", name: "Urgent" })
  expect(again).toMatchObject({ refused: "tag.retired" })
  expect(await dora.visitor.panel(`${PATH}/${urgent.id}/deletion`)).toContain("on 1 conversation")
  expect(await dora.post(`${PATH}/${urgent.id}/deletion`)).toBeNull()
  expect(carried()).toHaveLength(1)
  const taken = await dora.visitor.post(PATH, { name: "vip", tone: "plain" })
  expect([taken.status, (await taken.text()).includes("There is a tag called vip already")]).toEqual([422, true])
})
