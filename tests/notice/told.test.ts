/** What people are told although nobody looked: an answer that did not arrive, a customer who does not stop writing. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { office } from "../support/cast.ts"
import type { Desk } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { noticesOf, somebodyWrites, stateOf, toUser, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

const HANDS = [{ username: "anna" }, { username: "marco" }, { username: "carla", level: "supervisor", skillsets: [] }]
const FAILED = "was not delivered"

async function start() {
  world = await openWorld({ document: office(HANDS) })
  const [anna, marco, carla] = (await working(world, "anna", "marco", "carla")) as [Desk, Desk, Desk]
  const customer = await somebodyWrites(world)
  await anna.open(customer.id)
  return { anna, marco, carla, ...customer }
}

describe("An answer that is sent, and fails afterwards", () => {
  test("is told to whoever wrote it, although the conversation is closed", async () => {
    const { anna, marco, id } = await start()
    world.simulator.faults.add({ fault: { kind: "status-failed", code: 131026 }, times: 1 })
    await anna.reply(id, "Ecco la risposta")
    expect(await anna.close(id)).toBeNull()
    await world.advance(seconds(30))
    expect(stateOf(world, id)?.state).toBe("closed")
    expect(await noticesOf(anna)).toContain(FAILED)
    expect(await noticesOf(marco)).not.toContain(FAILED)
  })

  test("is told to whoever has the conversation now as well", async () => {
    const { anna, marco, carla, id } = await start()
    world.simulator.faults.add({ fault: { kind: "status-failed", code: 131026 }, times: 1 })
    await anna.reply(id, "Ecco la risposta")
    await toUser(anna, id, marco.id)
    await world.advance(seconds(30))
    expect(await noticesOf(anna)).toContain(FAILED)
    expect(await noticesOf(marco)).toContain(FAILED)
    expect(await noticesOf(carla)).not.toContain(FAILED)
  })

  test("says nothing of one that arrives", async () => {
    const { anna, id } = await start()
    await anna.reply(id, "Ecco la risposta")
    await world.advance(minutes(1))
    expect(await noticesOf(anna)).not.toContain(FAILED)
  })
})

describe("A customer who does not stop writing", () => {
  const written = async (count: number) => {
    const scene = await start()
    await scene.anna.read(scene.id)
    for (let line = 0; line < count; line++) scene.phone.say(`riga ${line}`)
    await world.advance(minutes(1))
    return scene
  }

  test("is told to supervisors, once", async () => {
    const { carla, anna } = await written(130)
    expect((await noticesOf(carla)).match(/has sent 100 messages that nobody has read/g)).toHaveLength(1 + 1)
    expect(await noticesOf(anna)).not.toContain("that nobody has read")
  })

  test("is nothing to tell below that", async () => {
    const { carla } = await written(99)
    expect(await noticesOf(carla)).not.toContain("that nobody has read")
  })
})

describe("A number that WhatsApp lets send no more", () => {
  test("is told to supervisors and admins, and so is that it may again", async () => {
    const { anna, carla, id } = await start()
    world.simulator.faults.add({ fault: { kind: "token-refused" } })
    await anna.reply(id, "Ecco la risposta")
    await world.advance(seconds(30))
    expect(await noticesOf(carla)).toContain("Main cannot send")
    expect(await noticesOf(anna)).not.toContain("cannot send")
    world.simulator.faults.clear()
    await world.advance(minutes(2))
    expect(await noticesOf(carla)).toContain("Main can send again")
  })
})

describe("What becomes of a conversation that one has given away or put aside", () => {
  test("is told when it is opened, to whoever transferred it", async () => {
    const { anna, marco, id } = await start()
    await toUser(anna, id, marco.id)
    expect(await noticesOf(anna)).not.toContain("that you transferred")
    expect(await marco.open(id)).toBeNull()
    expect(await noticesOf(anna)).toContain("that you transferred")
    expect(await noticesOf(marco)).not.toContain("that you transferred")
  })

  test("is told when its customer answers, to whoever had it in their wait queue", async () => {
    const { anna, marco, id, phone } = await start()
    expect(await anna.park(id, "personal")).toBeNull()
    phone.say("Eccomi")
    await world.settle()
    expect(await noticesOf(anna)).toContain("is no longer in your wait queue")
    expect(await noticesOf(marco)).not.toContain("is no longer in your wait queue")
  })
})

describe("What others do with a conversation that one has in hand", () => {
  const steer = (by: Desk, deed: string, id: Id, user?: Id) =>
    by.post("/waiting/steering", { conversation: String(id), deed, ...(user ? { user: String(user) } : {}) })

  test("is told to whoever had it, once, and not to whoever did it", async () => {
    const { anna, carla, id } = await start()
    await steer(carla, "take_over", id)
    expect(await noticesOf(anna)).toContain("Carla Rossi took over your conversation with Customer")
    expect(await noticesOf(carla)).not.toContain("your conversation with")
    expect(await noticesOf(anna)).not.toMatch(/transferred your|returned your|closed your/)
  })

  test("is told when it was given to somebody else, put back into the queue, or closed", async () => {
    const { anna, marco, carla, id } = await start()
    await steer(carla, "assign", id, marco.id)
    expect(await noticesOf(anna)).toContain("Carla Rossi transferred your conversation with Customer")
    await marco.open(id)
    await steer(carla, "return", id)
    expect(await noticesOf(marco)).toContain("Carla Rossi returned your conversation with Customer")
    const [next] = [anna, marco].filter(({ id: user }) => stateOf(world, id)?.owner === user)
    expect(await next?.open(id)).toBeNull()
    expect(await carla.close(id)).toBeNull()
    expect(next && (await noticesOf(next))).toContain("Carla Rossi closed your conversation with Customer")
  })

  test("is told when a colleague goes on with it while one is away, and when it leaves one's own wait queue", async () => {
    const { anna, marco, carla, id } = await start()
    await anna.leave()
    await world.advance(minutes(3))
    expect(await marco.take(id)).toBeNull()
    await anna.comeBack()
    expect(await noticesOf(anna)).toContain("Marco Rossi took over your conversation with Customer")
    await marco.park(id, "personal")
    await steer(carla, "assign", id, anna.id)
    expect(await noticesOf(marco)).toContain("Carla Rossi transferred your conversation with Customer")
  })

  test("says nothing of what one does oneself, and of what the appliance tells in words of its own", async () => {
    const { anna, marco, id } = await start()
    await toUser(anna, id, marco.id)
    await marco.open(id)
    await marco.park(id, "public")
    await marco.unpark(id)
    await marco.close(id)
    for (const desk of [anna, marco]) expect(await noticesOf(desk)).not.toContain("your conversation with")
  })
})

describe("Marketing that the customer has stopped at WhatsApp", () => {
  test("opts them out by the failure alone, once", async () => {
    const { anna, id } = await start()
    world.simulator.faults.add({ fault: { kind: "status-failed", code: 131050 }, times: 1 })
    await anna.reply(id, "Promozione")
    await world.advance(seconds(30))
    const kept = "SELECT choice, how FROM consentChange"
    expect(rowsOf<{ choice: string; how: string }>(world.database.path, kept)).toEqual([
      { choice: "out", how: "whatsapp" },
    ])
  })
})
