/** Webhooks out: posted in order per number, and posted again until the product answers 200 (wire reference §1.2). */
import { type Cancel, days, hours, type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Activity } from "./activity.ts"
import type { Deliver } from "./deliver.ts"
import { bodyOf, signatureOf, type Update } from "./envelope.ts"
import type { FaultKind, Faults } from "./faults.ts"
import type { WireSubject } from "./wire.ts"
import type { Line, World } from "./world.ts"

/** How the updates made while `hold` runs are posted. */
export type Holding = {
  /** All of a number in one POST. */
  together?: boolean
  shuffled?: boolean
  /** So many times each; 1 is usual. */
  copies?: number
}

type Post = {
  line: Line
  body: string
  subject: WireSubject
  who: string | null
  fault: FaultKind | null
  attempt: number
  firstAt: Instant
  arrived: () => void
}

/** At once, then ever more seldom; the documentation gives no figures. */
const RETRY_AFTER: readonly Milliseconds[] = [0, seconds(5), seconds(15), seconds(45), minutes(2), minutes(10)]
const RETRY_LONGEST = hours(1)
const GIVE_UP_AFTER = days(7)
const ANSWER_WITHIN = seconds(20)

export class Webhooks {
  #lanes = new Map<string, Promise<void>>()
  #held: Update[] | null = null
  #alarms = new Set<Cancel>()

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
    private readonly deliver: Deliver,
    private readonly activity: Activity,
    private readonly log: Log,
  ) {}

  post(update: Update): void {
    if (this.#held) this.#held.push(update)
    else this.#postAll([update], {})
  }

  /** Posts any body, signed, as it is. */
  postRaw(line: Line, body: string, subject: WireSubject): void {
    this.#launch(this.#asPost(line, body, subject, null, () => {}))
  }

  /** Keeps back what `work` posts, then posts it as `how` says. */
  hold<Result>(work: () => Result, how: Holding): Result {
    const outer = this.#held
    const mine: Update[] = []
    this.#held = mine
    try {
      return work()
    } finally {
      this.#held = outer
      this.#postAll(mine, how)
    }
  }

  /** The verification GET of wire reference §1.1; true when the product gave back the challenge. */
  async verify(line: Line): Promise<boolean> {
    const url = new URL(urlOf(this.world, line))
    const challenge = String(this.world.chance.below(2 ** 31))
    url.searchParams.set("hub.mode", "subscribe")
    url.searchParams.set("hub.challenge", challenge)
    url.searchParams.set("hub.verify_token", line.verifyToken)
    const response = await this.deliver(url.href, { method: "GET", headers: { "user-agent": "facebookplatform/1.0" } })
    return response.status === 200 && (await response.text()) === challenge
  }

  /** Forgets every retry still to come. */
  stop(): void {
    for (const cancel of this.#alarms) cancel()
    this.#alarms.clear()
  }

  #postAll(updates: Update[], { together, shuffled, copies = 1 }: Holding): void {
    const groups = together
      ? [...Map.groupBy(updates, (update) => update.line.phoneNumberId).values()]
      : updates.map((update) => [update])
    const posts = groups.flatMap((group) => {
      const [first] = group
      if (!first) return []
      const arrived = () => {
        for (const update of group) update.arrived?.()
      }
      const post = this.#asPost(first.line, bodyOf(group), first.subject, first.who, arrived)
      return Array.from({ length: copies }, () => post)
    })
    for (const post of shuffled ? shuffle(this.world, posts) : posts) this.#launch(post)
  }

  #asPost(line: Line, body: string, subject: WireSubject, who: string | null, arrived: () => void): Post {
    const firstAt = this.world.clock.now()
    return { line, body, subject, who, arrived: once(arrived), fault: null, attempt: 1, firstAt }
  }

  #launch(post: Post): void {
    const where = { phoneNumberId: post.line.phoneNumberId }
    const late = this.faults.strike("webhook-reorder", where)
    if (late) {
      const wait = 1 + this.world.chance.below(late.within ?? seconds(3))
      this.#startAfter(wait, { ...post, fault: "webhook-reorder" })
    } else this.#start(post)
    const again = this.faults.strike("webhook-duplicate", where)
    for (let copy = 0; again && copy < (again.copies ?? 1); copy += 1)
      this.#start({ ...post, fault: "webhook-duplicate" })
  }

  #startAfter(wait: Milliseconds, post: Post): void {
    const cancel = this.world.clock.wakeAt(this.world.clock.now() + wait, () => {
      this.#alarms.delete(cancel)
      this.#start(post)
    })
    this.#alarms.add(cancel)
  }

  #start(post: Post): void {
    this.activity.begin()
    const { phoneNumberId } = post.line
    const lane = (this.#lanes.get(phoneNumberId) ?? Promise.resolve())
      .then(() => this.#attempt(post))
      .finally(() => this.activity.end())
    this.#lanes.set(phoneNumberId, lane)
  }

  async #attempt(post: Post): Promise<void> {
    const { line, subject, who, attempt } = post
    const outage = this.faults.strike("webhook-outage", { phoneNumberId: line.phoneNumberId })
    const status = outage ? null : await this.#send(post)
    const fault = outage ? "webhook-outage" : post.fault
    this.world.wire.note({ direction: "in", subject, who, status, code: null, fault, attempt })
    if (status === 200) return post.arrived()
    const wait = RETRY_AFTER[attempt - 1] ?? RETRY_LONGEST
    if (this.world.clock.now() + wait > post.firstAt + GIVE_UP_AFTER) return
    const again = { ...post, attempt: attempt + 1 }
    if (wait === 0) await this.#attempt(again)
    else this.#startAfter(wait, again)
  }

  /** HTTP status of the product's answer; null when there was none. */
  async #send({ line, body }: Post): Promise<number | null> {
    const impatience = new AbortController()
    const cancel = this.world.clock.wakeAt(this.world.clock.now() + ANSWER_WITHIN, () => impatience.abort())
    try {
      const headers = {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": signatureOf(line.appSecret, body),
      }
      const init = { method: "POST", headers, body, signal: impatience.signal } as const
      const response = await this.deliver(urlOf(this.world, line), init)
      await response.arrayBuffer()
      return response.status
    } catch (error) {
      this.log.debug("webhook not delivered", describeError(error))
      return null
    } finally {
      cancel()
    }
  }
}

/** Number before account before app (wire reference §11.5). */
const urlOf = (world: World, line: Line): string =>
  line.overrideUrl ?? world.accounts.get(line.wabaId)?.overrideUrl ?? line.webhookUrl

function shuffle<Item>(world: World, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: world.chance.fraction() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    work()
  }
}
