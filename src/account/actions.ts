/** What happens to users and their sessions: short scripts; whoever calls has hashed the password before. */
import { changesBetween, type Subject } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, type Refusal, Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { holdsTheKeys, type NewUser, normalUsername, refuseDetails, refuseUsername, type UserDetails } from "./rules.ts"
import { dropLinksOf } from "./store/providers.ts"
import { dropResetsOf, dropStepsOf } from "./store/steps.ts"
import {
  addUser,
  dropSession,
  dropSessionsOf,
  hasAnotherKeyHolder,
  hasSession,
  isExternalIdTaken,
  loadUser,
  renameUser,
  saveUser,
  touchSession,
  type User,
} from "./store.ts"

/** Refuses username.malformed, username.taken, user.name_malformed, user.email_malformed, user.level_not_here … */
export function createUser(tx: Tx, given: NewUser): Id {
  const username = normalUsername(given.username)
  const { loginType = "password" } = given
  const passwordHash = loginType === "password" ? given.passwordHash : null
  const user = { externalId: null, ...given, loginType, passwordHash }
  require(refuseUsername(username))
  require(refuseDetails(user, tenantProfile(tx).slug))
  refuseTakenId(tx, user.externalId, 0)
  const id = addUser(tx, { ...user, username })
  demand(id !== null, "username.taken", { username })
  tx.raise({ type: "user.created", user: id })
  const { username: _, passwordHash: __, ...details } = user
  const changes = changesBetween({}, details)
  tx.raise({ type: "audit.due", act: "user.created", subject: userSubject({ ...user, id, username }), changes })
  return id
}

export type UserChanges = Partial<
  UserDetails & { username: string; enabled: boolean; passwordHash: string; oneTimeUntil: Instant | null }
>

/**
 * Changes what is given; answers whether anything differs. A new password or being disabled ends every session; other
 * rights take effect at once, on open streams too. Refuses also user.last_admin: somebody must be left who can get in.
 */
export function updateUser(tx: Tx, id: Id, changes: UserChanges): boolean {
  const before = present(tx, id)
  const own = changes.passwordHash === undefined ? {} : { oneTimeUntil: null }
  const given = { ...before, ...own, ...changes, username: normalUsername(changes.username ?? before.username) }
  const next = { ...given, ...elsewhere(given) }
  if (Object.entries(next).every(([name, value]) => before[name as keyof typeof before] === value)) return false
  require(refuseDetails(next, tenantProfile(tx).slug))
  refuseTakenId(tx, next.externalId, id)
  if (holdsTheKeys(before) && (!holdsTheKeys(next) || next.level !== before.level)) keepAnAdmin(tx, before)
  if (next.username !== before.username) rename(tx, id, next.username)
  saveUser(tx, next)
  if (next.externalId !== before.externalId) dropLinksOf(tx, id)
  if (before.enabled && !next.enabled) tx.raise({ type: "user.disabled", user: id })
  if (!next.enabled || next.passwordHash !== before.passwordHash || next.loginType !== before.loginType) shutOut(tx, id)
  tx.raise({ type: "user.rights_changed", user: id })
  noteChanges(tx, before, next)
  tellOfChanges(tx, before, next)
  ringSession(tx, id)
  return true
}

/** Who signs in elsewhere has no password here that could still open anything. */
const elsewhere = ({ loginType, passwordHash }: Pick<User, "loginType" | "passwordHash">) =>
  loginType === "password" ? { passwordHash } : { passwordHash: null, oneTimeUntil: null }

/** Sessions, and whatever else would lead to one by the old password, are over. */
function shutOut(tx: Tx, user: Id): void {
  dropStepsOf(tx, user)
  dropResetsOf(tx, user, tx.now)
  endSessionsOf(tx, user)
}

/** Whoever is deleted is a name on what was, and nothing more. */
export function present(tx: Tx, id: Id): User {
  const user = found(loadUser(tx, id))
  return found(user.deletedAt === null ? user : null)
}

