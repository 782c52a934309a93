/** The first run: a one-time link makes the appliance's first admin, once, and is gone. */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import { type Instant, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found, NotFound } from "~/kernel/step.ts"
import { createUser } from "../actions.ts"
import { hasUsers } from "../queries.ts"
import { APPLIANCE_SLUG, type NewUser } from "../rules.ts"
import { digestOf, newToken, sameText } from "../tokens.ts"

const SETTING = "setup"
const LINK_LIFE = minutes(30)

const setting = applianceStatement((p: { key: string }) =>
  applianceQuery.selectFrom("setting").select("value").where("key", "=", p.key),
)
const saveSetting = applianceStatement((p: { key: string; value: string }) =>
  applianceQuery
    .insertInto("setting")
    .values({ key: p.key, value: p.value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: p.value })),
)
const removeSetting = applianceStatement((p: { key: string }) =>
  applianceQuery.deleteFrom("setting").where("key", "=", p.key),
)

/** A fresh one-time token when nobody can sign in yet, else null; earlier ones end. The link is `<url>/setup/<token>`. */
export function ensureSetupToken(database: AppDatabase, chance: Chance): Promise<string | null> {
  return database.appliance.act((tx) => {
    tx.run(removeSetting, { key: SETTING })
    if (hasUsers(tx)) return null
    const token = newToken(chance)
    tx.run(saveSetting, { key: SETTING, value: JSON.stringify({ hash: hexOf(token), until: tx.now + LINK_LIFE }) })
    return token
  })
}

/** Whether the link still works. */
export function setupIsOpen(read: ApplianceReader, token: string): boolean {
  const kept = read.one(setting, { key: SETTING })
  if (!kept || hasUsers(read)) return false
  const { hash, until } = JSON.parse(kept.value) as { hash: string; until: Instant }
  return sameText(hash, hexOf(token)) && read.now < until
}

/** Uses the token up and makes the first admin; «not found» for whoever comes second. */
export function setUp(tx: ApplianceTx, token: string, admin: Omit<NewUser, "level">): Id {
  if (!setupIsOpen(tx, token)) throw new NotFound()
  tx.run(removeSetting, { key: SETTING })
  return tx.within(applianceTenant(tx), SYSTEM, (inside) => createUser(inside, { ...admin, level: "platform_admin" }))
}

const tenantBySlug = applianceStatement((p: { slug: string }) =>
  applianceQuery.selectFrom("tenant").select("id").where("slug", "=", p.slug),
)
const APPLIANCE = { name: "Sportello", timezone: "UTC", language: "en", settings: "{}", version: 1 }
const addTenant = applianceStatement((p: { id: Id; slug: string; createdAt: Instant }) =>
  applianceQuery
    .insertInto("tenant")
    .values({ id: p.id, slug: p.slug, createdAt: p.createdAt, ...APPLIANCE })
    .onConflict((conflict) => conflict.column("slug").doNothing()),
)

/** The reserved tenant of the platform admins; made when first needed. */
export function applianceTenant(tx: ApplianceTx): Id {
  const slug = APPLIANCE_SLUG
  const known = tx.one(tenantBySlug, { slug })
  if (known) return known.id
  tx.run(addTenant, { id: tx.newId(), slug, createdAt: tx.now })
  return found(tx.one(tenantBySlug, { slug })).id
}

const hexOf = (token: string): string => Buffer.from(digestOf(token)).toString("hex")
