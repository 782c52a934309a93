/** Full text beside a layout: what the index costs and how fast it answers. */
import { type Candidate, close, commit, openCandidate, type Write } from "./candidate.ts"
import type { Layout } from "./layouts.ts"
import { bringIntoCache, type Figures, median, note, timed } from "./measure.ts"
import type { Deed, Workload } from "./workload.ts"

const CHUNK = 20_000
const ASKED = 40

/** Builds the index over everything there, in order of arrival, without a copy of the text. */
export function buildFullText(layout: Layout, path: string, figures: Figures): void {
  const candidate = openCandidate(layout, path, 65_536)
  const { database } = candidate
  database.exec("PRAGMA synchronous = OFF")
  database.exec(
    "CREATE VIRTUAL TABLE message_text USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 2')",
  )
  const before = pages(candidate)
  const rows = candidate.prepare(
    `SELECT ${layout.textRow} AS row, text FROM message WHERE ${layout.textRow} > ? ORDER BY ${layout.textRow} LIMIT ${CHUNK}`,
  )
  const insert = candidate.prepare("INSERT INTO message_text (rowid, text) VALUES (?, ?)")
  let spent = 0
  let count = 0
  let last = 0
  const next = () => rows.all(last) as { row: number; text: string }[]
  for (let chunk = next(); chunk.length > 0; chunk = next()) {
    spent += timed(() =>
      commit(
        candidate,
        chunk.map(
          ({ row, text }) =>
            () =>
              insert.run(row, text),
        ),
      ),
    )
    count += chunk.length
    last = chunk.at(-1)!.row
  }
  note(figures, "full text: bytes per message", ((pages(candidate) - before) * layout.pageBytes) / count)
  note(figures, "full text: built at messages/s", (count * 1000) / spent)
  close(candidate)
}

/** The same commits of 50 as without, now with the index kept in the same transaction: what it adds to each message. */
export function measureIndexing(layout: Layout, path: string, deeds: Deed[], figures: Figures): void {
  const candidate = openCandidate(layout, path, 2_000)
  const insert = candidate.prepare("INSERT INTO message_text (rowid, text) VALUES (?, ?)")
  const spent: number[] = []
  let batch: Write[] = []
  for (const deed of deeds) {
    if (deed.act !== "say") commit(candidate, candidate.bind([deed]))
    else {
      const row = layout.textRow === "number" ? deed.number : layout.key(deed.id)
      const [say, touch] = candidate.bind([deed])
      batch.push(say!, touch!, () => insert.run(row, deed.text))
    }
    if (batch.length < 150) continue
    const work = batch
    batch = []
    spent.push(timed(() => commit(candidate, work)))
  }
  commit(candidate, batch)
  note(figures, "insert with full text: messages/s", (spent.length * 50 * 1000) / spent.reduce((a, b) => a + b, 0))
  close(candidate)
}

/** The newest 50 messages of one tenant with a word, as a search screen shows them. */
export function measureSearching(layout: Layout, path: string, workload: Workload, figures: Figures): void {
  bringIntoCache(path)
  const candidate = openCandidate(layout, path, 2_000)
  const search = candidate.prepare(
    `SELECT message.* FROM message_text JOIN message ON message.${layout.textRow} = message_text.rowid
     WHERE message_text MATCH ? AND message.tenant = ? ORDER BY message_text.rowid DESC LIMIT 50`,
  )
  const words = (ranks: number[]) => ranks.map((rank) => `"${workload.word(rank)}"`).join(" ")
  const kinds: [string, (at: number) => number[]][] = [
    ["a common word", (at) => [at % 20]],
    ["a middling word", (at) => [300 + at]],
    ["a rare word", (at) => [20_000 + at]],
    ["two words", (at) => [at % 20, 50 + at]],
  ]
  for (const [name, ranks] of kinds) {
    const spent = Array.from({ length: ASKED }, (_, at) => timed(() => search.all(words(ranks(at)), 1 + (at % 2))))
    note(figures, `search ${name}, newest 50: ms`, median(spent))
  }
  close(candidate)
}

const pages = (candidate: Candidate) =>
  (candidate.prepare("PRAGMA page_count").get() as { page_count: number }).page_count
