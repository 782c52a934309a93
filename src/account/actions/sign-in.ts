/** Signing in: attempts counted before the work, the same work and answer whoever it is, a new session each time. */
import type { AppDatabase } from "~/database/database.ts"
import type { UserActor } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, Refused, refuse } from "~/kernel/step.ts"
import { digestOf } from "~/kernel/token.ts"
import { signOut, userSubject } from "../actions.ts"
import { type Candidate, userByUsername } from "../queries.ts"
import type { Directories } from "../rules/directory.ts"
import { normalUsername } from "../rules.ts"
import { loadUser, saveUser } from "../store.ts"
import { provesToDirectory } from "./directory-sign-in.ts"
import { type Arrival, type Entered, enter } from "./entering.ts"
import type { Passwords } from "./passwords.ts"
import { countAttempt, forgive, type ThrottleKey } from "./throttling.ts"

export type SignInParts = { database: AppDatabase; passwords: Passwords; chance: Chance; directories: Directories }
export type Attempt = Arrival & {
  username: string
  password: string
  /** Chosen on the login page; null leaves the user's own. */
  language: string | null
  /** Where to go afterwards. */
  next: string
  /** Where it comes from, as a network (web/address.ts). */
  network: string
  /** The browser's device cookie, and the session it had. */
  device: string | null
  previousToken: string | null
}
export type SignedIn = Entered & { device: string }

/**
 * Refuses login.wrong (whatever is wrong), login.throttled {seconds}, busy; with the right password also
 * login.network_refused, login.one_time_over, login.directory_group; login.directory_down where nobody can judge it.
 */
export async function signIn(parts: SignInParts, attempt: Attempt): Promise<SignedIn> {
  const { database, passwords, chance } = parts
  const candidate = userByUsername(database.appliance.read, normalUsername(attempt.username))
  const keys = throttleKeys(parts, candidate, attempt)
  await database.appliance.act((tx) => countAttempt(tx, keys))
  const right = await proves(parts, candidate, attempt.password, keys)
  if (candidate && !right) await noteFailure(database, candidate, attempt.address)
  if (!candidate || !right) throw new Refused(refuse("login.wrong"))
  const renewed = await renewedHash(passwords, candidate, attempt.password)
  const { language, next } = attempt
  const entered = await database.appliance.act((tx) => {
    for (const key of keys) forgive(tx, key)
    return tx.within(candidate.tenant, actorOf(candidate, attempt.address), (inside) => {
      const kept = loadUser(inside, candidate.id)
      demand(kept?.enabled && kept.passwordHash === candidate.passwordHash, "login.wrong")
      demand(kept.loginType === candidate.loginType, "login.wrong")
      const user = { ...kept, passwordHash: renewed ?? kept.passwordHash }
      if (renewed) saveUser(inside, user)
      if (attempt.previousToken) signOut(inside, user.id, digestOf(attempt.previousToken))
      return enter(
        inside,
        { secrets: database.secrets, chance },
        user,
        { factorPassed: false, language, next, ...(kept.loginType === "ldap" ? { by: "LDAP" } : {}) },
        attempt,
      )
    })
  })
  return { ...entered, device: deviceCookie(parts, candidate.id) }
}

/**
 * The same work for whoever it is: a password of ours is judged here, that of the directory there, and nobody's not at
 * all. An attempt that the directory could not judge is not counted.
 */
async function proves(
  { database, passwords, directories }: SignInParts,
  candidate: Candidate | null,
  password: string,
  keys: readonly ThrottleKey[],
): Promise<boolean> {
  const isOurs = candidate?.enabled && candidate.loginType === "password"
  const here = await passwords.verify(password, isOurs ? candidate.passwordHash : null)
  if (!candidate?.enabled || candidate.loginType !== "ldap") return here
  try {
    return await provesToDirectory(database, directories, candidate, password)
  } catch (error) {
    if (error instanceof Refused && error.refusal.refused === "login.directory_down")
      await database.appliance.act((tx) => {
        for (const key of keys) forgive(tx, key)
      })
    throw error
  }
}

/** Somebody who has proved who they are, and has no session yet. */
export const actorOf = ({ id, level, isolated, username }: Candidate, address: string): UserActor => ({
  kind: "user",
  id,
  level,
  isolated,
  skillsets: [],
  visit: { name: username, address },
})

/** Only of those who are somebody: what is typed in place of a username is sometimes a password. */
export const noteFailure = (database: AppDatabase, { id, tenant, username }: Candidate, address: string) =>
  database.tenant(tenant).act({ kind: "stranger", address }, (tx) => {
    tx.raise({ type: "audit.due", act: "sign_in.failed", subject: userSubject({ id, username }), changes: {} })
  })

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

async function renewedHash(passwords: Passwords, candidate: Candidate, password: string): Promise<string | null> {
  if (candidate.loginType !== "password") return null
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
