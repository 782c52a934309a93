/** What can happen on a day at random, and how often. */
import type { SeededChance } from "~/kernel/chance.ts"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversations } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"
import { oneOf } from "./agenda.ts"
import { otherChoices } from "./hands.ts"

export type Day = {
  world: World
  chance: SeededChance
  desks: Desk[]
  phones: Phone[]
  wamids: string[]
  done: string[]
}
type Deed = [weight: number, name: string, act: (day: Day) => Promise<void>]

export const DEEDS: Deed[] = [
  [24, "write", async (day) => write(day, 1)],
  [3, "write much", async (day) => write(day, 6)],
  [6, "answer the menu", async (day) => answerMenu(day)],
  [16, "open", (day) => work(day, "offered", (desk, id) => desk.open(id))],
  [3, "open at random", (day) => work(day, "any", (desk, id) => desk.open(id))],
  [4, "take at random", (day) => work(day, "any", (desk, id) => desk.take(id))],
  [10, "answer", (day) => work(day, "active", (desk, id) => desk.reply(id, `Answer ${day.done.length}`))],
  [2, "answer at random", (day) => work(day, "any", (desk, id) => desk.reply(id, "Not mine"))],
  [3, "transfer to somebody", (day) => work(day, "active", (desk, id) => desk.post(...toUser(day, id)))],
  [2, "transfer to a skillset", (day) => work(day, "active", (desk, id) => desk.post(...toSkillset(day, id)))],
  [1, "transfer at random", (day) => work(day, "any", (desk, id) => desk.post(...toUser(day, id)))],
  [2, "decline", (day) => work(day, "offered", (desk, id) => desk.post(`/conversations/${id}/declining`, NO_REASON))],
  [1, "release", (day) => work(day, "any", (desk, id) => desk.post(`/conversations/${id}/releasing`))],
  [3, "put aside", (day) => work(day, "active", (desk, id) => desk.park(id, oneOf(day.chance, PARKED)))],
  [1, "put aside at random", (day) => work(day, "any", (desk, id) => desk.park(id, oneOf(day.chance, PARKED)))],
  [2, "take up again", (day) => work(day, "parked", (desk, id) => desk.unpark(id))],
  [1, "take up at random", (day) => work(day, "any", (desk, id) => desk.unpark(id))],
  [5, "send a template", sendTemplate],
  [5, "look at what was sent", (day) => work(day, "awaiting_reply", (desk, id) => desk.post(...looking(day, id)))],
  [2, "look at random", (day) => work(day, "any", (desk, id) => desk.post(...looking(day, id)))],
  [3, "steer", steer],
  [1, "close many", closeMany],
  [1, "lead out of the menu", leadOutOfMenu],
  [2, "set somebody's status", setSomebodysStatus],
  [1, "force the hours", forceHours],
  [1, "end what was forced", endForced],
  [6, "read", (day) => work(day, "active", (desk, id) => desk.read(id))],
  [9, "close", (day) => work(day, "active", (desk, id) => desk.close(id))],
  [1, "close at random", (day) => work(day, "any", (desk, id) => desk.close(id))],
  [6, "change status", async ({ chance, desks }) => void (await oneOf(chance, desks).status(oneOf(chance, STATUSES)))],
  [4, "lose the connection", ({ chance, desks }) => oneOf(chance, desks).leave()],
  [7, "come back", ({ chance, desks }) => comeBack(oneOf(chance, desks))],
  [2, "sign out", async ({ chance, desks }) => void (await oneOf(chance, desks).signOut())],
  [4, "sign in", signInAgain],
  [14, "moment", ({ world, chance }) => world.advance(chance.below(seconds(40)))],
  [1, "long while", ({ world, chance }) => world.advance(chance.below(minutes(30)))],
  [4, "while", ({ world, chance }) => world.advance(chance.below(minutes(4)))],
  [1, "network down", async (day) => connect(day, false)],
  [4, "network up", async (day) => connect(day, true)],
  [1, "restart", ({ world }) => world.restart()],
  [1, "kill", ({ world }) => world.kill()],
  [1, "other limits", ({ world, chance }) => world.apply(otherChoices(chance))],
]

const NO_REASON = { reason: "" }
const PARKED = ["public", "personal"] as const
const MODES = ["immediate", "exclusive"] as const
const STATUSES = ["ready", "ready", "ready", "back_office", "break"] as const

export function drawn(chance: SeededChance, deeds: readonly Deed[]): Deed {
  let at = chance.below(deeds.reduce((sum, [weight]) => sum + weight, 0))
  for (const deed of deeds) {
    at -= deed[0]
    if (at < 0) return deed
  }
  throw new Error("weights add up")
}

function write({ world, chance, phones, wamids, done }: Day, most: number): void {
  const count = 1 + chance.below(most)
  const say = () => wamids.push(oneOf(chance, phones).say(`Step ${done.length}`))
  const how = { together: chance.below(2) === 0, shuffled: chance.below(2) === 0, copies: 1 + chance.below(2) }
  world.simulator.hold(() => {
    for (let index = 0; index < count; index++) say()
  }, how)
}

