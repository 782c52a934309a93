/**
 * A day as simple as queueing theory likes it: one skillset, one conversation at a time for everybody, agents who open at
 * once, and talks that take as long as they take, whoever has them. What is known of such days must be true of ours.
 */
import { SeededChance } from "~/kernel/chance.ts"
import { hours, type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { COMPANIES, PASSWORD } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { about } from "./agenda.ts"

type Call = { company: number; customer: number; at: Milliseconds; lasts: Milliseconds }
export type QueueDay = { seed: number; agents: number; calls: number; companies: readonly number[] }

/** Lives it, and answers how long each customer waited; `end` looks at what is left. */
export async function liveQueueDay(day: QueueDay, end: (path: string) => void = () => {}): Promise<Milliseconds[]> {
  const document = { tenants: day.companies.map((company) => companyOf(company, day.agents)) }
  const world = await openWorld({ seed: day.seed, document })
  try {
    const desks: Desk[] = []
    for (const company of day.companies)
      for (let index = 0; index < day.agents; index++) desks.push(await sitDown(world, nameOf(company, index)))
    await serve(world, desks, callsOf(day))
    end(world.database.path)
    return waitsOf(world)
  } finally {
    await world.close()
  }
}

/** The same customers call at the same time and talk as long, however many agents there are. */
function callsOf({ seed, calls, companies }: QueueDay): Call[] {
  return companies
    .flatMap((company) => {
      const chance = new SeededChance(seed * 31 + company)
      return Array.from({ length: calls }, (_, customer) => ({
        company,
        customer,
        at: chance.below(minutes(40)),
        lasts: about(chance, minutes(4)),
      }))
    })
    .sort((one, other) => one.at - other.at)
}

const STEP = seconds(10)

async function serve(world: World, desks: readonly Desk[], calls: Call[]): Promise<void> {
  const begin = world.clock.now()
  const lasts = new Map<string, Milliseconds>()
  const ends = new Map<Id, Instant>()
  const ahead = [...calls]
  for (let now = 0; now < hours(8) && (ahead.length > 0 || openOnes(world).length > 0); now += STEP) {
    for (const call of ahead.splice(0, ahead.filter(({ at }) => at < now).length)) {
      const phone = world.simulator.phones.create({
        name: `Customer ${call.company}-${call.customer}`,
        phone: phoneOf(call),
      })
      lasts.set(phone.customer.userId, call.lasts)
      phone.say("Buongiorno", { to: COMPANIES[call.company]?.number.phoneNumberId ?? "" })
      await world.settle()
    }
    await work(world, desks, { lasts, ends })
    await world.advance(begin + now + STEP - world.clock.now())
  }
}

type Talks = { lasts: ReadonlyMap<string, Milliseconds>; ends: Map<Id, Instant> }

/** Whoever has been offered one opens it; whoever has talked long enough closes. */
async function work(world: World, desks: readonly Desk[], { lasts, ends }: Talks): Promise<void> {
  for (const { id, owner, state, caller } of openOnes(world)) {
    const desk = desks.find((one) => one.id === owner)
    if (state === "offered") {
      await desk?.open(id)
      ends.set(id, world.clock.now() + (lasts.get(caller) ?? 0))
    } else if (state === "active" && (ends.get(id) ?? 0) <= world.clock.now()) await desk?.close(id)
  }
  await world.settle()
  if (openOnes(world).some(({ state }) => state === "offered")) await work(world, desks, { lasts, ends })
}

type Open = { id: Id; owner: Id | null; state: string; caller: string }
const openOnes = ({ database }: World): Open[] =>
  rowsOf<Open>(
    database.path,
    `SELECT c.id, owner, state, whatsappUserId AS caller FROM conversation c JOIN customer ON customer.id = c.customer
     WHERE state <> 'closed' ORDER BY c.id`,
  )

const waitsOf = ({ database }: World): Milliseconds[] =>
  rowsOf<{ wait: Milliseconds }>(
    database.path,
    `SELECT max(CASE WHEN kind = 'conversation.activated' THEN at END) - min(at) AS wait FROM event
     GROUP BY conversation ORDER BY conversation`,
  ).map(({ wait }) => wait)

const nameOf = (company: number, index: number): string => `c${company}agent${index}`
const phoneOf = ({ company, customer }: Call): string => `+39 345 ${5_600_000 + company * 10_000 + customer}`

function companyOf(index: number, agents: number) {
  const company = COMPANIES[index]
  if (!company) throw new Error("there are two companies")
  const { verifiedName, ...credentials } = company.number
  const users = Array.from({ length: agents }, (_, agent) => ({
    username: nameOf(index, agent),
    firstName: "Agent",
    lastName: `${agent}`,
    level: "agent",
    password: PASSWORD,
    skillsets: ["Sales"],
    maxConversations: 1,
    isolated: false,
    outbound: true,
  }))
  return {
    slug: company.slug,
    name: verifiedName,
    timezone: "Europe/Rome",
    language: "en",
    users,
    skillsets: [{ name: "Sales", strategy: "longest_idle" }],
    channels: [{ name: "Main", ...credentials, skillsets: ["Sales"], hours: "always" }],
  }
}
