/** The header's service status and its dialog (S16): which numbers answer, by their hours or by somebody's word. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { shiftText } from "~/hours/rules/notation.ts"
import { timeOfDay } from "~/hours/rules/zone.ts"
import { missingHolidays, todaysHoliday, todaysShifts } from "~/hours/rules.ts"
import { hours, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import {
  type Channel,
  type Forced,
  forcedAt,
  isOpen,
  nextOpeningOrClosing,
  overallStatus,
  type ServiceStatus,
} from "../rules.ts"
import { allChannels } from "../store.ts"

export type ChannelHours = {
  id: Id
  name: string
  displayPhoneNumber: string
  open: boolean
  /** Today's shifts as written (`09:00-13:00`), on its own clocks; null: always open. */
  today: readonly string[] | null
  /** What is celebrated today. */
  holiday: string | null
  /** In December: the year of which no holidays are entered, although there are some of this year. */
  missingHolidays: number | null
  /** The IANA name of its clocks, when they are not the tenant's. */
  ownTimezone: string | null
  /** When it opens or closes next; null: never. */
  nextChange: Instant | null
  /** Whose word stands over the hours, and until when. */
  forced: (Pick<Forced, "state" | "since" | "until"> & { byName: string }) | null
}

export type Service = {
  status: ServiceStatus
  channels: readonly ChannelHours[]
  /** `18:00`, on the tenant's clocks: until when one would open or close a number by hand. */
  usualUntil: string
}

export function serviceStatus(read: Reader): Service {
  const { timezone } = tenantProfile(read)
  const channels = allChannels(read)
    .filter(({ enabled }) => enabled)
    .map((channel) => channelHours(read, channel, timezone))
  const status = overallStatus(channels.map(({ open }) => open))
  return { status, channels, usualUntil: fullHour(timezone, read.now + hours(2)) }
}

function channelHours(read: Reader, channel: Channel, tenantTimezone: string): ChannelHours {
  const { id, name, timezone } = channel
  const { now } = read
  const zone = timezone ?? tenantTimezone
  return {
    id,
    name,
    displayPhoneNumber: readablePhone(channel.displayPhoneNumber),
    open: isOpen(channel, tenantTimezone, now),
    today: todaysShifts(channel.hours, zone, now)?.map(({ shift }) => shiftText(shift)) ?? null,
    holiday: todaysHoliday(channel.hours, zone, now)?.name ?? null,
    missingHolidays: missingHolidays(channel.hours, zone, now),
    ownTimezone: zone === tenantTimezone ? null : zone,
    nextChange: nextOpeningOrClosing(channel, tenantTimezone, now),
    forced: forcedWords(read, forcedAt(channel, now)),
  }
}

const nameOf = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)

function forcedWords(read: Reader, forced: Forced | null): ChannelHours["forced"] {
  if (!forced) return null
  const { state, since, until, setBy } = forced
  const by = read.one(nameOf, { id: setBy })
  return { state, since, until, byName: `${by?.firstName ?? ""} ${by?.lastName ?? ""}`.trim() }
}

/** Does not change with every minute: what somebody has typed over it stays. */
const fullHour = (zone: string, at: Instant): string => `${timeOfDay(zone, at).slice(0, 2)}:00`
