/**
 * The load, in a process of its own so that it does not share a thread with what it measures. Reads one job as JSON on
 * stdin, answers with JSON on stdout, and ends by itself whatever happens.
 */
import { writeFileSync } from "node:fs"
import type { Job } from "./jobs.ts"
import { click } from "./load-click.ts"
import { screen } from "./load-screen.ts"
import { pace, saturate } from "./load-webhooks.ts"

const job = JSON.parse(await Bun.stdin.text()) as Job
setTimeout(() => process.exit(3), (job.seconds + 60) * 1_000)
const result = await run()
writeFileSync(1, JSON.stringify(result))
process.exit(0)

function run(): Promise<object> {
  switch (job.kind) {
    case "saturate":
      return saturate(job)
    case "pace":
      return pace(job)
    case "screen":
      return screen(job)
    case "click":
      return click(job)
  }
}
