/** What is asked about somebody's sign-in: the rule for their passwords, their factor, the sessions they have. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { SecondFactorRule } from "~/tenant/rules.ts"
import { factorRule } from "../rules/entering.ts"
import type { Passkey } from "../rules/passkeys.ts"
import type { PasswordRule } from "../rules/passwords.ts"
import { sessionEndsAt, sessionLimits } from "../rules.ts"
import { passkeysOf } from "../store/passkeys.ts"
import { countCodes, hasApp, hasFactor as isFactorOn } from "../store/second-factor.ts"
import { loadUser } from "../store.ts"

/** The rule for a user's passwords, by what their company demands. */
export function passwordRuleFor(reader: Reader, user: Id): PasswordRule {
  const { settings, name } = tenantProfile(reader)
  const person = loadUser(reader, user)
  const hasFactor = isFactorOn(reader, user)
  const { passwordCharacters, passwordCharactersWithFactor } = settings
  const known = person ? [person.username, person.firstName, person.lastName, person.email?.split("@")[0] ?? ""] : []
  return { least: hasFactor ? passwordCharactersWithFactor : passwordCharacters, known: [...known, name, "sportello"] }
}

export type FactorStanding = {
  /** An app that makes codes. */
  hasApp: boolean
  passkeys: readonly OwnPasskey[]
  codesLeft: number
  rule: SecondFactorRule
}
export type OwnPasskey = Pick<Passkey, "id" | "name" | "addedAt" | "lastUsedAt" | "stoppedAt">

export function factorStanding(reader: Reader, user: Id): FactorStanding {
  const level = loadUser(reader, user)?.level ?? "agent"
  return {
    hasApp: hasApp(reader, user),
    codesLeft: countCodes(reader, user),
    passkeys: passkeysOf(reader, user),
    rule: factorRule(tenantProfile(reader).settings, level),
  }
}

export type OwnSession = {
  /** Names it in a form; tells nothing. */
  name: string
  since: Instant
  lastSeenAt: Instant
  address: string | null
  browser: string | null
  isThis: boolean
}

const sessions = statement((p: { user: Id }) =>
  query
    .selectFrom("session")
    .select(["tokenHash", "createdAt", "lastSeenAt", "address", "browser"])
    .where("user", "=", p.user)
    .orderBy("lastSeenAt", "desc"),
)

/** Where somebody is signed in, this session first. */
export function sessionsOf(reader: Reader, user: Id, current: Uint8Array): OwnSession[] {
  const limits = sessionLimits(tenantProfile(reader).settings)
  return reader
    .all(sessions, { user })
    .filter((row) => reader.now < sessionEndsAt(row, limits))
    .map(({ tokenHash, createdAt, ...row }) => ({
      ...row,
      since: createdAt,
      name: sessionName(tokenHash),
      isThis: Buffer.compare(tokenHash, current) === 0,
    }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis))
}

/** The session of that name; null when it is nobody's or somebody else's. */
export const sessionNamed = (reader: Reader, user: Id, name: string): Uint8Array | null =>
  reader.all(sessions, { user }).find(({ tokenHash }) => sessionName(tokenHash) === name)?.tokenHash ?? null

/** A hash of the hash: what stands in a page opens nothing. */
const sessionName = (tokenHash: Uint8Array): string =>
  new Bun.CryptoHasher("sha256").update("name").update(tokenHash).digest("base64url").slice(0, 16)
