/** Signed webhook → durable → routed → 200, beside the least that any such server can do. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Running, removeAtEnd, startAppliance, startFloor } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad, type Writers } from "./jobs.ts"
import { type Figure, median, percentile } from "./measure.ts"
import { seed } from "./seed.ts"

const SIZE = { agents: 100, activeEach: 15, queued: 500, openMessages: 3, pastMessages: 10_000 }
const KNOWN = SIZE.agents * SIZE.activeEach

type Kind = "floor" | "bare" | "known" | "strangers"
type Rounds = Record<Kind, Round[]>

/** Rounds of all four in turn, so that a busy moment of the machine meets each of them. */
export async function ingest({ binary, quick }: Course): Promise<Figure[]> {
  const { folder } = await seed(binary, SIZE)
  removeAtEnd(folder)
  const floor = await startFloor("server", emptyFolder())
  const bare = await startFloor("bare", emptyFolder())
  const product = await startAppliance(binary, folder)
  const rounds: Rounds = { floor: [], bare: [], known: [], strangers: [] }
  const most = quick ? 4_000 : 8_000
  for (let round = 0; round <= (quick ? 3 : 7); round++) {
    const strangers: Writers = { from: "strangers", first: round * most, count: 0 }
    const known: Writers = { from: "known", first: round * most, count: KNOWN }
    rounds.floor.push(await saturated(floor, strangers, most))
    rounds.bare.push(await saturated(bare, strangers, most))
    rounds.known.push(await saturated(product, known, most))
    rounds.strangers.push(await saturated(product, strangers, most))
  }
  const acks = await runLoad({
    kind: "pace",
    port: product.publicPort,
    writers: { from: "known", first: 0, count: KNOWN },
    perSecond: 300,
    seconds: quick ? 5 : 15,
  })
  await Promise.all([floor.stop(), bare.stop(), product.stop()])
  return [...comparison(rounds), ...acknowledgement(acks)]
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sportello-floor-"))
  removeAtEnd(folder)
  return folder
}

type Round = { perSecond: number; processorMicroseconds: number }

async function saturated(server: Running, writers: Writers, most: number): Promise<Round> {
  const before = server.processorTime()
  const job = {
    kind: "saturate",
    port: server.publicPort,
    writers,
    connections: 64,
    most,
    seconds: 20,
  } as const
  const { requests, refused, took } = await runLoad(job)
  if (refused > 0) throw new Error(`${refused} of ${requests} webhooks were not answered with 200`)
  const used = server.processorTime() - before
  return { perSecond: requests / (took / 1_000), processorMicroseconds: (used * 1_000) / requests }
}

/** The first round of each warms the machine and does not count. */
function comparison(rounds: Rounds): Figure[] {
  const speed = (kind: Kind) => median(rounds[kind].slice(1).map(({ perSecond }) => perSecond))
  const cost = (kind: Kind) => median(rounds[kind].slice(1).map((round) => round.processorMicroseconds))
  const figure = (what: string, one: Kind, other: Kind, goal: Figure["goal"]): Figure => ({
    what,
    measured: (100 * speed(one)) / speed(other),
    unit: "%",
    goal,
    note: `${speed(one).toFixed(0)}/s to ${speed(other).toFixed(0)}/s; processor ${cost(one).toFixed(0)} to ${cost(other).toFixed(0)} µs`,
  })
  return [
    figure("ingest of the floor, open conversation", "known", "floor", { atLeast: 50 }),
    figure("ingest of the floor, new customer", "strangers", "floor", null),
    figure("ingest of a bare server", "known", "bare", null),
  ]
}

function acknowledgement({ latencies, refused }: { latencies: number[]; refused: number }): Figure[] {
  const note = `${latencies.length} webhooks at 300/s, ${refused} refused`
  return [
    { what: "ack at 300/s, p50", measured: percentile(latencies, 0.5), unit: "ms", goal: null, note },
    { what: "ack at 300/s, p99", measured: percentile(latencies, 0.99), unit: "ms", goal: { atMost: 250 } },
  ]
}
