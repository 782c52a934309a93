/** Whether WhatsApp is heard as usual, over all tenants: names of numbers and moments. */
import { type Hearing, hasFallenSilent } from "~/channel/rules/health.ts"
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"

const heard = applianceStatement(() =>
  applianceQuery
    .selectFrom("channelHeard as heard")
    .innerJoin("channel", "channel.id", "heard.channel")
    .innerJoin("tenant", "tenant.id", "channel.tenant")
    .select(["channel.id", "channel.name", "tenant.name as tenantName", "heard.hour", "heard.at"])
    .where("channel.enabled", "=", 1)
    .orderBy("tenant.name")
    .orderBy("channel.name")
    .orderBy("channel.id")
    .orderBy("heard.hour"),
)

export type SilentNumber = { name: string; tenantName: string; lastAt: Instant }

/** `isSilent`: the appliance as a whole is not heard for as usual; `numbers`: those that are not, each by itself. */
export type Silence = { isSilent: boolean; numbers: readonly SilentNumber[] }

export function silenceOf(read: ApplianceReader): Silence {
  const rows = read.all(heard)
  const numbers = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((hours) => {
    const hearing = hearingFrom(hours)
    const [first] = hours
    if (!first || hearing.lastAt === null || !hasFallenSilent(hearing, read.now)) return []
    return [{ name: first.name, tenantName: first.tenantName, lastAt: hearing.lastAt }]
  })
  return { isSilent: hasFallenSilent(hearingFrom(rows), read.now), numbers }
}

function hearingFrom(rows: readonly { hour: Instant; at: Instant }[]): Hearing {
  const lastAt = rows.reduce<Instant | null>((latest, { at }) => Math.max(latest ?? at, at), null)
  return { lastAt, hours: rows.map(({ hour }) => hour) }
}
