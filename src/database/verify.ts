/** Whether a file is a whole and sound Sportello database that this release understands. */
import { constants, Database } from "bun:sqlite"
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs"
import { basename } from "node:path"
import { pathToFileURL } from "node:url"
import { plain } from "~/kernel/list.ts"
import { type CHAINED, chainHash, NO_HASH } from "./chain.ts"
import { type Migration, misfit } from "./migrate.ts"
import { lostWords } from "./verify-words.ts"

export type Verification = {
  /** Empty: sound. */
  problems: string[]
  bytes: number
  sha256: string
  /** The newest migration in the file. */
  schema: string | null
  counts: Record<string, number>
}

const COUNTED = ["tenant", "user", "channel", "customer", "conversation", "message", "envelope"] as const
/** As many findings as help; a damaged file has thousands. */
const MOST_FINDINGS = 5

/** Checks pages, references, schema and, where a `.sha256` lies beside the file, every byte. Takes time with size. */
export function verifyFile(path: string, migrations: readonly Migration[]): Verification {
  const none = { bytes: 0, sha256: "", schema: null, counts: {} }
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return { ...none, problems: [`there is no file ${path}`] }
  const { bytes, sha256 } = digestOf(path)
  const checksum = checksumProblem(path, sha256)
  const problems = checksum ? [checksum] : []
  try {
    const connection = openUntouched(path)
    try {
      return { ...inspect(connection, migrations, problems), bytes, sha256 }
    } finally {
      connection.close()
    }
  } catch (error) {
    return { ...none, bytes, sha256, problems: [...problems, `SQLite cannot read it: ${(error as Error).message}`] }
  }
}

/** Where the checksum of a backup is kept, as `sha256sum -c` reads it. */
export const checksumPath = (path: string): string => `${path}.sha256`
export const checksumLine = (path: string, sha256: string): string => `${sha256}  ${basename(path)}\n`

export function digestOf(path: string): { bytes: number; sha256: string } {
  const hasher = new Bun.CryptoHasher("sha256")
  const bytes = readInPieces(path, (piece) => hasher.update(piece))
  return { bytes, sha256: hasher.digest("hex") }
}

