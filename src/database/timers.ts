/**
 * Deadlines as rows, derived from state by each noun's rules; one alarm for the earliest. Overdue ones fire in
 * (at, subject) order, each as a command of its own, at start before any new input.
 */
import { type Fact, SYSTEM, type TimerKind } from "~/facts.ts"
import type { Cancel, Clock, Instant, Milliseconds } from "~/kernel/clock.ts"
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
const earliest = applianceStatement(() => applianceQuery.selectFrom("timer").select("at").orderBy("at").limit(1))
const due = applianceStatement((p: { now: Instant; limit: number }) =>
  applianceQuery
    .selectFrom("timer")
    .selectAll()
    .where("at", "<=", p.now)
    .orderBy("at")
    .orderBy("subject")
    .orderBy("kind")
    .limit(p.limit),
)

/** Writes the deadlines that `subject`'s state implies in place of those it had. */
export function saveDeadlines(tx: Tx, subject: Id, before: readonly Deadline[], after: readonly Deadline[]): void {
  if (!sameDeadlines(before, after)) replaceDeadlines(tx, subject, after)
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

  constructor(private readonly parts: AlarmParts) {
    parts.writer.onCommit(() => this.arm())
  }

  /** Sets the alarm for the earliest deadline there is. */
  arm(): void {
    if (this.#firing || this.#stopped) return
    const at = this.parts.reader.one(earliest)?.at ?? null
    if (at === this.#armedFor) return
    this.#cancel()
    this.#armedFor = at
    this.#cancel =
      at === null ? () => {} : this.parts.clock.wakeAt(Math.max(at, this.#notBefore), () => void this.fireDue())
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
        const rows = this.parts.reader.all(due, { now: this.parts.clock.now(), limit: AT_ONCE })
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
