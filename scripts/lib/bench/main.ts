/** Runs the benchmarks of the project in the current directory and prints what they found. */
import { parseArgs } from "node:util"
import { assignment } from "./assignment.ts"
import { click } from "./click.ts"
import { conversations } from "./conversations.ts"
import type { Course } from "./course.ts"
import { growth } from "./growth.ts"
import { ingest } from "./ingest.ts"
import { type Figure, isMet, table } from "./measure.ts"
import { memory } from "./memory.ts"
import { million } from "./million.ts"
import { pages } from "./pages.ts"
import { reports } from "./reports.ts"
import { screen } from "./screen.ts"
import { start } from "./start.ts"

const BENCHES: Record<string, (course: Course) => Promise<Figure[]>> = {
  ingest,
  screen,
  click,
  pages,
  conversations,
  assignment,
  reports,
  million,
  growth,
  memory,
  start,
}

const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: {
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    keep: { type: "string" },
    json: { type: "boolean", default: false },
  },
})
const wanted = values.only ?? Object.keys(BENCHES)
const course: Course = { binary: "dist/sportello", quick: values.quick, long: values.long, kept: values.keep ?? null }
const found: (Figure & { bench: string; met: boolean | null })[] = []
for (const name of wanted) {
  const bench = BENCHES[name]
  if (!bench) {
    process.stderr.write(`bench: there is no ${name}; there are ${Object.keys(BENCHES).join(", ")}\n`)
    process.exit(2)
  }
  process.stderr.write(`bench: ${name}\n`)
  for (const figure of await bench(course)) found.push({ bench: name, ...figure, met: isMet(figure) })
}
process.stdout.write(`${values.json ? JSON.stringify(found, null, 2) : table(found)}\n`)
process.exit(0)
