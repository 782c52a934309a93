/** An agent clicks «Send»: how long until the call to the Cloud API begins. */
import { freePort, removeAtEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad } from "./jobs.ts"
import { type Figure, percentile } from "./measure.ts"
import { seed } from "./seed.ts"

export async function click({ binary, quick }: Course): Promise<Figure[]> {
  const agents = 100
  const { folder } = await seed(binary, { agents, activeEach: 5, queued: 0, openMessages: 30, pastMessages: 10_000 })
  removeAtEnd(folder)
  const graphPort = await freePort()
  const appliance = await startAppliance(binary, folder, `http://127.0.0.1:${graphPort}`)
  const where = { port: appliance.port, graphPort, agents, conversations: agents * 5 }
  const { started, answered, sent, refused } = await runLoad({
    ...where,
    kind: "click",
    perSecond: 30,
    seconds: quick ? 5 : 15,
  })
  await appliance.stop()
  const note = `${started.length} of ${sent} sent, ${refused} refused, 30 clicks a second`
  return [
    { what: "send click → Graph call, p50", measured: percentile(started, 0.5), unit: "ms", goal: null, note },
    { what: "send click → Graph call, p95", measured: percentile(started, 0.95), unit: "ms", goal: { atMost: 100 } },
    { what: "send click → answer to the click, p95", measured: percentile(answered, 0.95), unit: "ms", goal: null },
  ]
}
