/** Rows straight into the tables, and the events that conversations of the past have. */
import type { Database, Statement } from "bun:sqlite"
import type { Instant } from "~/kernel/clock.ts"

const prepared: Statement[] = []

/** Inserts rows of a table; `columns`: their names with a space between. */
export function inserter(connection: Database, name: string, columns: string) {
  const names = columns.split(" ")
  const marks = names.map(() => "?").join(", ")
  const insert = connection.prepare(`INSERT INTO "${name}" (${names.join(", ")}) VALUES (${marks})`)
  prepared.push(insert)
  return (...values: (string | number | Uint8Array | null | undefined)[]) => void insert.run(...values.map(orNull))
}

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null

/** A statement that is not let go keeps the file open, and the appliance would not be alone with it. */
export function letGo(): void {
  for (const one of prepared.splice(0)) one.finalize()
}

const EVENTS_FROM = 15_000_000_000_000

/** Opened, queued, offered, taken after a while, closed. */
export function eventInserter(connection: Database, tenant: number, skillset: number) {
  const insert = inserter(connection, "event", "id tenant conversation at kind actor data")
  let id = EVENTS_FROM
  return (conversation: number, owner: number, at: Instant, end: Instant) => {
    const event = (when: Instant, kind: string, actor: number | null, data: object) =>
      insert(++id, tenant, conversation, when, `conversation.${kind}`, actor, JSON.stringify({ ...data, skillset }))
    event(at, "opened", null, { how: "inbound" })
    event(at, "queued", null, { targetUser: null, exclusive: false, why: "new" })
    event(at, "offered", null, { agent: owner, reason: null })
    event(at + (conversation % 400) * 1_000, "activated", owner, { agent: owner, how: "opened", previousOwner: null })
    event(end, "closed", owner, { how: "by_hand", profiling: null })
  }
}
