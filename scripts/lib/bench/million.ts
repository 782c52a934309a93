/**
 * A million messages and a hundred thousand customers, and everything that looks into them: home pages, a report of
 * twelve months, lists, what was said – while customers go on writing.
 */
import { closeSync, cpSync, existsSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { databasePath } from "~/database/folder.ts"
import { hours } from "~/kernel/clock.ts"
import { indexed, type Running, removeAtEnd, runToEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { runLoad } from "./jobs.ts"
import { type Figure, percentile } from "./measure.ts"
import { customerId, seed } from "./seed.ts"
import { AGENT, promote, SUPERVISOR, serverTime } from "./served.ts"
import { wordOf } from "./talk.ts"
import { knownPhone } from "./wire.ts"

const asked = (path: string, words: string, more = "") => `${path}?q=${encodeURIComponent(words)}${more}`
const COMMON = wordOf(1)
const MIDDLING = wordOf(300)
const RARE = wordOf(20_000)
const SAID = { common: `${COMMON} `, middling: `${MIDDLING} `, rare: `${RARE} `, two: `${COMMON} ${MIDDLING} ` }
const CUSTOMER = 4_711

export const PAGES: readonly [string, number, string][] = [
  ["home page of a supervisor", SUPERVISOR, "/"],
  ["home page of an agent", AGENT, "/"],
  ["volumes, 12 months by agent", SUPERVISOR, "/reports?report=volumes&period=year&rows=agent"],
  ["customers", AGENT, "/customers"],
  ["customers by name", AGENT, asked("/customers", `customer ${CUSTOMER}`)],
  ["customers by number", AGENT, asked("/customers", `+${knownPhone(CUSTOMER)}`)],
  ["customers by a common word", AGENT, asked("/customers", SAID.common)],
  ["customers by a rare word", AGENT, asked("/customers", SAID.rare)],
  ["customers by two words", AGENT, asked("/customers", SAID.two)],
  ["customers by the beginning of a word", AGENT, asked("/customers", MIDDLING.slice(0, -1))],
  ["own history", AGENT, "/history"],
  ["own history by a middling word", AGENT, asked("/history", SAID.middling)],
  ["conversations of the tenant", SUPERVISOR, "/all-conversations?view=all"],
  ["conversations of the tenant by a common word", SUPERVISOR, asked("/all-conversations", SAID.common, "&view=all")],
  ["conversations of the tenant by a rare word", SUPERVISOR, asked("/all-conversations", SAID.rare, "&view=all")],
  ["a customer's history by a common word", AGENT, `/customers/${customerId(CUSTOMER)}/history?words=${COMMON}`],
  ["a customer's page", AGENT, `/customers/${customerId(CUSTOMER)}`],
]

const SIZE = { agents: 50, activeEach: 6, queued: 60, openMessages: 3, customers: 100_000 } as const

export async function million({ binary, quick, kept }: Course): Promise<Figure[]> {
  const pastMessages = quick ? 100_000 : 1_000_000
  const folder = await furnished(binary, pastMessages, kept)
  const appliance = await startAppliance(binary, folder)
  const figures = [await indexing(appliance, `${pastMessages} messages, ${SIZE.customers} customers`)]
  const known = { from: "known", first: 0, count: SIZE.agents * SIZE.activeEach } as const
  const seconds = quick ? 20 : 60
  const load = runLoad({ kind: "pace", port: appliance.publicPort, writers: known, perSecond: 70, seconds })
  for (const [what, who, path] of PAGES) figures.push(await serverTime(appliance, what, who, path, quick ? 20 : 60))
  const { latencies, refused } = await load
  figures.push({
    what: "answer to a webhook at 70/s meanwhile, p99",
    measured: percentile(latencies, 0.99),
    unit: "ms",
    goal: { atMost: 250 },
    note: `p50 ${percentile(latencies, 0.5).toFixed(1)} ms, ${refused} refused`,
  })
  figures.push({ what: "memory at the end", measured: appliance.residentMegabytes(), unit: "MB", goal: null })
  await appliance.stop()
  return figures
}

/** What was said lately has to be within reach of a session that has just been made. */
const KEPT_FOR = hours(20)

/** A folder of its own, copied from the one that is kept where there is such. */
async function furnished(binary: string, pastMessages: number, kept: string | null): Promise<string> {
  if (kept === null) return removedAtEnd(await furnish(binary, pastMessages))
  const original = join(kept, `million-${pastMessages}`)
  if (existsSync(original) && Date.now() - statSync(original).birthtimeMs > KEPT_FOR)
    rmSync(original, { recursive: true })
  if (!existsSync(original)) {
    const made = await furnish(binary, pastMessages)
    const appliance = await startAppliance(binary, made)
    await indexing(appliance, "")
    await appliance.stop()
    cpSync(made, original, { recursive: true })
    rmSync(made, { recursive: true })
  }
  const folder = removedAtEnd(mkdtempSync(join(tmpdir(), "sportello-bench-")))
  cpSync(original, folder, { recursive: true })
  onDisk(databasePath(folder))
  return folder
}

async function furnish(binary: string, pastMessages: number): Promise<string> {
  const { folder } = await seed(binary, { ...SIZE, pastMessages, hasEvents: true, hasWords: true })
  promote(folder)
  await runToEnd(binary, folder, ["doctor", "--recount"])
  return folder
}

function removedAtEnd(folder: string): string {
  removeAtEnd(folder)
  return folder
}

/** Until the machine has written the copy of a gigabyte, whoever commits waits for it. */
function onDisk(path: string): void {
  const file = openSync(path, "r+")
  fsyncSync(file)
  closeSync(file)
}

/** From the first answer until the words of all that was there can be found, and the index is as it is day by day. */
async function indexing(appliance: Running, note: string): Promise<Figure> {
  const before = performance.now()
  await indexed(appliance)
  const measured = (performance.now() - before) / 1_000
  return { what: "indexing the words of all messages", measured, unit: "s", goal: null, note }
}
