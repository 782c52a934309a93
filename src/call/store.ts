/** How calls and the tenant's servers for them are kept. */
import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { CallRow, CallServersRow } from "~/database/tables.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { type Call, callDeadlines } from "./rules.ts"

const MOVING = ["linkUntil", "state", "joinedAt", "agentGoneAt", "endedAt", "ended"] as const
const COLUMNS = ["id", "conversation", "startedBy", "startedAt", ...MOVING] as const

const byId = statement((p: { id: Id }) => query.selectFrom("call").select(COLUMNS).where("id", "=", p.id))
const running = statement((p: { conversation: Id }) =>
  query.selectFrom("call").select(COLUMNS).where("conversation", "=", p.conversation).where("state", "<>", "ended"),
)
const everyRunning = statement(() => query.selectFrom("call").select("id").where("state", "<>", "ended"))
const byToken = applianceStatement((p: { tokenHash: Uint8Array }) =>
  applianceQuery.selectFrom("call").select(["id", "tenant"]).where("tokenHash", "=", p.tokenHash),
)
const add = inserting("call", [...COLUMNS, "tokenHash"])
const move = statement((p: { id: Id } & Pick<CallRow, (typeof MOVING)[number]>) =>
  query.updateTable("call").set(slotRow(MOVING)).where("id", "=", p.id),
)
const changeToken = statement((p: { id: Id; tokenHash: Uint8Array }) =>
  query.updateTable("call").set({ tokenHash: p.tokenHash }).where("id", "=", p.id),
)
const servers = statement(() => query.selectFrom("callServers").selectAll())
const addServers = inserting("callServers", ["urls", "secret"])
const template = statement(() => query.selectFrom("callTemplate").select("name"))
const addTemplate = inserting("callTemplate", ["name"])
const removeTemplate = statement(() => query.deleteFrom("callTemplate"))
const removeServers = statement(() => query.deleteFrom("callServers"))

export const loadCall = (reader: Reader, id: Id): Call | null => reader.one(byId, { id })

/** The one call that a conversation has now. */
export const runningCall = (reader: Reader, conversation: Id): Call | null => reader.one(running, { conversation })

/** Every call of the tenant that is not over. */
export const runningCalls = (reader: Reader): Id[] => reader.all(everyRunning).map(({ id }) => id)

/** Whose call a link belongs to, over all tenants: the customer who holds it names nobody. */
export const callByToken = (reader: ApplianceReader, tokenHash: Uint8Array): { id: Id; tenant: Id } | null =>
  reader.one(byToken, { tokenHash })

export function insertCall(tx: Tx, call: Call, tokenHash: Uint8Array): void {
  tx.run(add, { ...call, tokenHash })
  saveDeadlines(tx, call.id, [], callDeadlines(call))
}

export function updateCall(tx: Tx, before: Call, next: Call): void {
  tx.run(move, next)
  saveDeadlines(tx, next.id, callDeadlines(before), callDeadlines(next))
}

export function replaceToken(tx: Tx, id: Id, tokenHash: Uint8Array): void {
  tx.run(changeToken, { id, tokenHash })
}

/** `secret` is sealed. */
export type KeptServers = { urls: string[]; secret: Uint8Array | null }

export function loadServers(reader: Reader): KeptServers {
  const row: CallServersRow | null = reader.one(servers)
  return row ? { urls: JSON.parse(row.urls) as string[], secret: row.secret } : { urls: [], secret: null }
}

export function saveServers(tx: Tx, { urls, secret }: KeptServers): void {
  tx.run(removeServers)
  if (urls.length > 0 || secret !== null) tx.run(addServers, { urls: JSON.stringify(urls), secret })
}

/** The name of the template that brings a link after the 24 hours; null: none does. */
export const loadCallTemplate = (reader: Reader): string | null => reader.one(template)?.name ?? null

export function saveCallTemplate(tx: Tx, name: string | null): void {
  tx.run(removeTemplate)
  if (name !== null) tx.run(addTemplate, { name })
}
