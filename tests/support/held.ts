/** When time acts on what an agent has, on the wait queues and on who came back for somebody: read off the rows again. */
import type { Database } from "bun:sqlite"
import { days, hours, type Instant, minutes } from "~/kernel/clock.ts"

type Id = number
type Held = Readonly<{ id: Id; tenant: Id; channel: Id; state: string; stateSince: Instant; parkedAs: string | null }> &
  Readonly<{ [Time in "awaySince" | "alertedAt" | "keptSince" | "lastInboundAt" | "lastOutboundAt"]: Instant | null }>

type Choices = (kind: "tenant" | "channel", of: Id, name: string, standard: number) => number

/** What a tenant and its numbers have chosen; zero switches a deadline off. */
export function choicesOf(database: Database): Choices {
  const read = (table: string) => {
    const rows = database.query(`SELECT id, settings FROM ${table}`).all() as { id: Id; settings: string }[]
    return new Map(rows.map(({ id, settings }) => [id, JSON.parse(settings) as Record<string, number>]))
  }
  const kept = { tenant: read("tenant"), channel: read("channel") }
  return (kind, of, name, standard) => kept[kind].get(of)?.[name] ?? standard
}

type Ending = [kind: string, since: Instant | null, after: number]

const endings = (id: Id, all: readonly Ending[]): string[] =>
  all.flatMap(([kind, since, after]) => (since === null || after === 0 ? [] : [`${id} ${kind} ${since + after}`]))

export function held(conversation: Held, choices: Choices): string[] {
  const { id, tenant, channel, state, stateSince, parkedAs, awaySince, alertedAt } = conversation
  const inbound = conversation.lastInboundAt ?? 0
  const outbound = conversation.lastOutboundAt
  const ofTenant = (name: string, standard = 0) => choices("tenant", tenant, name, standard)
  const ofChannel = (name: string) => choices("channel", channel, name, 0)
  if (state === "active") {
    const silentSince = outbound === null || outbound < inbound ? null : Math.max(outbound, stateSince)
    return endings(id, [
      ["customer_silent", silentSince, minutes(ofChannel("parkSilentAfterMinutes"))],
      ["owner_absent", awaySince, minutes(ofTenant("ownerAbsentReturnMinutes"))],
    ])
  }
  const keptSince = parkedAs === "personal" ? (conversation.keptSince ?? stateSince) : null
  return endings(id, [
    ["parked_closes", stateSince, hours(ofChannel("closeParkedAfterHours"))],
    ["keeping_alert", alertedAt === null ? keptSince : null, hours(ofTenant("parkedAlertAfterHours", 24))],
    ["keeping_ends", keptSince, hours(ofTenant("parkedReleaseAfterHours"))],
  ])
}

/** A template that nobody answers. */
export const unanswered = ({ id, tenant, stateSince, lastOutboundAt }: Held, choices: Choices): string[] =>
  endings(id, [
    [
      "unanswered_closes",
      Math.max(stateSince, lastOutboundAt ?? 0),
      days(choices("tenant", tenant, "unansweredTemplateDays", 15)),
    ],
  ])

export const cameBack = ({ id, tenant, awaySince, alertedAt }: Held, choices: Choices): string[] =>
  endings(id, [
    [
      "keeping_alert",
      alertedAt === null ? awaySince : null,
      minutes(choices("tenant", tenant, "personalAlertAfterMinutes", 10)),
    ],
    ["keeping_ends", awaySince, minutes(choices("tenant", tenant, "personalBecomesPublicAfterMinutes", 0))],
  ])
