/** What happens to tenants; for the platform admin and the commands of the binary. */
import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { ApplianceTx } from "~/database/handles.ts"
import type { Actor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { isSlug, TENANT_SETTINGS, type TenantSettings } from "./rules.ts"
import { insertTenant, nextTenantId, tenantById, tenantBySlug, updateTenantRow } from "./store.ts"

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
export function createTenant(tx: ApplianceTx, given: NewTenant): Id {
  demand(isSlug(given.slug), "tenant.slug_invalid", { slug: given.slug })
  demand(tenantBySlug(tx, given.slug) === null, "tenant.slug_taken", { slug: given.slug })
  const id = nextTenantId(tx)
  insertTenant(tx, { ...given, id, settings: { ...TENANT_SETTINGS.standard, ...given.settings } })
  return id
}

/** The reserved tenant of the people who run the appliance; made when first needed. */
export function applianceTenant(tx: ApplianceTx): Id {
  const known = tenantBySlug(tx, APPLIANCE_SLUG)
  if (known) return known.id
  return createTenant(tx, { slug: APPLIANCE_SLUG, name: "Sportello", timezone: "UTC", language: "en", settings: {} })
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
  })
  return true
}
