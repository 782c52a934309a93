import { holdChannel, releaseChannel } from "~/channel/actions/holding.ts"
import { credentialsOf } from "~/channel/queries.ts"
import type { Tx } from "~/database/handles.ts"
import { SYSTEM } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError } from "~/kernel/log.ts"
import { settle } from "~/message/actions/delivering.ts"
import { type Claimed, claim, doubt } from "~/message/actions/sending.ts"
import { contactsBody, reactionBody } from "~/whatsapp/bodies.ts"
import { fileBody, locationBody, promptBody, type SendBody, textBody } from "~/whatsapp/client.ts"
import type { SendOutcome } from "~/whatsapp/errors.ts"
import { templateBody } from "~/whatsapp/templates.ts"
import type { OutboxParts } from "./outbox.ts"
import { NumberPace, PairPaces } from "./pace.ts"
import { Rounds } from "./rounds.ts"
import { abandonedBy, numberOf, type Waiting, waitingFor } from "./rows.ts"
import { backOff, FOLLOWERS_WAIT, PARALLEL_SENDS, type Plan, PROBE_EVERY, planFor } from "./rules.ts"
import { uploadFirst } from "./uploads.ts"

/** What one number sends: in order to each customer, one at a time; to many customers at once, at Meta's pace. */
export class Lane {
  #busy = new Set<Id>()
  #pace: NumberPace
  #pairs = new PairPaces()
  /** Conversations in which what comes behind a message waits for a decision about it. */
  #heldBack = new Map<Id, { behind: Id; until: Instant }>()
  /** How often Meta broke down over a message that waits for another try. */
  #transients = new Map<Id, number>()
  #probeAt: Instant = 0
  #rounds: Rounds

  constructor(
    private readonly parts: OutboxParts,
    private readonly tenant: Id,
    private readonly channel: Id,
    private readonly changed: () => void,
  ) {
    this.#pace = new NumberPace(parts.clock.now())
    this.#rounds = new Rounds(parts, { channel }, () => this.#look(), changed)
  }

  get idle(): boolean {
    return this.#busy.size === 0 && this.#rounds.idle
  }

  /** What was being sent when an earlier run ended is in doubt: nobody knows whether the customer has it. */
  async recover(): Promise<void> {
    const { database, clock } = this.parts
    for (const { id, conversation } of abandonedBy(database.appliance.read, this.channel, database.bootId)) {
      await this.#act((tx) => doubt(tx, id))
      this.#heldBack.set(conversation, { behind: id, until: clock.now() + FOLLOWERS_WAIT })
    }
    this.wake()
  }

  /** Looks, soon, whether something can leave. */
  wake(): void {
    this.#rounds.wake()
  }

  /** The number's settings were changed: a held one tries at once. */
  tryAgain(): void {
    this.#probeAt = 0
    this.wake()
  }

  stop(): void {
    this.#rounds.stop()
  }

