import type { ApplianceReader, ApplianceTx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, slotRow } from "~/database/statement.ts"
import type { TenantRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { TENANT_SETTINGS, type TenantSettings } from "./rules.ts"

export type Tenant = {
  id: Id
  slug: string
  name: string
  timezone: string
  language: string
  settings: TenantSettings
}

const CHANGING = ["name", "timezone", "language", "settings"] as const
const COLUMNS = ["id", "slug", "createdAt", ...CHANGING] as const

const bySlug = applianceStatement((p: { slug: string }) =>
  applianceQuery.selectFrom("tenant").selectAll().where("slug", "=", p.slug),
)
const byId = applianceStatement((p: { id: Id }) =>
  applianceQuery.selectFrom("tenant").selectAll().where("id", "=", p.id),
)
const insert = applianceStatement((_: Omit<TenantRow, "version" | "disabledAt" | "enabledAt">) =>
  applianceQuery.insertInto("tenant").values({ ...slotRow(COLUMNS), version: 1 }),
)
const update = applianceStatement((p: Pick<TenantRow, "id" | "name" | "timezone" | "language" | "settings">) =>
  applianceQuery
    .updateTable("tenant")
    .set(slotRow(CHANGING))
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)

const disable = applianceStatement((p: { id: Id; now: Instant }) =>
  applianceQuery
    .updateTable("tenant")
    .set({ disabledAt: p.now })
    .where("id", "=", p.id)
    .where("disabledAt", "is", null),
)
const enable = applianceStatement((p: { id: Id; now: Instant }) =>
  applianceQuery
    .updateTable("tenant")
    .set({ disabledAt: null, enabledAt: p.now })
    .where("id", "=", p.id)
    .where("disabledAt", "is not", null),
)

/** Answers whether it was otherwise. */
export const setTenantDisabled = (tx: ApplianceTx, id: Id, disabledAt: Instant | null): boolean =>
  (disabledAt === null ? tx.run(enable, { id, now: tx.now }) : tx.run(disable, { id, now: disabledAt })) > 0

export function tenantBySlug(reader: ApplianceReader, slug: string): Tenant | null {
  const row = reader.one(bySlug, { slug })
  return row && tenantFrom(row)
}

export function tenantById(reader: ApplianceReader, id: Id): Tenant | null {
  const row = reader.one(byId, { id })
  return row && tenantFrom(row)
}

export function insertTenant(tx: ApplianceTx, tenant: Tenant): void {
  tx.run(insert, { ...tenant, settings: TENANT_SETTINGS.text(tenant.settings), createdAt: tx.now })
}

export function updateTenantRow(tx: ApplianceTx, { slug: _, ...tenant }: Tenant): void {
  tx.run(update, { ...tenant, settings: TENANT_SETTINGS.text(tenant.settings) })
}

const tenantFrom = ({ settings, ...row }: TenantRow): Tenant => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  timezone: row.timezone,
  language: row.language,
  settings: TENANT_SETTINGS.from(settings),
})

const lastTenant = applianceStatement(() =>
  applianceQuery.selectFrom("tenant").select("id").orderBy("id", "desc").limit(1),
)

/** 1, 2, 3 …: every row of a tenant and every index entry repeats it, and small numbers take one byte. */
export const nextTenantId = (tx: ApplianceTx): Id => (tx.one(lastTenant)?.id ?? 0) + 1
