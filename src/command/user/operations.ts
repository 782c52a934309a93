/** What `sportello user` does: recovery for whoever may read the data folder, without the web. */

import { createUser, updateUser, userSubject } from "~/account/actions.ts"
import { userByUsername } from "~/account/queries.ts"
import { LEAST_PASSWORD_CHARACTERS, refusePassword } from "~/account/rules/passwords.ts"
import { APPLIANCE_SLUG, type NewUser, normalUsername } from "~/account/rules.ts"
import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { type Level, OPERATOR } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { applianceTenant } from "~/tenant/actions.ts"
import { tenantById, tenantBySlug } from "~/tenant/store.ts"
import { InputInvalid } from "../command.ts"
import type { Workplace } from "../operations.ts"
import { refusalLine } from "../wording.ts"

export type UserLine = {
  username: string
  tenant: string
  level: Level
  enabled: boolean
  firstName: string
  lastName: string
}
export type NewUserByName = Omit<NewUser, "passwordHash"> & { tenant: string; password: string }

const everyUser = applianceStatement(() =>
  applianceQuery
    .selectFrom("user")
    .innerJoin("tenant", "tenant.id", "user.tenant")
    .where("user.deletedAt", "is", null)
    .select(["user.username", "tenant.slug as tenant", "user.level", "user.enabled", "user.firstName", "user.lastName"])
    .orderBy("tenant.slug")
    .orderBy("user.username"),
)

/** Users of one tenant, or of all of them. */
export const listUsers = (read: ApplianceReader, tenant: string | null): UserLine[] =>
  read
    .all(everyUser)
    .filter((user) => tenant === null || user.tenant === tenant)
    .map((user) => ({ ...user, enabled: user.enabled === 1 }))

export async function createUserByName(at: Workplace, given: NewUserByName): Promise<{ tenant: string }> {
  const { tenant, password, ...user } = given
  refuseWeak(password, user.username)
  const passwordHash = await at.passwords.hash(password)
  await at.database.appliance.act((tx) => {
    tx.within(tenantFor(tx, tenant), OPERATOR, (inside) => createUser(inside, { ...user, passwordHash }))
  })
  return { tenant }
}

/** Sets the password, and lets a disabled user in again: this is the way back for whoever is locked out. */
export async function setPasswordOf(at: Workplace, given: { username: string; password: string }) {
  const user = known(at.database.appliance.read, given.username)
  refuseWeak(given.password, user.username)
  const passwordHash = await at.passwords.hash(given.password)
  await at.database.appliance.act((tx) => {
    tx.within(user.tenant, OPERATOR, (inside) => {
      updateUser(inside, user.id, { passwordHash, enabled: true })
      inside.raise({ type: "audit.due", act: "password.set_by_operator", subject: userSubject(user), changes: {} })
    })
  })
  return { tenant: tenantById(at.database.appliance.read, user.tenant)?.slug ?? "" }
}

export async function disableUser(at: Workplace, { username }: { username: string }): Promise<{ changed: boolean }> {
  const user = known(at.database.appliance.read, username)
  const changed = await at.database.appliance.act((tx) =>
    tx.within(user.tenant, OPERATOR, (inside) => updateUser(inside, user.id, { enabled: false })),
  )
  return { changed }
}

function tenantFor(tx: ApplianceTx, slug: string): Id {
  if (slug === APPLIANCE_SLUG) return applianceTenant(tx)
  const tenant = tenantBySlug(tx, slug)
  if (!tenant) throw new InputInvalid([`There is no tenant ${slug}.`])
  return tenant.id
}

function known(read: ApplianceReader, username: string) {
  const user = userByUsername(read, normalUsername(username))
  if (!user) throw new InputInvalid([`There is no user ${username}; \`sportello user list\` shows them.`])
  return user
}

function refuseWeak(password: string, username: string): void {
  const refusal = refusePassword(password, { least: LEAST_PASSWORD_CHARACTERS, known: [normalUsername(username)] })
  if (refusal) throw new InputInvalid([`The password ${refusalLine(refusal)}.`])
}
