/**
 * Deadlines as rows, derived from state by each noun's rules; one alarm for the earliest. Overdue ones fire in
 * (at, subject) order, each as a command of its own, at start before any new input.
 */
import { type Fact, SYSTEM, type TimerKind } from "~/facts.ts"
import type { Cancel, Clock, Disturbance, Instant, Milliseconds } from "~/kernel/clock.ts"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Writer } from "./act.ts"
import type { ApplianceReader, Tx } from "./handles.ts"
import { applianceQuery, applianceStatement, inserting, query, statement } from "./statement.ts"

export type Deadline = { kind: TimerKind; at: Instant }

const removeAll = statement((p: { subject: Id }) => query.deleteFrom("timer").where("subject", "=", p.subject))
const add = inserting("timer", ["subject", "kind", "at"])
const removeOne = applianceStatement((p: { tenant: Id; subject: Id; kind: string; at: Instant }) =>
  applianceQuery
    .deleteFrom("timer")
    .where("tenant", "=", p.tenant)
    .where("subject", "=", p.subject)
    .where("kind", "=", p.kind)
    .where("at", "=", p.at),
)
const putOff = applianceStatement((p: { tenant: Id; subject: Id; kind: string; at: Instant }) =>
  applianceQuery
    .updateTable("timer")
    .set((row) => ({ at: p.at, faults: row("faults", "+", 1) }))
    .where("tenant", "=", p.tenant)
    .where("subject", "=", p.subject)
    .where("kind", "=", p.kind),
)
/** What ends a conversation, or takes it from somebody, for good: not on the word of a clock that has just leapt. */
const ENDINGS: readonly TimerKind[] = [
  "exclusive_ends",
  "customer_silent",
  "parked_closes",
  "owner_absent",
  "retention_due",
]
/** How long people have to come back, and an operator to look, before such a clock is believed (reliability §3.5). */
const DISBELIEF: Milliseconds = minutes(10)

const first = applianceQuery.selectFrom("timer").select("at").orderBy("at").limit(1)
const earliest = applianceStatement(() => first)
const earliestEnding = applianceStatement(() => first.where("kind", "in", ENDINGS))
const earliestOther = applianceStatement(() => first.where("kind", "not in", ENDINGS))
const inOrder = applianceQuery.selectFrom("timer").selectAll().orderBy("at").orderBy("subject").orderBy("kind")
const due = applianceStatement((p: { now: Instant; limit: number }) => inOrder.where("at", "<=", p.now).limit(p.limit))
const dueButEndings = applianceStatement((p: { now: Instant; limit: number }) =>
  inOrder.where("at", "<=", p.now).where("kind", "not in", ENDINGS).limit(p.limit),
)

/** Writes the deadlines that `subject`'s state implies in place of those it had. */
export function saveDeadlines(tx: Tx, subject: Id, before: readonly Deadline[], after: readonly Deadline[]): void {
  // One that is due by now has perhaps just rung, and is implied once more: the next of several that are due at once.
  const mayHaveRung = after.some(({ at }) => at <= tx.now)
  if (mayHaveRung || !sameDeadlines(before, after)) replaceDeadlines(tx, subject, after)
}

/** The same when nobody knows which it had. */
export function replaceDeadlines(tx: Tx, subject: Id, deadlines: readonly Deadline[]): void {
  tx.run(removeAll, { subject })
  for (const { kind, at } of deadlines) tx.run(add, { subject, kind, at })
}

const sameDeadlines = (some: readonly Deadline[], others: readonly Deadline[]): boolean =>
  some.length === others.length &&
  some.every(({ kind, at }, index) => kind === others[index]?.kind && at === others[index]?.at)

const AT_ONCE = 200
/** When the disk refuses even to put a deadline off. */
const STORAGE_PAUSE: Milliseconds = seconds(5)

type AlarmParts = { writer: Pick<Writer, "act" | "onCommit">; reader: ApplianceReader; clock: Clock; log: Log }

export class Alarm {
  #armedFor: Instant | null = null
  #cancel: Cancel = () => {}
  #firing = false
  #stopped = false
  #notBefore: Instant = 0
  /** The clock's last disturbance that was told of; those before the start are no news. */
  #known: Disturbance | null
  #endingsFrom: Instant = 0

  constructor(private readonly parts: AlarmParts) {
    this.#known = parts.clock.disturbance()
    parts.writer.onCommit(() => this.arm())
  }

  /** Sets the alarm for the earliest deadline there is. */
  arm(): void {
    if (this.#firing || this.#stopped) return
    this.#heedClock()
    const at = this.#next()
    if (at === this.#armedFor) return
    this.#cancel()
    this.#armedFor = at
    this.#cancel =
      at === null ? () => {} : this.parts.clock.wakeAt(Math.max(at, this.#notBefore), () => void this.fireDue())
  }

  /** The earliest deadline; endings wait while the clock is not believed. */
  #next(): Instant | null {
    const { reader, clock } = this.parts
    if (clock.now() >= this.#endingsFrom) return reader.one(earliest)?.at ?? null
    const ending = reader.one(earliestEnding)
    const candidates = [reader.one(earliestOther), ending && { at: Math.max(ending.at, this.#endingsFrom) }]
    const at = Math.min(...candidates.flatMap((candidate) => candidate?.at ?? []))
    return Number.isFinite(at) ? at : null
  }

  #heedClock(): void {
    const news = this.parts.clock.disturbance()
    if (news === null || news === this.#known) return
    this.#known = news
    if (news.kind === "leapt") this.#endingsFrom = news.at + DISBELIEF
    const milliseconds = Math.round(news.by)
    this.parts.log.error(news.kind === "leapt" ? "the clock leapt ahead" : "the clock was set back", { milliseconds })
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  /** Fires everything that is due, in order, until nothing is or the storage refuses: then again in a while. */
  async fireDue(): Promise<void> {
    if (this.#firing || this.#stopped) return
    this.#firing = true
    this.#armedFor = null
    try {
      for (;;) {
        this.#heedClock()
        const now = this.parts.clock.now()
        const rows = this.parts.reader.all(now < this.#endingsFrom ? dueButEndings : due, { now, limit: AT_ONCE })
        if (rows.length === 0) break
        await Promise.all(rows.map((row) => this.#fire(row)))
      }
    } catch (error) {
      this.parts.log.error("timers wait for the storage", describeError(error))
      this.#notBefore = this.parts.clock.now() + STORAGE_PAUSE
    } finally {
      this.#firing = false
      this.arm()
    }
  }

  /** One deadline, one command: it consumes its row and tells; one that faults is put off by a growing delay. */
  async #fire(row: { tenant: Id; subject: Id; kind: string; at: Instant; faults: number }): Promise<void> {
    const { tenant, subject, kind, at } = row
    const { writer, clock, log } = this.parts
    try {
      await writer.act((tx) => {
        if (tx.run(removeOne, { tenant, subject, kind, at }) === 0) return
        tx.within(tenant, SYSTEM, (inside) => inside.raise({ type: `timer.${kind}`, subject, at } as Fact))
      })
    } catch (error) {
      log.error("timer faulted", { kind, subject, ...describeError(error) })
      const later = clock.now() + Math.min(minutes(60), seconds(5) * 2 ** row.faults)
      await writer.act((tx) => tx.run(putOff, { tenant, subject, kind, at: later }))
    }
  }
}