  #look(): Instant | null {
    const { read } = this.parts.database.appliance
    const number = numberOf(read, this.channel)
    if (!number?.enabled) return null
    const waiting = waitingFor(read, this.channel)
    return number.holdReason === null ? this.#startAll(waiting) : this.#probe(waiting)
  }

  /** Starts whatever may leave now; answers when to look again, null when only an event can change something. */
  #startAll(waiting: readonly Waiting[]): Instant | null {
    const now = this.parts.clock.now()
    const considered = new Set(this.#busy)
    let nextAt: Instant | null = null
    for (const message of waiting) {
      if (considered.has(message.customer)) continue
      if (this.#busy.size >= PARALLEL_SENDS) return nextAt
      considered.add(message.customer)
      // Its turn comes when the scanner has said something, which wakes the lane.
      if (message.scan === "waiting") continue
      const at = this.#readyAt(message, now)
      if (at <= now) this.#start(message, now)
      else nextAt = Math.min(nextAt ?? at, at)
    }
    return nextAt
  }

  #readyAt({ id, conversation, customer, nextAttemptAt }: Waiting, now: Instant): Instant {
    const heldBack = this.#heldBack.get(conversation)
    if (heldBack && heldBack.until <= now) this.#heldBack.delete(conversation)
    const decidedAt = heldBack && id > heldBack.behind ? heldBack.until : 0
    return Math.max(nextAttemptAt ?? 0, decidedAt, this.#pairs.readyAt(customer, now), this.#pace.readyAt(now))
  }

  /** While the number is held: every minute one message, or a question where there is none, to see whether it may. */
  #probe(waiting: readonly Waiting[]): Instant | null {
    const now = this.parts.clock.now()
    if (this.#busy.size > 0) return null
    if (now < this.#probeAt) return this.#probeAt
    this.#probeAt = now + PROBE_EVERY
    const head = waiting.find((message) => message.scan !== "waiting" && this.#readyAt(message, now) <= now)
    if (head) this.#start(head, now, true)
    else this.#occupy(PROBE, () => this.#ask())
    return this.#probeAt
  }

  async #ask(): Promise<void> {
    const { client } = this.parts
    const answer = await client.phoneNumber(this.#credentials())
    if (answer.result === "ok") await this.#act((tx) => releaseChannel(tx, this.channel))
  }

  #start(message: Waiting, now: Instant, isProbe = false): void {
    this.#pace.take(now)
    this.#pairs.take(message.customer, now)
    this.#occupy(message.customer, () => this.#send(message, isProbe))
  }

  /** Runs `work` as the one call in flight for `customer`, then looks again. */
  #occupy(customer: Id, work: () => Promise<void>): void {
    this.#busy.add(customer)
    void work()
      .catch((error) => {
        this.parts.log.error("outbox faulted", { channel: this.channel, ...describeError(error) })
        this.#pace.pause(this.parts.clock.now() + backOff(1))
      })
      .finally(() => {
        this.#busy.delete(customer)
        this.wake()
        this.changed()
      })
  }

  /** The claim is on disk before the call is made; whatever happens in between is visible as `sending`. */
  async #send(message: Waiting, isProbe: boolean): Promise<void> {
    const { client, database, clock, chance } = this.parts
    const obstacle = await uploadFirst(this.parts, { tenant: this.tenant, channel: this.channel, message: message.id })
    const claimed = await this.#act((tx) => claim(tx, message.id, database.bootId))
    if (!claimed) {
      if (isProbe) this.#probeAt = 0
      return
    }
    const outcome = obstacle ?? (await client.sendMessage(this.#credentials(), bodyOf(claimed)))
    const troubles = {
      transient: this.#transients.get(message.id) ?? 0,
      attempt: claimed.attempt,
      pair: this.#pairs.refusals(message.customer),
      number: this.#pace.refusals,
    }
    const plan = planFor(outcome, troubles, clock.now(), chance)
    this.#slowDown(message, outcome, plan)
    const mayAgain = isProbe && (outcome.outcome === "accepted" || outcome.outcome === "failed")
    await this.#writeDown(claimed, plan, mayAgain)
  }

  #slowDown({ id, customer, conversation }: Waiting, outcome: SendOutcome, plan: Plan): void {
    const now = this.parts.clock.now()
    if (isTransient(outcome)) this.#transients.set(id, (this.#transients.get(id) ?? 0) + 1)
    if (plan.settlement.result !== "again") this.#transients.delete(id)
    if (plan.holdsFollowers) this.#heldBack.set(conversation, { behind: id, until: now + FOLLOWERS_WAIT })
    if (plan.pausePair !== null) this.#pairs.refuse(customer, now, plan.pausePair)
    if (plan.pauseNumber !== null) this.#pace.refuse(now, plan.pauseNumber)
    if (plan.holdNumber !== null) this.#probeAt = now + PROBE_EVERY
    if (outcome.outcome !== "accepted") return
    this.#pace.succeed()
    this.#pairs.succeed(customer)
  }

  /** The call was made: what came of it is written down however long the disk refuses. */
  async #writeDown(claimed: Claimed, plan: Plan, mayAgain: boolean): Promise<void> {
    for (let tries = 1; !this.#rounds.stopped || tries === 1; tries++) {
      try {
        return await this.#act((tx) => {
          settle(tx, claimed, plan.settlement)
          if (plan.holdNumber !== null) holdChannel(tx, this.channel, plan.holdNumber)
          if (mayAgain) releaseChannel(tx, this.channel)
        })
      } catch (error) {
        const { log, clock } = this.parts
        log.error("outcome of a send not stored", { message: claimed.message, ...describeError(error) })
        await new Promise<void>((resolve) => clock.wakeAt(clock.now() + backOff(tries), resolve))
      }
    }
  }

  #act<Result>(script: (tx: Tx) => Result): Promise<Result> {
    return this.parts.database.tenant(this.tenant).act(SYSTEM, script)
  }

  #credentials() {
    const { database } = this.parts
    return credentialsOf(database.tenant(this.tenant).read, database.secrets, this.channel)
  }
}

function bodyOf(claimed: Claimed): SendBody {
  const { to, text, file, place, prompt, template, reaction, cards, callbackData, replyToWamid } = claimed
  if (template) return templateBody(to, template, file, callbackData, replyToWamid)
  if (reaction) return reactionBody(to, reaction, callbackData)
  if (cards) return contactsBody(to, cards, callbackData, replyToWamid)
  if (file) return fileBody(to, file, callbackData, replyToWamid)
  if (place) return locationBody(to, place, callbackData, replyToWamid)
  if (prompt) return promptBody(to, text, prompt, callbackData, replyToWamid)
  return textBody(to, text, claimed.previewsLinks, callbackData, replyToWamid)
}

/** Meta took the call and broke down over it. */
const isTransient = (outcome: SendOutcome): boolean =>
  outcome.outcome === "retry" && outcome.scope === "message" && outcome.code !== null

/** No customer has this id. */
const PROBE: Id = 0
