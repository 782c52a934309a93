/**
 * Whoever takes away what is to go: one short command after the other, with pauses for everybody else, through every
 * tenant that has something under way. What was begun before the process ended goes on after the next start.
 */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceTx, Tx } from "~/database/handles.ts"
import type { ErasureRow, RetentionRunRow } from "~/database/tables.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { Background } from "~/kernel/background.ts"
import { type Clock, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { tenantIds, tenantTimezone } from "~/tenant/queries.ts"
import type { Counting } from "../queries/counting.ts"
import type { WebhooksFound } from "../queries/webhooks.ts"
import { namesIn } from "../rules/erasing.ts"
import { AT_ONCE, cutOff, RETENTION } from "../rules.ts"
import { runningErasure, saveErasure } from "../store/erasures.ts"
import { loadRetention, runningRun, saveRetention, saveRun } from "../store.ts"
import { enterErasure, enterRun, type Stepped, step } from "./stepping.ts"

/** What the wire keeps is the wire's to remove. */
export type Wire = {
  emptyEnvelopes(tx: ApplianceTx, envelopes: readonly Id[]): void
  forgetWire(tx: Tx, found: Pick<WebhooksFound, "setAside" | "news">): void
}
export type SweepParts = { database: AppDatabase; counting: Counting; wire: Wire; clock: Clock; log: Log }

export interface Sweep {
  /** To be told of every fact: some of them begin something. */
  follow(tx: Tx, fact: Fact): void
  start(): void
  /** Resolves when no step is being made; the next one may wait for its time. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Between two steps everybody else has the disk at least as long as the step had it. */
const LEAST_PAUSE: Milliseconds = 20
const MOST_PAUSE: Milliseconds = seconds(1)
const REST_FACTOR = 3
/** Until a mail server has taken a copy, or a reader has left the log. */
const WAIT: Milliseconds = seconds(5)
const AFTER_FAULT: Milliseconds = minutes(1)

export function createSweep(parts: SweepParts): Sweep {
  const { database, clock, log } = parts

  /** One step in every tenant that has something to do. */
  async function round(isStopped: () => boolean): Promise<Milliseconds | null> {
    let pause: Milliseconds | null = null
    for (const tenant of tenantIds(database.appliance.read)) {
      if (isStopped()) return null
      const begun = clock.now()
      const stepped = await stepIn(parts, tenant)
      if (stepped === "nothing") continue
      const rest = Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, (clock.now() - begun) * REST_FACTOR))
      pause = Math.min(pause ?? WAIT, stepped === "waits" ? WAIT : rest)
    }
    return pause
  }
  const sweeping = new Background(
    { clock, log },
    { round, fault: "what is to be removed could not be", afterFault: AFTER_FAULT },
  )
  return {
    follow(tx, fact) {
      if (fact.type === "retention.work_begun" || fact.type === "removal.file_unused")
        tx.afterCommit(() => sweeping.wake())
    },
    start: () => sweeping.start(),
    idle: () => sweeping.idle(),
    stop: () => sweeping.stop(),
  }
}

async function stepIn(parts: SweepParts, tenant: Id): Promise<Stepped> {
  const { database } = parts
  const stepped = await database.tenant(tenant).act(SYSTEM, step)
  if (stepped === "imports") return sweepImports(parts, tenant)
  if (stepped === "webhooks") return sweepWebhooks(parts, tenant)
  if (stepped === "traces") return sweepTraces(parts, tenant)
  return stepped
}

/** Files of customers whose kept details speak of them: looked for as long as it takes, outside of any command. */
async function sweepImports({ database, counting }: SweepParts, tenant: Id): Promise<Stepped> {
  const asked = runningErasure(database.tenant(tenant).read)
  if (!asked) return "nothing"
  const { customer, names } = asked
  const found = await counting.imports(tenant, { customer, files: namesIn(names).files })
  await database.tenant(tenant).act(SYSTEM, (tx) => {
    const erasure = runningErasure(tx)
    if (erasure?.id !== asked.id || erasure.phase !== "customer") return
    tx.raise({ type: "removal.import_details_due", ...found })
    saveErasure(tx, { ...erasure, position: 1 })
  })
  return "went on"
}

/** The next bodies that speak of the customer, or are older than the tenant keeps them. */
async function sweepWebhooks({ database, counting, wire }: SweepParts, tenant: Id): Promise<Stepped> {
  const { read } = database.tenant(tenant)
  const erasure = runningErasure(read)
  const run = runningRun(read)
  const asked = erasure ? askedFor(erasure, read.now) : run && askedByNight(run, loadRetention(read))
  if (!asked) return "nothing"
  const found = await counting.webhooks(tenant, { ...asked, most: AT_ONCE.webhooks })
  await database.appliance.act((tx) => {
    wire.emptyEnvelopes(tx, found.envelopes)
    tx.within(tenant, SYSTEM, (inside) => {
      wire.forgetWire(inside, found)
      if (erasure) noteErased(inside, found)
      else noteOld(inside, found)
    })
  })
  return "went on"
}

const askedFor = ({ position, since, names }: ErasureRow, now: number) => ({
  after: Math.max(position, firstIdAt(since)),
  before: now + seconds(1),
  names: namesIn(names).wire,
})

function askedByNight(run: RetentionRunRow, kept: ReturnType<typeof loadRetention>) {
  const before = cutOff(kept?.settings ?? RETENTION.standard, "webhooksDays", run.startedAt)
  return before === null ? null : { after: kept?.webhooksThrough ?? 0, before, names: null }
}

const countOf = ({ envelopes, setAside, news }: WebhooksFound) => envelopes.length + setAside.length + news.length

function noteErased(tx: Tx, found: WebhooksFound): void {
  const erasure = runningErasure(tx)
  if (erasure?.phase !== "webhooks") return
  const next = { ...erasure, position: found.lookedTo, webhooks: erasure.webhooks + countOf(found) }
  if (found.isLast) enterErasure(tx, next)
  else saveErasure(tx, next)
}

function noteOld(tx: Tx, found: WebhooksFound): void {
  const run = runningRun(tx)
  const kept = loadRetention(tx)
  if (run?.phase !== "webhooks" || !kept) return
  saveRetention(tx, { ...kept, webhooksThrough: found.lookedTo }, tenantTimezone(tx))
  const next = { ...run, webhooks: run.webhooks + countOf(found) }
  if (found.isLast) enterRun(tx, next)
  else saveRun(tx, next)
}

/** What was written lately stands in the log as well, until it is emptied. */
async function sweepTraces({ database }: SweepParts, tenant: Id): Promise<Stepped> {
  if (!database.emptyLog()) return "waits"
  await database.tenant(tenant).act(SYSTEM, (tx) => {
    const erasure = runningErasure(tx)
    if (erasure?.phase === "traces") enterErasure(tx, erasure)
  })
  return "went on"
}
