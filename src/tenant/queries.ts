import { sql } from "kysely"
import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, remembered, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { madeOnce } from "~/kernel/made-once.ts"
import { found } from "~/kernel/step.ts"
import { TENANT_SETTINGS, type TenantSettings } from "./rules.ts"
import { tenantById } from "./store.ts"

const profile = remembered(
  statement(() => query.selectFrom("tenantProfile").select(["slug", "name", "timezone", "language", "settings"])),
)

export type TenantProfile = { slug: string; name: string; timezone: string; language: string; settings: TenantSettings }

/** The tenant the reader is bound to. */
export const tenantProfile = (reader: Reader): TenantProfile => profileOf(found(reader.one(profile)))

type ProfileRow = Omit<TenantProfile, "settings"> & { settings: string }
const profileOf = madeOnce(({ settings, ...rest }: ProfileRow): TenantProfile => {
  return Object.freeze({ ...rest, settings: Object.freeze(TENANT_SETTINGS.from(settings)) })
})

export const tenantSettings = (reader: Reader): TenantSettings => tenantProfile(reader).settings

const enabledAgain = remembered(statement(() => query.selectFrom("tenantProfile").select("enabledAt")))

/** When it was enabled again after having been disabled; null: it never was. */
export const enabledAgainAt = (reader: Reader): Instant | null => found(reader.one(enabledAgain)).enabledAt

const clocks = remembered(statement(() => query.selectFrom("tenantProfile").select("timezone")))

/** By whose clocks the tenant's days go. */
export const tenantTimezone = (reader: Reader): string => found(reader.one(clocks)).timezone

/** Has a way in of their own: another's, or a password that nobody else has seen. */
const hasArrived = sql`user.loginType <> 'password' OR (user.passwordHash IS NOT NULL AND user.oneTimeUntil IS NULL)`

const counted = applianceStatement((p: { appliance: string }) =>
  applianceQuery
    .selectFrom("tenant")
    .where("slug", "!=", p.appliance)
    .orderBy("name")
    .select(({ selectFrom, fn }) => [
      "id",
      "slug",
      "name",
      "createdAt",
      "disabledAt",
      selectFrom("user")
        .whereRef("user.tenant", "=", "tenant.id")
        .where("user.deletedAt", "is", null)
        .select(fn.countAll<number>().as("n"))
        .as("userCount"),
      selectFrom("channel")
        .whereRef("channel.tenant", "=", "tenant.id")
        .select(fn.countAll<number>().as("n"))
        .as("channelCount"),
      selectFrom("user")
        .whereRef("user.tenant", "=", "tenant.id")
        .where("user.deletedAt", "is", null)
        .where("user.enabled", "=", 1)
        .where("user.level", "=", "tenant_admin")
        .select(sql<Id | null>`iif(total(${hasArrived}) = 0, min(user.id), null)`.as("id"))
        .as("awaitedAdmin"),
    ])
    .$narrowType<{ userCount: number; channelCount: number }>(),
)

/**
 * The companies of the appliance by name; not the tenant of those who run it. `awaitedAdmin`: who was invited to
 * administer it, as long as nobody who administers it has come in.
 */
export const tenantList = (reader: ApplianceReader) => reader.all(counted, { appliance: APPLIANCE_SLUG })

const idOfSlug = applianceStatement((p: { slug: string }) =>
  applianceQuery.selectFrom("tenant").select("id").where("slug", "=", p.slug),
)

export const tenantOfSlug = (reader: ApplianceReader, slug: string): Id | null =>
  reader.one(idOfSlug, { slug })?.id ?? null

const everyTenant = applianceStatement(() => applianceQuery.selectFrom("tenant").select("id").orderBy("id"))

/** One of them, whichever: for those who run the appliance, and for a command that is bound to it. */
export const tenantOfId = (reader: ApplianceReader, id: Id) => found(tenantById(reader, id))

/** Every tenant of the appliance. */
export const tenantIds = (reader: ApplianceReader): Id[] => reader.all(everyTenant).map(({ id }) => id)
