/** What people change of their own way in: always with the password they have. */
import type { Tx } from "~/database/handles.ts"
import { type Actor, SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import { ringSession, userSubject } from "../actions.ts"
import { passwordRuleFor } from "../queries/standing.ts"
import { type Candidate, candidateById, type Session } from "../queries.ts"
import { refusePassword } from "../rules/passwords.ts"
import { dropResetsOf, dropStepsOf } from "../store/steps.ts"
import {
  addSession,
  dropOtherSessionsOf,
  dropSession,
  dropSessionsOf,
  type From,
  loadUser,
  noteProof,
  saveUser,
} from "../store.ts"
import { provesToDirectory } from "./directory-sign-in.ts"
import type { InvitingParts } from "./inviting.ts"
import { type NewPassword, tellOfChange } from "./resetting.ts"
import { countAttempt, forgive, type ThrottleKey } from "./throttling.ts"

/** Their own counter: whoever sits at an unlocked screen cannot guess on and on, nor shut anybody out. */
const ownKey = (user: Id): ThrottleKey => ({ scope: "device", key: `own ${user}` })

/**
 * Throws unless it is their password, here or at the company's directory. Refuses password.wrong, login.throttled, busy,
 * login.directory_down.
 */
export async function provePassword(
  { database, passwords, directories }: InvitingParts,
  user: Id,
  typed: string,
): Promise<Candidate> {
  await database.appliance.act((tx) => countAttempt(tx, [ownKey(user)]))
  const known = found(candidateById(database.appliance.read, user))
  const here = await passwords.verify(typed, known.loginType === "password" ? known.passwordHash : null)
  const isThere = known.loginType === "ldap" && (await provesToDirectory(database, directories, known, typed))
  demand(here || isThere, "password.wrong")
  await database.appliance.act((tx) => forgive(tx, ownKey(user)))
  return known
}

/** Whoever sits at this session proves again who they are. Refuses what provePassword refuses. */
export async function proveAgain(parts: InvitingParts, { me, tokenHash }: Session, typed: string): Promise<void> {
  await provePassword(parts, me.id, typed)
  await parts.database.tenant(me.tenant).act(SYSTEM, (tx) => noteProof(tx, tokenHash))
}

export type PasswordChange = NewPassword & { current: string }
/**
 * Every session ends but this one, which gets a new name. Refuses password.wrong, password.…, login.throttled, busy.
 * Answers the new session's token.
 */
export async function changePassword(
  parts: InvitingParts,
  { me }: Session,
  actor: Actor,
  { current, password, repeated }: PasswordChange,
  from: From,
): Promise<string> {
  const { database, passwords, chance } = parts
  const known = await provePassword(parts, me.id, current)
  demand(known.loginType === "password", "user.signs_in_elsewhere")
  const refusal = refusePassword(password, passwordRuleFor(database.tenant(me.tenant).read, me.id))
  if (refusal) throw new Refused(refusal)
  demand(password === repeated, "password.not_repeated")
  demand(!(await passwords.verify(password, known.passwordHash)), "password.same")
  const passwordHash = await passwords.hash(password)
  const token = newToken(chance)
  await database.tenant(me.tenant).act(actor, (tx) => {
    const user = found(loadUser(tx, me.id))
    demand(user.passwordHash === known.passwordHash, "password.wrong")
    saveUser(tx, { ...user, passwordHash, oneTimeUntil: null })
    dropStepsOf(tx, me.id)
    dropResetsOf(tx, me.id, tx.now)
    dropSessionsOf(tx, me.id)
    addSession(tx, { tokenHash: digestOf(token), user: me.id, csrfToken: newToken(chance), ...from })
    ringSession(tx, me.id)
    tellOfChange(tx, me.id, "password.changed")
  })
  return token
}

/** Ends one session of one's own; «not found» when it is none. */
export function endOwnSession(tx: Tx, user: Id, tokenHash: Uint8Array): void {
  dropSession(tx, tokenHash)
  noteEnded(tx, user, "session.ended")
}

/** Ends every session of one's own but this one. */
export function endOtherSessions(tx: Tx, user: Id, keep: Uint8Array): void {
  if (dropOtherSessionsOf(tx, user, keep)) noteEnded(tx, user, "sessions.ended")
}

function noteEnded(tx: Tx, user: Id, act: "session.ended" | "sessions.ended"): void {
  ringSession(tx, user)
  tx.raise({ type: "audit.due", act, subject: userSubject(found(loadUser(tx, user))), changes: {} })
}
