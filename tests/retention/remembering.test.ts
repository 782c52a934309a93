/** Who was erased stays erased, also when an older copy of the database is put in its place. */
import { afterEach, expect, test } from "bun:test"
import { copyFileSync, mkdirSync, readFileSync, rmdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { hours } from "~/kernel/clock.ts"
import { conversation } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { count, openScene, pdf, type Scene, swept, WORDS } from "./scene.ts"

let scene: Scene
afterEach(() => scene?.world.close())

const erase = async (customer: number) => {
  const answer = await scene.dora.visitor.post(`/customers/${customer}/erasure`, { typed: WORDS.name })
  expect(answer.status).toBe(303)
  await swept(scene.world)
  expect(isThere(customer)).toBeFalse()
}
const isThere = (customer: number) => count(scene.world, "customer", `WHERE id = ${customer}`) === 1
const DATABASE = "sportello.db"
const COPY = "older.db"
const MEMORY = "erasures.jsonl"
const copy = (folder: string) => copyFileSync(join(folder, DATABASE), join(folder, COPY))
const putBack = (folder: string) => copyFileSync(join(folder, COPY), join(folder, DATABASE))
const memory = () => readFileSync(join(scene.world.database.path, "..", MEMORY), "utf8")

test("an older copy that is put back forgets them again, and nobody else", async () => {
  scene = await openScene()
  const { world, giulia, paolo, talk } = scene
  const other = await talk(paolo, pdf(2))
  const { customer } = await talk(giulia, pdf(1))
  await world.restart(copy)
  await erase(customer)
  await world.restart(putBack)
  expect(isThere(customer)).toBeTrue()
  await swept(world)
  expect([isThere(customer), isThere(other.customer)]).toEqual([false, true])
  expect(count(world, "message", `WHERE conversation = ${other.id}`)).toBeGreaterThan(2)
  await world.restart()
  expect(count(world, "erasure")).toBe(1)
})

test("nothing by which anybody is known stands beside the database", async () => {
  scene = await openScene()
  const { customer } = await scene.talk(scene.giulia, pdf(1))
  await erase(customer)
  const lines = memory().trim().split("\n")
  expect(lines).toHaveLength(1)
  expect(Object.keys(JSON.parse(lines[0] ?? ""))).toEqual(["tenant", "erasure", "customers", "askedBy"])
})

test("what is missing there is written down at the next start, and half a line of a crash spoils nothing", async () => {
  scene = await openScene()
  const { customer } = await scene.talk(scene.giulia, pdf(1))
  await erase(customer)
  const before = memory()
  await scene.world.restart((folder) => rmSync(join(folder, MEMORY)))
  expect(memory()).toBe(before)
  await scene.world.restart((folder) => void Bun.write(join(folder, MEMORY), before.slice(0, 20)))
  expect(memory().split("\n").slice(1).join("\n")).toBe(before)
})

test("an erasure that cannot be written down goes on, and is written down as soon as it can be", async () => {
  scene = await openScene()
  const { world, giulia, talk } = scene
  const { customer } = await talk(giulia, pdf(1))
  const place = join(world.database.path, "..", MEMORY)
  // Nothing can be appended to a folder.
  mkdirSync(place)
  await erase(customer)
  await world.restart()
  expect((await scene.dora.visitor.get("/customers")).status).toBe(200)
  rmdirSync(place)
  await world.advance(hours(1))
  expect(memory()).toContain(`"customers":[${customer}]`)
})

test("a conversation that is open in the older copy is closed by a person first", async () => {
  scene = await openScene()
  const { world, giulia } = scene
  giulia.say("Ancora una domanda")
  await world.settle()
  const { id, customer } = conversation(world, giulia)
  await world.restart(copy)
  const done = async () => {
    const anna = await sitDown(world, "anna")
    // Offers that she missed have sent her on a break.
    await anna.status("ready")
    await world.settle()
    await anna.open(id)
    expect(await anna.close(id)).toBeNull()
  }
  await done()
  await scene.dora.visitor.post(`/customers/${customer}/erasure`, { typed: giulia.customer.name })
  await swept(world)
  expect(isThere(customer)).toBeFalse()
  await world.restart(putBack)
  await world.advance(hours(2))
  expect(isThere(customer)).toBeTrue()
  await done()
  await world.advance(hours(1))
  await swept(world)
  expect(isThere(customer)).toBeFalse()
})
