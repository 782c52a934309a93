/**
 * Who has a conversation in front of them right now, and who is writing in it. Nothing of it outlives the process, and
 * nobody is kept by it: whoever does nothing for a while is away.
 */
import type { Bell } from "~/database/bell.ts"
import { type Clock, type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type Doing = "looking" | "writing" | "noting" | "gone"
export type Onlooker = { user: Id; name: string; doing: Exclude<Doing, "gone"> }

/** Pages say so again while somebody uses them. */
const LOOKS_FOR: Milliseconds = seconds(90)
const WRITES_FOR: Milliseconds = seconds(15)
/** Conversations beyond which those that nobody looks at are forgotten. */
const MOST_KEPT = 500

type Present = Onlooker & { lookingUntil: Instant; writingUntil: Instant }

export class Onlookers {
  #places = new Map<string, Map<Id, Present>>()

  constructor(
    private readonly clock: Clock,
    private readonly bell: Bell,
  ) {}

  /** Tells the others there, if they would see anything new. */
  note(who: { tenant: Id; id: Id; name: string }, conversation: Id, doing: Doing): void {
    const before = this.#at(who.tenant, conversation)
    const place = new Map(before)
    const now = this.clock.now()
    if (doing === "gone") place.delete(who.id)
    else {
      const writes = doing === "looking" ? 0 : now + WRITES_FOR
      place.set(who.id, { user: who.id, name: who.name, doing, lookingUntil: now + LOOKS_FOR, writingUntil: writes })
    }
    if (this.#places.size > MOST_KEPT) this.#forget()
    this.#places.set(keyOf(who.tenant, conversation), place)
    if (before.get(who.id)?.doing === place.get(who.id)?.doing) return
    const users = [...place.keys()].filter((user) => user !== who.id)
    if (users.length > 0)
      this.bell.ring({ tenant: who.tenant, topic: `onlookers-${conversation}`, audience: { users } })
  }

  /** The others there, by name. */
  others(tenant: Id, conversation: Id, except: Id): Onlooker[] {
    const there = [...this.#at(tenant, conversation).values()].filter(({ user }) => user !== except)
    return there.map(({ user, name, doing }) => ({ user, name, doing })).sort((a, b) => a.name.localeCompare(b.name))
  }

  #at(tenant: Id, conversation: Id): Map<Id, Present> {
    const now = this.clock.now()
    const there = [...(this.#places.get(keyOf(tenant, conversation)) ?? [])]
    return new Map(
      there.flatMap(([user, one]): [Id, Present][] => {
        if (one.lookingUntil <= now) return []
        return [[user, one.writingUntil > now ? one : { ...one, doing: "looking" }]]
      }),
    )
  }

  #forget(): void {
    const now = this.clock.now()
    for (const [key, place] of this.#places)
      if ([...place.values()].every(({ lookingUntil }) => lookingUntil <= now)) this.#places.delete(key)
  }
}

const keyOf = (tenant: Id, conversation: Id): string => `${tenant}-${conversation}`
