/** Who gets it, when a whole city waits: ten thousand conversations and a thousand agents. */
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

export async function assignment(course: Course): Promise<Figure[]> {
  const goal = { atMost: 1 }
  const unit = "ms"
  return [
    { what: "an agent comes free, 10,000 wait, 1,000 agents", measured: await agentComesFree(course), unit, goal },
    { what: "a customer writes, 1,000 agents are free", measured: await customerWrites(course), unit, goal },
  ]
}

async function agentComesFree({ binary, quick }: Course): Promise<number> {
  const { folder } = await seed(binary, {
    agents: 1_000,
    activeEach: 1,
    queued: 10_000,
    openMessages: 3,
    pastMessages: 1_000,
  })
  removeAtEnd(folder)
  const { tenant, close } = await openInside(folder)
  const rounds = await inRounds(quick ? 10 : 40, (index) =>
    tenant.act(SYSTEM, (tx) => streamOpened(tx, agentId(index))),
  )
  await close()
  return median(rounds)
}

async function customerWrites({ binary, quick }: Course): Promise<number> {
  const count = quick ? 10 : 40
  const pastMessages = 80 * TOGETHER * (count + 1)
  const { folder } = await seed(binary, { agents: 1_000, activeEach: 1, queued: 0, openMessages: 3, pastMessages })
  removeAtEnd(folder)
  const { channel, skillset } = placeIn(folder)
  const { tenant, close } = await openInside(folder)
  for (let index = 0; index < 1_000; index++) await tenant.act(SYSTEM, (tx) => streamOpened(tx, agentId(index)))
  const route = () => ({ to: "queue", skillset, priority: 0 }) as const
  const rounds = await inRounds(count, (index) =>
    tenant.act(SYSTEM, (tx) => hear(tx, { customer: customerId(1_000 + index), channel, sentAt: tx.now, route })),
  )
  await close()
  return median(rounds)
}

/** Milliseconds a command, in each round of `TOGETHER`; the first round does not count. */
async function inRounds(count: number, command: (index: number) => Promise<unknown>): Promise<number[]> {
  const rounds: number[] = []
  for (let round = 0; round <= count; round++) {
    const before = performance.now()
    await Promise.all(Array.from({ length: TOGETHER }, (_, index) => command(round * TOGETHER + index)))
    rounds.push((performance.now() - before) / TOGETHER)
  }
  return rounds.slice(1)
}
