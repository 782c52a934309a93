import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { conversation, timeline } from "../journeys/scene.ts"
import { GLOBEX, office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { idOf, pageOf, somebodyWrites, stateOf, toSkillset, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

/** Anna sells, restricted Sara serves, Carla supervises. */
async function start() {
  world = await openWorld({
    document: office([
      { username: "anna", skillsets: ["Sales"] },
      { username: "sara", skillsets: ["Service"], isolated: true },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]),
  })
  const [anna] = (await working(world, "anna")) as [Desk]
  const { phone, id } = await somebodyWrites(world)
  await anna.open(id)
  await anna.read(id)
  await anna.reply(id, "Mi dica")
  await world.advance(seconds(10))
  return { anna, phone, id, carla: await sitDown(world, "carla") }
}

const steer = async (by: Desk, fields: Record<string, string>) =>
  (await by.visitor.postAll("/waiting/steering", Object.entries(fields))).text()

describe("A restricted agent", () => {
  test("can be chosen by a supervisor, and gets nothing of other skillsets", async () => {
    const { anna, id, carla } = await start()
    const sara = idOf(world, "sara")
    expect(await pageOf(carla, "/waiting")).toContain(`<option value="${sara}">Sara Rossi`)
    const asked = { conversation: String(id), deed: "assign", user: String(sara) }
    expect(await steer(carla, asked)).toContain("Sara Rossi is restricted to other skillsets")
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna.id })
  })

  test("sees only the queues of their own skillsets, and nobody to choose from", async () => {
    await start()
    const sara = await sitDown(world, "sara")
    const page = await pageOf(sara, "/waiting")
    expect(page).toContain("Service")
    expect(page).not.toContain(">Sales<")
    expect(page).not.toContain('name="agent"')
  })
})

describe("Without a reload", () => {
  test("the list says what a waiting customer said last, to whoever has it on screen", async () => {
    const { anna, carla } = await start()
    await anna.status("break")
    const { phone } = await somebodyWrites(world)
    const before = carla.heard.length
    phone.say("C'è qualcuno?")
    await world.settle()
    expect(carla.heard.slice(before)).not.toContain("waiting")
    await pageOf(carla, "/waiting")
    phone.say("Ancora io")
    await world.settle()
    expect(carla.heard.slice(before)).toContain("waiting")
    expect(await pageOf(carla, "/waiting")).toContain("Ancora io")
  })

  test("what an agent leaves open appears as soon as they count as gone, with whether an answer is owed", async () => {
    const { anna, phone, carla } = await start()
    phone.say("Ci siete?")
    await world.settle()
    const before = carla.heard.length
    await anna.leave()
    await world.advance(minutes(3))
    expect(carla.heard.slice(before)).toContain("waiting")
    expect(await pageOf(carla, "/waiting?show=leftOpen")).toContain("the customer waits for an answer")
  })
})

describe("On the page", () => {
  test("one's own wait queue can be taken up again; the others read whose it is", async () => {
    const { anna, phone, id, carla } = await start()
    await anna.park(id, "personal", "Aspetta la fattura")
    const own = await pageOf(anna, "/waiting")
    expect(own).toContain(`action="/conversations/${id}/unpark"`)
    expect(own).toContain(`Take up again: ${phone.customer.name}`)
    const others = await pageOf(carla, "/waiting")
    expect(others).not.toContain("/unpark")
    expect(others).toContain("Anna Rossi only")
    expect(others).toContain("Aspetta la fattura")
  })

  test("what came with a transfer stands beside the reason, until somebody has opened it", async () => {
    const { anna, id, carla } = await start()
    const service = (await pageOf(carla, "/waiting")).match(
      /skillset=(\d+)"[^>]*>\s*<strong>[^<]*<\/strong>\s*<b>Service/,
    )
    await toSkillset(anna, id, Number(service?.[1]), { note: "Chiede della garanzia" })
    const page = await pageOf(carla, "/waiting")
    expect(page).toContain("Chiede della garanzia")
    expect(page).toContain("Sent by Anna Rossi")
    const sara = await sitDown(world, "sara")
    await sara.open(id)
    await sara.leave()
    await world.advance(minutes(3))
    expect(await pageOf(carla, "/waiting")).not.toContain("Chiede della garanzia")
  })
})

describe("At the same moment", () => {
  test("a closing and the customer's message: closed before it came, or stopped by it, and the message is in one place", async () => {
    const { phone, id, carla } = await start()
    const closing = carla.visitor.postAll("/waiting/closing", [["closing", `${id}.0`]])
    phone.say("Aspettate!")
    const said = await (await closing).text()
    await world.settle()
    const isClosed = said.includes("1 done")
    expect(stateOf(world, id)?.state).toBe(isClosed ? "closed" : "active")
    expect(conversation(world, phone).id === id).toBe(!isClosed)
    expect(conversation(world, phone).unreadCount).toBe(1)
  })

  test("twenty presses of two supervisors: one after the other, each knowing what was before", async () => {
    const { id, carla } = await start()
    const presses = Array.from({ length: 20 }, (_, index) =>
      steer(carla, { conversation: String(id), deed: index % 2 === 0 ? "take_over" : "return" }),
    )
    await Promise.all(presses)
    await world.settle()
    const told = timeline(world, id).map(({ kind }) => kind)
    expect(told.filter((kind) => kind === "conversation.activated").length).toBeGreaterThan(1)
    expect(["active", "queued", "offered"]).toContain(stateOf(world, id)?.state ?? "")
  })
})

describe("Another company's conversation", () => {
  test("is not there for a supervisor, whatever is sent", async () => {
    world = await openWorld()
    const anna2 = await sitDown(world, "anna2")
    const carla = await sitDown(world, "carla")
    const phone = world.simulator.phones.create({ name: "Ottavia Bonomelli", phone: "+39 345 555 0172" })
    phone.say("Buongiorno", { to: GLOBEX.number.phoneNumberId })
    await world.settle()
    const { id } = conversation(world, phone)
    expect(await anna2.open(id)).toBeNull()
    for (const deed of ["assign", "take_over", "return"]) {
      const said = await steer(carla, { conversation: String(id), deed, user: String(idOf(world, "marco")) })
      expect(said).not.toContain("done")
      expect(said).not.toContain("Ottavia")
    }
    const closing = await (await carla.visitor.postAll("/waiting/closing", [["closing", `${id}.9`]])).text()
    expect(closing).not.toContain("done")
    expect(await pageOf(carla, `/waiting/closing?conversation=${id}`)).not.toContain("Ottavia")
    expect(stateOf(world, id)).toEqual({ state: "active", owner: anna2.id })
  })
})
