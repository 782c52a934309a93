/**
 * A forgotten password: who asks hears the same whether anybody is known by that name, a mail goes to the address that
 * is kept, and its link is good once and not for long. It never signs anybody in.
 */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceReader, ApplianceTx, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Actor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import { updateUser, userSubject } from "../actions.ts"
import { passwordRuleFor } from "../queries/standing.ts"
import { type Candidate, candidateById, userByUsername } from "../queries.ts"
import { RESET_LIFE, RESETS_AT_ONCE, RESETS_COUNTED_FOR } from "../rules/entering.ts"
import { refusePassword } from "../rules/passwords.ts"
import { normalUsername } from "../rules.ts"
import { addReset, countResets, loadReset } from "../store/steps.ts"
import { loadUser, type User } from "../store.ts"
import { type InvitingParts, letterTo, sealedFor } from "./inviting.ts"
import { countAttempt } from "./throttling.ts"

const ofAddress = applianceStatement((p: { email: string }) =>
  applianceQuery.selectFrom("user").select("id").where("email", "=", p.email).where("enabled", "=", 1).limit(5),
)

/** Whoever is known by that username, or has that mail address. */
function knownBy(read: ApplianceReader, typed: string): Candidate[] {
  const named = userByUsername(read, normalUsername(typed))
  if (named) return [named]
  return read.all(ofAddress, { email: typed.trim() }).flatMap(({ id }) => candidateById(read, id) ?? [])
}

export type Asking = { typed: string; network: string; address: string }

/** Writes to whoever it concerns; the caller learns nothing. Refuses login.throttled where one network asks on and on. */
export async function askForReset(parts: InvitingParts, { typed, network, address }: Asking): Promise<void> {
  const { database } = parts
  await database.appliance.act((tx) => {
    countAttempt(tx, [{ scope: "network", key: `reset ${network}` }])
    for (const { id, tenant } of knownBy(tx, typed))
      tx.within(tenant, { kind: "stranger", address }, (inside) => writeTo(inside, parts, id))
  })
}

/** Not more than a few times an hour, to people who can sign in and can be written to. */
function writeTo(tx: Tx, parts: InvitingParts, id: Id): void {
  const user = found(loadUser(tx, id))
  if (!user.enabled || user.email === null || !hasPassword(user)) return
  if (countResets(tx, id, tx.now - RESETS_COUNTED_FOR) >= RESETS_AT_ONCE) return
  tx.raise({ type: "audit.due", act: "password.reset_asked", subject: userSubject(user), changes: {} })
  post(tx, parts, user, user.email, linkTo(tx, parts, user))
}

/** Whose way in is elsewhere has none here that could be reset. */
const hasPassword = ({ passwordHash, loginType }: User) => passwordHash !== null && loginType === "password"

export type Offered = { by: "mail"; to: string } | { by: "hand"; link: string }

/** An administrator starts it for somebody; nobody sets another's password. Refuses `user.disabled`, `user.no_password`. */
export function offerReset(parts: InvitingParts, tenant: Id, actor: Actor, id: Id): Promise<Offered> {
  const { database, mailing } = parts
  const canMail = mailing.isPossible(tenant)
  return database.tenant(tenant).act(actor, (tx) => {
    const user = found(loadUser(tx, id))
    demand(user.enabled, "user.disabled")
    demand(hasPassword(user) && user.oneTimeUntil === null, "user.no_password")
    tx.raise({ type: "audit.due", act: "password.reset_asked", subject: userSubject(user), changes: {} })
    const link = linkTo(tx, parts, user)
    if (user.email === null || !canMail) return { by: "hand", link }
    post(tx, parts, user, user.email, link)
    return { by: "mail", to: user.email }
  })
}

function linkTo(tx: Tx, { chance, url }: InvitingParts, { id }: User): string {
  const token = newToken(chance)
  addReset(tx, { tokenHash: digestOf(token), user: id })
  return new URL(`/password/reset/${token}`, url).href
}

function post(tx: Tx, { database, letters }: InvitingParts, user: User, to: string, link: string): void {
  const uselessAt = tx.now + RESET_LIFE
  const secret = sealedFor(database, { link })
  const written = letters.reset(letterTo(tx, user, uselessAt))
  tx.raise({
    type: "mail.due",
    mail: { kind: "password_reset", to, language: user.language, ...written, secret, uselessAt },
  })
}

/** Whose link it is; null when it was used, is too old or never was. */
export function resetOf({ appliance: { read } }: AppDatabase, token: string): Candidate | null {
  const reset = loadReset(read, digestOf(token))
  const user = reset && candidateById(read, reset.user)
  return user?.enabled ? user : null
}

export type NewPassword = { password: string; repeated: string }

/** Uses the link up, and every other one; every session ends. Refuses password.reset_over, password.…, busy. */
export async function resetPassword(
  parts: InvitingParts,
  token: string,
  { password, repeated }: NewPassword,
  address: string,
): Promise<void> {
  const { database, passwords } = parts
  const user = resetOf(database, token)
  demand(user, "password.reset_over")
  const refusal = refusePassword(password, passwordRuleFor(database.tenant(user.tenant).read, user.id))
  if (refusal) throw new Refused(refusal)
  demand(password === repeated, "password.not_repeated")
  const passwordHash = await passwords.hash(password)
  await database.appliance.act((tx) => {
    demand(isStillGood(tx, token), "password.reset_over")
    tx.within(user.tenant, { kind: "stranger", address }, (inside) => {
      updateUser(inside, user.id, { passwordHash })
      tellOfChange(inside, user.id, "password.reset")
    })
  })
}

const isStillGood = (tx: ApplianceTx, token: string): boolean => loadReset(tx, digestOf(token)) !== null

/** On record, and by mail to whoever it was done to: they may not have been the one. */
export function tellOfChange(tx: Tx, id: Id, act: "password.reset" | "password.changed"): void {
  tx.raise({ type: "audit.due", act, subject: userSubject(found(loadUser(tx, id))), changes: {} })
  tx.raise({ type: "user.way_in_changed", user: id, change: { what: act } })
}
