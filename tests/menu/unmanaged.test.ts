/** Unmanaged conversations: what supervisors see of customers in a menu, and how they take them out of it (A9). */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openScene, type Scene } from "./scene.ts"

let scene: Scene
afterEach(() => scene.world.close())

const skillset = (name: string) =>
  String(scene.rows<{ id: number }>(`SELECT id FROM skillset WHERE name = '${name}'`)[0]?.id ?? 0)
const page = (desk: Desk) => desk.visitor.panel("/unmanaged")

async function inTheMenu() {
  scene = await openScene()
  const carla = await sitDown(scene.world, "carla")
  await scene.write("Hello")
  await scene.press("Sales")
  return { carla, id: scene.conversation().id }
}

describe("Unmanaged", () => {
  test("shows who is in a menu, what they said last and what they have chosen", async () => {
    const { carla } = await inTheMenu()
    const shown = await page(carla)
    for (const words of ["Giulia", "Sales", "Main"]) expect(shown).toContain(words)
  })

  test("says that nobody is, and nothing else, when nobody is", async () => {
    scene = await openScene()
    const carla = await sitDown(scene.world, "carla")
    expect(await page(carla)).toContain("Nobody is unmanaged")
  })

  test("rings for supervisors at every answer, and once more when it is over", async () => {
    const { carla } = await inTheMenu()
    const before = carla.heard.filter((topic) => topic === "unmanaged").length
    expect(before).toBeGreaterThanOrEqual(2)
    await scene.press("Bikes")
    expect(carla.heard.filter((topic) => topic === "unmanaged").length).toBeGreaterThan(before)
  })

  test("a supervisor takes one, and the thread tells how far it had come", async () => {
    const { carla, id } = await inTheMenu()
    expect(await carla.take(id)).toBeNull()
    expect(scene.conversation()).toMatchObject({ state: "active", owner: carla.id })
    expect(scene.ends()).toEqual([{ how: "left", path: "Sales" }])
    await scene.world.advance(minutes(10))
    expect(scene.conversation()).toMatchObject({ state: "active", owner: carla.id })
  })

  test("one that is assigned out of a menu and never opened is the default skillset's: it is not lost", async () => {
    const { carla, id } = await inTheMenu()
    const anna = await sitDown(scene.world, "anna")
    await anna.status("break")
    const asked = { to: "user", user: String(carla.id), mode: "immediate", note: "" }
    expect(await carla.post(`/conversations/${id}/transfer`, asked)).toBeNull()
    expect(scene.conversation()).toMatchObject({ state: "offered", owner: carla.id, skillset: "Sales" })
    await scene.world.advance(minutes(3))
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
    expect(await anna.status("ready")).toBeNull()
    expect(scene.conversation()).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("a supervisor assigns one to a skillset, whose agent gets it at once", async () => {
    const { carla, id } = await inTheMenu()
    const marco = await sitDown(scene.world, "marco")
    expect(await carla.post(`/unmanaged/${id}/skillset`, { skillset: skillset("Service") })).toBeNull()
    expect(scene.conversation()).toMatchObject({ state: "offered", owner: marco.id, skillset: "Service" })
    expect(await page(carla)).toContain("Nobody is unmanaged")
  })

  test("of two supervisors' choices the first one holds, and the second is told", async () => {
    const { carla, id } = await inTheMenu()
    await carla.post(`/unmanaged/${id}/skillset`, { skillset: skillset("Service") })
    const second = await carla.post(`/unmanaged/${id}/skillset`, { skillset: skillset("Sales") })
    expect(second).toMatchObject({ refused: "conversation.is_queued" })
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
  })

  test("a skillset that does not exist is refused", async () => {
    const { carla, id } = await inTheMenu()
    expect(await carla.post(`/unmanaged/${id}/skillset`, { skillset: "99" })).toMatchObject({ refused: "not_found" })
    expect(scene.conversation().state).toBe("menu")
  })

  test("an agent cannot help themselves to what nobody has been given", async () => {
    const { id } = await inTheMenu()
    const anna = await sitDown(scene.world, "anna")
    expect(await anna.take(id)).toMatchObject({ refused: "conversation.not_your_skillset" })
    expect(scene.conversation().state).toBe("menu")
  })

  test("a supervisor closes one, and its menu is over", async () => {
    const { carla, id } = await inTheMenu()
    expect(await carla.close(id)).toBeNull()
    expect(scene.ends()).toEqual([{ how: "left", path: "Sales" }])
    await scene.write("Hello again")
    expect(scene.conversation().state).toBe("menu")
  })
})
