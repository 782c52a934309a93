/** The first run: a one-time link makes the appliance's first admin, once, and is gone. */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { readSetting, removeSetting, writeSetting } from "~/database/settings.ts"
import { SYSTEM } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import { type Instant, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, NotFound, Refused } from "~/kernel/step.ts"
import { digestOf, newToken, sameText } from "~/kernel/token.ts"
import { createUser } from "../actions.ts"
import { hasUsers } from "../queries.ts"
import { LEAST_PASSWORD_CHARACTERS, refusePassword } from "../rules/passwords.ts"
import { normalUsername } from "../rules.ts"
import type { Passwords } from "./passwords.ts"

const SETTING = "setup"
const LINK_LIFE = minutes(30)

/** A fresh one-time token when nobody can sign in yet, else null; earlier ones end. The link is `<url>/setup/<token>`. */
export function ensureSetupToken(database: AppDatabase, chance: Chance): Promise<string | null> {
  return database.appliance.act((tx) => {
    removeSetting(tx, SETTING)
    if (hasUsers(tx)) return null
    const token = newToken(chance)
    writeSetting(tx, SETTING, JSON.stringify({ hash: hexOf(token), until: tx.now + LINK_LIFE }))
    return token
  })
}

/** Whether the link still works. */
export function setupIsOpen(read: ApplianceReader, token: string): boolean {
  const kept = readSetting(read, SETTING)
  if (kept === null || hasUsers(read)) return false
  const { hash, until } = JSON.parse(kept) as { hash: string; until: Instant }
  return sameText(hash, hexOf(token)) && read.now < until
}

export type FirstAdmin = {
  username: string
  firstName: string
  lastName: string
  password: string
  repeated: string
  language: string
}
export type SetupParts = {
  database: AppDatabase
  passwords: Passwords
  /** The reserved tenant of the platform admins, made when it is not there (tenant/actions.ts). */
  applianceTenant: (tx: ApplianceTx) => Id
}

/**
 * Uses the token up and makes the first admin; «not found» for whoever comes second. Refuses `password.…`,
 * `username.…`, `user.name_malformed`; then the token still works.
 */
export async function setUp(parts: SetupParts, token: string, admin: FirstAdmin): Promise<Id> {
  const { username, firstName, lastName, password, language } = admin
  const known = [normalUsername(username), firstName, lastName, "sportello"]
  const refusal = refusePassword(password, { least: LEAST_PASSWORD_CHARACTERS, known })
  if (refusal) throw new Refused(refusal)
  demand(password === admin.repeated, "password.not_repeated")
  const passwordHash = await parts.passwords.hash(password)
  return parts.database.appliance.act((tx) => {
    if (!setupIsOpen(tx, token)) throw new NotFound()
    removeSetting(tx, SETTING)
    const rights = {
      level: "platform_admin",
      maxConversations: 0,
      isolated: false,
      outbound: false,
      mayEditCustomers: false,
    } as const
    const user = { username, firstName, lastName, email: null, language, passwordHash, ...rights }
    return tx.within(parts.applianceTenant(tx), SYSTEM, (inside) => createUser(inside, user))
  })
}

const hexOf = (token: string): string => Buffer.from(digestOf(token)).toString("hex")
