/**
 * The invariants of distribution (3-conversation.md), judged from the rows alone and by other means than the product's:
 * what happened is replayed from the timeline, what should be due is read off the states again.
 */
import { Database } from "bun:sqlite"
import { CHANNEL_SETTINGS, type ChannelSettings } from "~/channel/rules/settings.ts"
import { deadlines as channelDeadlines, type Forced, isOpen } from "~/channel/rules.ts"
import { readHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { hours, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import { cameBack, choicesOf, held } from "./held.ts"
import { type Reach, readReach } from "./reach.ts"
import { reading } from "./records.ts"

type Id = number
type Agent = Readonly<{ tenant: Id; user: Id; link: string; linkSince: Instant; load: number; maximum: number }> & {
  readonly status: string
  readonly enabled: number
}
type Conversation = Readonly<{ id: Id; tenant: Id; customer: Id; channel: Id; state: string; owner: Id | null }> & {
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
  readonly lastInboundAt: Instant | null
  readonly lastOutboundAt: Instant | null
}
type Event = Readonly<{ id: Id; tenant: Id; conversation: Id; at: Instant; kind: string; actor: Id | null }> & {
  readonly data: string
}
type Channel = Readonly<{ id: Id; tenant: Id; hours: Hours; timezone: string; enabled: boolean }> & {
  readonly settings: ChannelSettings
  readonly forced: Forced | null
}
type Snapshot = {
  agents: Map<Id, Agent>
  conversations: Conversation[]
  members: Set<string>
  channels: Map<Id, Channel>
  offerTimeouts: Map<Id, number>
  reach: Reach
}

/** Who has a slot taken by a conversation, as the timeline tells it. */
type Holding = { agent: Id; offered: boolean; at: Instant; byHand: boolean }

export class Watch {
  #lastEvent: Id = 0
  #holdings = new Map<Id, Holding>()
  #before: Snapshot | null = null
  #glances = 0
  #open: { path: string; database: Database } | null = null
  /** How often the invariants were found to hold. */
  checks = 0

  /** Throws with every invariant that does not hold after a settled step. */
  check(path: string, now: Instant): void {
    const database = this.#on(path)
    const state = snapshot(database)
    const broken = [
      ...this.#replay(database, state),
      ...this.#compare(state),
      ...owners(state),
      ...loads(state),
      ...offers(state, now),
      ...oneConversationEach(database),
      ...timers(database, state, now),
      ...menus(database, state),
      ...nobodyWaitsInVain(state, now),
    ]
    this.#before = state
    this.checks += 1
    if (broken.length > 0) throw new Error(`invariants do not hold:\n${broken.join("\n")}`)
  }

  /** One connection for as long as the file is the same; a process that stops wants to be alone with it. */
  #on(path: string): Database {
    if (this.#open?.path !== path) {
      this.lookAway()
      this.#open = { path, database: new Database(path, { readonly: true }) }
    }
    return this.#open.database
  }

  lookAway(): void {
    this.#open?.database.close()
    this.#open = null
  }

  /** The same for long runs: nothing but the events, unless one gave something away or it is the `every`th step. */
  glance(path: string, now: Instant, every: number): void {
    this.#glances += 1
    const isFull = this.#glances % every === 0 || this.#hasOffered(this.#on(path))
    if (isFull) this.check(path, now)
  }

  #hasOffered(database: Database): boolean {
    const latest = database
      .query("SELECT 1 FROM event WHERE id > ? AND kind = 'conversation.offered' LIMIT 1")
      .get(this.#lastEvent)
    return latest !== null
  }

  /** Walks what happened since the last check, each event judged by who held what before it. */
  #replay(database: Database, state: Snapshot): string[] {
    const events = database
      .query("SELECT id, tenant, conversation, at, kind, actor, data FROM event WHERE id > ? ORDER BY id")
      .all(this.#lastEvent) as Event[]
    this.#lastEvent = events.at(-1)?.id ?? this.#lastEvent
    return events.flatMap((event) => this.#replayOne(event, JSON.parse(event.data), state))
  }

  #replayOne(event: Event, data: Record<string, unknown>, state: Snapshot): string[] {
    const { conversation, at, kind } = event
    const agent = data.agent as Id
    const held = this.#holdings.get(conversation)
    switch (kind) {
      case "conversation.offered": {
        const broken = data.reason ? this.#judgeOffer(event, agent, data.reason as Reason, state) : []
        this.#holdings.set(conversation, { agent, offered: true, at, byHand: !data.reason })
        return broken
      }
      case "conversation.offer_expired": {
        this.#holdings.delete(conversation)
        return held?.offered && held.agent === agent
          ? []
          : [`R7 R12: an offer of ${conversation} to ${agent} expired that did not stand`]
      }
      case "conversation.activated": {
        this.#holdings.set(conversation, { agent, offered: false, at, byHand: true })
        const until = (held?.at ?? 0) + (state.offerTimeouts.get(event.tenant) ?? 0)
        const late = data.how === "opened" && (!held?.offered || held.agent !== agent || at >= until)
        return late ? [`R7: ${conversation} was opened by ${agent} without an offer that stood`] : []
      }
      case "conversation.queued":
      case "conversation.parked":
      case "conversation.awaiting_reply":
      case "conversation.closed":
        this.#holdings.delete(conversation)
        return []
      default:
        return []
    }
  }

  /** R1, R3, R4, R10, R11 of an offer that the appliance made. */
  #judgeOffer({ conversation, at, tenant }: Event, agent: Id, reason: Reason, state: Snapshot): string[] {
    const row = state.conversations.find(({ id }) => id === conversation)
    const [then, now] = [this.#before?.agents.get(agent), state.agents.get(agent)]
    const load = [...this.#holdings.values()].filter((holding) => holding.agent === agent).length
    const channel = row && state.channels.get(row.channel)
    const available = [then, now].some((one) => one && isAvailable(one))
    const serves = [this.#before, state].some((one) => one?.members.has(`${reason.skillset} ${agent}`))
    const aimed = reason.strategy === "target"
    const name = `${conversation} to ${agent}`
    return [
      ...(aimed || load < reason.maximum ? [] : [`R1: ${name} at load ${load} of ${reason.maximum}`]),
      ...(available ? [] : [`R3 R11: ${name}, who is not available`]),
      ...(aimed || serves ? [] : [`R3: ${name}, who does not serve skillset ${reason.skillset}`]),
      ...(now?.tenant === tenant ? [] : [`R13: ${name} crosses tenants`]),
      ...(aimed || !row ? [] : this.#overtaken(row, agent, state).map((id) => `R4: ${name} before ${id}`)),
      ...(channel && isOpen(channel, channel.timezone, at) ? [] : [`R10: ${name} while the number is closed`]),
    ]
  }

  /** Whatever waited before this step and waits still, although it should have gone to the agent first. */
  #overtaken(given: Conversation, agent: Id, state: Snapshot): Id[] {
    const before = new Map(this.#before?.conversations.map((one) => [one.id, one]))
    const { rank, pushing } = state.reach
    return state.conversations.flatMap((one) => {
      const then = before.get(one.id)
      const waits = one.state === "queued" && then?.state === "queued" && then.stateSince === one.stateSince
      const number = state.channels.get(one.channel)
      const may = pushing({ ...one, joined: Math.min(one.joined, then?.joined ?? 0) })
      const isFor = may.some((skillset) => state.members.has(`${skillset} ${agent}`)) && one.exclusive === 0
      if (!waits || !isFor || !number || !isOpen(number, number.timezone, one.stateSince)) return []
      return rank(one) < rank(given) ? [one.id] : []
    })
  }

  /** The timeline and the rows tell the same story. */
  #compare({ conversations }: Snapshot): string[] {
    return conversations.flatMap(({ id, state, owner }) => {
      const held = this.#holdings.get(id)
      const told = held ? `${held.offered ? "offered" : "active"} ${held.agent}` : "held by nobody"
      const is = state === "offered" || state === "active" ? `${state} ${owner}` : "held by nobody"
      return told === is ? [] : [`R2: ${id} is ${is}, its timeline says ${told}`]
    })
  }
}

type Reason = { strategy: string; skillset: Id | null; maximum: number }

/** Every message that reached the appliance from a pretend phone is there, once. */
export function checkConservation(path: string, wamids: readonly string[]): void {
  const found = reading(path, (database) =>
    database.query("SELECT wamid, count(*) AS times FROM message WHERE wamid IS NOT NULL GROUP BY wamid").all(),
  ) as { wamid: string; times: number }[]
  const times = new Map(found.map((row) => [row.wamid, row.times]))
  const wrong = wamids.filter((wamid) => times.get(wamid) !== 1)
  if (wrong.length > 0) throw new Error(`R14: ${wrong.length} of ${wamids.length} messages are not there just once`)
}

const isAvailable = ({ status, link, enabled }: Agent) => status === "ready" && link !== "gone" && enabled === 1

function snapshot(database: Database): Snapshot {
  const agents = database
    .query("SELECT agent.*, user.enabled FROM agent JOIN user ON user.id = agent.user AND user.tenant = agent.tenant")
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

/** R2: whoever has a conversation is one agent of its own tenant. */
const owners = ({ conversations, agents }: Snapshot): string[] =>
  conversations
    .filter(({ state }) => state === "offered" || state === "active")
    .filter(({ owner, tenant }) => owner === null || agents.get(owner)?.tenant !== tenant)
    .map(({ id, owner }) => `R2: ${id} is with ${owner}, who is no agent of its tenant`)

function loads({ conversations, agents }: Snapshot): string[] {
  const held = conversations.filter(({ state }) => state === "offered" || state === "active")
  return [...agents.values()].flatMap(({ user, load }) => {
    const counted = held.filter(({ owner }) => owner === user).length
    return counted === load ? [] : [`load: ${user} has ${counted} and counts ${load}`]
  })
}

/** R7: no offer outlives its deadline; of several alarms of one moment some ring after the check. */
const offers = ({ conversations }: Snapshot, now: Instant): string[] =>
  conversations
    .filter(({ offeredUntil }) => offeredUntil !== null && offeredUntil < now)
    .map(({ id }) => `R7: the offer of ${id} should have expired`)

/** R14: at most one open conversation of a customer with a number, and messages stand where their number is. */
function oneConversationEach(database: Database): string[] {
  const doubles = database
    .query(
      "SELECT customer, channel FROM conversation WHERE state <> 'closed' GROUP BY customer, channel HAVING count(*) > 1",
    )
    .all() as { customer: Id; channel: Id }[]
  const astray = database
    .query(
      `SELECT message.id FROM message LEFT JOIN conversation ON conversation.id = message.conversation
       WHERE conversation.id IS NULL OR conversation.tenant <> message.tenant OR conversation.channel <> message.channel`,
    )
    .all() as { id: Id }[]
  return [
    ...doubles.map(({ customer, channel }) => `R14: ${customer} has two open conversations with ${channel}`),
    ...astray.map(({ id }) => `R14: message ${id} stands in no conversation of its number`),
  ]
}

/** What a customer's silence brings: waiting for them, a reminder, and the end. */
function silences(conversation: Conversation, { settings }: Channel, now: Instant): string[] {
  const { id, state, stateSince, lastInboundAt, lastOutboundAt, windowEndsAt } = conversation
  const { parkSilentAfterMinutes, closeParkedAfterHours, windowReminderBeforeMinutes } = settings
  const isSilent = lastOutboundAt !== null && lastOutboundAt >= (lastInboundAt ?? 0)
  const reminder = (windowEndsAt ?? 0) - minutes(windowReminderBeforeMinutes)
  const isHeld = state === "active" || state === "parked"
  return [
    ...(state === "active" && isSilent && parkSilentAfterMinutes > 0
      ? [`${id} customer_silent ${lastOutboundAt + minutes(parkSilentAfterMinutes)}`]
      : []),
    ...(state === "parked" && closeParkedAfterHours > 0
      ? [`${id} parked_closes ${stateSince + hours(closeParkedAfterHours)}`]
      : []),
    ...(isHeld && isSilent && windowReminderBeforeMinutes > 0 && reminder > now
      ? [`${id} window_reminder ${reminder}`]
      : []),
  ]
}

const LINK_GRACE = minutes(2)

/** R12: what is due is what the states imply, no more and no less, and nothing is overdue. */
function timers(database: Database, { agents, conversations, channels, reach }: Snapshot, now: Instant): string[] {
  const choices = choicesOf(database)
  const implied = [
    ...conversations.flatMap((conversation) => {
      const { id, state, offeredUntil, exclusive, windowEndsAt } = conversation
      if (state === "offered") return [`${id} offer_expires ${offeredUntil}`]
      if (state === "active" || state === "parked") return held(conversation, choices)
      if (state !== "queued") return []
      if (exclusive === 1) return [`${id} exclusive_ends ${windowEndsAt}`, ...cameBack(conversation, choices)]
      const joinsAt = reach.nextJoinsAt(conversation)
      return joinsAt === null ? [] : [`${id} overflow_due ${joinsAt}`]
    }),
    ...conversations.flatMap((one) => silences(one, channels.get(one.channel)!, now)),
    ...visitsOf(database).map(({ id, endsAt }) => `${id} menu_ends ${endsAt}`),
    ...[...agents.values()]
      .filter(({ link }) => link === "lost")
      .map(({ user, linkSince }) => `${user} link_grace_ends ${linkSince + LINK_GRACE}`),
    ...[...channels.values()].flatMap((channel) =>
      channelDeadlines(channel, channel.timezone, now).map(({ kind, at }) => `${channel.id} ${kind} ${at}`),
    ),
  ]
  const rows = database.query("SELECT subject, kind, at FROM timer").all() as {
    subject: Id
    kind: string
    at: Instant
  }[]
  const kept = rows.map(({ subject, kind, at }) => `${subject} ${kind} ${at}`)
  const apart = [...new Set(kept).symmetricDifference(new Set(implied))]
  const overdue = rows.filter(({ at }) => at < now)
  return [
    ...apart.map(
      (line) => `R12: timer ${line} is ${kept.includes(line) ? "kept but not implied" : "implied but not kept"}`,
    ),
    ...overdue.map(({ subject, kind }) => `R12: timer ${kind} of ${subject} is overdue`),
  ]
}

const visitsOf = (database: Database) =>
  database.query("SELECT id, conversation, endsAt FROM menuVisit").all() as {
    id: Id
    conversation: Id
    endsAt: Instant
  }[]

/** Liveness: whoever is in a menu stands somewhere in it, with an end, and nobody else does. */
function menus(database: Database, { conversations }: Snapshot): string[] {
  const inMenu = conversations.filter(({ state }) => state === "menu").map(({ id }) => id)
  const standing = visitsOf(database).map(({ conversation }) => conversation)
  const apart = [...new Set(inMenu).symmetricDifference(new Set(standing))]
  return apart.map(
    (id) => `liveness: ${id} is ${inMenu.includes(id) ? "nowhere in its menu" : "in a menu it has left"}`,
  )
}

/** Liveness: what waits, waits because nobody who may have it has room. */
function nobodyWaitsInVain({ conversations, agents, members, channels, reach }: Snapshot, now: Instant): string[] {
  const available = [...agents.values()].filter(isAvailable)
  return conversations.flatMap((conversation) => {
    const { id, state, channel, exclusive, targetUser } = conversation
    const number = channels.get(channel)
    if (state !== "queued" || !number || !isOpen(number, number.timezone, now)) return []
    const reserved = exclusive === 1 && targetUser !== null
    const free = reserved
      ? available.find(({ user }) => user === targetUser)
      : available.find(
          ({ user, load, maximum }) =>
            load < maximum && reach.pushing(conversation).some((skillset) => members.has(`${skillset} ${user}`)),
        )
    return free ? [`liveness: ${id} waits although ${free.user} is free`] : []
  })
}
