/**
 * Which layout of keys a message gets, decided by measurement: the same call centre is written into one file per
 * layout, in interleaved rounds, and the same questions are asked of each. `bun scripts/bench-keys.ts --help`.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Chance, SeededChance } from "~/kernel/chance.ts"
import { close, commit, createFile, openForFilling } from "./bench-keys/candidate.ts"
import { measureEnvelopes } from "./bench-keys/envelope.ts"
import { buildFullText, measureIndexing, measureSearching } from "./bench-keys/fulltext.ts"
import { type Layout, layout } from "./bench-keys/layouts.ts"
import {
  bringIntoCache,
  coldRound,
  type Figures,
  measureCold,
  measureStatuses,
  measureWarm,
  measureWriting,
  megabytes,
  note,
  warmRound,
} from "./bench-keys/measure.ts"
import { printTable } from "./bench-keys/table.ts"
import { Workload } from "./bench-keys/workload.ts"

const HELP = `bun scripts/bench-keys.ts [--messages 1000000] [--layouts A,A256,A2,B,C,D,E] [--full-text A,D] [--envelopes N] [--dir DIR]
Prints one table per stage (a tenth of the messages, then all): medians, and in brackets the ratio to the first layout.
At least 1,000,000 messages. A layout may name its page size: A/8192. Files go to a new folder in DIR and are deleted; count on 0.7 GB per million
messages and layout. --envelopes measures instead what recognising a webhook delivered twice costs, with N of them.
`
const CHUNK = 50_000
const WRITTEN_PER_ROUND = 5_000
const ROUNDS = 5
const CACHES_KIBIBYTES = [2_000, 64_000]

type Contender = { layout: Layout; path: string; figures: Figures }

const { values: options } = parseArgs({
  options: {
    messages: { type: "string", default: "1000000" },
    layouts: { type: "string", default: "A,A256,A2,B,C,D,E" },
    "full-text": { type: "string", default: "" },
    envelopes: { type: "string", default: "0" },
    dir: { type: "string", default: tmpdir() },
    help: { type: "boolean", default: false },
  },
})
if (options.help) process.stdout.write(HELP)
else if (options.envelopes !== "0") {
  const count = Number(options.envelopes)
  printTable(`${count} envelopes`, measureEnvelopes(newFolder(options.dir), count, new SeededChance(1)))
} else
  run(Number(options.messages), options.layouts.split(","), options["full-text"].split(","), newFolder(options.dir))

/** Goes when the process goes. */
function newFolder(within: string): string {
  const folder = mkdtempSync(join(within, "sportello-keys-"))
  process.once("SIGINT", () => process.exit(130))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function run(messages: number, names: string[], fullText: string[], folder: string): void {
  const contenders = names.map((name) => contender(name, folder))
  const chance = new SeededChance(20_261_122)
  const workload = new Workload(chance)
  for (const stage of [messages / 10, messages]) {
    fill(contenders, workload, stage)
    for (const { figures, path } of contenders) {
      figures.clear()
      note(figures, "file: bytes per message", (megabytes(path) * 1_000_000) / workload.seen.messages)
    }
    for (let round = 0; round < ROUNDS; round++) measureRound(shuffled(contenders, chance), workload, chance)
    printTable(`${workload.seen.messages} messages, ${workload.seen.conversations} conversations`, contenders)
  }
  measureFullText(
    contenders.filter(({ layout: { name } }) => fullText.includes(name)),
    workload,
    chance,
  )
}

function measureFullText(contenders: Contender[], workload: Workload, chance: Chance): void {
  if (contenders.length === 0) return
  for (const { layout, path, figures } of contenders) {
    figures.clear()
    buildFullText(layout, path, figures)
  }
  for (let round = 0; round < ROUNDS; round++) {
    const deeds = workload.next(WRITTEN_PER_ROUND)
    for (const { layout, path, figures } of shuffled(contenders, chance)) measureIndexing(layout, path, deeds, figures)
    for (const { layout, path, figures } of shuffled(contenders, chance))
      measureSearching(layout, path, workload, figures)
  }
  printTable("full text", contenders)
}

function contender(name: string, folder: string): Contender {
  const chosen = layout(name)
  const path = join(folder, `${name.replace("/", "-")}.sqlite`)
  createFile(chosen, path)
  return { layout: chosen, path, figures: new Map() }
}

/** Every layout gets the same deeds in the same order, in turn. */
function fill(contenders: Contender[], workload: Workload, upTo: number): void {
  const candidates = contenders.map(({ layout, path }) => openForFilling(layout, path))
  while (workload.seen.messages < upTo) {
    const deeds = workload.next(Math.min(CHUNK, upTo - workload.seen.messages))
    for (const candidate of candidates) commit(candidate, candidate.bind(deeds))
  }
  for (const candidate of candidates) close(candidate)
}

function measureRound(contenders: Contender[], workload: Workload, chance: Chance): void {
  for (const cacheKibibytes of CACHES_KIBIBYTES) {
    const deeds = workload.next(WRITTEN_PER_ROUND)
    for (const { layout, path, figures } of contenders) measureWriting(layout, path, cacheKibibytes, deeds, figures)
  }
  const warm = warmRound(workload.seen, chance)
  const cold = coldRound(workload.seen, chance)
  const statusSeed = chance.below(2 ** 31)
  for (const { layout, path, figures } of contenders) {
    measureStatuses(layout, path, workload.seen, new SeededChance(statusSeed), figures)
    bringIntoCache(path)
    measureWarm(layout, path, warm, figures)
    measureCold(layout, path, cold, figures)
  }
}

function shuffled<Item>(items: Item[], chance: Chance): Item[] {
  return items
    .map((item) => ({ item, place: chance.fraction() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
