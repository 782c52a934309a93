import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { settingsFrom, type TenantSettings } from "./rules.ts"

const profile = statement(() =>
  query.selectFrom("tenantProfile").select(["slug", "name", "timezone", "language", "settings"]),
)

export type TenantProfile = { slug: string; name: string; timezone: string; language: string; settings: TenantSettings }

/** The tenant the reader is bound to. */
export function tenantProfile(reader: Reader): TenantProfile {
  const { settings, ...rest } = found(reader.one(profile))
  return { ...rest, settings: settingsFrom(settings) }
}

export const tenantSettings = (reader: Reader): TenantSettings => tenantProfile(reader).settings

const everyTenant = applianceStatement(() => applianceQuery.selectFrom("tenant").select("id").orderBy("id"))

/** Every tenant of the appliance. */
export const tenantIds = (reader: ApplianceReader): Id[] => reader.all(everyTenant).map(({ id }) => id)
