import { titleOf } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { EventItem } from "./thread.ts"
import type { ThreadRange } from "./thread-page.ts"

type Data = Record<string, string | number | boolean | null>

const events = (conversation: Id) =>
  query
    .selectFrom("event as e")
    .leftJoin("user as actor", "actor.id", "e.actor")
    .select(["e.id", "e.at", "e.kind", "e.data", "actor.firstName", "actor.lastName"])
    .where("e.conversation", "=", conversation)

const before = statement((p: ThreadRange) =>
  events(p.conversation)
    .where("e.at", ">=", p.fromAt)
    .where("e.at", "<=", p.at)
    .where((row) => row.or([row("e.at", "<", p.at), row("e.id", "<", p.id)]))
    .orderBy("e.at", "desc")
    .orderBy("e.id", "desc")
    .limit(p.limit),
)
const from = statement((p: Omit<ThreadRange, "fromAt">) =>
  events(p.conversation)
    .where("e.at", ">=", p.at)
    .where((row) => row.or([row("e.at", ">", p.at), row("e.id", ">=", p.id)]))
    .orderBy("e.at")
    .orderBy("e.id")
    .limit(p.limit),
)
const userName = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)
const customerNames = statement((p: { id: Id }) =>
  query.selectFrom("customer").select(["name", "profileName", "phone", "username"]).where("id", "=", p.id),
)
const skillsetName = statement((p: { id: Id }) => query.selectFrom("skillset").select("name").where("id", "=", p.id))

/** Which ids of an event's data name whom. */
const USERS = ["agent", "toUser", "targetUser", "previousOwner"]
/** Customers by whatever they are called now: erased, they are called nothing here either. */
const CUSTOMERS = ["other"]
const SKILLSETS = ["skillset", "toSkillset", "overflowFrom"]

/** So much of what happened is told beside a conversation. */
const MOST_TOLD = 60
const EVER = { fromAt: 0, at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** The latest that happened in a conversation, latest first. */
export const latestEvents = (reader: Reader, conversation: Id): EventItem[] =>
  eventItems(reader, { conversation, ...EVER, limit: MOST_TOLD })

/** What happened in a conversation before a moment, latest first, with the names of whom it happened to. */
export const eventItems = (reader: Reader, range: ThreadRange): EventItem[] =>
  withTheirNames(reader, reader.all(before, range))

/** What happened from a moment on, oldest first. */
export const eventItemsFrom = (reader: Reader, range: Omit<ThreadRange, "fromAt">): EventItem[] =>
  withTheirNames(reader, reader.all(from, range))

type Row = { id: Id; at: Instant; kind: string; data: string; firstName: string | null; lastName: string | null }

function withTheirNames(reader: Reader, rows: readonly Row[]): EventItem[] {
  const names = new Map<string, string | null>()
  const named = (key: string, find: () => string | null) => {
    if (!names.has(key)) names.set(key, find())
    return names.get(key) ?? null
  }
  const user = (id: Id) => named(`user ${id}`, () => fullName(reader.one(userName, { id })))
  const customer = (id: Id) => named(`customer ${id}`, () => titled(reader.one(customerNames, { id })))
  const skillset = (id: Id) => named(`skillset ${id}`, () => reader.one(skillsetName, { id })?.name ?? null)
  return rows.map(({ id, at, kind, data, firstName, lastName }) => ({
    type: "event",
    id,
    at,
    kind: kind.slice(kind.indexOf(".") + 1),
    actorName: firstName === null ? null : fullName({ firstName, lastName: lastName ?? "" }),
    data: withNames(JSON.parse(data) as Record<string, unknown>, { user, skillset, customer }),
  }))
}

type NameOf = (id: Id) => string | null

const titled = (row: Parameters<typeof titleOf>[0] | null): string | null => row && titleOf(row)

/** Flat, with `agentName` beside `agent` and so on; a nested reason's parts become `reasonStrategy`, … */
function withNames(data: Record<string, unknown>, names: Record<"user" | "skillset" | "customer", NameOf>) {
  const flat: Data = {}
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === "object" && value !== null) {
      for (const [part, inner] of Object.entries(withNames({ ...value }, names)))
        flat[`${key}${part[0]?.toUpperCase()}${part.slice(1)}`] = inner
    } else flat[key] = value as string | number | boolean | null
    if (typeof value === "number" && USERS.includes(key)) flat[`${key}Name`] = names.user(value)
    if (typeof value === "number" && SKILLSETS.includes(key)) flat[`${key}Name`] = names.skillset(value)
    if (typeof value === "number" && CUSTOMERS.includes(key)) flat[`${key}Name`] = names.customer(value)
  }
  return flat
}

const fullName = (user: { firstName: string; lastName: string } | null): string | null =>
  user && `${user.firstName} ${user.lastName}`.trim()
