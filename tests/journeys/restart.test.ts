import { afterEach, describe, expect, test } from "bun:test"
import { hours, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Fault } from "~/simulator/faults.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { checkConservation } from "../support/invariants.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, conversations, GIULIA, messages, PAOLO, received, textsIn, timeline } from "./scene.ts"

let world: World
afterEach(() => world.close())

async function start() {
  world = await openWorld({ document: office([{ username: "anna" }, { username: "marco" }]) })
  const anna = await sitDown(world, "anna")
  await world.advance(seconds(1))
  const marco = await sitDown(world, "marco")
  const giulia = world.simulator.phones.create(GIULIA)
  return { anna, marco, giulia }
}

type Interruption = [name: string, interrupt: () => Promise<void>]
const interruptions: Interruption[] = [
  ["a restart", () => world.restart()],
  ["a kill", () => world.kill()],
]

describe("In the middle of an offer", () => {
  /** Nobody opens; at `at` something may happen to the appliance. */
  async function day(at: Milliseconds, interrupt: () => Promise<void>) {
    const { anna, marco, giulia } = await start()
    giulia.say("Buongiorno")
    await world.advance(at)
    await interrupt()
    await world.advance(minutes(4) - at)
    const { id } = conversation(world, giulia)
    const names = new Map([
      [anna.id, "Anna"],
      [marco.id, "Marco"],
    ])
    const told = timeline(world, id).map(
      ({ kind, at, data }) => `${at} ${kind} ${names.get(data.agent as number) ?? ""}`,
    )
    const { state, owner, offeredUntil } = conversation(world, giulia)
    await world.close()
    return { told, state, owner: names.get(owner ?? 0), offeredUntil }
  }

  for (const [name, interrupt] of interruptions)
    test.each([0, minutes(1), minutes(3) - 1, minutes(3)])(
      `${name} after %d ms ends as it would have without`,
      async (at) => {
        const usual = await day(at, async () => {})
        expect(usual).toMatchObject({ state: "offered", owner: "Marco" })
        expect(await day(at, interrupt)).toEqual(usual)
        world = await openWorld()
      },
    )

  test.each(interruptions)(
    "%s while the offer runs out is made up for at start, before anything new",
    async (_name, interrupt) => {
      const { anna, marco, giulia } = await start()
      giulia.say("Buongiorno")
      await world.settle()
      const { id, offeredUntil } = conversation(world, giulia)
      world.clock.jumpTo((offeredUntil ?? 0) + seconds(20))
      await interrupt()
      expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
      expect(await anna.open(id)).toMatchObject({ refused: "conversation.offered_to_another" })
    },
  )
})

describe("After a restart", () => {
  test.each(interruptions)(
    "%s: browsers that come back in time are as if nothing had been",
    async (_name, interrupt) => {
      const { anna, giulia } = await start()
      giulia.say("Buongiorno")
      await world.settle()
      const { id } = conversation(world, giulia)
      await anna.open(id)
      await interrupt()
      await world.advance(minutes(10))
      expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
      expect(await anna.reply(id, "Eccomi")).toBeNull()
      await world.advance(seconds(10))
      expect(received(giulia)).toEqual(["Eccomi"])
    },
  )

  test.each(interruptions)(
    "%s: whoever does not come back in two minutes loses what was offered",
    async (_name, interrupt) => {
      const { anna, marco, giulia } = await start()
      await world.advance(minutes(1))
      giulia.say("Buongiorno")
      await world.settle()
      expect(conversation(world, giulia).owner).toBe(anna.id)
      await anna.leave()
      await interrupt()
      await world.advance(minutes(2))
      expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: marco.id })
    },
  )

  test.each(interruptions)("%s: messages sent meanwhile arrive, once and in order", async (_name, interrupt) => {
    const { giulia } = await start()
    const paolo = world.simulator.phones.create(PAOLO)
    const wamids = [giulia.say("Uno")]
    await world.settle()
    world.simulator.faults.add({ fault: { kind: "webhook-outage" }, times: 4 })
    wamids.push(giulia.say("Due"), paolo.say("Salve"), giulia.say("Tre"))
    await interrupt()
    await world.advance(hours(1) / 4)
    expect(textsIn(world, conversation(world, giulia).id)).toEqual(["Uno", "Due", "Tre"])
    expect(textsIn(world, conversation(world, paolo).id)).toEqual(["Salve"])
    expect(conversations(world)).toHaveLength(2)
    checkConservation(world.database.path, wamids)
  })
})

