/**
 * A day at random: customers write, agents work, browsers come and go, WhatsApp misbehaves, the appliance is restarted
 * and killed. One seed, one day. The world checks the invariants after every settled step; the end of the day checks
 * that nothing was lost and that everything has a way out.
 */
import { SeededChance } from "~/kernel/chance.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Fault } from "~/simulator/faults.ts"
import { conversations, messages, textsIn } from "../journeys/scene.ts"
import { ACME } from "../support/cast.ts"
import { checkCounters } from "../support/counters.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { checkConservation } from "../support/invariants.ts"
import { openWorld, type World } from "../support/world.ts"
import { sync } from "../template/scene.ts"
import { autopsy } from "./autopsy.ts"
import { type Day, DEEDS, drawn, endForced } from "./deeds.ts"
import { CUSTOMERS, firstChoices, HANDS, lastChoices, TEMPLATE, TEXTS } from "./hands.ts"

const GRAPH_FAULTS: Fault[] = [
  { kind: "server-error" },
  { kind: "connection-reset" },
  { kind: "accepts-without-answer" },
  { kind: "accepts-then-reset" },
  { kind: "status-before-answer" },
  { kind: "too-many-requests" },
  { kind: "slow-answer", delay: seconds(8) },
]

/** Lives the day of `seed`; `end` looks at what is left. Throws with the seed and the last deeds when anything does not hold. */
export async function liveDay(
  seed: number,
  steps: number,
  end: (path: string) => void = () => {},
): Promise<{ done: string[]; checks: number }> {
  const day = await dawn(seed)
  try {
    for (let step = 0; step < steps; step++) {
      const [, name, act] = drawn(day.chance, DEEDS)
      day.done.push(name)
      await act(day)
      await day.world.settle()
    }
    await dusk(day)
    end(day.world.database.path)
    return { done: day.done, checks: day.world.checks() }
  } catch (error) {
    const last = day.done.slice(-12).join(", ")
    const shown = autopsy(day.world.database.path, String(error))
    throw new Error(`seed ${seed}, step ${day.done.length} (… ${last}): ${String(error)}\n${shown}`, { cause: error })
  } finally {
    await day.world.close()
  }
}

async function dawn(seed: number): Promise<Day> {
  const world = await openWorld({ seed, document: firstChoices(seed) })
  const chance = new SeededChance(seed * 7_919 + 1)
  const desks: Desk[] = []
  for (const { username } of HANDS) desks.push(await sitDown(world, username))
  world.simulator.templates.add(ACME.number.wabaId, structuredClone(TEMPLATE))
  await sync(world, desks[0]!.tenant)
  const phones = Array.from({ length: CUSTOMERS }, (_, index) =>
    world.simulator.phones.create({ name: `Customer ${index}`, phone: `+39 345 ${5_550_100 + index}` }),
  )
  const { faults } = world.simulator
  faults.add({ fault: { kind: "webhook-duplicate", copies: 2 }, probability: 0.1 })
  faults.add({ fault: { kind: "webhook-reorder", within: seconds(20) }, probability: 0.1 })
  faults.add({ fault: { kind: "webhook-outage" }, probability: 0.02 })
  for (const fault of GRAPH_FAULTS) faults.add({ fault, probability: 0.02 })
  return { world, chance, desks, phones, wamids: [], done: [] }
}

/** Everything heals, everybody works: what was said is there once, and whatever waits comes to its end. */
async function dusk(day: Day): Promise<void> {
  const { world, wamids } = day
  world.network.down = false
  world.simulator.faults.clear()
  for (const desk of day.desks) await desk.leave()
  await world.advance(hours(3))
  checkConservation(world.database.path, wamids)
  checkCounters(world)
  await world.apply(lastChoices())
  const desks = await Promise.all(HANDS.map(({ username }) => sitDown(world, username)))
  for (const desk of desks) await desk.status("ready")
  await endForced({ ...day, desks })
  await world.settle()
  for (let round = 0; round < 4 * CUSTOMERS && isBusy(world); round++) await closeWhatCanBe(world, desks)
  const left = conversations(world).filter(({ state }) => state !== "closed")
  if (left.length > 0) throw new Error(`no way out of ${left.map(({ id, state }) => `${id} ${state}`).join(", ")}`)
  await world.advance(minutes(1))
  checkThreads(day)
  checkTexts(world)
}

/** Whatever happened, nobody is greeted twice in one conversation, or hears goodbye twice. */
function checkTexts(world: World): void {
  const twice = conversations(world).filter(({ id }) =>
    [TEXTS.welcome.en, TEXTS.closed.en].some(
      (text) => textsIn(world, id, "out").filter((one) => one === text).length > 1,
    ),
  )
  if (twice.length > 0) throw new Error(`said twice in ${twice.map(({ id }) => id).join(", ")}`)
}

const isBusy = (world: World) => conversations(world).some(({ state }) => state !== "closed")

async function closeWhatCanBe(world: World, desks: readonly Desk[]): Promise<void> {
  for (const { id, owner, state } of conversations(world)) {
    const desk = desks.find((one) => one.id === owner)
    if (state === "parked") await desks.at(-1)?.unpark(id)
    if (state === "offered") await desk?.open(id)
    if (state === "offered" || state === "active") await desk?.close(id)
    if (state === "awaiting_reply") await desk?.post(`/templates-sent/${id}/closing`)
  }
  await world.settle()
}

/** Nothing was sent twice, and what we count as sent is what the customer got. */
function checkThreads({ world, phones }: Day): void {
  const sent = conversations(world).flatMap(({ id }) =>
    messages(world, id).filter(({ direction }) => direction === "out"),
  )
  const arrived = new Set(["sent", "delivered", "read"])
  const open = sent.filter(({ status }) => !arrived.has(status) && status !== "uncertain" && status !== "failed")
  if (open.length > 0) throw new Error(`answers never settled: ${open.map(({ id, status }) => `${id} ${status}`)}`)
  const got = phones.flatMap((phone) => phone.received().map(({ callback }) => callback?.split(".")[1] ?? ""))
  const twice = got.filter((id, index) => got.indexOf(id) !== index)
  if (twice.length > 0) throw new Error(`sent twice: ${twice}`)
  const missing = sent.filter(({ id, status }) => arrived.has(status) && !got.includes(String(id)))
  if (missing.length > 0) throw new Error(`counted as sent but not received: ${missing.map(({ id }) => id)}`)
}
