/**
 * The invariants of distribution (3-conversation.md), judged from the rows alone and by other means than the product's:
 * what happened is replayed from the timeline (history.ts), what should be due is read off the states again (dues.ts).
 */
import { Database } from "bun:sqlite"
import { isOpen } from "~/channel/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import { timers, visitsOf } from "./dues.ts"
import { History } from "./history.ts"
import { reading } from "./records.ts"
import { type Id, isAvailable, readSnapshot, type Snapshot } from "./snapshot.ts"
import { outsideWindow } from "./window.ts"

export class Watch {
  readonly #history = new History()
  #lastMessage: Id = 0
  #glances = 0
  #open: { path: string; database: Database } | null = null
  /** How often the invariants were found to hold. */
  checks = 0

  /** Throws with every invariant that does not hold after a settled step. */
  check(path: string, now: Instant): void {
    const database = this.#on(path)
    const state = readSnapshot(database)
    const broken = [
      ...this.#history.replay(database, state),
      ...this.#history.compare(state),
      ...owners(state),
      ...loads(state),
      ...offers(state, now),
      ...oneConversationEach(database),
      ...timers(database, state, now),
      ...menus(database, state),
      ...nobodyWaitsInVain(state, now),
    ]
    const window = outsideWindow(database, this.#lastMessage)
    this.#lastMessage = window.last
    broken.push(...window.broken)
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
      .get(this.#history.last)
    return latest !== null
  }
}

/** Every message that reached the appliance from a pretend phone is there, once. */
export function checkConservation(path: string, wamids: readonly string[]): void {
  const found = reading(path, (database) =>
    database.query("SELECT wamid, count(*) AS times FROM message WHERE wamid IS NOT NULL GROUP BY wamid").all(),
  ) as { wamid: string; times: number }[]
  const times = new Map(found.map((row) => [row.wamid, row.times]))
  const wrong = wamids.filter((wamid) => times.get(wamid) !== 1)
  if (wrong.length > 0) throw new Error(`R14: ${wrong.length} of ${wamids.length} messages are not there just once`)
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

/** Liveness: whom a menu asks stands somewhere in it, with an end, and nobody else does; a stranger's is kept back instead. */
function menus(database: Database, { conversations }: Snapshot): string[] {
  const asked = conversations.filter(({ state, skillset }) => state === "menu" && skillset === null)
  const inMenu = asked.map(({ id }) => id)
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
