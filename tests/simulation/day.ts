/**
 * A day at random: customers write, agents work, browsers come and go, WhatsApp misbehaves, the appliance is restarted
 * and killed. One seed, one day. The world checks the invariants after every settled step; the end of the day checks
 * that nothing was lost and that everything has a way out.
 */
import { SeededChance } from "~/kernel/chance.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Fault } from "~/simulator/faults.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversations, messages, textsIn } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { checkConservation } from "../support/invariants.ts"
import { openWorld, type World } from "../support/world.ts"

const HANDS = [
  { username: "anna", skillsets: ["Sales"], most: 2 },
  { username: "marco", skillsets: ["Sales", "Service"], most: 3 },
  { username: "ivo", skillsets: ["Service"], most: 1, isolated: true },
  { username: "lidia", skillsets: ["Sales"], most: 1 },
  { username: "carla", skillsets: [], most: 1, level: "supervisor" },
]
/** Monday; the day starts at ten in Rome and has a break at noon. */
const HOURS = { weekly: { mon: ["09:00-12:30", "13:30-19:00"], tue: ["00:00-24:00"] } }
/** On every second day the number asks first. */
const MENU = {
  ...{ greeting: "What is it about?", talkToPerson: "A person", wrongAnswer: "Pardon?", timeoutMinutes: 3 },
  choices: [
    { title: "Sales", skillset: "Sales", choices: [{ title: "Bikes", priority: 1 }, { title: "Parts" }] },
    { title: "Service", skillset: "Service" },
  ],
}
/** On every third day the number speaks. */
const TEXTS = {
  ...{ welcome: { en: "Welcome" }, queued: { en: "{position} for {skillset}" }, closed_hours: { en: "{opensAt}" } },
  ...{ transferred: { en: "{agent.firstName}" }, closed: { en: "Goodbye" } },
}
const SETTINGS = { offerTimeoutSeconds: 60, repeatOfferPauseSeconds: 120 }
const CUSTOMERS = 10

const GRAPH_FAULTS: Fault[] = [
  { kind: "server-error" },
  { kind: "connection-reset" },
  { kind: "accepts-without-answer" },
  { kind: "accepts-then-reset" },
  { kind: "status-before-answer" },
  { kind: "too-many-requests" },
  { kind: "slow-answer", delay: seconds(8) },
]

type Day = { world: World; chance: SeededChance; desks: Desk[]; phones: Phone[]; wamids: string[]; done: string[] }
type Deed = [weight: number, name: string, act: (day: Day) => Promise<void>]

/** Lives the day of `seed`; throws with the seed and the last deeds when anything does not hold. */
export async function liveDay(seed: number, steps: number): Promise<{ done: string[]; checks: number }> {
  const day = await dawn(seed)
  try {
    for (let step = 0; step < steps; step++) {
      const [, name, act] = drawn(day.chance, DEEDS)
      day.done.push(name)
      await act(day)
      await day.world.settle()
    }
    await dusk(day)
    return { done: day.done, checks: day.world.checks() }
  } catch (error) {
    const last = day.done.slice(-12).join(", ")
    throw new Error(`seed ${seed}, step ${day.done.length} (… ${last}): ${String(error)}`, { cause: error })
  } finally {
    await day.world.close()
  }
}

