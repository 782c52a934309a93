/** What happens to tenants; for the platform admin and the commands of the binary. */

import { APPLIANCE_SLUG } from "~/account/rules.ts"
import { changesBetween } from "~/audit/rules.ts"
import type { ApplianceTx } from "~/database/handles.ts"
import { MOST_TENANTS } from "~/database/places.ts"
import { type Actor, SYSTEM } from "~/facts.ts"
import { assert } from "~/kernel/assert.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { isSlug, TENANT_SETTINGS, type TenantSettings } from "./rules.ts"
import { insertTenant, nextTenantId, type Tenant, tenantById, tenantBySlug, updateTenantRow } from "./store.ts"

export type NewTenant = {
  slug: string
  name: string
  /** IANA name. */
  timezone: string
  language: string
  settings: Partial<TenantSettings>
}
export type TenantChanges = Partial<Omit<NewTenant, "slug">>

/** Refuses `tenant.slug_invalid`, `tenant.slug_taken`. */
export function createTenant(tx: ApplianceTx, actor: Actor, given: NewTenant): Id {
  demand(isSlug(given.slug), "tenant.slug_invalid", { slug: given.slug })
  demand(tenantBySlug(tx, given.slug) === null, "tenant.slug_taken", { slug: given.slug })
  const id = nextTenantId(tx)
  assert(id <= MOST_TENANTS, `one file has at most ${MOST_TENANTS} tenants`)
  const { settings, ...profile } = given
  insertTenant(tx, { ...profile, id, settings: { ...TENANT_SETTINGS.standard, ...settings } })
  tx.within(id, actor, (inside) => {
    const subject = { kind: "tenant", id, name: given.name } as const
    const changes = changesBetween({}, { ...profile, ...settings })
    inside.raise({ type: "audit.due", act: "tenant.created", subject, changes })
  })
  return id
}

/** The reserved tenant of the people who run the appliance; made when first needed. */
export function applianceTenant(tx: ApplianceTx): Id {
  const known = tenantBySlug(tx, APPLIANCE_SLUG)
  if (known) return known.id
  return createTenant(tx, SYSTEM, {
    slug: APPLIANCE_SLUG,
    name: "Sportello",
    timezone: "UTC",
    language: "en",
    settings: {},
  })
}

/** Answers whether anything is different now. A new timezone moves every opening hour. */
export function updateTenant(tx: ApplianceTx, actor: Actor, id: Id, changes: TenantChanges): boolean {
  const before = found(tenantById(tx, id))
  const next = { ...before, ...changes, settings: { ...before.settings, ...changes.settings } }
  if (JSON.stringify(next) === JSON.stringify(before)) return false
  updateTenantRow(tx, next)
  tx.within(id, actor, (inside) => {
    if (next.timezone !== before.timezone) inside.raise({ type: "tenant.timezone_changed" })
    if (JSON.stringify(next.settings) !== JSON.stringify(before.settings))
      inside.raise({ type: "tenant.settings_changed" })
    inside.ring("status", { everyone: true })
    const subject = { kind: "tenant", id, name: before.name } as const
    const changes = changesBetween(onRecord(before), onRecord(next))
    inside.raise({ type: "audit.due", act: "tenant.changed", subject, changes })
  })
  return true
}

/** What is decided of a tenant, setting by setting. */
const onRecord = ({ settings, ...profile }: Tenant) => ({ ...profile, ...settings })
