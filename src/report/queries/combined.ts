/**
 * Combinations are read in the reading room, a hundred conversations at a time, so that nobody waits for them but whoever
 * asked; what is too much for an answer is said to be.
 */
import type { AppDatabase } from "~/database/database.ts"
import { idsIn, idsText } from "~/database/ids.ts"
import { query, statement } from "~/database/statement.ts"
import { type Clock, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import { addDays, startOfDay } from "../rules/calendar.ts"
import { Combined } from "../rules/combining.ts"
import { zoneAt } from "../rules/sums.ts"
import { newTally } from "../rules/tally.ts"
import { zonesOf } from "../store.ts"
import { recordedEvent } from "./recorded.ts"
import { countRecorded } from "./recounted.ts"
import { type Answer, type Asked, answerOf, frameOf } from "./report.ts"

/** How far an answer is. `too_much`: more conversations than anybody should wait for; `slow`: it took too long. */
export type Standing =
  | { state: "counting"; done: number; all: number | null }
  | { state: "too_much"; most: number }
  | { state: "slow" | "failed" }
  | { state: "done"; answer: Answer }

export const MOST_CONVERSATIONS = 50_000
const LONGEST = minutes(2)
/** Whoever asks comes back every second; who does not, has gone. */
const GONE = seconds(20)
const KEPT = minutes(5)
const MOST_KEPT = 50
const AT_ONCE = 100

type Range = { from: Id; until: Id; limit: number }
const withEvents = statement((p: Range) =>
  query
    .selectFrom("event")
    .select("conversation")
    .distinct()
    .where("id", ">=", p.from)
    .where("id", "<", p.until)
    .limit(p.limit),
)
const withMessages = statement((p: Range) =>
  query
    .selectFrom("message")
    .select("conversation")
    .distinct()
    .where("id", ">=", p.from)
    .where("id", "<", p.until)
    .limit(p.limit),
)
const conversations = statement((p: { ids: string }) =>
  query.selectFrom("conversation").select(["id", "channel", "openedAt"]).where("id", "in", idsIn(p.ids)),
)
const events = statement((p: { ids: string }) =>
  query
    .selectFrom("event")
    .select(["id", "conversation", "at", "kind", "data"])
    .where("conversation", "in", idsIn(p.ids))
    .orderBy("id"),
)
const messages = statement((p: { ids: string }) =>
  query
    .selectFrom("message")
    .select(["id", "conversation", "direction", "kind", "at", "author", "queuedAt", "receivedAt", "channel"])
    .where("conversation", "in", idsIn(p.ids))
    .orderBy("id"),
)

type Job = { standing: Standing; askedAt: Instant; startedAt: Instant; isAwaited: boolean; ended: Promise<void> }

/** Every combination that somebody waits for, or has just had. */
export class Combinations {
  readonly #jobs = new Map<string, Job>()
  #isOver = false

  constructor(
    private readonly database: AppDatabase,
    private readonly clock: Clock,
  ) {}

  /** How far it is; the first question begins it. An answer is kept for some minutes, and says what was true then. */
  ask = (tenant: Id, asked: Asked): Standing => this.#job(tenant, asked).standing

  #job(tenant: Id, asked: Asked): Job {
    this.#tidy()
    const key = `${tenant} ${JSON.stringify(asked)}`
    const now = this.clock.now()
    const known = this.#jobs.get(key)
    const job = known ?? {
      standing: COUNTING,
      askedAt: now,
      startedAt: now,
      isAwaited: false,
      ended: Promise.resolve(),
    }
    job.askedAt = now
    if (known) return job
    this.#jobs.set(key, job)
    job.ended = this.#run(tenant, asked, job).catch(() => {
      job.standing = { state: "failed" }
    })
    return job
  }

  /** Counts nothing more. */
  end(): void {
    this.#isOver = true
  }

  /** The same for whoever waits for the end of it: a file, a mail. */
  async wait(tenant: Id, asked: Asked): Promise<Standing> {
    const job = this.#job(tenant, asked)
    job.isAwaited = true
    await job.ended
    return job.standing
  }

  async #run(tenant: Id, asked: Asked, job: Job): Promise<void> {
    const ids = await this.#conversationsOf(tenant, asked)
    if (ids.length > MOST_CONVERSATIONS) {
      job.standing = { state: "too_much", most: MOST_CONVERSATIONS }
      return
    }
    const { read } = this.database.tenant(tenant)
    const zones = zonesOf(read)
    const frame = frameOf(read, asked)
    const { definition, step, beforePeriod, zone } = frame
    const combined = new Combined(
      { ...asked, measures: new Set(definition.measures), step, before: beforePeriod },
      (at) => (zones.length === 0 ? zone : zoneAt(zones, at)),
    )
    for (let done = 0; done < ids.length; done += AT_ONCE) {
      const now = this.clock.now()
      if (this.#isOver || now - job.startedAt > LONGEST || (!job.isAwaited && now - job.askedAt > GONE)) {
        job.standing = { state: "slow" }
        return
      }
      job.standing = { state: "counting", done, all: ids.length }
      await this.#count(tenant, ids.slice(done, done + AT_ONCE), combined)
    }
    job.standing = { state: "done", answer: answerOf(this.database.tenant(tenant).read, frame, combined) }
  }

  /** Those of which something was recorded in the days asked for, and in those they are compared with. */
  async #conversationsOf(tenant: Id, asked: Asked): Promise<Id[]> {
    const { readingRoom } = this.database
    const { beforePeriod, zone } = frameOf(this.database.tenant(tenant).read, asked)
    const range: Range = {
      from: firstIdAt(startOfDay(zone, beforePeriod.from) - EARLIER),
      until: firstIdAt(startOfDay(zone, addDays(asked.period.to, 1)) + EARLIER),
      limit: MOST_CONVERSATIONS + 1,
    }
    const found = [
      ...(await readingRoom.all(tenant, withEvents, range)),
      ...(await readingRoom.all(tenant, withMessages, range)),
    ]
    return [...new Set(found.map(({ conversation }) => conversation))].sort((one, other) => one - other)
  }

  async #count(tenant: Id, some: readonly Id[], combined: Combined): Promise<void> {
    const { readingRoom } = this.database
    const ids = idsText(some)
    const happened = Map.groupBy(await readingRoom.all(tenant, events, { ids }), ({ conversation }) => conversation)
    const said = Map.groupBy(await readingRoom.all(tenant, messages, { ids }), ({ conversation }) => conversation)
    for (const { id, channel, openedAt } of await readingRoom.all(tenant, conversations, { ids })) {
      const recorded = (happened.get(id) ?? []).map((row) => recordedEvent(row, id))
      combined.add(countRecorded(recorded, said.get(id) ?? [], newTally(channel, openedAt)).counted)
    }
  }

  #tidy(): void {
    const now = this.clock.now()
    for (const [key, { standing, askedAt, startedAt }] of this.#jobs) {
      const isOver = standing.state !== "counting"
      if (isOver && (now - startedAt > KEPT || now - askedAt > KEPT)) this.#jobs.delete(key)
    }
    for (const key of [...this.#jobs.keys()].slice(0, Math.max(0, this.#jobs.size - MOST_KEPT))) this.#jobs.delete(key)
  }
}

const COUNTING: Standing = { state: "counting", done: 0, all: null }
/** Clocks that were set back, and a tenant's former clocks. */
const EARLIER = minutes(24 * 60)