async function dawn(seed: number): Promise<Day> {
  const menu = seed % 2 === 0 ? MENU : null
  const messages = seed % 3 === 1 ? TEXTS : null
  const world = await openWorld({ seed, document: office(HANDS, { hours: HOURS, settings: SETTINGS, menu, messages }) })
  const chance = new SeededChance(seed * 7_919 + 1)
  const desks: Desk[] = []
  for (const { username } of HANDS) desks.push(await sitDown(world, username))
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

const DEEDS: Deed[] = [
  [24, "write", async (day) => write(day, 1)],
  [3, "write much", async (day) => write(day, 6)],
  [6, "answer the menu", async (day) => answerMenu(day)],
  [16, "open", (day) => work(day, "offered", (desk, id) => desk.open(id))],
  [3, "open at random", (day) => work(day, "any", (desk, id) => desk.open(id))],
  [4, "take at random", (day) => work(day, "any", (desk, id) => desk.take(id))],
  [10, "answer", (day) => work(day, "active", (desk, id) => desk.reply(id, `Answer ${day.done.length}`))],
  [2, "answer at random", (day) => work(day, "any", (desk, id) => desk.reply(id, "Not mine"))],
  [6, "read", (day) => work(day, "active", (desk, id) => desk.read(id))],
  [9, "close", (day) => work(day, "active", (desk, id) => desk.close(id))],
  [1, "close at random", (day) => work(day, "any", (desk, id) => desk.close(id))],
  [
    6,
    "change status",
    async ({ chance, desks }) => void (await picked(chance, desks).status(picked(chance, STATUSES))),
  ],
  [4, "lose the connection", ({ chance, desks }) => picked(chance, desks).leave()],
  [7, "come back", ({ chance, desks }) => comeBack(picked(chance, desks))],
  [2, "sign out", async ({ chance, desks }) => void (await picked(chance, desks).signOut())],
  [4, "sign in", signInAgain],
  [14, "moment", ({ world, chance }) => world.advance(chance.below(seconds(40)))],
  [4, "while", ({ world, chance }) => world.advance(chance.below(minutes(4)))],
  [1, "network down", async (day) => connect(day, false)],
  [4, "network up", async (day) => connect(day, true)],
  [1, "restart", ({ world }) => world.restart()],
  [1, "kill", ({ world }) => world.kill()],
  [1, "other limits", ({ world, chance }) => world.apply(otherLimits(chance))],
]

const STATUSES = ["ready", "ready", "ready", "back_office", "break"] as const

function drawn(chance: SeededChance, deeds: readonly Deed[]): Deed {
  let at = chance.below(deeds.reduce((sum, [weight]) => sum + weight, 0))
  for (const deed of deeds) {
    at -= deed[0]
    if (at < 0) return deed
  }
  throw new Error("weights add up")
}

function picked<Item>(chance: SeededChance, items: readonly Item[]): Item {
  const item = items[chance.below(items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

function write({ world, chance, phones, wamids, done }: Day, most: number): void {
  const count = 1 + chance.below(most)
  const say = () => wamids.push(picked(chance, phones).say(`Step ${done.length}`))
  const how = { together: chance.below(2) === 0, shuffled: chance.below(2) === 0, copies: 1 + chance.below(2) }
  world.simulator.hold(() => {
    for (let index = 0; index < count; index++) say()
  }, how)
}

/** By a button of any question that was ever asked, or in words. */
function answerMenu({ chance, phones, wamids }: Day): void {
  const phone = picked(chance, phones)
  const questions = phone.received().filter(({ words }) => words.choices !== null)
  if (questions.length === 0) return
  const { id, words } = picked(chance, questions)
  const { title } = picked(chance, words.choices?.choices ?? [])
  wamids.push(chance.below(3) === 0 ? phone.say(title) : phone.tap(id, title))
}

function connect({ world }: Day, connected: boolean): void {
  world.network.down = !connected
}

type Which = "offered" | "active" | "any"
type Work = (desk: Desk, conversation: Id) => Promise<unknown>

/** Somebody does something with a conversation of theirs, or with any at all. */
async function work({ world, chance, desks }: Day, which: Which, deed: Work): Promise<void> {
  const desk = picked(chance, desks)
  const all = conversations(world)
  const fitting = which === "any" ? all : all.filter(({ owner, state }) => owner === desk.id && state === which)
  if (fitting.length > 0) await deed(desk, picked(chance, fitting).id)
}

/** A browser whose session is over stays away until somebody signs in. */
async function comeBack(desk: Desk): Promise<void> {
  if (desk.isSignedIn()) await desk.comeBack()
}

async function signInAgain(day: Day): Promise<void> {
  const { world, chance, desks } = day
  const index = chance.below(desks.length)
  const desk = desks[index]
  if (!desk || desk.isSignedIn()) return
  await desk.leave()
  desks[index] = await sitDown(world, desk.username)
}

const otherLimits = (chance: SeededChance) =>
  office(
    HANDS.map((hand) => ({ ...hand, most: chance.below(4) })),
    { hours: HOURS, settings: SETTINGS },
  )

/** Everything heals, everybody works: what was said is there once, and whatever waits comes to its end. */
async function dusk(day: Day): Promise<void> {
  const { world, wamids } = day
  world.network.down = false
  world.simulator.faults.clear()
  for (const desk of day.desks) await desk.leave()
  await world.advance(hours(3))
  checkConservation(world.database.path, wamids)
  await world.apply(office(HANDS, { hours: "always", settings: SETTINGS }))
  const desks = await Promise.all(HANDS.map(({ username }) => sitDown(world, username)))
  for (const desk of desks) await desk.status("ready")
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
    if (state === "offered") await desk?.open(id)
    if (state === "offered" || state === "active") await desk?.close(id)
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