test("with the clock set back at the restart, what is new is taken for nothing that was there before", async () => {
  const { anna, marco, giulia } = await start()
  await anna.leave()
  await marco.leave()
  world.clock.jumpTo(world.clock.now() - hours(3))
  await world.kill()
  giulia.say("Buongiorno")
  await world.settle()
  const { id } = conversation(world, giulia)
  const tables = ["user", "channel", "skillset", "customer"]
  const older = tables.flatMap((table) => rowsOf<{ id: number }>(world.database.path, `SELECT id FROM "${table}"`))
  expect(older.length).toBeGreaterThan(4)
  expect(older.filter((row) => row.id >= id)).toEqual([])
})

describe("Killed while an answer is on its way", () => {
  async function answering(fault: Fault) {
    const { anna, giulia } = await start()
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    world.simulator.faults.add({ fault, times: 1 })
    await anna.reply(id, "Buongiorno!")
    await world.settle()
    expect(ours(id)).toMatchObject([{ status: "sending", attempt: 1 }])
    return { anna, giulia, id }
  }
  const ours = (id: number) => messages(world, id).filter(({ direction }) => direction === "out")
  const later = async (desk: Desk, span: Milliseconds) => {
    await desk.leave()
    await world.advance(span)
  }

  test("that WhatsApp never got: it is in doubt, and never sent again by itself", async () => {
    const { anna, giulia, id } = await answering({ kind: "slow-answer", delay: minutes(1) })
    world.simulator.faults.add({ fault: { kind: "server-error" }, times: 1 })
    await world.kill()
    expect(ours(id)).toMatchObject([{ status: "uncertain", attempt: 1 }])
    await later(anna, hours(2))
    expect(ours(id)).toMatchObject([{ status: "uncertain", attempt: 1 }])
    expect(received(giulia)).toEqual([])
  })

  test("that WhatsApp took: its status says so, and the customer has it once", async () => {
    const { anna, giulia, id } = await answering({ kind: "accepts-without-answer" })
    await world.kill()
    expect(ours(id)).toMatchObject([{ status: "uncertain", wamid: null }])
    await later(anna, minutes(10))
    expect(ours(id)).toMatchObject([{ status: "read", wamid: world.simulator.sends[0]?.id, attempt: 1 }])
    expect(received(giulia)).toEqual(["Buongiorno!"])
  })

  test("in doubt, the agent sends it again as another attempt", async () => {
    const { anna, giulia, id } = await answering({ kind: "slow-answer", delay: minutes(1) })
    world.simulator.faults.add({ fault: { kind: "server-error" }, times: 1 })
    await world.kill()
    await world.advance(minutes(2))
    const [message] = ours(id)
    expect(await anna.post(`/conversations/${id}/messages/${message?.id}/resend`)).toBeNull()
    await world.advance(minutes(1))
    expect(ours(id)).toMatchObject([{ status: "read", failureReason: null }])
    expect(received(giulia)).toEqual(["Buongiorno!"])
  })

  test("what waited behind it leaves afterwards, in order", async () => {
    const { anna, giulia, id } = await answering({ kind: "accepts-without-answer" })
    await anna.reply(id, "Come posso aiutarla?")
    await anna.reply(id, "Sono qui.")
    await world.kill()
    await world.advance(minutes(1))
    expect(received(giulia)).toEqual(["Buongiorno!", "Come posso aiutarla?", "Sono qui."])
    expect(ours(id).map(({ status }) => status)).toEqual(["read", "read", "read"])
  })
})
