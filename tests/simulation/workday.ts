/**
 * Days of many: up to hundreds of agents with shifts, breaks and bad lines, customers by the hour, supervisors, an
 * operator, a WhatsApp that misbehaves, kills and restarts. One seed, one course; every settled step is judged by the
 * invariants, the end by what must be left.
 */
import { SeededChance } from "~/kernel/chance.ts"
import { days, hours, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { checkCounters } from "../support/counters.ts"
import { checkConservation } from "../support/invariants.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { Agenda, TICK } from "./agenda.ts"
import { autopsy } from "./autopsy.ts"
import { createCallers } from "./callers.ts"
import { companyOf, peopleOf } from "./company.ts"
import { type Course, readHeld, readWaiting, type WorkdayOptions } from "./course.ts"
import { type Figures, figuresOf } from "./figures.ts"
import { misbehave, planChoices, planOutages, planSupervising } from "./leaders.ts"
import { createWorker, type Worker } from "./worker.ts"

/** Monday, midnight in Rome. */
const FIRST_DAY: Instant = Date.UTC(2026, 0, 4, 23)
/** The states are compared whenever something was given away, and on every step of this many. */
const CHECK_EVERY = 40
/** When nobody does anything, they look at their screens again after this long. */
const GLANCE = 6 * TICK

export type Lived = Figures & { steps: number; refusals: ReadonlyMap<string, number> }

/** Lives the days of a seed; `end` looks at what is left before it is thrown away. Throws with the seed and the step. */
export async function liveWorkdays(options: WorkdayOptions, end: (path: string) => void = () => {}): Promise<Lived> {
  const { seed, agents } = options
  const people = peopleOf(agents)
  const menu = seed % 2 === 0
  const document = companyOf(people, menu)
  const world = await openWorld({ seed, document, start: FIRST_DAY, checkEvery: CHECK_EVERY })
  let step = 0
  try {
    const course = begin(world, options, people, menu)
    const workers = people.map((person, index) => createWorker(course, person, seed * 10_007 + index))
    for (let day = 0; day < options.days; day++) {
      const begins = FIRST_DAY + days(day)
      planDay(course, workers, begins)
      for (; world.clock.now() < begins + days(1); step++) await live(course, workers, begins + days(1))
    }
    checkConservation(world.database.path, course.callers.wamids)
    checkCounters(world)
    end(world.database.path)
    return { ...figuresOf(world, options), steps: step, refusals: course.refusals }
  } catch (error) {
    const where = `seed ${seed}, step ${step}, ${new Date(world.clock.now()).toISOString()}`
    const shown = autopsy(world.database.path, String(error))
    throw new Error(`${where}: ${String(error)}\n${shown}`, { cause: error })
  } finally {
    await world.close()
  }
}

function begin(world: World, options: WorkdayOptions, people: Course["people"], menu: boolean): Course {
  const agenda = new Agenda(world.clock)
  const chance = new SeededChance(options.seed * 7_919 + 3)
  const callers = createCallers({ world, agenda, chance }, { ...options, menu })
  const idsOf = (sql: string) =>
    new Map(rowsOf<{ name: string; id: Id }>(world.database.path, sql).map(({ name, id }) => [name, id]))
  const course: Course = {
    options,
    world,
    agenda,
    people,
    callers,
    held: new Map(),
    waiting: new Map(),
    ends: [],
    refusals: new Map(),
    users: idsOf("SELECT username AS name, id FROM user ORDER BY id"),
    skillsets: idsOf("SELECT name, id FROM skillset ORDER BY id"),
  }
  if (options.faults) misbehave(course)
  return course
}

function planDay(course: Course, workers: readonly Worker[], day: Instant): void {
  const { options, callers, people } = course
  callers.plan(day)
  for (const worker of workers) worker.plan(day)
  for (const [index, worker] of workers.entries())
    if (people[index]?.level === "supervisor") planSupervising(course, worker, day)
  planChoices(course, day)
  if (options.faults) planOutages(course, day)
  planKills(course, day)
}

/** At any moment of the working day, also at those at which nobody else does anything. */
function planKills(course: Course, day: Instant): void {
  const { agenda, options } = course
  const chance = new SeededChance(options.seed + day / hours(1) + 2)
  for (let count = 0; count < options.kills; count++) {
    for (const end of ["kill", "restart"] as const)
      agenda.at(day + hours(8) + chance.below(hours(12)), () => void (options.spared || course.ends.push(end)))
  }
}

/** Time goes on, everybody does at once what they had in mind, and looks at their screen again. */
async function live(course: Course, workers: readonly Worker[], end: Instant): Promise<void> {
  const { world, agenda } = course
  const now = world.clock.now()
  const isNight = workers.every((worker) => worker.desk() === null)
  await world.advance(agenda.next(isNight ? end : Math.min(end, now + GLANCE)) - now)
  const deeds = agenda.due()
  if (deeds.length > 0) {
    await Promise.all(deeds.map((deed) => deed()))
    // Before it is quiet: what the deeds have set going is cut off wherever it is.
    for (const end of course.ends.splice(0)) await world[end]()
    await world.settle()
  }
  course.held = readHeld(world)
  course.waiting = readWaiting(world)
  for (const worker of workers) worker.look()
}
