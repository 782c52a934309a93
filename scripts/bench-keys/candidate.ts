/** One layout in its file: what is written and asked, with the pragmas of the product. */
import { Database, type SQLQueryBindings, type Statement } from "bun:sqlite"
import { unreachable } from "~/kernel/assert.ts"
import type { Key, Layout } from "./layouts.ts"
import type { Deed, Made, Opened, Said } from "./workload.ts"

type Row = SQLQueryBindings[]
export type Candidate = {
  layout: Layout
  path: string
  database: Database
  prepare: Prepare
  /** Every statement prepared so far: a connection is closed only when these are gone. */
  statements: Statement[]
  /** Turns deeds into bound rows, so that the clock sees only the database. */
  bind(deeds: Deed[]): Write[]
  thread(conversation: Opened): unknown[]
  pageBack(conversation: Opened, beforeAt: number, before: Made): unknown[]
  byId(message: Said): unknown
  findOpen(conversation: Opened): unknown
  status(message: Said, at: number): Write
}
export type Write = () => unknown
type Prepare = (sql: string) => Statement<unknown, Row>

const COLUMNS =
  "id, tenant, conversation, customer, channel, agent, direction, kind, state, at, received_at, queued_at, sent_at, wamid, client_id, price_category, text"
const SHOWN = `${COLUMNS}, delivered_at, read_at, failed_at, error_code, quoted, attempts, version`

export function createFile(layout: Layout, path: string): void {
  const database = new Database(path, { create: true })
  database.exec(`PRAGMA page_size = ${layout.pageBytes}`)
  database.exec(layout.schema)
  database.exec(layout.indexes)
  database.close()
}

export function openCandidate(layout: Layout, path: string, cacheKibibytes: number): Candidate {
  const database = new Database(path)
  database.exec("PRAGMA journal_mode = WAL")
  database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON")
  database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA busy_timeout = 5000")
  database.exec(`PRAGMA cache_size = -${cacheKibibytes}`)
  const statements: Statement[] = []
  const prepare: Prepare = (sql) => {
    const statement = database.prepare<unknown, Row>(sql)
    statements.push(statement)
    return statement
  }
  return { layout, path, database, prepare, statements, ...writes(layout, prepare), ...reads(layout, prepare) }
}

/** For filling only: one big commit at a time straight into the file, in the same order, hence the same pages. */
export function openForFilling(layout: Layout, path: string): Candidate {
  const candidate = openCandidate(layout, path, 131_072)
  candidate.database.exec("PRAGMA journal_mode = MEMORY")
  candidate.database.exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
  return candidate
}

export function commit(candidate: Candidate, work: Write[]): void {
  candidate.database.exec("BEGIN IMMEDIATE")
  for (const write of work) write()
  candidate.database.exec("COMMIT")
}

export function close(candidate: Candidate): void {
  for (const statement of candidate.statements) statement.finalize()
  candidate.database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
  candidate.database.close(true)
}

function writes(layout: Layout, prepare: Prepare): Pick<Candidate, "bind" | "status"> {
  const numbered = layout.textRow === "number"
  const say = prepare(
    `INSERT INTO message (${numbered ? "number, " : ""}${COLUMNS}) VALUES (${numbered ? "?, " : ""}?${", ?".repeat(16)})`,
  )
  const touch = prepare(
    "UPDATE conversation SET last_at = ?, unread = unread + 1, version = version + 1 WHERE tenant = ? AND id = ?",
  )
  const open = prepare(
    "INSERT INTO conversation (id, tenant, customer, channel, agent, state, opened_at, last_at) VALUES (?, ?, ?, ?, ?, 'active', ?, ?)",
  )
  const shut = prepare("UPDATE conversation SET state = 'closed', closed_at = last_at WHERE tenant = ? AND id = ?")
  const status = prepare(
    "UPDATE message SET state = 'delivered', delivered_at = ?, version = version + 1 WHERE tenant = ? AND wamid = ?",
  )
  const bindOne = (deed: Deed): Write[] => {
    switch (deed.act) {
      case "open": {
        const row = openedRow(layout, deed)
        return [() => open.run(...row)]
      }
      case "say": {
        const row = saidRow(layout, deed)
        const id = layout.key(deed.conversation.id)
        return [() => say.run(...row), () => touch.run(deed.at, deed.conversation.tenant, id)]
      }
      case "close": {
        const id = layout.key(deed.conversation.id)
        return [() => shut.run(deed.conversation.tenant, id)]
      }
      default:
        return unreachable(deed)
    }
  }
  return {
    bind: (deeds) => deeds.flatMap(bindOne),
    status: (message, at) => () => status.run(at, message.conversation.tenant, message.wamid),
  }
}

function reads(layout: Layout, prepare: Prepare): Pick<Candidate, "thread" | "pageBack" | "byId" | "findOpen"> {
  const descending = layout.order === "id" ? "id DESC" : "at DESC, id DESC"
  const from = `SELECT ${SHOWN} FROM message WHERE tenant = ?`
  const thread = prepare(`${from} AND conversation = ? ORDER BY ${descending} LIMIT 50`)
  const back = prepare(
    `${from} AND conversation = ? AND (${layout.order}) < (${layout.order === "id" ? "?" : "?, ?"}) ORDER BY ${descending} LIMIT 50`,
  )
  const byId = prepare(`${from} AND id = ?`)
  const findOpen = prepare(
    "SELECT id, state, version FROM conversation WHERE tenant = ? AND customer = ? AND channel = ? AND state <> 'closed'",
  )
  const { key } = layout
  return {
    thread: (conversation) => thread.all(conversation.tenant, key(conversation.id)),
    pageBack: ({ tenant, id }, beforeAt, before) =>
      layout.order === "id" ? back.all(tenant, key(id), key(before)) : back.all(tenant, key(id), beforeAt, key(before)),
    byId: (message) => byId.get(message.conversation.tenant, key(message.id)),
    findOpen: ({ tenant, customer, channel }) => findOpen.get(tenant, key(customer), key(channel)),
  }
}

function openedRow({ key }: Layout, { id, tenant, customer, channel, agent, at }: Opened): Row {
  return [key(id), tenant, key(customer), key(channel), key(agent), at, at]
}

function saidRow({ key, textRow }: Layout, said: Said): Row {
  const { conversation, at, inbound } = said
  const ids: Key[] = [
    key(said.id),
    conversation.tenant,
    key(conversation.id),
    key(conversation.customer),
    key(conversation.channel),
  ]
  const row: Row = inbound
    ? [...ids, null, "inbound", "text", "received", at, at + 800, null, null, said.wamid, null, null, said.text]
    : [
        ...ids,
        key(conversation.agent),
        "outbound",
        "text",
        "sent",
        at,
        null,
        at,
        at + 300,
        said.wamid,
        CLIENT_ID,
        "service",
        said.text,
      ]
  return textRow === "number" ? [said.number, ...row] : row
}

const CLIENT_ID = new Uint8Array(16).fill(0x5a)
