/** How users, sessions and failed attempts are kept. */
import type { ApplianceReader, ApplianceTx, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { Flag, LoginThrottleRow, SessionRow, UserRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { UserDetails } from "./rules.ts"
import { LONGEST_MEMORY, type SessionLimits } from "./rules.ts"

export type User = UserDetails & {
  id: Id
  username: string
  passwordHash: string | null
  /** The password was made by somebody else and is good until then; null: it is their own. */
  oneTimeUntil: Instant | null
  enabled: boolean
  deletedAt: Instant | null
  version: number
}

const NAMES = ["email", "firstName", "lastName", "language", "loginType", "externalId"] as const
const RIGHTS = [
  "level",
  "maxConversations",
  "isolated",
  "outbound",
  "mayEditCustomers",
  "passwordHash",
  "oneTimeUntil",
  "enabled",
] as const
const DETAILS = [...NAMES, ...RIGHTS] as const
const COLUMNS = ["id", "username", ...DETAILS, "createdAt", "version"] as const
type UserColumns = Pick<UserRow, (typeof COLUMNS)[number]>
const FAILURES = ["key", "failures", "lastFailureAt"] as const
const userById = statement((p: { id: Id }) => query.selectFrom("user").selectAll().where("id", "=", p.id))
const insertUser = statement((_: UserColumns) =>
  query
    .insertInto("user")
    .values(slotRow(COLUMNS))
    .onConflict((conflict) => conflict.column("username").doNothing()),
)
const updateUser = statement((p: { [Column in (typeof DETAILS)[number]]: UserRow[Column] } & { id: Id }) =>
  query
    .updateTable("user")
    .set((row) => ({ ...slotRow(DETAILS), version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)

const rename = statement((p: { id: Id; username: string }) =>
  query.updateTable("user").set({ username: p.username }).where("id", "=", p.id),
)
const bury = statement((p: { id: Id; now: Instant; username: string }) =>
  query
    .updateTable("user")
    .set({ deletedAt: p.now, username: p.username, enabled: 0, passwordHash: null, email: null, externalId: null })
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const keyHolders = statement((p: { level: UserRow["level"]; but: Id }) =>
  query
    .selectFrom("user")
    .select("id")
    .where("level", "=", p.level)
    .where("enabled", "=", 1)
    .where("loginType", "=", "password")
    .where("id", "<>", p.but)
    .limit(1),
)
const byExternalId = statement((p: { externalId: string; but: Id }) =>
  query.selectFrom("user").select("id").where("externalId", "=", p.externalId).where("id", "<>", p.but),
)

export function loadUser(reader: Reader, id: Id): User | null {
  const row = reader.one(userById, { id })
  return (
    row && {
      ...row,
      isolated: row.isolated === 1,
      outbound: row.outbound === 1,
      enabled: row.enabled === 1,
      mayEditCustomers: row.mayEditCustomers === 1,
    }
  )
}

/** Whether another user of that level can always get in (rules.ts, holdsTheKeys). */
export const hasAnotherKeyHolder = (reader: Reader, { level, id }: Pick<User, "level" | "id">): boolean =>
  reader.one(keyHolders, { level, but: id }) !== null

export const isExternalIdTaken = (reader: Reader, externalId: string, but: Id): boolean =>
  reader.one(byExternalId, { externalId, but }) !== null

/** Adds the user, or answers null when the username is taken, in whichever tenant. */
export function addUser(tx: Tx, user: UserDetails & Pick<User, "username" | "passwordHash">): Id | null {
  const id = tx.newId()
  const row = {
    ...columnsOf({ ...user, oneTimeUntil: null, enabled: true }),
    id,
    username: user.username,
    createdAt: tx.now,
    version: 1,
  }
  return tx.run(insertUser, row) === 1 ? id : null
}

export function saveUser(tx: Tx, user: User): void {
  tx.run(updateUser, { ...columnsOf(user), id: user.id })
}

/** Answers whether the name was free, on the whole appliance. */
export function renameUser(tx: Tx, id: Id, username: string): boolean {
  try {
    tx.run(rename, { id, username })
    return true
  } catch (error) {
    if ((error as { code?: string }).code === "SQLITE_CONSTRAINT_UNIQUE") return false
    throw error
  }
}

/** What is left is the name in what was said and done; nobody else can have a username like the one it gets. */
export const buryUser = (tx: Tx, id: Id): void => void tx.run(bury, { id, now: tx.now, username: `~${id}` })

const columnsOf = (user: Omit<User, "id" | "username" | "deletedAt" | "version">) => ({
  loginType: user.loginType,
  externalId: user.externalId,
  email: user.email,
  firstName: user.firstName,
  lastName: user.lastName,
  level: user.level,
  language: user.language,
  maxConversations: user.maxConversations,
  passwordHash: user.passwordHash,
  oneTimeUntil: user.oneTimeUntil,
  isolated: flag(user.isolated),
  outbound: flag(user.outbound),
  enabled: flag(user.enabled),
  mayEditCustomers: flag(user.mayEditCustomers),
})
const flag = (value: boolean): Flag => (value ? 1 : 0)

const insertSession = inserting("session", [
  "tokenHash",
  "user",
  "csrfToken",
  "createdAt",
  "lastSeenAt",
  "address",
  "browser",
  "provedAt",
])
const removeSession = statement((p: { tokenHash: Uint8Array }) =>
  query.deleteFrom("session").where("tokenHash", "=", p.tokenHash),
)
const removeSessionsOf = statement((p: { user: Id }) => query.deleteFrom("session").where("user", "=", p.user))
const removeOtherSessionsOf = statement((p: { user: Id; keep: Uint8Array }) =>
  query.deleteFrom("session").where("user", "=", p.user).where("tokenHash", "!=", p.keep),
)
const removeOldSessionsOf = statement((p: { user: Id; idleSince: Instant; createdBefore: Instant }) =>
  query
    .deleteFrom("session")
    .where("user", "=", p.user)
    .where((row) => row.or([row("lastSeenAt", "<=", p.idleSince), row("createdAt", "<=", p.createdBefore)])),
)
const oneSessionOf = statement((p: { user: Id }) =>
  query.selectFrom("session").select("user").where("user", "=", p.user).limit(1),
)
const touch = statement((p: { tokenHash: Uint8Array; now: Instant }) =>
  query.updateTable("session").set({ lastSeenAt: p.now }).where("tokenHash", "=", p.tokenHash),
)
const prove = statement((p: { tokenHash: Uint8Array; now: Instant }) =>
  query.updateTable("session").set({ provedAt: p.now }).where("tokenHash", "=", p.tokenHash),
)

export type NewSession = Pick<SessionRow, "tokenHash" | "user" | "csrfToken"> & Partial<From>
export type From = { address: string | null; browser: string | null }

export function addSession(tx: Tx, session: NewSession): void {
  const { now } = tx
  tx.run(insertSession, { address: null, browser: null, ...session, createdAt: now, lastSeenAt: now, provedAt: now })
}

/** Removes the sessions of a user that are over. */
export function dropOldSessionsOf(tx: Tx, user: Id, { idle, life }: SessionLimits): void {
  tx.run(removeOldSessionsOf, { user, idleSince: tx.now - idle, createdBefore: tx.now - life })
}
export const dropSession = (tx: Tx, tokenHash: Uint8Array): boolean => tx.run(removeSession, { tokenHash }) > 0
export const dropSessionsOf = (tx: Tx, user: Id): boolean => tx.run(removeSessionsOf, { user }) > 0
export const dropOtherSessionsOf = (tx: Tx, user: Id, keep: Uint8Array): boolean =>
  tx.run(removeOtherSessionsOf, { user, keep }) > 0
export const hasSession = (reader: Reader, user: Id): boolean => reader.one(oneSessionOf, { user }) !== null
export const noteProof = (tx: Tx, tokenHash: Uint8Array): void => void tx.run(prove, { tokenHash, now: tx.now })
export const touchSession = (tx: Tx, tokenHash: Uint8Array): void => void tx.run(touch, { tokenHash, now: tx.now })

const failuresOf = applianceStatement((p: { key: string }) =>
  applianceQuery.selectFrom("loginThrottle").selectAll().where("key", "=", p.key),
)
const upsertFailures = applianceStatement((p: LoginThrottleRow) =>
  applianceQuery
    .insertInto("loginThrottle")
    .values(slotRow(FAILURES))
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({ failures: p.failures, lastFailureAt: p.lastFailureAt }),
    ),
)
const removeFailures = applianceStatement((p: { key: string }) =>
  applianceQuery.deleteFrom("loginThrottle").where("key", "=", p.key),
)
const forgetFailures = applianceStatement((p: { before: Instant }) =>
  applianceQuery.deleteFrom("loginThrottle").where("lastFailureAt", "<", p.before),
)

export const loadFailures = (reader: ApplianceReader, key: string): LoginThrottleRow | null =>
  reader.one(failuresOf, { key })

/** Keeps the count; a key's first failure also sweeps out those that nobody remembers, so that the table stays small. */
export function saveFailures(tx: ApplianceTx, row: LoginThrottleRow): void {
  if (row.failures === 1) tx.run(forgetFailures, { before: tx.now - LONGEST_MEMORY })
  tx.run(upsertFailures, row)
}
export const dropFailures = (tx: ApplianceTx, key: string): void => void tx.run(removeFailures, { key })
