/** What everybody in a long run shares: the world, the agenda, who is there, and what can be seen of the conversations. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"
import type { Agenda } from "./agenda.ts"
import type { Callers } from "./callers.ts"
import type { Person } from "./company.ts"

export type WorkdayOptions = {
  seed: number
  agents: number
  customers: number
  days: number
  /** What WhatsApp, networks and browsers do to people. */
  faults: boolean
  /** So many times a day the process is killed, and as often restarted. */
  kills: number
  /** Those moments come all the same, so that everybody looks at their screens at them, and the process lives on. */
  spared?: boolean
}

export type Course = {
  options: WorkdayOptions
  world: World
  agenda: Agenda
  people: readonly Person[]
  callers: Callers
  /** Ids by username and by the skillset's name. */
  users: ReadonlyMap<string, Id>
  skillsets: ReadonlyMap<string, Id>
  /** What everybody had in hand when the present moment began. */
  held: ReadonlyMap<Id, readonly Held[]>
  /** What waited for anybody of a skillset then, the longest first. */
  waiting: ReadonlyMap<Id, readonly Id[]>
  /** How the process ends as soon as everybody has done what they do at this moment. */
  ends: ("kill" | "restart")[]
  /** How often something was refused, by the refusal's key. */
  refusals: Map<string, number>
}

/** A conversation in somebody's hands; `caller` is the customer's id at WhatsApp. */
export type Held = Readonly<{
  id: Id
  owner: Id
  state: "offered" | "active"
  skillset: Id | null
  stateSince: Instant
  lastInboundAt: Instant | null
  lastOutboundAt: Instant | null
  caller: string
}>

const HELD = `SELECT c.id, c.owner, c.state, c.skillset, c.stateSince, c.lastInboundAt, c.lastOutboundAt,
    customer.whatsappUserId AS caller
  FROM conversation c JOIN customer ON customer.id = c.customer
  WHERE c.state <> 'closed' AND c.state IN ('offered', 'active') ORDER BY c.id`

export const readHeld = ({ database }: World): Map<Id, Held[]> =>
  Map.groupBy(rowsOf<Held>(database.path, HELD), ({ owner }) => owner)

const WAITING = `SELECT id, skillset FROM conversation
  WHERE state = 'queued' AND exclusive = 0 AND skillset IS NOT NULL ORDER BY rank, id`

export function readWaiting({ database }: World): Map<Id, Id[]> {
  const waiting = new Map<Id, Id[]>()
  for (const { id, skillset } of rowsOf<{ id: Id; skillset: Id }>(database.path, WAITING))
    waiting.set(skillset, [...(waiting.get(skillset) ?? []), id])
  return waiting
}

/** Ids of those conversations that somebody could have a hand in. */
export const inState = ({ database }: World, ...states: string[]): Id[] =>
  rowsOf<{ id: Id }>(
    database.path,
    `SELECT id FROM conversation WHERE state <> 'closed' AND state IN (${states.map(() => "?").join(", ")}) ORDER BY id`,
    ...states,
  ).map(({ id }) => id)

export function noteRefusal({ refusals }: Course, refusal: Refusal): void {
  if (refusal) refusals.set(refusal.refused, (refusals.get(refusal.refused) ?? 0) + 1)
}
