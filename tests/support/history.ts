/** What happened, event by event, each judged by what the ones before it had made of the conversation. */
import type { Database } from "bun:sqlite"
import { isOpen } from "~/channel/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Channel, type Conversation, type Event, type Id, isAvailable, type Snapshot } from "./snapshot.ts"

type Reason = { strategy: string; skillset: Id | null; overflowFrom: Id | null; maximum: number }
type Told = Readonly<{ agent: Id; reason: Reason | null; how: string; as: string; why: string }> & {
  readonly targetUser: Id | null
  readonly exclusive: boolean
  readonly skillset: Id | null
}

/** How a conversation stands, as its timeline tells it. */
type Standing =
  | { kind: "waits"; targetUser: Id | null; exclusive: boolean; skillset: Id | null }
  | { kind: "offered"; agent: Id; until: Instant }
  | { kind: "active"; agent: Id }
  | { kind: "parked"; for: Id | null }

/** A new wait begins with these; with any other it goes on where it was, if there was one (R7). */
const BEGINS = new Set(["new", "menu", "transfer"])

export class History {
  last: Id = 0
  readonly #standing = new Map<Id, Standing>()
  readonly #waitingSince = new Map<Id, Instant>()
  #before: Snapshot | null = null

  /** Walks what happened since the last time. */
  replay(database: Database, state: Snapshot): string[] {
    const events = database
      .query("SELECT id, tenant, conversation, at, kind, actor, data FROM event WHERE id > ? ORDER BY id")
      .all(this.last) as Event[]
    this.last = events.at(-1)?.id ?? this.last
    const broken = events.flatMap((event) => this.#replayOne(event, JSON.parse(event.data) as Told, state))
    this.#before = state
    return broken
  }

  /** The timeline and the rows tell the same story. */
  compare({ conversations }: Snapshot): string[] {
    return conversations.flatMap(({ id, state, owner, waitingSince }) => {
      const standing = this.#standing.get(id)
      const holds = standing?.kind === "offered" || standing?.kind === "active" ? standing : null
      const told = holds ? `${holds.kind} ${holds.agent}` : "held by nobody"
      const is = state === "offered" || state === "active" ? `${state} ${owner}` : "held by nobody"
      const since = this.#waitingSince.get(id)
      return [
        ...(told === is ? [] : [`R2: ${id} is ${is}, its timeline says ${told}`]),
        ...(state !== "queued" || since === waitingSince
          ? []
          : [`R7: ${id} waits since ${waitingSince}, its timeline says ${since}`]),
      ]
    })
  }

  #replayOne(event: Event, told: Told, state: Snapshot): string[] {
    const { conversation, at, kind } = event
    const standing = this.#standing.get(conversation) ?? null
    switch (kind) {
      case "conversation.offered": {
        const broken = told.reason ? this.#judgeOffer(event, told.agent, told.reason, state) : []
        const stands = [this.#before, state].map((one) => one?.offerTimeouts.get(event.tenant) ?? 0)
        this.#standing.set(conversation, { kind: "offered", agent: told.agent, until: at + Math.max(...stands) })
        return broken
      }
      case "conversation.offer_expired": {
        const stood = standing?.kind === "offered" && standing.agent === told.agent
        return stood ? [] : [`R7 R12: an offer of ${conversation} to ${told.agent} expired that did not stand`]
      }
      case "conversation.activated": {
        const broken = judgeActivation(event, told, standing, state)
        this.#standing.set(conversation, { kind: "active", agent: told.agent })
        return broken
      }
      case "conversation.transferred":
        this.#waitingSince.set(conversation, at)
        return []
      case "conversation.queued": {
        const { targetUser, exclusive, skillset } = told
        const goesOn = this.#waitingSince.has(conversation) && !BEGINS.has(told.why)
        if (!goesOn) this.#waitingSince.set(conversation, at)
        this.#standing.set(conversation, { kind: "waits", targetUser, exclusive, skillset })
        return judgeReturn(event, told, standing)
      }
      case "conversation.parked":
        this.#standing.set(conversation, { kind: "parked", for: told.as === "personal" ? holderOf(standing) : null })
        return []
      case "conversation.handed_over":
        this.#standing.set(conversation, { kind: "parked", for: told.agent })
        return judgeHandingOver(event, standing, state)
      case "conversation.awaiting_reply":
      case "conversation.closed":
        this.#standing.delete(conversation)
        return []
      default:
        return []
    }
  }

  /** R1, R3, R4, R6, R9, R10, R11 of an offer that the appliance made. */
  #judgeOffer({ conversation, at, tenant }: Event, agent: Id, reason: Reason, state: Snapshot): string[] {
    const row = state.conversations.find(({ id }) => id === conversation)
    const then = this.#before?.agents.get(agent)
    const now = state.agents.get(agent)
    const [was, is] = [this.#before, state].map((one) => row && one?.channels.get(row.channel))
    const available = [then, now].some((one) => one && isAvailable(one))
    const serves = [this.#before, state].some((one) => one?.members.has(`${reason.skillset} ${agent}`))
    const aimed = reason.strategy === "target"
    const load = aimed ? 0 : this.#loadOf(agent)
    const name = `${conversation} to ${agent}`
    return [
      ...(aimed || load < reason.maximum ? [] : [`R1: ${name} at load ${load} of ${reason.maximum}`]),
      ...(available ? [] : [`R3 R11: ${name}, who is not available`]),
      ...(aimed || serves ? [] : [`R3: ${name}, who does not serve skillset ${reason.skillset}`]),
      ...(now?.tenant === tenant ? [] : [`R13: ${name} crosses tenants`]),
      ...(aimed || !row ? [] : this.#overtaken(row, agent, state).map((id) => `R4: ${name} before ${id}`)),
      ...(is && isShut(is, was, at) ? [`R10: ${name} while the number is closed`] : []),
      ...judgeWait(this.#standing.get(conversation) ?? null, agent, reason).map((what) => `${what}: ${name}`),
    ]
  }

  #loadOf(agent: Id): number {
    let load = 0
    for (const standing of this.#standing.values())
      if ((standing.kind === "offered" || standing.kind === "active") && standing.agent === agent) load += 1
    return load
  }

  /** Whatever waited before this step and waits still, although it should have gone to the agent first. */
  #overtaken(given: Conversation, agent: Id, state: Snapshot): Id[] {
    const before = new Map(this.#before?.conversations.map((one) => [one.id, one]))
    const { rank, pushing } = state.reach
    return state.conversations.flatMap((one) => {
      if (one.state !== "queued" || one.exclusive === 1 || rank(one) >= rank(given)) return []
      const then = before.get(one.id)
      const waited = then?.state === "queued" && then.stateSince === one.stateSince
      const number = state.channels.get(one.channel)
      const may = pushing({ ...one, joined: Math.min(one.joined, then?.joined ?? 0) })
      const isFor = may.some((skillset) => state.members.has(`${skillset} ${agent}`))
      return waited && isFor && number && isOpen(number, number.timezone, one.stateSince) ? [one.id] : []
    })
  }
}

/**
 * R10: of what happens at one moment nobody knows the order. Closed by hand at that very moment it was open before; and
 * where a word that kept it open has been taken back since, it was open until then.
 */
function isShut(is: Channel, was: Channel | undefined, at: Instant): boolean {
  const open = (number: Channel) => isOpen(number, number.timezone, at)
  if (open(is)) return false
  if (is.forced?.since === at) return !open({ ...is, forced: was?.forced ?? null })
  return is.forced !== null || !was?.forced || !open(was)
}

const holderOf = (standing: Standing | null): Id | null =>
  standing?.kind === "active" || standing?.kind === "offered"
    ? standing.agent
    : standing?.kind === "parked"
      ? standing.for
      : null

/** R6: what waits for somebody only goes nowhere else; R9: what waits for its customer is offered to nobody. */
function judgeWait(standing: Standing | null, agent: Id, reason: Reason): string[] {
  if (standing?.kind !== "waits") return ["R9"]
  const { targetUser, exclusive, skillset } = standing
  if (!exclusive) return reason.strategy === "target" ? ["R6"] : []
  if (targetUser !== null) return targetUser === agent ? [] : ["R6"]
  return reason.skillset === skillset && reason.overflowFrom === null ? [] : ["R6"]
}

/** R6, R7, R8 of a conversation that comes into somebody's hands. */
function judgeActivation(event: Event, told: Told, standing: Standing | null, state: Snapshot): string[] {
  const { conversation, at } = event
  const { agent, how } = told
  const supervises = isBySupervisor(event, state)
  const name = `${conversation} by ${agent}`
  if (how === "opened") {
    const stood = standing?.kind === "offered" && standing.agent === agent && at < standing.until
    return stood ? [] : [`R7: ${name} was opened without an offer that stood`]
  }
  if (standing?.kind === "waits" && standing.exclusive && standing.targetUser !== null)
    return standing.targetUser === agent || supervises ? [] : [`R6: ${name} was taken from whom it waits for`]
  if (standing?.kind === "parked" && standing.for !== null)
    return standing.for === agent || supervises ? [] : [`R8: ${name} was taken from whose wait queue it was in`]
  return []
}

const isBySupervisor = ({ actor }: Event, { agents }: Snapshot): boolean =>
  ["supervisor", "tenant_admin"].includes(agents.get(actor ?? 0)?.level ?? "agent")

/** R8: only who supervises gives what waits for the customer to another agent. */
function judgeHandingOver(event: Event, standing: Standing | null, state: Snapshot): string[] {
  const name = `R8: ${event.conversation} was handed over`
  if (standing?.kind !== "parked") return [`${name}, which was in no wait queue`]
  return isBySupervisor(event, state) ? [] : [`${name} by ${event.actor}, who does not supervise`]
}

/** R8: who comes back from a personal wait queue waits for its owner. */
function judgeReturn({ conversation }: Event, told: Told, standing: Standing | null): string[] {
  if (standing?.kind !== "parked" || standing.for === null || told.why !== "customer_wrote") return []
  const isReserved = told.exclusive && told.targetUser === standing.for
  return isReserved
    ? []
    : [`R8: ${conversation} came back from the wait queue of ${standing.for} for ${told.targetUser}`]
}