/** A finished file is opened as immutable, so that nothing is written beside it; one with a log needs its log. */
export function openUntouched(path: string): Database {
  if (existsSync(`${path}-wal`)) return new Database(path, { readonly: true, strict: true })
  const { SQLITE_OPEN_READONLY, SQLITE_OPEN_URI } = constants
  return new Database(`${pathToFileURL(path).href}?immutable=1`, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
}

function inspect(connection: Database, migrations: readonly Migration[], problems: string[]) {
  problems.push(...pagesOf(connection), ...danglingRows(connection))
  const done = migrationsIn(connection)
  if (!done) return { problems: [...problems, "it is not a Sportello database"], schema: null, counts: {} }
  const reason = misfit(done, migrations) ?? schemaProblem(connection, migrations.slice(0, done.length))
  if (reason) problems.push(reason)
  problems.push(...alteredFiles(connection), ...brokenChains(connection), ...lostWords(connection))
  const counts = Object.fromEntries(COUNTED.map((table) => [table, countOf(connection, table)]))
  return { problems, schema: done.at(-1)?.name ?? null, counts }
}

/** How many migrations a file at rest still needs, or why it does not belong to this release. */
export function schemaStanding(
  connection: Database,
  migrations: readonly Migration[],
): { pending: number } | { problem: string } {
  const done = migrationsIn(connection)
  if (!done) return { problem: "the file is not a Sportello database" }
  const problem = misfit(done, migrations)
  return problem ? { problem } : { pending: migrations.length - done.length }
}

function pagesOf(connection: Database): string[] {
  const found = connection.query<{ integrity_check: string }, []>(`PRAGMA integrity_check(${MOST_FINDINGS})`).all()
  return found.map((row) => row.integrity_check).filter((line) => line !== "ok")
}

/** integrity_check does not look at foreign keys. */
function danglingRows(connection: Database): string[] {
  const rows = connection.query<{ table: string; parent: string }, []>("PRAGMA foreign_key_check").all()
  return rows
    .slice(0, MOST_FINDINGS)
    .map(({ table, parent }) => `a row of ${table} points to a ${parent} that is not there`)
}

type Done = { number: number; name: string; checksum: string }

function migrationsIn(connection: Database): Done[] | null {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").get()
  if (!isThere) return null
  return connection.query<Done, []>("SELECT number, name, checksum FROM migration ORDER BY number").all()
}

/** The tables and indexes must be those that the file's own migrations make. */
function schemaProblem(connection: Database, migrations: readonly Migration[]): string | null {
  const model = new Database(":memory:", { strict: true })
  // Migrations write with it what the tables keep of a text to sort and search by.
  model.function("plain", { deterministic: true }, plain)
  for (const { sql } of migrations) model.run(sql)
  const wanted = schemaOf(model)
  const found = schemaOf(connection)
  model.close()
  const differing = [...new Set([...wanted.keys(), ...found.keys()])].find(
    (name) => wanted.get(name) !== found.get(name),
  )
  return differing === undefined ? null : `its schema differs from this release's at ${differing}`
}

const schemaOf = (connection: Database): Map<string, string> =>
  new Map(
    connection
      .query<{ name: string; sql: string }, []>(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'migration' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
      .map(({ name, sql }) => [name, sql]),
  )

/** Customers' and agents' files against their checksums: integrity_check does not look at what a blob holds. */
function alteredFiles(connection: Database): string[] {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'mediaFile'").get()
  if (!isThere) return []
  const files = connection.query<{ tenant: number; id: number; sha256: Uint8Array }, []>(
    "SELECT tenant, id, sha256 FROM mediaFile WHERE sha256 IS NOT NULL ORDER BY id",
  )
  const chunks = connection.query<{ bytes: Uint8Array }, [number, number]>(
    "SELECT bytes FROM mediaChunk WHERE tenant = ? AND file = ? ORDER BY position",
  )
  const altered: string[] = []
  for (const { tenant, id, sha256 } of files.iterate()) {
    const hasher = new Bun.CryptoHasher("sha256")
    for (const { bytes } of chunks.iterate(tenant, id)) hasher.update(bytes)
    if (!hasher.digest().equals(sha256)) altered.push(`the bytes of file ${id} are not those that were stored`)
    if (altered.length === MOST_FINDINGS) break
  }
  return altered
}

/** Every tenant's record of acts, from what the oldest entry follows to the newest: nothing altered, added or missing. */
function brokenChains(connection: Database): string[] {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'auditEntry'").get()
  if (!isThere) return []
  type Entry = Record<(typeof CHAINED)[number], unknown> & { previousHash: Uint8Array; hash: Uint8Array }
  const anchors = connection
    .query<{ tenant: number; hash: Uint8Array }, []>("SELECT tenant, hash FROM auditAnchor")
    .all()
  const last = new Map(anchors.map(({ tenant, hash }) => [tenant, hash]))
  const broken = new Map<number, string>()
  for (const entry of connection.query<Entry, []>("SELECT * FROM auditEntry ORDER BY tenant, id").iterate()) {
    const tenant = entry.tenant as number
    const follows = sameBytes(entry.previousHash, last.get(tenant) ?? NO_HASH)
    const isWhole = sameBytes(entry.hash, chainHash(entry.previousHash, entry))
    last.set(tenant, entry.hash)
    if ((follows && isWhole) || broken.has(tenant)) continue
    broken.set(
      tenant,
      `the audit log of tenant ${tenant} was tampered with ${follows ? "in" : "before"} entry ${entry.id}`,
    )
  }
  return [...broken.values()].slice(0, MOST_FINDINGS)
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0

/** A table that a later migration brings is not there yet. */
function countOf(connection: Database, table: string): number {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table)
  if (!isThere) return 0
  return connection.query<{ count: number }, []>(`SELECT count(*) AS count FROM "${table}"`).get()?.count ?? 0
}

function checksumProblem(path: string, sha256: string): string | null {
  if (!existsSync(checksumPath(path))) return null
  const [written] = readFileSync(checksumPath(path), "utf8").split(/\s/, 1)
  return written === sha256 ? null : `its bytes are not those of the backup: ${checksumPath(path)} says otherwise`
}

const PIECE_BYTES = 1_048_576

function readInPieces(path: string, take: (piece: Uint8Array) => void): number {
  const file = openSync(path, "r")
  const buffer = new Uint8Array(PIECE_BYTES)
  let total = 0
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      take(buffer.subarray(0, read))
      total += read
    }
  } finally {
    closeSync(file)
  }
  return total
}
