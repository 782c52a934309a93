/** What the executable keeps in memory: alone, and with a thousand browsers listening while customers write. */
import { type Running, removeAtEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad } from "./jobs.ts"
import type { Figure } from "./measure.ts"
import { seed } from "./seed.ts"

export async function memory({ binary, quick, long }: Course): Promise<Figure[]> {
  const agents = 1_000
  const { folder } = await seed(binary, { agents, activeEach: 1, queued: 0, openMessages: 30, pastMessages: 10_000 })
  removeAtEnd(folder)
  const appliance = await startAppliance(binary, folder)
  await Bun.sleep(3_000)
  const idle = appliance.residentMegabytes()
  const where = { port: appliance.port, publicPort: appliance.publicPort, agents, conversations: agents }
  const seconds = long ? 300 : quick ? 5 : 20
  const load = runLoad({ ...where, kind: "screen", perSecond: 20, seconds, fetches: true })
  const samples = await sampleUntil(load, appliance)
  const { heard, sent } = await load
  await Bun.sleep(2_000)
  await appliance.stop()
  const busy = samples.slice(-1)[0] ?? Number.NaN
  const note = `${heard.length} of ${sent} messages heard while 20/s came for ${seconds} s`
  const half = samples[Math.floor(samples.length / 2)] ?? Number.NaN
  return [
    { what: "memory idle", measured: idle, unit: "MB", goal: { atMost: 150 } },
    {
      what: "memory with 1,000 streams, most",
      measured: Math.max(...samples),
      unit: "MB",
      goal: { atMost: 400 },
      note,
    },
    { what: "memory at the end to half-way", measured: busy / half, unit: "×", goal: null },
  ]
}

async function sampleUntil(done: Promise<unknown>, appliance: Running): Promise<number[]> {
  let isDone = false
  void done.finally(() => {
    isDone = true
  })
  const samples: number[] = []
  while (!isDone) {
    samples.push(appliance.residentMegabytes())
    await Bun.sleep(100)
  }
  return samples
}
