/** Whose 24 hours are nearly over: a supervisor sees it before nothing but a template reaches them. */
import { afterEach, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { goHome, pageOf, somebodyWrites, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

const HANDS = [{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]
const PATH = "/waiting/ending"
const namesOn = (page: string) =>
  [...page.matchAll(/class="waiting-name"[^>]*>([^<]*)</g)].map(([, name]) => name?.trim())

async function start() {
  world = await openWorld({ document: office(HANDS) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const first = await somebodyWrites(world)
  await anna.open(first.id)
  expect(await anna.reply(first.id, "Le faccio sapere")).toBeNull()
  await goHome(world, anna)
  await world.advance(minutes(90))
  const second = await somebodyWrites(world)
  return { first, second }
}

test("who has less than four hours left is listed, the soonest first, with who owes whom an answer", async () => {
  const { first, second } = await start()
  await world.advance(hours(18))
  const carla = await sitDown(world, "carla")
  expect(await pageOf(carla, PATH)).toContain("24 hours end soon")
  expect(await pageOf(carla, "/waiting")).not.toContain(PATH)
  await world.advance(minutes(45))
  expect(namesOn(await pageOf(carla, PATH))).toEqual([first.phone.customer.name])
  expect(await pageOf(carla, "/waiting")).toContain("24 hours nearly over: 1 customer")
  await world.advance(hours(2))
  const page = await pageOf(carla, PATH)
  expect(namesOn(page)).toEqual([first.phone.customer.name, second.phone.customer.name])
  expect(page.indexOf("The customer has not answered")).toBeLessThan(page.indexOf("The customer waits for an answer"))
  expect(page.indexOf("The customer has not answered")).toBeGreaterThan(0)
})

test("whoever writes again, and whose hours are over, is on it no longer", async () => {
  const { first, second } = await start()
  await world.advance(hours(22))
  first.phone.say("Eccomi")
  await world.settle()
  const carla = await sitDown(world, "carla")
  expect(namesOn(await pageOf(carla, PATH))).toEqual([second.phone.customer.name])
  await world.advance(hours(3))
  expect(namesOn(await pageOf(carla, PATH))).toEqual([])
})

const told = (username: string): number =>
  rowsOf<{ id: number }>(
    world.database.path,
    "SELECT n.id FROM notice n JOIN user u ON u.id = n.user WHERE n.kind = 'window_nearly_over' AND u.username = ?",
    username,
  ).length

test("an hour before the end its agent is told, once for the same hours; supervisors too where the agent is away", async () => {
  world = await openWorld({ document: office(HANDS) })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { id, phone } = await somebodyWrites(world)
  await anna.open(id)
  await goHome(world, anna)
  await world.advance(hours(22) + minutes(30))
  expect(told("anna")).toBe(0)
  const again = await sitDown(world, "anna")
  await world.advance(minutes(45))
  expect([told("anna"), told("carla")]).toEqual([1, 0])
  await world.restart()
  await world.advance(minutes(20))
  expect(told("anna")).toBe(1)
  phone.say("Ci siete?")
  await world.settle()
  await goHome(world, again)
  await world.advance(hours(23) + minutes(10))
  expect([told("anna"), told("carla")]).toEqual([2, 1])
})

test("it is for supervisors", async () => {
  await start()
  const anna = await sitDown(world, "anna")
  expect((await anna.visitor.get(PATH)).status).toBe(403)
  expect(await pageOf(anna, "/waiting")).not.toContain(PATH)
})
