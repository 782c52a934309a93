/** Lives days of a simulated company and prints how they went. See scripts/simulate-days. */
import { parseArgs } from "node:util"
import { everyByte, firstDifference, storyOf } from "../../tests/simulation/alike.ts"
import type { WorkdayOptions } from "../../tests/simulation/course.ts"
import { percentile } from "../../tests/simulation/figures.ts"
import { type Lived, liveWorkdays } from "../../tests/simulation/workday.ts"

const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: {
    seeds: { type: "string", default: "3" },
    seed: { type: "string" },
    agents: { type: "string", default: "30" },
    customers: { type: "string" },
    days: { type: "string", default: "1" },
    kills: { type: "string", default: "3" },
    proofs: { type: "string", default: "1" },
  },
})
const agents = Number(values.agents)
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
    : [Number(values.seed)]
const course = {
  agents,
  customers: Number(values.customers ?? agents * 30),
  days: Number(values.days),
  faults: true,
  kills: Number(values.kills),
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const runs: (Lived & { seconds: number })[] = []
try {
  for (const [index, seed] of seeds.entries()) {
    let left = ""
    const isProven = index < Number(values.proofs)
    runs.push(await timed({ seed, ...course }, (path) => (left = isProven ? everyByte(path) : "")))
    if (isProven) await prove({ seed, ...course }, left)
  }
  summary()
  process.exit(0)
} catch (error) {
  say(`\n${error instanceof Error ? error.message : error}`)
  say(
    `again: scripts/simulate-days --seed N --agents ${agents} --customers ${course.customers} --days ${course.days} --kills ${course.kills}`,
  )
  process.exit(1)
}

async function timed(options: WorkdayOptions, end: (path: string) => void) {
  const began = performance.now()
  const lived = await liveWorkdays(options, end)
  const seconds = (performance.now() - began) / 1_000
  say(
    `seed ${options.seed}: ${lived.agentDays} agent-days in ${seconds.toFixed(0)} s, ${lived.conversations} conversations, ` +
      `${lived.messages} messages, ${lived.commands} commands, ${lived.decisions} decisions, ${lived.checks} checks, ` +
      `waits ${waits(lived.waits)}`,
  )
  const refused = [...lived.refusals].sort(([, one], [, other]) => other - one).map(([key, times]) => `${key} ${times}`)
  say(`  refused: ${refused.join(", ") || "nothing"}`)
  return { ...lived, seconds }
}

/** The same again is the same to the byte; and what kills and restarts do to a day without bad luck is nothing. */
async function prove(options: WorkdayOptions, left: string): Promise<void> {
  await liveWorkdays(options, (path) => differ("the same seed again", left, everyByte(path)))
  say(`  seed ${options.seed} again: the same to the byte (${left.length} characters)`)
  const calm = { ...options, faults: false }
  let undisturbed = ""
  await liveWorkdays({ ...calm, spared: true }, (path) => (undisturbed = storyOf(path)))
  await liveWorkdays(calm, (path) => differ("with kills and restarts", undisturbed, storyOf(path)))
  say(`  seed ${options.seed} without bad luck: ${calm.kills} kills and ${calm.kills} restarts a day change nothing`)
}

function differ(what: string, one: string, other: string): void {
  const difference = firstDifference(one, other)
  if (difference) throw new Error(`${what} is not the same, ${difference}`)
}

function summary(): void {
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0)
  const seconds = sum((run) => run.seconds)
  const all = runs.flatMap((run) => run.waits).sort((one, other) => one - other)
  say(
    `\n${runs.length} seeds, ${sum((run) => run.agentDays)} agent-days, ${sum((run) => run.conversations)} conversations, ` +
      `${sum((run) => run.messages)} messages, ${sum((run) => run.commands)} commands, ${sum((run) => run.events)} events, ` +
      `${sum((run) => run.checks)} full checks, 0 violations`,
  )
  say(`waits ${waits(all)} (${all.length})`)
  say(
    `${sum((run) => run.decisions)} decisions, ${(sum((run) => run.decisions) / seconds).toFixed(0)} a second of the whole run, ${seconds.toFixed(0)} s`,
  )
}

function waits(sorted: readonly number[]): string {
  const inSeconds = (span: number) => `${(span / 1_000).toFixed(0)} s`
  return `p50 ${inSeconds(percentile(sorted, 0.5))}, p95 ${inSeconds(percentile(sorted, 0.95))}, max ${inSeconds(sorted.at(-1) ?? 0)}`
}
