/** Signing in: attempts counted before the work, the same work and answer whoever it is, a new session each time. */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceTx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, Refused, refuse } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import { changeLanguage, signOut, userSubject } from "../actions.ts"
import { type Candidate, userByUsername } from "../queries.ts"
import { attempted, nextAttemptAt, normalUsername, type ThrottleScope } from "../rules.ts"
import { addSession, dropFailures, loadFailures, loadUser, saveFailures, saveUser } from "../store.ts"
import type { Passwords } from "./passwords.ts"

export type SignInParts = { database: AppDatabase; passwords: Passwords; chance: Chance }
export type Attempt = {
  username: string
  password: string
  /** Chosen on the login page; null leaves the user's own. */
  language: string | null
  /** Where it comes from, as a network (web/address.ts). */
  network: string
  address: string
  /** The browser's device cookie, and the session it had. */
  device: string | null
  previousToken: string | null
}
export type SignedIn = { token: string; device: string; user: Id; tenant: Id; language: string }

/** Refuses login.wrong (whatever is wrong), login.throttled {seconds}, busy. */
export async function signIn(parts: SignInParts, attempt: Attempt): Promise<SignedIn> {
  const { database, passwords, chance } = parts
  const candidate = userByUsername(database.appliance.read, normalUsername(attempt.username))
  const keys = throttleKeys(parts, candidate, attempt)
  await database.appliance.act((tx) => countAttempt(tx, keys))
  const right = await passwords.verify(attempt.password, candidate?.enabled ? candidate.passwordHash : null)
  if (candidate && !right) await noteFailure(database, candidate, attempt)
  if (!candidate || !right) throw new Refused(refuse("login.wrong"))
  const token = newToken(chance)
  const renewed = await renewedHash(passwords, candidate, attempt.password)
  const language = await database.appliance.act((tx) => {
    for (const key of keys) forgive(tx, key)
    return tx.within(candidate.tenant, actorOf(candidate, attempt), (inside) => {
      const user = loadUser(inside, candidate.id)
      demand(user?.enabled && user.passwordHash === candidate.passwordHash, "login.wrong")
      if (renewed) saveUser(inside, { ...user, passwordHash: renewed })
      if (attempt.language) changeLanguage(inside, user.id, attempt.language)
      if (attempt.previousToken) signOut(inside, user.id, digestOf(attempt.previousToken))
      addSession(inside, { tokenHash: digestOf(token), user: user.id, csrfToken: newToken(chance) })
      inside.raise({ type: "audit.due", act: "sign_in.succeeded", subject: userSubject(user), changes: {} })
      return attempt.language ?? user.language
    })
  })
  const { id: user, tenant } = candidate
  return { token, device: deviceCookie(parts, user), user, tenant, language }
}

const actorOf = ({ id, level, isolated, username }: Candidate, { address }: Attempt): UserActor => ({
  ...{ kind: "user", id, level, isolated, skillsets: [], visit: { name: username, address } },
})

/** Only of those who are somebody: what is typed in place of a username is sometimes a password. */
const noteFailure = (database: AppDatabase, { id, tenant, username }: Candidate, { address }: Attempt) =>
  database.tenant(tenant).act({ kind: "stranger", address }, (tx) => {
    tx.raise({ type: "audit.due", act: "sign_in.failed", subject: userSubject({ id, username }), changes: {} })
  })

type ThrottleKey = { scope: ThrottleScope; key: string }

/**
 * A device that signed in as this user before has a counter of its own and is not slowed down by its network or by
 * strangers who guess at the account. Usernames are kept as digests: people type passwords into that field.
 */
function throttleKeys(parts: SignInParts, candidate: Candidate | null, attempt: Attempt): ThrottleKey[] {
  const device = candidate && attempt.device ? knownDevice(parts, candidate.id, attempt.device) : null
  if (device) return [{ scope: "device", key: `device ${device}` }]
  const account = Buffer.from(digestOf(normalUsername(attempt.username))).toString("base64url")
  return [
    { scope: "account", key: `account ${account}` },
    { scope: "network", key: `network ${attempt.network}` },
  ]
}

/** Counts the attempt as failed until it succeeds, so that attempts made at once cannot slip through together. */
function countAttempt(tx: ApplianceTx, keys: readonly ThrottleKey[]): void {
  const known = keys.map((key) => ({ ...key, failures: loadFailures(tx, key.key) }))
  const wait = Math.max(...known.map(({ scope, failures }) => (failures ? nextAttemptAt(scope, failures) : 0))) - tx.now
  if (wait > 0) throw new Refused(refuse("login.throttled", { seconds: Math.ceil(wait / 1_000) }))
  for (const { scope, key, failures } of known) saveFailures(tx, { key, ...attempted(scope, failures, tx.now) })
}

/** A success clears the account's or device's counter; a network only gets this one attempt back. */
function forgive(tx: ApplianceTx, { scope, key }: ThrottleKey): void {
  const known = loadFailures(tx, key)
  if (!known) return
  if (scope === "network" && known.failures > 1) saveFailures(tx, { ...known, failures: known.failures - 1 })
  else dropFailures(tx, key)
}

async function renewedHash(passwords: Passwords, candidate: Candidate, password: string): Promise<string | null> {
  return candidate.passwordHash && passwords.isOutdated(candidate.passwordHash) ? passwords.hash(password) : null
}

const DEVICE_PLACE = "cookie/device"
const DEVICE_NAME_BYTES = 12

/** «This browser has signed in as this user before», sealed under the key file. */
function deviceCookie({ database, chance }: SignInParts, user: Id): string {
  const name = Buffer.from(chance.bytes(DEVICE_NAME_BYTES)).toString("base64url")
  return Buffer.from(database.secrets.seal(`${user} ${name}`, DEVICE_PLACE)).toString("base64url")
}

function knownDevice({ database }: SignInParts, user: Id, cookie: string): string | null {
  try {
    const [owner, name] = database.secrets.open(Buffer.from(cookie, "base64url"), DEVICE_PLACE).split(" ")
    return owner === String(user) && name ? name : null
  } catch {
    return null
  }
}
