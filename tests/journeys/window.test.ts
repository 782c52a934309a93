import { afterEach, describe, expect, test } from "bun:test"
import { hours, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, GIULIA, messages, received, textsIn } from "./scene.ts"

let world: World
afterEach(() => world.close())

/** Giulia's message, sent at `before` and delivered now, in Anna's hands. */
async function start(before = 0) {
  world = await openWorld({ document: office([{ username: "anna" }]) })
  const anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create(GIULIA)
  const sentAt = world.clock.now() - before
  giulia.say("Buongiorno", { at: sentAt })
  await world.settle()
  const { id } = conversation(world, giulia)
  expect(await anna.open(id)).toBeNull()
  return { anna, giulia, id, sentAt }
}

/** Meta counts whole seconds; who comes late stands at the end of theirs. */
const ENDS_ITS_SECOND = 999

/** Anna shuts her browser, and signs in again when the time is over. */
async function later(anna: Desk, span: Milliseconds): Promise<Desk> {
  await anna.leave()
  await world.advance(span)
  return sitDown(world, "anna")
}

const ours = (id: number) => messages(world, id).filter(({ direction }) => direction === "out")

describe("The 24 hours after the customer's last message", () => {
  test("until the last millisecond an answer is sent; after it, it is refused and nothing leaves", async () => {
    const { anna, giulia, id } = await start()
    const again = await later(anna, hours(24) - 1)
    expect(await again.reply(id, "Appena in tempo")).toBeNull()
    await world.settle()
    await world.advance(1)
    expect(await again.reply(id, "Troppo tardi")).toMatchObject({ refused: "window.closed" })
    await world.advance(minutes(1))
    expect(received(giulia)).toEqual(["Appena in tempo"])
    expect(textsIn(world, id, "out")).toEqual(["Appena in tempo"])
  })

  test("an answer that could not leave in time is not sent afterwards, and WhatsApp is not asked", async () => {
    const { anna, giulia, id } = await start()
    const again = await later(anna, hours(24) - minutes(1))
    world.network.down = true
    expect(await again.reply(id, "Resto in attesa")).toBeNull()
    await world.advance(seconds(50))
    expect(ours(id)).toMatchObject([{ status: "queued" }])
    const asked = () => world.simulator.wire.entries.filter(({ subject }) => subject.about === "send").length
    const sends = asked()
    world.clock.jumpTo(world.clock.now() + seconds(10))
    world.network.down = false
    await world.advance(minutes(5))
    expect(ours(id)).toMatchObject([{ status: "failed", failureReason: "window_closed" }])
    expect(asked()).toBe(sends)
    expect(received(giulia)).toEqual([])
  })

  test("begin when Meta got the message: one that is delivered 20 hours late leaves four", async () => {
    const { anna, giulia, id, sentAt } = await start(hours(20))
    expect(conversation(world, giulia).windowEndsAt).toBe(sentAt + hours(24))
    expect(messages(world, id)).toMatchObject([{ at: sentAt + ENDS_ITS_SECOND, receivedAt: sentAt + hours(20) }])
    const again = await later(anna, hours(4) - seconds(1))
    expect(await again.reply(id, "Ci siamo")).toBeNull()
    await world.advance(seconds(1))
    expect(await again.reply(id, "Non più")).toMatchObject({ refused: "window.closed" })
  })

  test("are over already when the message comes more than a day late: it is shown, and cannot be answered", async () => {
    const { anna, id } = await start(hours(25))
    expect(textsIn(world, id)).toEqual(["Buongiorno"])
    expect(await anna.reply(id, "Scusi il ritardo")).toMatchObject({ refused: "window.closed" })
    expect(ours(id)).toEqual([])
  })

  test("begin anew with every message, but an older one that comes later takes nothing away", async () => {
    const { anna, giulia, id, sentAt } = await start()
    await later(anna, hours(10))
    giulia.say("Ancora io")
    await world.settle()
    expect(conversation(world, giulia).windowEndsAt).toBe(sentAt + hours(34))
    giulia.say("Questo era rimasto indietro", { at: sentAt + hours(2) })
    await world.settle()
    expect(conversation(world, giulia).windowEndsAt).toBe(sentAt + hours(34))
    expect(textsIn(world, id)).toEqual(["Buongiorno", "Questo era rimasto indietro", "Ancora io"])
  })

  test("go on in a new conversation, and our own messages do not make them longer", async () => {
    const { anna, giulia, id, sentAt } = await start()
    await anna.reply(id, "Buongiorno!")
    const again = await later(anna, hours(20))
    await again.reply(id, "È pronta!")
    await world.settle()
    expect(conversation(world, giulia).windowEndsAt).toBe(sentAt + hours(24))
    await again.close(id)
    giulia.say("Arrivo", { at: sentAt + hours(1) })
    await world.settle()
    const next = conversation(world, giulia)
    expect(next.id).not.toBe(id)
    expect(next.windowEndsAt).toBe(sentAt + hours(25))
  })
})
