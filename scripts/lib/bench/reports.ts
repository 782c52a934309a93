/** Home page and reports over a long history, while customers write: what they cost must not follow the years. */
import { removeAtEnd, runToEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad } from "./jobs.ts"
import { type Figure, percentile } from "./measure.ts"
import { seed } from "./seed.ts"
import { AGENT, promote, SUPERVISOR, serverTime } from "./served.ts"

const PAGES: readonly [string, number, string][] = [
  ["home page of a supervisor", SUPERVISOR, "/"],
  ["home page of an agent", AGENT, "/"],
  ["volumes, 12 months by agent", SUPERVISOR, "/reports?report=volumes&period=year&rows=agent"],
  ["waiting, 12 months by day", SUPERVISOR, "/reports?report=waiting&period=year&rows=day"],
  ["first response, 12 months by skillset", SUPERVISOR, "/reports?report=first_response&period=year&rows=skillset"],
  ["handling, 12 months by hour of the day", SUPERVISOR, "/reports?report=handling&period=year&rows=clock"],
]

export async function reports({ binary, quick }: Course): Promise<Figure[]> {
  const size = { agents: 50, activeEach: 6, queued: 60, openMessages: 3, customers: 100_000, hasEvents: true } as const
  const pastMessages = quick ? 100_000 : 1_000_000
  const { folder, customers } = await seed(binary, { ...size, pastMessages })
  removeAtEnd(folder)
  promote(folder)
  const before = performance.now()
  await runToEnd(binary, folder, ["doctor", "--recount"])
  const counted = (performance.now() - before) / 1_000
  const note = `${pastMessages} messages, ${customers} customers`
  const figures: Figure[] = [{ what: "counting everything again", measured: counted, unit: "s", goal: null, note }]
  const appliance = await startAppliance(binary, folder)
  const known = { from: "known", first: 0, count: size.agents * size.activeEach } as const
  const seconds = quick ? 15 : 45
  const load = runLoad({ kind: "pace", port: appliance.publicPort, writers: known, perSecond: 70, seconds })
  for (const [what, who, path] of PAGES) figures.push(await serverTime(appliance, what, who, path, quick ? 30 : 100))
  const { latencies, refused } = await load
  figures.push({
    what: "answer to a webhook at 70/s meanwhile, p99",
    measured: percentile(latencies, 0.99),
    unit: "ms",
    goal: { atMost: 250 },
    note: `${refused} refused`,
  })
  await appliance.stop()
  return figures
}
