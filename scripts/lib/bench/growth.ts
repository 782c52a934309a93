/** The same work over a short history and a long one: what it costs must not follow the years. */
import { streamOpened } from "~/agent/actions.ts"
import { conversationHead, myConversations } from "~/conversation/queries/console.ts"
import { waitingConversations } from "~/conversation/queries/waiting.ts"
import { SYSTEM, type UserActor } from "~/facts.ts"
import { threadItems } from "~/message/queries/thread.ts"
import type { Course } from "./course.ts"
import { openInside, timeEach } from "./inside.ts"
import { type Figure, median } from "./measure.ts"
import { agentId, conversationId, pastConversationId, placeIn, type Size, seeded } from "./seed.ts"

const OPEN = { agents: 200, activeEach: 5, queued: 500, openMessages: 3 }
const SHORT = 10_000
const CALLS = 200
type Work = "list" | "open" | "open an old one" | "waiting" | "assign"
type Costs = Record<Work, number[]>

export const longHistory = ({ quick, long }: Course): Size => ({
  ...OPEN,
  pastMessages: long ? 10_000_000 : quick ? 100_000 : 1_000_000,
})

/** Rounds over both files in turn; both stay open, each with its own cache. */
export async function growth(course: Course): Promise<Figure[]> {
  const size = longHistory(course)
  const short = await openFile(course, { ...OPEN, pastMessages: SHORT })
  const long = await openFile(course, size)
  const costs = { short: emptyCosts(), long: emptyCosts() }
  for (let round = 0; round < 5; round++) {
    await measureInto(costs.short, short, round)
    await measureInto(costs.long, long, round)
  }
  await Promise.all([short.close(), long.close()])
  return (Object.keys(costs.short) as Work[]).map((work) => {
    const before = median(costs.short[work])
    const after = median(costs.long[work])
    const note = `${before.toFixed(0)} µs with ${SHORT} messages, ${after.toFixed(0)} µs with ${size.pastMessages}`
    return { what: `growth: ${work}`, measured: after / before, unit: "×", goal: { atMost: 1.5 }, note }
  })
}

const emptyCosts = (): Costs => ({ list: [], open: [], "open an old one": [], waiting: [], assign: [] })

async function openFile(course: Course, size: Size) {
  const { folder } = await seeded(course.binary, size)
  const { skillset } = placeIn(folder)
  return { ...(await openInside(folder)), size, skillset }
}

async function measureInto(costs: Costs, file: Awaited<ReturnType<typeof openFile>>, round: number): Promise<void> {
  const { tenant, size, skillset } = file
  const { read } = tenant
  const at = (index: number) => round * CALLS + index
  const actor = (index: number): UserActor => ({
    kind: "user",
    id: agentId(at(index) % size.agents),
    level: "agent",
    isolated: false,
    skillsets: [skillset],
  })
  const show = (id: number, index: number) => {
    conversationHead(read, actor(index), id)
    threadItems(read, id, { before: null, limit: 50, viewer: agentId(0) })
  }
  const past = size.pastMessages / 20
  costs.list.push(median(timeEach(CALLS, (index) => myConversations(read, actor(index).id))))
  costs.open.push(median(timeEach(CALLS, (index) => show(conversationId(at(index) % 1_000), index))))
  costs["open an old one"].push(
    median(timeEach(CALLS, (index) => show(pastConversationId((at(index) * 7_919) % past), index))),
  )
  costs.waiting.push(median(timeEach(20, (index) => waitingConversations(read, actor(index)))))
  const before = performance.now()
  const free = Array.from({ length: 20 }, (_, index) => agentId(round * 20 + index))
  await Promise.all(free.map((agent) => tenant.act(SYSTEM, (tx) => streamOpened(tx, agent))))
  costs.assign.push(((performance.now() - before) * 1_000) / free.length)
}
