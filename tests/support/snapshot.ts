/** How things stand, as rows: what the invariants are judged by. */
import type { Database } from "bun:sqlite"
import { CHANNEL_SETTINGS, type ChannelSettings } from "~/channel/rules/settings.ts"
import type { Forced } from "~/channel/rules.ts"
import { readHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { type Instant, minutes, seconds } from "~/kernel/clock.ts"
import { type Reach, readReach } from "./reach.ts"

export type Id = number
export type Agent = Readonly<{
  tenant: Id
  user: Id
  link: string
  linkSince: Instant
  load: number
  maximum: number
}> & {
  readonly status: string
  readonly enabled: number
  readonly level: string
}
export type Conversation = Readonly<{
  id: Id
  tenant: Id
  customer: Id
  channel: Id
  state: string
  owner: Id | null
}> & {
  readonly skillset: Id | null
  readonly priority: number
  readonly joined: number
  readonly waitingSince: Instant | null
  readonly stateSince: Instant
  readonly targetUser: Id | null
  readonly exclusive: number
  readonly offeredUntil: Instant | null
  readonly windowEndsAt: Instant | null
  readonly parkedAs: string | null
  readonly awaySince: Instant | null
  readonly alertedAt: Instant | null
  readonly keptSince: Instant | null
  readonly remindedFor: Instant | null
  readonly warnedFor: Instant | null
  readonly lastInboundAt: Instant | null
  readonly lastOutboundAt: Instant | null
}
export type Event = Readonly<{ id: Id; tenant: Id; conversation: Id; at: Instant; kind: string; actor: Id | null }> & {
  readonly data: string
}
export type Channel = Readonly<{ id: Id; tenant: Id; hours: Hours; timezone: string; enabled: boolean }> & {
  readonly settings: ChannelSettings
  readonly forced: Forced | null
}
export type Snapshot = {
  agents: Map<Id, Agent>
  conversations: Conversation[]
  members: Set<string>
  channels: Map<Id, Channel>
  offerTimeouts: Map<Id, number>
  reach: Reach
}

export const isAvailable = ({ status, link, enabled }: Agent) => status === "ready" && link !== "gone" && enabled === 1

export function readSnapshot(database: Database): Snapshot {
  const agents = database
    .query(
      "SELECT agent.*, user.enabled, user.level FROM agent JOIN user ON user.id = agent.user AND user.tenant = agent.tenant",
    )
    .all() as Agent[]
  const members = database.query("SELECT skillset, user FROM skillsetMember").all() as { skillset: Id; user: Id }[]
  const channels = database
    .query(
      "SELECT channel.id, tenant, hours, enabled, channel.settings, coalesce(channel.timezone, tenant.timezone) AS timezone FROM channel JOIN tenant ON tenant.id = tenant",
    )
    .all() as (Omit<Channel, "hours" | "enabled" | "settings" | "forced"> & {
    hours: string
    enabled: number
    settings: string
  })[]
  const forced = database.query("SELECT * FROM forcedHours").all() as (Forced & { channel: Id })[]
  const forcedOf = new Map(forced.map((row) => [row.channel, row]))
  const tenants = database.query("SELECT id, settings FROM tenant").all() as { id: Id; settings: string }[]
  return {
    agents: new Map(agents.map((agent) => [agent.user, agent])),
    conversations: database.query("SELECT * FROM conversation WHERE state <> 'closed'").all() as Conversation[],
    members: new Set(members.map(({ skillset, user }) => `${skillset} ${user}`)),
    channels: new Map(
      channels.map((one) => {
        const settings = CHANNEL_SETTINGS.from(one.settings)
        return [
          one.id,
          {
            ...one,
            enabled: one.enabled === 1,
            hours: hoursOf(one.hours),
            settings,
            forced: forcedOf.get(one.id) ?? null,
          },
        ]
      }),
    ),
    offerTimeouts: new Map(tenants.map(({ id, settings }) => [id, offerTimeoutOf(settings)])),
    reach: readReach(database),
  }
}

const USUAL_OFFER_TIMEOUT = minutes(3)
function offerTimeoutOf(settings: string): number {
  const { offerTimeoutSeconds } = JSON.parse(settings) as { offerTimeoutSeconds?: number }
  return offerTimeoutSeconds === undefined ? USUAL_OFFER_TIMEOUT : seconds(offerTimeoutSeconds)
}

function hoursOf(written: string): Hours {
  const hours = readHours(JSON.parse(written))
  if ("problems" in hours) throw new Error(`hours cannot be read: ${written}`)
  return hours
}
