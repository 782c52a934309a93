/** Who somebody is: by session, by name, by id. */
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Flag } from "~/database/tables.ts"
import type { Level, UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { digestOf } from "~/kernel/token.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"
import { type LoginType, sessionEndsAt, sessionLimits } from "./rules.ts"

/** The signed-in user with the rights of this moment. */
export type SessionUser = {
  id: Id
  tenant: Id
  username: string
  name: string
  level: Level
  isolated: boolean
  outbound: boolean
  mayEditCustomers: boolean
  skillsets: readonly Id[]
  language: string
  timezone: string
  csrfToken: string
}
export type Session = {
  me: SessionUser
  tokenHash: Uint8Array
  lastSeenAt: Instant
  /** When they last proved who they are. */
  provedAt: Instant
  endsAt: Instant
  /** Where the tenant's people sign in from (kernel/networks.ts). */
  allowedNetworks: string
}

const sessionRow = applianceStatement((p: { tokenHash: Uint8Array }) =>
  applianceQuery
    .selectFrom("session")
    .innerJoin("user", (join) => join.onRef("user.id", "=", "session.user").onRef("user.tenant", "=", "session.tenant"))
    .innerJoin("tenant", "tenant.id", "session.tenant")
    .select(["session.csrfToken", "session.createdAt", "session.lastSeenAt", "session.provedAt"])
    .select(["user.id", "user.tenant", "user.username", "user.firstName", "user.lastName", "user.level"])
    .select(["user.isolated", "user.outbound", "user.mayEditCustomers", "user.language", "tenant.timezone"])
    .select("tenant.settings")
    .where("session.tokenHash", "=", p.tokenHash)
    .where("user.enabled", "=", 1)
    .where("tenant.disabledAt", "is", null),
)
const skillsetsOf = applianceStatement((p: { tenant: Id; user: Id }) =>
  applianceQuery
    .selectFrom("skillsetMember")
    .select("skillset")
    .where("tenant", "=", p.tenant)
    .where("user", "=", p.user)
    .orderBy("skillset"),
)

/** The session a token opens; null when there is none, it is over, or its user is disabled. */
export const sessionByToken = (read: ApplianceReader, token: string): Session | null =>
  sessionByDigest(read, digestOf(token))

export function sessionByDigest(read: ApplianceReader, tokenHash: Uint8Array): Session | null {
  const row = read.one(sessionRow, { tokenHash })
  if (!row) return null
  const settings = TENANT_SETTINGS.from(row.settings)
  const endsAt = sessionEndsAt(row, sessionLimits(settings))
  if (read.now >= endsAt) return null
  const { id, tenant, username, level, language, timezone, csrfToken } = row
  const me: SessionUser = {
    id,
    tenant,
    username,
    level,
    language,
    timezone,
    csrfToken,
    name: fullName(row),
    isolated: row.isolated === 1,
    outbound: row.outbound === 1,
    mayEditCustomers: row.mayEditCustomers === 1,
    skillsets: read.all(skillsetsOf, { tenant, user: id }).map((member) => member.skillset),
  }
  const { lastSeenAt, provedAt } = row
  return { me, tokenHash, lastSeenAt, provedAt, endsAt, allowedNetworks: settings.allowedNetworks }
}

export const actorOf = ({ id, level, isolated, skillsets }: SessionUser): UserActor => ({
  kind: "user",
  id,
  level,
  isolated,
  skillsets,
})

const CANDIDATE = [
  "user.id",
  "user.tenant",
  "user.username",
  "user.passwordHash",
  "user.oneTimeUntil",
  "user.enabled",
  "user.level",
  "user.isolated",
  "user.loginType",
] as const
const candidates = applianceQuery
  .selectFrom("user")
  .innerJoin("tenant", "tenant.id", "user.tenant")
  .select(CANDIDATE)
  .select("tenant.disabledAt")
const candidate = applianceStatement((p: { username: string }) => candidates.where("user.username", "=", p.username))
const candidateOfId = applianceStatement((p: { id: Id }) => candidates.where("user.id", "=", p.id))
export type Candidate = {
  id: Id
  tenant: Id
  username: string
  passwordHash: string | null
  /** The password was made by somebody else and is good until then. */
  oneTimeUntil: Instant | null
  /** Nor is the whole tenant switched off. */
  enabled: boolean
  level: Level
  isolated: boolean
  loginType: LoginType
}

/** The user of that (normal) username, in whichever tenant. */
export const userByUsername = (read: ApplianceReader, username: string): Candidate | null =>
  candidateFrom(read.one(candidate, { username }))

export const candidateById = (read: ApplianceReader, id: Id): Candidate | null =>
  candidateFrom(read.one(candidateOfId, { id }))

type CandidateRow = Omit<Candidate, "enabled" | "isolated"> & {
  enabled: Flag
  isolated: Flag
  disabledAt: Instant | null
}
function candidateFrom(row: CandidateRow | null): Candidate | null {
  if (!row) return null
  const { disabledAt, ...candidate } = row
  return { ...candidate, enabled: row.enabled === 1 && disabledAt === null, isolated: row.isolated === 1 }
}

const anyUser = applianceStatement(() => applianceQuery.selectFrom("user").select("id").limit(1))

export const hasUsers = (read: ApplianceReader): boolean => read.one(anyUser) !== null

const profile = statement((p: { id: Id }) =>
  query
    .selectFrom("user")
    .select(["id", "username", "email", "firstName", "lastName", "level", "language", "loginType"])
    .select(["maxConversations", "isolated", "outbound", "mayEditCustomers", "enabled"])
    .where("id", "=", p.id),
)

/** The data of a user of this tenant; never the password's hash. */
export const userById = (read: Reader, id: Id) => read.one(profile, { id })

const fullName = (user: { firstName: string; lastName: string }) => `${user.firstName} ${user.lastName}`.trim()
