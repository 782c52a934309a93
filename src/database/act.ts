/**
 * The only way to write. Scripts of the same turn of the event loop share one transaction (group commit), each in its
 * own savepoint: a script that refuses is undone alone. Facts are followed up inside it; promises resolve, bells ring
 * and effects run after the commit, and only then (2-architecture.md, "One writer, synchronous, grouped").
 */
import { type Actor, type Fact, SYSTEM } from "~/facts.ts"
import { assert } from "~/kernel/assert.ts"
import { type Clock, type Instant, onNextTurn } from "~/kernel/clock.ts"
import type { Id, IdMaker } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { NotFound, Refused } from "~/kernel/step.ts"
import { type Bell, type Ring, withoutRepeats } from "./bell.ts"
import { leavesDoubt } from "./faults.ts"
import type { DatabaseFile } from "./file.ts"
import { type Gathered, inBatches } from "./gathering.ts"
import type { ApplianceTx, Gathering, Tx } from "./handles.ts"

/** The world failed (disk full, I/O error): nothing of the command is there, or nobody can tell. */
export class Outage extends Error {
  constructor(override readonly cause: unknown) {
    super("storage is not available")
    this.name = "Outage"
  }
}

/** What follows from a fact, in the same transaction. */
export type FollowUp = (tx: Tx, fact: Fact) => void

type Parts = { file: DatabaseFile; clock: Clock; ids: IdMaker; bell: Bell; followUp: FollowUp }
type Job = {
  script: (tx: ApplianceTx) => unknown
  /** The script is one `within` and nothing else: that one brings its own savepoint. */
  isolated: boolean
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}
type Outcome = { job: Job; result: { value: unknown } | { error: unknown }; effects: Effects }
type Effects = { after: (() => void)[]; rings: Ring[]; gathered: Gathered[] }
const noEffects = (): Effects => ({ after: [], rings: [], gathered: [] })

export class Writer {
  #jobs: Job[] = []
  #scheduled = false
  #idle: (() => void)[] = []
  #afterEachCommit: (() => void)[] = []
  #lost = Promise.withResolvers<unknown>()
  #isLost = false

  constructor(private readonly parts: Parts) {}

  /**
   * Resolves, with what the storage said, once nobody can tell what is on disk. From then on everything is an Outage:
   * only a process that reads the file anew knows how things stand.
   */
  get lost(): Promise<unknown> {
    return this.#lost.promise
  }

  /** Runs `script` in the next group commit. Rejects with Refused, NotFound, Outage, or the fault it threw. */
  act<Result>(script: (tx: ApplianceTx) => Result): Promise<Result> {
    return this.#enqueue(script, false)
  }

  /** The same for a command of one tenant. */
  actWithin<Result>(tenant: Id, actor: Actor, script: (tx: Tx) => Result): Promise<Result> {
    return this.#enqueue((tx) => tx.within(tenant, actor, script), true)
  }

  /** Calls `listener` after every commit: the alarm and the outbox look whether there is something for them. */
  onCommit(listener: () => void): void {
    this.#afterEachCommit.push(listener)
  }

  /** Resolves when nothing waits to be written. */
  idle(): Promise<void> {
    if (this.#jobs.length === 0 && !this.#scheduled) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #enqueue<Result>(script: (tx: ApplianceTx) => Result, isolated: boolean): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ script, isolated, resolve: resolve as (value: unknown) => void, reject })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    onNextTurn(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    const jobs = this.#jobs.splice(0, limits.scriptsPerCommit)
    if (jobs.length > 0) this.#commit(jobs)
    if (this.#jobs.length > 0) this.#schedule()
    else for (const resolve of this.#idle.splice(0)) resolve()
  }

  #commit(jobs: Job[]): void {
    const { file } = this.parts
    const outcomes: Outcome[] = []
    let during: "work" | "commit" = "work"
    try {
      if (this.#isLost) throw new Error("the storage is lost")
      file.control("BEGIN IMMEDIATE")
      for (const job of jobs) outcomes.push(this.#runOne(job))
      this.#writeGathered(outcomes)
      during = "commit"
      file.control("COMMIT")
    } catch (error) {
      if (file.inTransaction) file.control("ROLLBACK")
      else if (leavesDoubt(error, during)) this.#lose(error)
      for (const job of jobs) job.reject(new Outage(error))
      return
    }
    this.#publish(outcomes)
  }

  #writeGathered(outcomes: readonly Outcome[]): void {
    const gathered = outcomes.flatMap(({ effects }) => effects.gathered)
    if (gathered.length === 0) return
    const command = new Command(this.parts, this.parts.clock.now(), noEffects())
    for (const { tenant, into, items } of inBatches(gathered))
      command.within(tenant, SYSTEM, (tx) => into.write(tx, items))
  }

  #lose(error: unknown): void {
    this.#isLost = true
    this.#lost.resolve(error)
  }

  #runOne(job: Job): Outcome {
    const effects = noEffects()
    const command = new Command(this.parts, this.parts.clock.now(), effects)
    try {
      const value = job.isolated ? job.script(command) : command.isolated(() => job.script(command))
      return { job, result: { value }, effects }
    } catch (error) {
      if (!this.parts.file.inTransaction) throw error
      return { job, result: { error }, effects: noEffects() }
    }
  }

  #publish(outcomes: Outcome[]): void {
    for (const ring of withoutRepeats(outcomes.flatMap(({ effects }) => effects.rings))) this.parts.bell.ring(ring)
    for (const { job, result } of outcomes) {
      if ("error" in result) job.reject(result.error)
      else job.resolve(result.value)
    }
    for (const { effects } of outcomes) for (const effect of effects.after) effect()
    for (const listener of this.#afterEachCommit) listener()
  }
}

const isPromise = (value: unknown) => typeof (value as { then?: unknown } | null)?.then === "function"

/** Expected answers of a command, as opposed to faults: the log stays quiet about them. */
export const isExpected = (error: unknown): boolean => error instanceof Refused || error instanceof NotFound

class Command implements ApplianceTx {
  #depth = 0

