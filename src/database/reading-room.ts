/**
 * Where what grows with the years is read: in a worker with a connection of its own, one statement after the other, so
 * that nobody who waits for a page waits for somebody else's search. The worker comes with the first question.
 */
import { join } from "node:path"
import type { Id } from "~/kernel/id.ts"
import type { ReadingDone, ReadingJob } from "./reading-worker.ts"
import { type ApplianceStatement, type TenantStatement, valuesOf } from "./statement.ts"

/** The binary keeps its workers where they stand below src/. */
const WORKER = Bun.isStandaloneExecutable
  ? join(import.meta.dir, "database/reading-worker.ts")
  : join(import.meta.dir, "reading-worker.ts")

/** Whoever asked has gone, or asks for something else by now: there is no answer. */
export class Abandoned extends Error {}

type Job = {
  job: ReadingJob
  signal: AbortSignal | undefined
  resolve: (rows: unknown[]) => void
  reject: (error: unknown) => void
}

/** One is answered while the next lies ready: whoever serves people may be long in coming back for it. */
const AHEAD = 2

export class ReadingRoom {
  #worker: Worker | null = null
  #waiting: Job[] = []
  /** With the worker, which answers in this order. */
  #posted: Job[] = []
  #isClosed = false

  constructor(private readonly path: string) {}

  /** What a tenant's statement finds. Throws Abandoned when `signal` says so before its turn comes. */
  all<Parameters, Row>(
    tenant: Id,
    statement: TenantStatement<Parameters, Row>,
    given: Parameters,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    return this.#ask(statement, given, tenant, signal) as Promise<Row[]>
  }

  /** The same over the whole appliance. */
  allOfAppliance<Parameters, Row>(
    statement: ApplianceStatement<Parameters, Row>,
    given: Parameters,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    return this.#ask(statement, given, null, signal) as Promise<Row[]>
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of [...this.#posted.splice(0), ...this.#waiting.splice(0)]) reject(new Abandoned())
    await this.#worker?.terminate()
    this.#worker = null
  }

  #ask(
    statement: TenantStatement<never, unknown> | ApplianceStatement<never, unknown>,
    given: unknown,
    tenant: Id | null,
    signal: AbortSignal | undefined,
  ): Promise<unknown[]> {
    const compiled = statement.compiled()
    const values = valuesOf(compiled, given as Record<string, unknown>, tenant)
    const job = { path: this.path, sql: compiled.sql, values }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, signal, resolve, reject })
      this.#next()
    })
  }

  #next(): void {
    while (this.#posted.length < AHEAD) {
      const next = this.#waiting.shift()
      if (!next) return
      if (this.#isClosed || next.signal?.aborted) next.reject(new Abandoned())
      else this.#post(next)
    }
  }

  #post(job: Job): void {
    this.#posted.push(job)
    this.#worker ??= this.#open()
    this.#worker.postMessage(job.job)
  }

  #open(): Worker {
    const worker = new Worker(WORKER)
    worker.unref()
    worker.onmessage = ({ data }: MessageEvent<ReadingDone>) => this.#settle(data)
    worker.onerror = ({ message }) => {
      worker.terminate()
      this.#worker = null
      // What lay ready goes to the next one.
      this.#waiting.unshift(...this.#posted.splice(1))
      this.#settle({ error: message })
    }
    return worker
  }

  #settle(done: ReadingDone): void {
    const job = this.#posted.shift()
    if (job && "rows" in done) job.resolve(done.rows)
    else if (job && "error" in done) job.reject(new Error(done.error))
    this.#next()
  }
}
