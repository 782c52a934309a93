import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Holding } from "~/simulator/webhooks.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { checkConservation } from "../support/invariants.ts"
import { rowsOf } from "../support/records.ts"
import { inbound, post } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, conversations, GIULIA, PAOLO, received, textsIn, timeline } from "./scene.ts"

let world: World
afterEach(() => world.close())

const lines = Array.from({ length: 50 }, (_, index) => `Riga ${String(index + 1).padStart(2, "0")}`)

describe("Fifty messages of one customer at once", () => {
  const ways: [string, Holding][] = [
    ["each in a webhook of its own", {}],
    ["all in one webhook", { together: true }],
    ["each webhook twice", { copies: 2 }],
    ["shuffled, each webhook three times", { shuffled: true, copies: 3 }],
  ]
  test.each(ways)("make one conversation, in order, nothing twice: %s", async (_way, how) => {
    world = await openWorld({ document: office([{ username: "anna" }]) })
    const anna = await sitDown(world, "anna")
    const giulia = world.simulator.phones.create(GIULIA)
    const start = world.clock.now()
    const wamids = world.simulator.hold(
      () => lines.map((line, index) => giulia.say(line, { at: start - seconds(50 - index) })),
      how,
    )
    await world.settle()
    expect(conversations(world)).toHaveLength(1)
    const only = conversation(world, giulia)
    expect(only).toMatchObject({ state: "offered", owner: anna.id, unreadCount: 50 })
    expect(textsIn(world, only.id)).toEqual(lines)
    checkConservation(world.database.path, wamids)
    const kinds = timeline(world, only.id).map(({ kind }) => kind)
    expect(kinds).toEqual(["conversation.opened", "conversation.queued", "conversation.offered"])
  })

  test("of the same second stay in the order in which they came", async () => {
    world = await openWorld()
    const giulia = world.simulator.phones.create(GIULIA)
    world.simulator.hold(() => lines.map((line) => giulia.say(line)), { together: true })
    await world.settle()
    expect(textsIn(world, conversation(world, giulia).id)).toEqual(lines)
  })

  test("posted by fifty callers at the same moment, before the first is answered", async () => {
    world = await openWorld()
    const giulia = world.simulator.phones.create(GIULIA)
    const bodies = lines.map((line, index) => inbound(giulia, { id: `wamid.${index}`, text: line }))
    const answers = await Promise.all([...bodies, ...bodies].map((body) => post(world, body)))
    expect(answers).toEqual(Array(100).fill(200))
    await world.settle()
    expect(conversations(world)).toHaveLength(1)
    expect(textsIn(world, conversation(world, giulia).id).sort()).toEqual(lines)
  })

  test("of two customers, mixed in one webhook, are two conversations", async () => {
    world = await openWorld()
    const phones = [GIULIA, PAOLO].map((who) => world.simulator.phones.create(who))
    const say = (index: number) => phones[index % 2]?.say(`${index}`)
    world.simulator.hold(() => lines.map((_, index) => say(index)), { together: true, copies: 2 })
    await world.settle()
    expect(conversations(world)).toHaveLength(2)
    for (const [parity, phone] of phones.entries())
      expect(textsIn(world, conversation(world, phone).id)).toEqual(
        lines.flatMap((_, index) => (index % 2 === parity ? [`${index}`] : [])),
      )
  })
})

describe("Twenty agents and one conversation", () => {
  const names = Array.from({ length: 20 }, (_, index) => `agent${String.fromCharCode(97 + index)}`)

  test("that waits: all want it at once, one has it, the others are told who", async () => {
    world = await openWorld({ document: office(names.map((username) => ({ username, most: 0 }))) })
    const desks = await Promise.all(names.map((name) => sitDown(world, name)))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    const { id, state } = conversation(world, giulia)
    expect(state).toBe("queued")
    const outcomes = await Promise.all(desks.map((desk) => desk.take(id)))
    await world.settle()
    const winners = desks.filter((_, index) => outcomes[index] === null)
    expect(winners).toHaveLength(1)
    const [winner] = winners
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: winner?.id })
    const owner = `${winner?.username.slice(0, 1).toUpperCase()}${winner?.username.slice(1)} Rossi`
    expect(outcomes.filter((outcome) => outcome !== null)).toEqual(
      Array(19).fill({ refused: "conversation.owned_by_another", message: expect.stringContaining(owner) }),
    )
    expect(timeline(world, id).filter(({ kind }) => kind === "conversation.activated")).toHaveLength(1)
  })

  test("that is offered to one of them: only that one opens it, however many try", async () => {
    world = await openWorld({ document: office(names.map((username) => ({ username }))) })
    const desks = await Promise.all(names.map((name) => sitDown(world, name)))
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    const { id, owner } = conversation(world, giulia)
    const attempts = desks.flatMap((desk) => [desk.open(id), desk.take(id)])
    const outcomes = await Promise.all(attempts)
    const done = desks.filter((_, index) => outcomes[2 * index] === null)
    expect(done.map((desk) => desk.id)).toEqual([owner ?? 0])
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(2)
    expect(timeline(world, id).filter(({ kind }) => kind === "conversation.activated")).toHaveLength(1)
  })

  test("answered by its owner with one click that arrives ten times is answered once", async () => {
    world = await openWorld({ document: office([{ username: "anna" }]) })
    const anna = await sitDown(world, "anna")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    const answers = await Promise.all(Array.from({ length: 10 }, () => anna.reply(id, "Buongiorno!", "click-1")))
    expect(answers).toEqual(Array(10).fill(null))
    await world.advance(minutes(1))
    expect(received(giulia)).toEqual(["Buongiorno!"])
    expect(rowsOf(world.database.path, "SELECT id FROM message WHERE direction = 'out'")).toHaveLength(1)
  })
})