  constructor(
    private readonly parts: Parts,
    readonly now: Instant,
    private readonly effects: Effects,
  ) {}

  all: ApplianceTx["all"] = (statement, ...given) => this.parts.file.all(statement, given[0] ?? {}, null)
  one: ApplianceTx["one"] = (statement, ...given) => this.parts.file.one(statement, given[0] ?? {}, null)
  run: ApplianceTx["run"] = (statement, ...given) => this.parts.file.run(statement, given[0] ?? {}, null)
  newId = () => this.parts.ids.next()
  afterCommit = (effect: () => void) => {
    this.effects.after.push(effect)
  }

  within<Result>(tenant: Id, actor: Actor, script: (tx: Tx) => Result): Result {
    return this.isolated(() => {
      const facts: Fact[] = []
      const tx = this.#tenantTx(tenant, actor, facts)
      const result = script(tx)
      this.#followUpAll(tx, facts)
      return result
    })
  }

  /** What follows from a fact is done before the next one is looked at, so that nobody decides on what is about to change. */
  #followUpAll(tx: Tx, facts: Fact[]): void {
    let followed = 0
    for (let fact = facts.shift(); fact; fact = facts.shift()) {
      assert(++followed <= limits.factsPerCommand, `a command raises at most ${limits.factsPerCommand} facts`)
      const later = facts.splice(0)
      this.parts.followUp(tx, fact)
      facts.push(...later)
    }
  }

  /** Runs `script` in a savepoint; when it throws, what it wrote and wanted rung is gone and the error goes on. */
  isolated<Result>(script: () => Result): Result {
    const { file } = this.parts
    const savepoint = `s${this.#depth++}`
    const effectsBefore = this.effects.after.length
    const ringsBefore = this.effects.rings.length
    const gatheredBefore = this.effects.gathered.length
    file.control(`SAVEPOINT ${savepoint}`)
    try {
      const result = script()
      assert(!isPromise(result), "a script returns a value, never a promise")
      file.control(`RELEASE ${savepoint}`)
      return result
    } catch (error) {
      if (file.inTransaction) {
        file.control(`ROLLBACK TO ${savepoint}`)
        file.control(`RELEASE ${savepoint}`)
      }
      this.effects.after.length = effectsBefore
      this.effects.rings.length = ringsBefore
      this.effects.gathered.length = gatheredBefore
      throw error
    } finally {
      this.#depth--
    }
  }

  #tenantTx(tenant: Id, actor: Actor, facts: Fact[]): Tx {
    const { file, ids } = this.parts
    return {
      tenant,
      actor,
      now: this.now,
      all: (statement, ...given) => file.all(statement, given[0] ?? {}, tenant),
      one: (statement, ...given) => file.one(statement, given[0] ?? {}, tenant),
      run: (statement, ...given) => file.run(statement, given[0] ?? {}, tenant),
      newId: () => ids.next(),
      raise: (...raised) => void facts.push(...raised),
      gather: <Item>(into: Gathering<Item>, item: Item) =>
        void this.effects.gathered.push({ tenant, into: into as Gathering<unknown>, item }),
      ring: (topic, audience) => void this.effects.rings.push({ tenant, topic, audience }),
      afterCommit: this.afterCommit,
    }
  }
}