/** Refuses `user.last_admin` when nobody else could get in to administer; `sportello user` is the way back then. */
export const keepAnAdmin = (tx: Tx, user: User): void =>
  demand(hasAnotherKeyHolder(tx, user), "user.last_admin", { name: `${user.firstName} ${user.lastName}`.trim() })

function rename(tx: Tx, id: Id, username: string): void {
  require(refuseUsername(username))
  demand(renameUser(tx, id, username), "username.taken", { username })
}

function refuseTakenId(tx: Tx, externalId: string | null, but: Id): void {
  if (externalId !== null) demand(!isExternalIdTaken(tx, externalId, but), "user.external_id_taken")
}

/** What was changed of a user is on record, but for the language they chose themselves; a new password has an entry of its own, made where it was set. */
function noteChanges(tx: Tx, before: User, next: User): void {
  const { passwordHash: _, oneTimeUntil: _o, version: _v, ...was } = before
  const { passwordHash: __, oneTimeUntil: __o, version: __v, ...is } = next
  const changes = changesBetween(was, is)
  const isOwn = tx.actor.kind === "user" && tx.actor.id === before.id
  const isOwnLanguage = isOwn && Object.keys(changes).join() === "language"
  if (Object.keys(changes).length > 0 && !isOwnLanguage)
    tx.raise({ type: "audit.due", act: "user.changed", subject: userSubject(before), changes })
}

/** What is set for somebody without them is told to them: another password, another address than the one they have. */
function tellOfChanges(tx: Tx, before: User, next: User): void {
  const user = before.id
  const isSet = next.passwordHash !== null && next.passwordHash !== before.passwordHash
  if (isSet && tx.actor.kind === "operator")
    tx.raise({ type: "user.way_in_changed", user, change: { what: "password.set_by_operator" } })
  if (before.email !== null && next.email?.toLowerCase() !== before.email.toLowerCase())
    tx.raise({ type: "user.way_in_changed", user, change: { what: "email.changed", before: before.email } })
}

/** A user as the record names them. */
export const userSubject = ({ id, username }: Pick<User, "id" | "username">): Subject => ({
  kind: "user",
  id,
  name: username,
})

/** Somebody's own choice of language. */
export const changeLanguage = (tx: Tx, user: Id, language: string): boolean => updateUser(tx, user, { language })

/** Ends one session, and its stream with it. */
export function signOut(tx: Tx, user: Id, tokenHash: Uint8Array): void {
  if (!dropSession(tx, tokenHash)) return
  const { username } = found(loadUser(tx, user))
  tx.raise({ type: "audit.due", act: "sign_in.ended", subject: userSubject({ id: user, username }), changes: {} })
  if (!hasSession(tx, user)) tx.raise({ type: "user.signed_out", user })
  ringSession(tx, user)
}

/** Ends every session of a user, and their streams. */
export function endSessionsOf(tx: Tx, user: Id): void {
  if (!dropSessionsOf(tx, user)) return
  tx.raise({ type: "user.signed_out", user })
  ringSession(tx, user)
}

/** An administrator ends every session of somebody: a lost laptop. «Not found» when there is nobody of that id. */
export function endSessionsForAdmin(tx: Tx, user: Id): void {
  const { username } = found(loadUser(tx, user))
  endSessionsOf(tx, user)
  tx.raise({ type: "audit.due", act: "sessions.ended", subject: userSubject({ id: user, username }), changes: {} })
}

/** The person did something just now. */
export const keepSessionAlive = (tx: Tx, tokenHash: Uint8Array): void => touchSession(tx, tokenHash)

/** The topic that makes a user's open streams look again whether they may go on (web/stream.ts). */
export const SESSION_TOPIC = "session"

/** Tells the user's open streams to look at their session again. Whoever changes rights elsewhere rings it too. */
export const ringSession = (tx: Tx, user: Id): void => tx.ring(SESSION_TOPIC, { users: [user] })

function require(refusal: Refusal | null): void {
  if (refusal) throw new Refused(refusal)
}
