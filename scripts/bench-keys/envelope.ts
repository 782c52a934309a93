/** What the key that recognises a webhook delivered twice costs, by its kind. */
import { Database } from "bun:sqlite"
import { join } from "node:path"
import type { Chance } from "~/kernel/chance.ts"
import { type Figures, megabytes, note, quantile, timed } from "./measure.ts"

type Kind = { name: string; column: string; digest(hash: Uint8Array): Uint8Array | bigint }
export type EnvelopeContender = { layout: { name: string }; kind: Kind; path: string; figures: Figures }

const BODY = new Uint8Array(700).fill(0x61)
const PER_COMMIT = 50
const ROUND = 5_000

const kinds: Kind[] = [
  { name: "BLOB, 16 bytes", column: "digest BLOB NOT NULL UNIQUE", digest: (hash) => hash.subarray(0, 16) },
  { name: "BLOB, 32 bytes", column: "digest BLOB NOT NULL UNIQUE", digest: (hash) => hash },
  {
    name: "INTEGER, 64 bits",
    column: "digest INTEGER NOT NULL UNIQUE",
    digest: (hash) => new DataView(hash.buffer, hash.byteOffset).getBigInt64(0),
  },
  { name: "none", column: "digest BLOB NOT NULL", digest: (hash) => hash.subarray(0, 16) },
]

/** Fills `count` envelopes into one file per kind in interleaved rounds; the last tenth is what counts. */
export function measureEnvelopes(folder: string, count: number, chance: Chance): EnvelopeContender[] {
  const contenders = kinds.map((kind, at) => contender(kind, join(folder, `envelope-${at}.sqlite`)))
  const open = contenders.map((each) => ({ ...each, insert: inserter(each) }))
  for (let filled = 0; filled < count; filled += ROUND) {
    const hashes = Array.from({ length: ROUND }, () => chance.bytes(32))
    for (const { figures, insert } of open) {
      const spent = insert(hashes, filled)
      if (filled < count * 0.9) continue
      note(figures, "envelopes/s", (ROUND * 1000) / spent.reduce((total, each) => total + each, 0))
      note(figures, "ms per commit of 50, p99", quantile(spent, 0.99))
    }
  }
  for (const { path, figures } of open) note(figures, "bytes per envelope", (megabytes(path) * 1_000_000) / count)
  return contenders
}

function contender(kind: Kind, path: string): EnvelopeContender {
  const database = new Database(path, { create: true })
  database.exec("PRAGMA journal_mode = WAL")
  database.exec(
    `CREATE TABLE envelope (id INTEGER PRIMARY KEY, ${kind.column}, receivedAt INTEGER NOT NULL, body BLOB NOT NULL) STRICT`,
  )
  database.close()
  return { layout: { name: kind.name }, kind, path, figures: new Map() }
}

/** Answers the milliseconds of every commit. */
function inserter({ kind, path }: EnvelopeContender): (hashes: Uint8Array[], from: number) => number[] {
  const database = new Database(path)
  database.exec("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -64000")
  const insert = database.prepare("INSERT INTO envelope VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
  return (hashes, from) => {
    const rows = hashes.map((hash, at) => [from + at + 1, kind.digest(hash)] as const)
    return Array.from({ length: rows.length / PER_COMMIT }, (_, batch) =>
      timed(() => {
        database.exec("BEGIN IMMEDIATE")
        for (const [id, digest] of rows.slice(batch * PER_COMMIT, (batch + 1) * PER_COMMIT))
          insert.run(id, digest, id, BODY)
        database.exec("COMMIT")
      }),
    )
  }
}
