/** Stop-watches: warm, cold, and pages read, which no faster disk changes. */
import { readFileSync, statSync } from "node:fs"
import type { Chance } from "~/kernel/chance.ts"
import { type Candidate, close, commit, openCandidate, type Write } from "./candidate.ts"
import type { Layout } from "./layouts.ts"
import type { Deed, Opened, Said, Seen } from "./workload.ts"

/** Measurements by name, each a list that grows round by round. */
export type Figures = Map<string, number[]>

const PER_COMMIT = 50
const WARM_READS = 200
const COLD_READS = 40
const STATUSES = 2_000

export function note(figures: Figures, name: string, value: number): void {
  figures.set(name, [...(figures.get(name) ?? []), value])
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN
}

/** Commits of 50 messages under FULL, with the touch of their conversations. */
export function measureWriting(
  layout: Layout,
  path: string,
  cacheKibibytes: number,
  deeds: Deed[],
  figures: Figures,
): void {
  const candidate = openCandidate(layout, path, cacheKibibytes)
  const batches = inBatches(deeds).map((batch) => candidate.bind(batch))
  const label = `insert, ${cacheLabel(cacheKibibytes)} cache`
  const spent = batches.map((batch) => timed(() => commit(candidate, batch)))
  note(figures, `${label}: messages/s`, (batches.length * PER_COMMIT * 1000) / sum(spent))
  note(figures, `${label}: ms per commit of 50, p99`, quantile(spent, 0.99))
  close(candidate)
}

export function measureStatuses(layout: Layout, path: string, seen: Seen, chance: Chance, figures: Figures): void {
  const candidate = openCandidate(layout, path, 2_000)
  const updates: Write[] = Array.from({ length: STATUSES }, () => {
    const message = draw(seen.recent, chance)
    return candidate.status(message, message.at + 2_000)
  })
  const batches = Array.from({ length: STATUSES / PER_COMMIT }, (_, at) =>
    updates.slice(at * PER_COMMIT, (at + 1) * PER_COMMIT),
  )
  const spent = batches.map((batch) => timed(() => commit(candidate, batch)))
  note(figures, "status by wamid: updates/s", (STATUSES * 1000) / sum(spent))
  close(candidate)
}

export type Question = { name: string; ask(candidate: Candidate): void }

/** The questions of one round: the same for every layout. */
export function questions(seen: Seen, chance: Chance, count: number): Question[][] {
  const many = <Subject>(name: string, subjects: Subject[], ask: (candidate: Candidate, subject: Subject) => unknown) =>
    subjects.map((subject) => ({ name, ask: (candidate: Candidate) => void ask(candidate, subject) }))
  const pick = <Item>(items: Item[]) => Array.from({ length: count }, () => draw(items, chance))
  return [
    many<Opened>("open a conversation, last 50", pick(seen.any), (candidate, subject) => candidate.thread(subject)),
    many<Opened>("open one that is open now", pick(seen.current), (candidate, subject) => candidate.thread(subject)),
    many("page back, next 50", pick(seen.long), (candidate, { conversation, anchorAt, anchor }) =>
      candidate.pageBack(conversation, anchorAt, anchor),
    ),
    many<Said>("one message by id", pick(seen.sample), (candidate, subject) => candidate.byId(subject)),
    many<Opened>("find the open conversation", pick(seen.any), (candidate, subject) => candidate.findOpen(subject)),
  ]
}

/** The whole file in the system's cache, asked twice, the second time counts; 2 MB of SQLite's own cache. */
export function measureWarm(layout: Layout, path: string, asked: Question[][], figures: Figures): void {
  const candidate = openCandidate(layout, path, 2_000)
  for (const group of asked) {
    for (const question of group) question.ask(candidate)
    const spent = group.map((question) => timed(() => question.ask(candidate)) * 1000)
    note(figures, `${group[0]!.name}, warm: µs`, median(spent))
  }
  close(candidate)
}

/** Nothing of the file in any cache; the first question of each kind reads the upper pages and does not count. */
export function measureCold(layout: Layout, path: string, asked: Question[][], figures: Figures): void {
  for (const group of asked) {
    dropFromCache(path)
    const candidate = openCandidate(layout, path, 2_000)
    group[0]!.ask(candidate)
    const before = bytesRead()
    const spent = group.slice(1).map((question) => timed(() => question.ask(candidate)))
    note(figures, `${group[0]!.name}, cold: ms`, median(spent))
    note(figures, `${group[0]!.name}, cold: pages read`, (bytesRead() - before) / layout.pageBytes / spent.length)
    close(candidate)
  }
}

export const warmRound = (seen: Seen, chance: Chance) => questions(seen, chance, WARM_READS)
export const coldRound = (seen: Seen, chance: Chance) => questions(seen, chance, COLD_READS)
export const megabytes = (path: string) => statSync(path).size / 1_000_000

export function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** Asks the kernel to forget this one file; needs no privilege and leaves everybody else's cache alone. */
export function dropFromCache(path: string): void {
  Bun.spawnSync(["sync", path])
  Bun.spawnSync(["dd", `if=${path}`, "iflag=nocache", "count=0", "status=none"])
}

/** Reads the file once, so that "warm" means warm even when all candidates together exceed the memory. */
export function bringIntoCache(path: string): void {
  Bun.spawnSync(["cat", path], { stdout: "ignore" })
}

/** Bytes this process asked the kernel for, from whatever cache they came. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1])
}

function inBatches(deeds: Deed[]): Deed[][] {
  const batches: Deed[][] = [[]]
  let said = 0
  for (const deed of deeds) {
    if (deed.act === "say" && said++ % PER_COMMIT === 0 && said > 1) batches.push([])
    batches.at(-1)!.push(deed)
  }
  return batches
}

const draw = <Item>(items: Item[], chance: Chance): Item => items[chance.below(items.length)]!
const cacheLabel = (kibibytes: number) => `${Math.round(kibibytes / 1000)} MB`
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