/** By a button of any question that was ever asked, or in words. */
function answerMenu({ chance, phones, wamids }: Day): void {
  const phone = oneOf(chance, phones)
  const questions = phone.received().filter(({ words }) => words.choices !== null)
  if (questions.length === 0) return
  const { id, words } = oneOf(chance, questions)
  const { title } = oneOf(chance, words.choices?.choices ?? [])
  wamids.push(chance.below(3) === 0 ? phone.say(title) : phone.tap(id, title))
}

function connect({ world }: Day, connected: boolean): void {
  world.network.down = !connected
}

type Which = "offered" | "active" | "parked" | "awaiting_reply" | "any"
type Work = (desk: Desk, conversation: Id) => Promise<unknown>

/** Somebody does something with a conversation of theirs, or with any at all. */
async function work({ world, chance, desks }: Day, which: Which, deed: Work): Promise<void> {
  const desk = oneOf(chance, desks)
  const all = conversations(world)
  const fitting = which === "any" ? all : all.filter(({ owner, state }) => owner === desk.id && state === which)
  if (fitting.length > 0) await deed(desk, oneOf(chance, fitting).id)
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

async function sendTemplate({ world, chance, desks, phones, done }: Day): Promise<void> {
  const [template, channel] = ["template", "channel"].map((table) =>
    String(rowsOf<{ id: Id }>(world.database.path, `SELECT id FROM ${table} LIMIT 1`)[0]?.id ?? ""),
  )
  const number = oneOf(chance, phones).customer.phone?.replace(/\D/g, "") ?? ""
  const to = { to: `number-${number}`, channel: channel ?? "", kind: "template", search: number }
  const clientId = `start-${done.length}`
  await oneOf(chance, desks).post("/start", { ...to, name: "", template: template ?? "", clientId })
}

const looking = ({ chance }: Day, id: Id): Asked => [
  `/conversations/${id}/looking`,
  { doing: oneOf(chance, ["looking", "looking", "writing", "gone"]) },
]

type Asked = [path: string, fields: Record<string, string>]

function toUser(day: Day, id: Id): Asked {
  const user = String(oneOf(day.chance, day.desks).id)
  return [`/conversations/${id}/transfer`, { to: "user", user, mode: oneOf(day.chance, MODES), note: "" }]
}

function toSkillset(day: Day, id: Id): Asked {
  const [skillset = ""] = ids(day, `SELECT id FROM skillset WHERE name = '${oneOf(day.chance, ["Sales", "Service"])}'`)
  return [`/conversations/${id}/transfer`, { to: "skillset", skillset, mode: oneOf(day.chance, MODES), note: "" }]
}

const ids = ({ world }: Day, sql: string): string[] =>
  rowsOf<{ id: Id }>(world.database.path, sql).map(({ id }) => String(id))

/** The supervisor's desk is the last one. */
async function steer(day: Day): Promise<void> {
  const { chance, desks, world } = day
  const all = conversations(world).filter(({ state }) => state !== "closed")
  if (all.length === 0) return
  const some = Array.from({ length: 1 + chance.below(3) }, () => ["conversation", String(oneOf(chance, all).id)])
  const deed = oneOf(chance, ["assign", "assign", "return", "take_over"])
  const user = String(oneOf(chance, desks).id)
  await desks.at(-1)?.visitor.postAll("/waiting/steering", [...some, ["deed", deed], ["user", user]])
}

async function closeMany(day: Day): Promise<void> {
  const { chance, desks } = day
  const some = ids(day, "SELECT id FROM conversation WHERE state <> 'closed'").filter(() => chance.below(4) === 0)
  await desks.at(-1)?.visitor.postAll(
    "/waiting/closing",
    some.map((id) => ["closing", `${id}.${chance.below(3)}`]),
  )
}

async function leadOutOfMenu(day: Day): Promise<void> {
  const [first] = ids(day, "SELECT id FROM conversation WHERE state = 'menu'")
  const skillset = oneOf(day.chance, ids(day, "SELECT id FROM skillset"))
  if (first) await day.desks.at(-1)?.post(`/unmanaged/${first}/skillset`, { skillset })
}

async function setSomebodysStatus({ chance, desks }: Day): Promise<void> {
  await desks.at(-1)?.post(`/agents/${oneOf(chance, desks).id}/status`, { status: oneOf(chance, STATUSES) })
}

async function forceHours(day: Day): Promise<void> {
  const [channel] = ids(day, "SELECT id FROM channel")
  const asked = { state: oneOf(day.chance, ["open", "closed"]), until: oneOf(day.chance, ["11:30", "13:00", "18:00"]) }
  await day.desks.at(-1)?.post(`/channels/${channel}/forced-hours`, asked)
}

export async function endForced(day: Day): Promise<void> {
  const [channel] = ids(day, "SELECT id FROM channel")
  await day.desks.at(-1)?.post(`/channels/${channel}/forced-hours/ending`)
}
