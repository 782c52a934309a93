/** Who gets it, from a quiet office to a whole city: up to ten thousand who wait and a thousand agents. */
import { streamOpened } from "~/agent/actions.ts"
import { hear } from "~/conversation/actions.ts"
import { SYSTEM } from "~/facts.ts"
import { removeAtEnd } from "./appliance.ts"
import type { Course } from "./course.ts"
import { openInside } from "./inside.ts"
import { type Figure, median } from "./measure.ts"
import { agentId, customerId, placeIn, seed } from "./seed.ts"

/** Commands in one commit, so that the disk's part is small. */
const TOGETHER = 20
const WAITING = [10, 1_000, 10_000]
const AGENTS = [10, 100, 1_000]

export async function assignment(course: Course): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const agents of AGENTS) {
    for (const waiting of WAITING)
      figures.push({
        what: `an agent comes free, ${count(waiting)} wait, ${count(agents)} agents`,
        measured: await agentComesFree(course, agents, waiting),
        ...limit(agents === Math.max(...AGENTS) && waiting === Math.max(...WAITING)),
      })
    figures.push({
      what: `a customer writes, ${count(agents)} agents are free`,
      measured: await customerWrites(course, agents),
      ...limit(agents === Math.max(...AGENTS)),
    })
  }
  return figures
}

const count = (value: number): string => value.toLocaleString("en")
/** The goal stands where it is hardest; the others show how the time grows. */
const limit = (isLargest: boolean): Pick<Figure, "unit" | "goal"> => ({
  unit: "ms",
  goal: isLargest ? { atMost: 1 } : null,
})

/** As many rounds as there are agents and conversations for, each taking some of both away. */
async function agentComesFree({ binary, quick }: Course, agents: number, waiting: number): Promise<number> {
  const { folder } = await seed(binary, {
    agents,
    activeEach: 1,
    queued: waiting,
    openMessages: 3,
    pastMessages: 1_000,
  })
  removeAtEnd(folder)
  const { tenant, close } = await openInside(folder)
  const together = Math.min(TOGETHER, Math.ceil(Math.min(agents, waiting) / 5))
  const most = Math.floor(Math.min(agents, waiting) / together) - 1
  const rounds = await inRounds(Math.min(quick ? 10 : 40, most), together, (index) =>
    tenant.act(SYSTEM, (tx) => streamOpened(tx, agentId(index))),
  )
  await close()
  return median(rounds)
}

async function customerWrites({ binary, quick }: Course, agents: number): Promise<number> {
  const together = Math.min(TOGETHER, Math.ceil(agents / 5))
  const rounds = Math.min(quick ? 10 : 40, Math.floor(agents / together) - 1)
  const pastMessages = 80 * together * (rounds + 1)
  const { folder } = await seed(binary, { agents, activeEach: 1, queued: 0, openMessages: 3, pastMessages })
  removeAtEnd(folder)
  const { channel, skillset } = placeIn(folder)
  const { tenant, close } = await openInside(folder)
  for (let index = 0; index < agents; index++) await tenant.act(SYSTEM, (tx) => streamOpened(tx, agentId(index)))
  const route = () => ({ to: "queue", skillset, priority: 0 }) as const
  const took = await inRounds(rounds, together, (index) =>
    tenant.act(SYSTEM, (tx) => hear(tx, { customer: customerId(agents + index), channel, sentAt: tx.now, route })),
  )
  await close()
  return median(took)
}

/** Milliseconds a command, in each round of `together`; the first round does not count. */
async function inRounds(
  count: number,
  together: number,
  command: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const rounds: number[] = []
  for (let round = 0; round <= count; round++) {
    const before = performance.now()
    await Promise.all(Array.from({ length: together }, (_, index) => command(round * together + index)))
    rounds.push((performance.now() - before) / together)
  }
  return rounds.slice(1)
}
