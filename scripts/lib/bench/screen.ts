/** A customer's message reaches the owner's screen, while three hundred browsers listen. */
import { removeAtEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad } from "./jobs.ts"
import { type Figure, percentile } from "./measure.ts"
import { seed } from "./seed.ts"

export async function screen({ binary, quick }: Course): Promise<Figure[]> {
  const agents = 300
  const { folder } = await seed(binary, { agents, activeEach: 3, queued: 0, openMessages: 30, pastMessages: 10_000 })
  removeAtEnd(folder)
  const appliance = await startAppliance(binary, folder)
  const where = { port: appliance.port, publicPort: appliance.publicPort, agents, conversations: agents * 3 }
  const load = { ...where, kind: "screen", perSecond: 70, seconds: quick ? 5 : 20 } as const
  const before = appliance.processorTime()
  const { heard, fetched, listed, sent, refused } = await runLoad({ ...load, fetches: true })
  const busy = (appliance.processorTime() - before) / (load.seconds * 10)
  await appliance.stop()
  const note = `${heard.length} of ${sent} heard by their owner, ${refused} refused, server ${busy.toFixed(0)} % of a core`
  return [
    { what: "message → bell at the owner, p50", measured: percentile(heard, 0.5), unit: "ms", goal: null, note },
    { what: "message → bell at the owner, p95", measured: percentile(heard, 0.95), unit: "ms", goal: null },
    ...onScreen(fetched),
    { what: "message → list fetched, p95", measured: percentile(listed, 0.95), unit: "ms", goal: null },
  ]
}

function onScreen(fetched: readonly number[]): Figure[] {
  const note = fetched.length === 0 ? "no page answered" : `${fetched.length} panels fetched`
  return [
    {
      what: "message → thread on screen, p95",
      measured: percentile(fetched, 0.95),
      unit: "ms",
      goal: { atMost: 100 },
      note,
    },
    { what: "message → thread on screen, p99", measured: percentile(fetched, 0.99), unit: "ms", goal: { atMost: 250 } },
  ]
}
