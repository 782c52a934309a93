/**
 * The doorbell of the screens: names of what changed, never content. Who may hear is asked when it rings. Rings are
 * numbered within one run of the appliance and kept for a while, so that a stream that comes back hears what it missed.
 */
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"

/** Who a ring concerns. A listener hears it when any part of it fits. */
export type Audience = {
  users?: readonly (Id | null)[]
  /** Supervisors, campaign managers and admins of the tenant. */
  supervisors?: boolean
  /** Agents who may see the skillset: its members, and whoever is not isolated. */
  skillset?: Id | null
  everyone?: boolean
  /** Of supervisors, the skillset and everyone, only who has the topic on screen: a busy thread is no news to 300 others. */
  watchersOnly?: boolean
}
export type Ring = { tenant: Id; topic: string; audience: Audience }
export type NumberedRing = Ring & { number: number }

export type Listener = {
  tenant: Id
  /** The rights of this moment; asked at every ring. */
  actor(): UserActor
  hear(ring: NumberedRing): void
}

/** How many rings are remembered for streams that come back; older gaps answer with a reset. */
const REMEMBERED_RINGS = 4_096
/** Topics that one user may have on screen: more tabs than anybody looks at. */
const MOST_WATCHED = 12

export class Bell {
  #listeners = new Set<Listener>()
  #recent: NumberedRing[] = []
  #number = 0
  /** By user, the latest last. */
  #watched = new Map<Id, string[]>()

  /** `run` names this run of the appliance: numbers of another run mean nothing. */
  constructor(readonly run: string) {}

  get listeners(): number {
    return this.#listeners.size
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  ring(ring: Ring): void {
    const numbered = { ...ring, number: ++this.#number }
    this.#recent.push(numbered)
    if (this.#recent.length > 2 * REMEMBERED_RINGS) this.#recent = this.#recent.slice(-REMEMBERED_RINGS)
    for (const listener of this.#listeners) {
      if (listener.tenant === ring.tenant && this.#mayHear(listener.actor(), ring)) listener.hear(numbered)
    }
  }

  /** The user has `topic` on screen; whether they may was asked when it was drawn, and is asked at every ring. */
  watch(user: Id, topic: string): void {
    const others = (this.#watched.get(user) ?? []).filter((other) => other !== topic)
    this.#watched.set(user, [...others, topic].slice(-MOST_WATCHED))
  }

  /** Where a page that is rendered now stands; given back as `after` when its stream opens. */
  cursor(): string {
    return `${this.run}-${this.#number}`
  }

  /** What `listener` missed since `after`, by its rights of now; null when nobody can tell any more. */
  missed(listener: Pick<Listener, "tenant" | "actor">, after: string): NumberedRing[] | null {
    const number = Number(after.slice(after.lastIndexOf("-") + 1))
    if (!after.startsWith(`${this.run}-`) || !Number.isSafeInteger(number) || number > this.#number) return null
    const oldest = this.#recent[0]?.number ?? this.#number + 1
    if (number + 1 < oldest) return null
    return this.#recent.filter(
      (ring) => ring.number > number && ring.tenant === listener.tenant && this.#mayHear(listener.actor(), ring),
    )
  }

  #mayHear(actor: UserActor, { topic, audience }: Ring): boolean {
    if (audience.users?.includes(actor.id)) return true
    if (audience.watchersOnly && !this.#watched.get(actor.id)?.includes(topic)) return false
    return audience.everyone === true || belongsTo(actor, audience)
  }
}

function belongsTo(actor: UserActor, audience: Audience): boolean {
  if (actor.level !== "agent") return audience.supervisors === true
  if (audience.skillset === undefined) return false
  return !actor.isolated || (audience.skillset !== null && actor.skillsets.includes(audience.skillset))
}

/** A topic rings once per commit for the same audience. */
export function withoutRepeats(rings: readonly Ring[]): Iterable<Ring> {
  if (rings.length < 2) return rings
  const once = new Map<string, Ring>()
  for (const ring of rings) once.set(ringKey(ring), ring)
  return once.values()
}

/** By hand, because every message rings: JSON of the audience took a tenth of the time of an ingest. */
const ringKey = ({ tenant, topic, audience }: Ring): string => {
  const { users, supervisors, skillset, everyone, watchersOnly } = audience
  return `${tenant} ${topic} ${users} ${supervisors} ${skillset} ${everyone} ${watchersOnly}`
}
