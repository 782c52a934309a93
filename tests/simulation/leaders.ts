/** Supervisors, the operator, and bad luck: everything that happens to agents and customers from outside. */
import { SeededChance } from "~/kernel/chance.ts"
import { hours, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Fault } from "~/simulator/faults.ts"
import type { Desk } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"
import { about, happens, oneOf } from "./agenda.ts"
import { companyOf, otherChoices } from "./company.ts"
import { type Course, inState, noteRefusal } from "./course.ts"
import type { Worker } from "./worker.ts"

const FAULTS: [fault: Fault, probability: number][] = [
  [{ kind: "webhook-duplicate", copies: 2 }, 0.04],
  [{ kind: "webhook-reorder", within: seconds(30) }, 0.04],
  [{ kind: "webhook-outage" }, 0.005],
  [{ kind: "server-error" }, 0.005],
  [{ kind: "connection-reset" }, 0.005],
  [{ kind: "accepts-without-answer" }, 0.003],
  [{ kind: "accepts-then-reset" }, 0.003],
  [{ kind: "status-before-answer" }, 0.02],
  [{ kind: "too-many-requests" }, 0.005],
  [{ kind: "slow-answer", delay: seconds(8) }, 0.01],
  [{ kind: "status-failed", code: 131_026 }, 0.005],
]

/** What WhatsApp does all day long. */
export function misbehave({ world }: Course): void {
  for (const [fault, probability] of FAULTS) world.simulator.faults.add({ fault, probability })
}

/** The network is down for a few minutes, twice on a bad day. */
export function planOutages({ world, agenda, options }: Course, day: Instant): void {
  const chance = new SeededChance(options.seed + day / hours(1))
  for (let count = chance.below(3); count > 0; count--) {
    const at = day + hours(8) + chance.below(hours(10))
    agenda.at(at, () => connect(world, false))
    agenda.at(at + about(chance, minutes(2)), () => connect(world, true))
  }
}

function connect({ network }: World, connected: boolean): void {
  network.down = !connected
}

/** The operator changes limits, manners and deadlines at noon, and back in the evening. */
export function planChoices({ world, agenda, people, options }: Course, day: Instant): void {
  const chance = new SeededChance(options.seed + day / hours(1) + 1)
  agenda.at(day + hours(10) + chance.below(hours(2)), () => world.apply(otherChoices(people, chance)))
  agenda.at(day + hours(15) + chance.below(hours(2)), () => world.apply(companyOf(people, false)))
}

/** What a supervisor does every few minutes besides. */
export function planSupervising(course: Course, worker: Worker, day: Instant): void {
  const { agenda } = course
  const { chance } = worker
  const round = async (): Promise<void> => {
    const desk = worker.desk()
    if (desk) await oneOf(chance, ROUNDS)(course, desk, chance)
    if (course.world.clock.now() < day + hours(20)) agenda.in(about(chance, minutes(6)), round)
  }
  agenda.at(day + hours(8), round)
}

type Round = (course: Course, desk: Desk, chance: SeededChance) => Promise<void>

const setStatus: Round = async (course, desk, chance) => {
  const agent = oneOf(chance, [...course.users.values()])
  const status = happens(chance, 85) ? "ready" : "back_office"
  noteRefusal(course, await desk.post(`/agents/${agent}/status`, { status }))
}

/** Whatever waits, or whose agent has gone. */
const take: Round = async (course, desk, chance) => {
  const ids = inState(course.world, "queued", "active", "parked")
  if (ids.length > 0) noteRefusal(course, await desk.take(oneOf(chance, ids)))
}

const leadOutOfMenu: Round = async (course, desk, chance) => {
  const ids = inState(course.world, "menu")
  const skillset = oneOf(chance, [...course.skillsets.values()])
  if (ids.length > 0)
    noteRefusal(course, await desk.post(`/unmanaged/${oneOf(chance, ids)}/skillset`, { skillset: String(skillset) }))
}

const release: Round = async (course, desk, chance) => {
  const ids = inState(course.world, "queued")
  if (ids.length > 0) noteRefusal(course, await desk.post(`/conversations/${oneOf(chance, ids)}/releasing`))
}

/** A few at once: assigned, taken over, returned. */
const steer: Round = async (course, desk, chance) => {
  const ids = inState(course.world, "queued", "offered", "active", "parked")
  if (ids.length === 0) return
  const some = Array.from({ length: 1 + chance.below(3) }, () => ["conversation", String(oneOf(chance, ids))])
  const user = String(oneOf(chance, [...course.users.values()]))
  const deed = oneOf(chance, ["assign", "assign", "return", "take_over"])
  await desk.visitor.postAll("/waiting/steering", [...some, ["deed", deed], ["user", user]])
}

const closeMany: Round = async (course, desk, chance) => {
  const ids = inState(course.world, "parked")
  const some = ids.filter(() => happens(chance, 10)).map((id) => ["closing", `${id}.${chance.below(3)}`])
  await desk.visitor.postAll("/waiting/closing", some)
}

const forceHours: Round = async (course, desk, chance) => {
  if (!happens(chance, 20)) return
  const [channel] = rowsOf<{ id: Id }>(course.world.database.path, "SELECT id FROM channel")
  const path = `/channels/${channel?.id}/forced-hours`
  const state = oneOf(chance, ["open", "closed"])
  const until = oneOf(chance, ["12:00", "14:30", "19:00"])
  noteRefusal(course, await desk.post(path, { state, until }))
  course.agenda.in(about(chance, minutes(6)), async () => {
    noteRefusal(course, await desk.post(`${path}/ending`))
  })
}

const ROUNDS: readonly Round[] = [
  setStatus,
  setStatus,
  setStatus,
  setStatus,
  take,
  take,
  steer,
  steer,
  steer,
  leadOutOfMenu,
  release,
  closeMany,
  forceHours,
]
