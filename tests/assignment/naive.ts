/** What distribution should do, as simply as it can be said: lists, walked from the start after every change. */
import { type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"

type Id = number
type Strategy = "least_loaded" | "longest_idle" | "round_robin" | "manual"
export type Clerk = { id: Id; status: string; link: string; linkSince: Instant; most: number; serves: Id[] } & {
  idleSince: Instant
  turn: number
  missed: number
  known: boolean
}
type Talk = {
  id: Id
  caller: number
  skillset: Id
  priority: number
  since: Instant
  state: string
  owner: Id | null
} & {
  until: Instant
  stateSince: Instant
  passed: { clerk: Id; at: Instant }[]
  joined: Id[]
  inHand: boolean
}
export type Group = { id: Id; strategy: Strategy; priority: number; overflow: { to: Id; after: Milliseconds } | null }

const OFFER = minutes(3)
const PAUSE = minutes(10)
const GRACE = minutes(2)
const STEP = minutes(2)
const UNSERVED = minutes(5)
const MISSES = 3

export class Naive {
  talks: Talk[] = []
  isOpen = true
  #past: { caller: number; owner: Id | null }[] = []
  #turn = 0

  constructor(
    readonly clerks: Clerk[],
    readonly groups: Group[],
    public now: Instant,
  ) {}

  clerk = (id: Id): Clerk => this.clerks.find((one) => one.id === id)!
  group = (id: Id): Group => this.groups.find((one) => one.id === id)!
  load = (id: Id): number => this.talks.filter((talk) => talk.owner === id).length

  write(caller: number, id: Id): void {
    if (this.talks.some((talk) => talk.caller === caller)) return
    const last = this.#lastOf(caller)
    const free = (group: Group) => this.clerks.filter((one) => this.#mayHave(one) && one.serves.includes(group.id))
    const theirs = this.groups.find((group) => free(group).some((one) => one.id === last))
    const group = theirs ?? this.groups.find((one) => free(one).length > 0) ?? this.groups[0]!
    this.talks.push({
      id,
      caller,
      skillset: group.id,
      priority: group.priority,
      since: this.now,
      state: "queued",
      owner: null,
      until: 0,
      stateSince: this.now,
      passed: [],
      joined: [],
      inHand: false,
    })
    this.settle()
  }

  status(id: Id, status: string): void {
    const clerk = this.clerk(id)
    clerk.known = true
    clerk.missed = 0
    if (clerk.status !== status && status === "ready") clerk.idleSince = this.now
    clerk.status = status
    this.settle()
  }

  link(id: Id, link: "live" | "lost"): void {
    const clerk = this.clerk(id)
    clerk.known = true
    if (link === "lost" && clerk.link !== "live") return
    if (clerk.link === link) return
    Object.assign(clerk, { link, linkSince: this.now })
    this.settle()
  }

  open(id: Id, talk: Talk): void {
    if (talk.state !== "offered" || talk.owner !== id) return
    Object.assign(talk, { state: "active", stateSince: this.now, inHand: true })
    this.clerk(id).missed = 0
  }

  take(id: Id, talk: Talk): void {
    const clerk = this.clerk(id)
    const isGone = talk.owner !== null && this.clerk(talk.owner).link === "gone"
    if (talk.state === "offered") this.open(id, talk)
    if (talk.owner === id || talk.state === "offered" || (talk.state === "active" && !isGone)) return
    const before = talk.owner
    Object.assign(talk, { state: "active", owner: id, stateSince: this.now, inHand: true })
    Object.assign(clerk, { known: true, idleSince: this.now, turn: ++this.#turn, missed: 0 })
    if (before !== null) this.clerk(before).idleSince = this.now
    this.settle()
  }

  close(id: Id, talk: Talk): void {
    if (talk.owner !== id) return
    this.talks = this.talks.filter((one) => one !== talk)
    this.#past.push({ caller: talk.caller, owner: id })
    this.clerk(id).idleSince = this.now
    this.settle()
  }

  /** Moves time from moment to moment; what is due at one and still means something rings in the order of ids. */
  pass(span: Milliseconds): void {
    const end = this.now + span
    for (;;) {
      const next = Math.min(...this.#deadlines().map(({ at }) => at))
      if (next > end) break
      this.now = Math.max(this.now, next)
      const due = this.#deadlines().filter(({ at }) => at <= this.now)
      for (const { id, at } of due.sort((a, b) => a.at - b.at || a.id - b.id)) {
        this.#deadlines()
          .find((one) => one.id === id && one.at === at)
          ?.ring()
        this.settle()
      }
    }
    this.now = end
  }

  /** Whoever joins in by a change of plan does so at once. */
  replan(): void {
    for (const talk of this.talks.filter((one) => one.state === "queued"))
      talk.joined = this.#plan(talk)
        .filter((step) => this.#joinsAt(talk, step.after) <= this.now)
        .map(({ to }) => to)
    this.settle()
  }

  settle(): void {
    const queue = () =>
      this.talks
        .filter(({ state }) => state === "queued")
        .sort((a, b) => a.since - a.priority * STEP - (b.since - b.priority * STEP) || a.id - b.id)
    for (let again = this.isOpen; again; ) {
      again = false
      for (const talk of queue()) {
        const clerk = this.#choose(talk)
        if (!clerk) continue
        Object.assign(talk, { state: "offered", owner: clerk.id, until: this.now + OFFER, stateSince: this.now })
        Object.assign(clerk, { idleSince: this.now, turn: ++this.#turn })
        again = true
        break
      }
    }
  }

  #mayHave = (clerk: Clerk): boolean =>
    clerk.known && clerk.status === "ready" && clerk.link !== "gone" && this.load(clerk.id) < clerk.most

  #choose(talk: Talk): Clerk | null {
    const asked = [talk.skillset, ...talk.joined].map((id) => this.group(id)).filter((one) => one.strategy !== "manual")
    const passed = talk.passed.filter(({ at }) => at > this.now - PAUSE).map(({ clerk }) => clerk)
    const of = (group: Group) => this.clerks.filter((one) => one.serves.includes(group.id) && this.#mayHave(one))
    const fresh = (group: Group) => of(group).filter(({ id }) => !passed.includes(id))
    const last = talk.inHand ? null : this.#lastOf(talk.caller)
    const known = asked.flatMap(fresh).find(({ id }) => id === last)
    if (known) return known
    for (const pool of [fresh, of])
      for (const group of asked) {
        const [best] = pool(group).sort((a, b) => this.#compare(group.strategy, a, b))
        if (best) return best
      }
    return null
  }

  #compare(strategy: Strategy, a: Clerk, b: Clerk): number {
    const share = (one: Clerk) => this.load(one.id) / one.most
    const keys = (one: Clerk) =>
      strategy === "least_loaded"
        ? [share(one), one.idleSince, one.turn, one.id]
        : strategy === "longest_idle"
          ? [one.idleSince, one.turn, one.id]
          : [one.turn, one.id]
    const left = keys(a)
    const right = keys(b)
    const at = left.findIndex((key, index) => key !== right[index])
    return at < 0 ? 0 : left[at]! - right[at]!
  }

  #lastOf = (caller: number): Id | null => this.#past.findLast((one) => one.caller === caller)?.owner ?? null

  #plan({ skillset }: Talk): { to: Id; after: Milliseconds }[] {
    const { overflow } = this.group(skillset)
    const isServed = this.clerks.some(({ serves }) => serves.includes(skillset))
    const last = { to: this.groups[0]!.id, after: UNSERVED }
    const steps = [...(overflow ? [overflow] : []), ...(isServed || skillset === last.to ? [] : [last])]
    const [first, second] = steps.sort((a, b) => a.after - b.after)
    return first ? (second && second.to !== first.to ? [first, second] : [first]) : []
  }

  #joinsAt = (talk: Talk, after: Milliseconds): Instant => Math.max(talk.since + after, talk.stateSince)

  #deadlines(): { at: Instant; id: Id; ring: () => void }[] {
    const lost = this.clerks.filter(({ link }) => link === "lost")
    return [
      ...this.talks.filter(({ state }) => state === "offered").map((talk) => this.#expiry(talk)),
      ...this.talks.filter(({ state }) => state === "queued").flatMap((talk) => this.#joining(talk)),
      ...lost.map((clerk) => ({ at: clerk.linkSince + GRACE, id: clerk.id, ring: () => this.#gone(clerk) })),
    ]
  }

  #expiry = (talk: Talk) => ({
    at: talk.until,
    id: talk.id,
    ring: () => {
      const clerk = this.clerk(talk.owner!)
      if (clerk.status === "ready" && clerk.link === "live" && ++clerk.missed >= MISSES) clerk.status = "break"
      clerk.idleSince = this.now
      talk.passed.push({ clerk: clerk.id, at: this.now })
      Object.assign(talk, { state: "queued", owner: null, stateSince: this.now })
    },
  })

  #joining(talk: Talk) {
    const next = this.#plan(talk)[talk.joined.length]
    if (!next) return []
    return [{ at: this.#joinsAt(talk, next.after), id: talk.id, ring: () => void talk.joined.push(next.to) }]
  }

  #gone(clerk: Clerk): void {
    clerk.link = "gone"
    for (const talk of this.talks.filter((one) => one.state === "offered" && one.owner === clerk.id)) {
      Object.assign(talk, { state: "queued", owner: null, stateSince: this.now })
      clerk.idleSince = this.now
    }
  }
}

export const newClerk = (id: Id, now: Instant): Clerk => ({
  id,
  status: "ready",
  link: "gone",
  linkSince: now,
  most: 5,
  serves: [],
  idleSince: now,
  turn: 0,
  missed: 0,
  known: false,
})
export const overflowTo = (to: Id, afterSeconds: number) => ({ to, after: seconds(afterSeconds) })
