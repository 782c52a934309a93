/** What pages of a running appliance take, asked one after the other as one person would. */
import { Database } from "bun:sqlite"
import { databasePath } from "~/database/folder.ts"
import type { Running } from "./appliance.ts"
import { type Figure, percentile } from "./measure.ts"
import { agentId, agentToken } from "./seed.ts"

/** The first of the seed's agents, once promoted, and the second. */
export const SUPERVISOR = 0
export const AGENT = 1

export function promote(folder: string): void {
  const connection = new Database(databasePath(folder))
  connection.run(`UPDATE user SET level = 'supervisor' WHERE id = ${agentId(SUPERVISOR)}`)
  connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
  connection.close()
}

/** With warming up; the goal is that of every page. */
export async function serverTime(
  { port }: Running,
  what: string,
  who: number,
  path: string,
  times: number,
): Promise<Figure> {
  const took: number[] = []
  const headers = { cookie: `session=${agentToken(who)}`, "hx-request": "true" }
  let status = 0
  for (let index = 0; index < times + 10; index++) {
    const before = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: "manual" })
    await response.arrayBuffer()
    took.push(performance.now() - before)
    status = response.status
  }
  const measured = status === 200 ? percentile(took.slice(10), 0.95) : Number.NaN
  const note = status === 200 ? `median ${percentile(took.slice(10), 0.5).toFixed(1)} ms` : `answered ${status}`
  return { what: `${what}, p95`, measured, unit: "ms", goal: { atMost: 20 }, note }
}
