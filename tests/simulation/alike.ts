/** Whether two runs came to the same: byte by byte, or in everything but what a restart may leave otherwise. */
import type { Database } from "bun:sqlite"
import { dump, reading } from "../support/records.ts"

/** Every row of every table, as text; passwords are salted by the runtime, which no seed reaches. */
export const everyByte = (path: string): string => JSON.stringify(dump(path), readable, 1)

function readable(column: string, value: unknown): unknown {
  if (column === "passwordHash") return null
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value
}

/**
 * What happened to every conversation of a company, told without ids: what a killed process must not change. Left out
 * is what belongs to a process or to a connection: ids, tries, the moments of ticks, who was connected since when.
 */
export const storyOf = (path: string, company = "acme"): string => reading(path, (database) => tell(database, company))

function tell(database: Database, company: string): string {
  const names = namesOf(database)
  const all = (sql: string) => database.query(sql).all(company) as Record<string, unknown>[]
  const known = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, named(names, value)]))
  const story = {
    conversations: all(CONVERSATIONS).map(known),
    events: all(EVENTS).map(({ data, ...event }) => ({ ...known(event), ...known(JSON.parse(String(data))) })),
    messages: all(MESSAGES).map(known),
    agents: all(AGENTS).map(known),
  }
  return JSON.stringify(story, null, 1)
}

const OWN = "tenant = (SELECT id FROM tenant WHERE slug = ?)"
const CONVERSATIONS = `SELECT id AS conversation, channel, state, owner, skillset, priority, targetUser, exclusive, parkedAs,
  waitingSince, offeredUntil, stateSince, openedAt, closedAt, closedBy, windowEndsAt, lastInboundAt, lastOutboundAt,
  unreadCount, joined FROM conversation WHERE ${OWN} ORDER BY id`
const EVENTS = `SELECT conversation, at, kind, actor, data FROM event WHERE ${OWN} ORDER BY id`
const MESSAGES = `SELECT conversation, direction, kind, at, text, author FROM message WHERE ${OWN} ORDER BY conversation, at, text, direction`
const AGENTS = `SELECT user, status, load, maximum, missedOffers FROM agent WHERE ${OWN} ORDER BY user`

/** What stands behind an id: a username, a skillset's name, a customer's number and how often they have called. */
function namesOf(database: Database): Map<unknown, string> {
  const all = (sql: string) => database.query(sql).all() as { id: unknown; name: string }[]
  const names = [
    ...all("SELECT id, username AS name FROM user"),
    ...all("SELECT id, name FROM skillset"),
    ...all("SELECT id, name FROM channel"),
    ...all(`SELECT c.id, customer.phone || ' ' || row_number() OVER (PARTITION BY c.customer ORDER BY c.id) AS name
      FROM conversation c JOIN customer ON customer.id = c.customer`),
  ]
  return new Map(names.map(({ id, name }) => [id, name]))
}

function named(names: Map<unknown, string>, value: unknown): unknown {
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(names, inner)]))
  return typeof value === "number" ? (names.get(value) ?? value) : value
}

/** Where two tellings part, with the lines before it; null when they are the same. */
export function firstDifference(one: string, other: string): string | null {
  if (one === other) return null
  const some = one.split("\n")
  const others = other.split("\n")
  const at = some.findIndex((line, index) => line !== others[index])
  const from = Math.max(0, at - 12)
  return `line ${at}:\n${some.slice(from, at + 6).join("\n")}\n--- and\n${others.slice(from, at + 6).join("\n")}`
}
