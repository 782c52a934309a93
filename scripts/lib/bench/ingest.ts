/** Signed webhook → durable → routed → 200, beside the least that any such server can do. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Running, removeAtEnd, startAppliance, startFloor } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad, type Writers } from "./jobs.ts"
import { type Figure, median, percentile } from "./measure.ts"
import { seed } from "./seed.ts"

const SIZE = { agents: 100, activeEach: 15, queued: 500, pastMessages: 10_000 }
const KNOWN = SIZE.agents * SIZE.activeEach

/** Rounds of floor, known customers and strangers in turn, so that a busy moment of the machine meets all three. */
export async function ingest({ binary, quick }: Course): Promise<Figure[]> {
  const { folder } = await seed(binary, SIZE)
  const floorFolder = mkdtempSync(join(tmpdir(), "sportello-floor-"))
  for (const each of [folder, floorFolder]) removeAtEnd(each)
  const [floor, product] = [await startFloor(floorFolder), await startAppliance(binary, folder)]
  const rounds = { floor: [] as Round[], known: [] as Round[], strangers: [] as Round[] }
  let strangers = 0
  for (let round = -1; round < (quick ? 3 : 7); round++) {
    const most = quick ? 4_000 : 8_000
    const turns = [
      await saturated(floor, { from: "strangers", first: strangers, count: 0 }, most),
      await saturated(product, { from: "known", first: round * most, count: KNOWN }, most),
      await saturated(product, { from: "strangers", first: strangers, count: 0 }, most),
    ] as const
    strangers += most
    if (round < 0) continue
    for (const [index, kind] of (["floor", "known", "strangers"] as const).entries()) rounds[kind].push(turns[index]!)
  }
  const acks = await runLoad({
    ...{ kind: "pace", port: product.publicPort, writers: { from: "known", first: 0, count: KNOWN }, perSecond: 300 },
    seconds: quick ? 5 : 15,
  })
  await Promise.all([floor.stop(), product.stop()])
  return [...comparison(rounds), ...acknowledgement(acks)]
}

type Round = { perSecond: number; processorMicroseconds: number }

async function saturated(server: Running, writers: Writers, most: number): Promise<Round> {
  const before = server.processorTime()
  const shifted = { ...writers, first: Math.max(0, writers.first) }
  const job = {
    kind: "saturate",
    port: server.publicPort,
    writers: shifted,
    connections: 64,
    most,
    seconds: 20,
  } as const
  const { requests, refused, took } = await runLoad(job)
  if (refused > 0) throw new Error(`${refused} of ${requests} webhooks were not answered with 200`)
  const used = server.processorTime() - before
  return { perSecond: requests / (took / 1_000), processorMicroseconds: (used * 1_000) / requests }
}

function comparison(rounds: Record<"floor" | "known" | "strangers", Round[]>): Figure[] {
  const speed = (kind: keyof typeof rounds) => median(rounds[kind].map(({ perSecond }) => perSecond))
  const cost = (kind: keyof typeof rounds) => median(rounds[kind].map((round) => round.processorMicroseconds))
  const figure = (what: string, kind: "known" | "strangers", goal: Figure["goal"]): Figure => ({
    ...{ what, measured: (100 * speed(kind)) / speed("floor"), unit: "%", goal },
    note:
      `of the floor: ${speed(kind).toFixed(0)}/s of ${speed("floor").toFixed(0)}/s; processor time a webhook ` +
      `${cost(kind).toFixed(0)} µs, floor ${cost("floor").toFixed(0)} µs (${((100 * cost("floor")) / cost(kind)).toFixed(0)} %)`,
  })
  return [
    figure("ingest, message into an open conversation", "known", { atLeast: 50 }),
    figure("ingest, first message of a new customer", "strangers", null),
  ]
}

function acknowledgement({ latencies, refused }: { latencies: number[]; refused: number }): Figure[] {
  const note = `${latencies.length} webhooks at 300/s, ${refused} refused`
  return [
    { what: "ack at 300/s, p50", measured: percentile(latencies, 0.5), unit: "ms", goal: null, note },
    { what: "ack at 300/s, p99", measured: percentile(latencies, 0.99), unit: "ms", goal: { atMost: 250 } },
  ]
}
