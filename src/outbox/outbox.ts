/** The outbox in motion: one lane per number, read receipts and fetches beside them, woken by commits and by the clock alone. */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import { type Clock, type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { DiskRoom } from "~/kernel/disk.ts"
import type { Id } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import type { Mailer, Mailing, MailServer } from "~/mail/rules.ts"
import { Fetches } from "./fetches.ts"
import { Lane } from "./lane.ts"
import { Mails } from "./mail/mails.ts"
import { type OutboxCalls, withGivingUp } from "./patience.ts"
import { createReceipts } from "./receipts.ts"
import { everyNumber } from "./rows.ts"
import type { Scanner } from "./scanner.ts"
import { createEarlierScans, createScans } from "./scans.ts"
import { Templates } from "./templates.ts"

export type OutboxParts = {
  database: AppDatabase
  client: OutboxCalls
  mailer: Mailer
  scanner: Scanner
  /** Of the disk that the data are on. */
  room: () => DiskRoom
  /** Who takes the mail of tenants that have set nobody. */
  mailServer: MailServer | null
  clock: Clock
  log: Log
  chance: Chance
}

export interface Outbox {
  /** Settles what an earlier run left in flight, then sends what waits. Before this nothing leaves. */
  start(): Promise<void>
  /** Starts nothing more; resolves when every call in flight has ended, or is given up, and is written down. */
  stop(): Promise<void>
  /** Looks everywhere whether something can leave. */
  wake(): void
  /** Wakes the part that a fact concerns, once its command is on disk; call it beside the reactions. */
  follow(tx: Tx, fact: Fact): void
  readonly mailing: Mailing
  /** Resolves when nothing is in flight and nothing can leave now. */
  idle(): Promise<void>
}

/** Longer than Meta takes to answer as a rule, and much shorter than the system waits for us (sportello.service). */
const PATIENCE_AT_STOP: Milliseconds = seconds(5)

export function createOutbox(given: OutboxParts): Outbox {
  const { calls, giveUp } = withGivingUp(given.client)
  const parts = { ...given, client: calls }
  const lanes = new Map<Id, Lane>()
  const waiters: (() => void)[] = []
  let state: "new" | "running" | "stopped" = "new"
  const changed = () => {
    if (isIdle()) for (const resolve of waiters.splice(0)) resolve()
  }
  const receipts = createReceipts(parts, changed)
  const fetches = new Fetches(parts, changed)
  const templates = new Templates(parts, changed)
  const mails = new Mails({ ...parts, standard: parts.mailServer }, changed)
  const scans = createScans(parts, changed)
  const earlierScans = createEarlierScans(parts, changed)
  const others = [receipts, fetches, templates, mails, scans, earlierScans]
  const isIdle = () => [...others, ...lanes.values()].every((part) => part.idle)
  const laneOf = (tenant: Id, channel: Id): Lane => {
    const lane = lanes.get(channel) ?? new Lane(parts, tenant, channel, changed)
    lanes.set(channel, lane)
    return lane
  }
  const idle = () => (isIdle() ? Promise.resolve() : new Promise<void>((resolve) => waiters.push(resolve)))
  const wake = () => {
    if (state !== "running") return
    for (const { tenant, channel } of everyNumber(parts.database.appliance.read)) laneOf(tenant, channel).wake()
    for (const part of others) part.wake()
  }
  return {
    wake,
    mailing: mails,
    idle,
    async start() {
      const numbers = everyNumber(parts.database.appliance.read)
      await Promise.all(numbers.map(({ tenant, channel }) => laneOf(tenant, channel).recover()))
      await fetches.recover([...new Set(numbers.map(({ tenant }) => tenant))])
      await mails.recover()
      state = "running"
      for (const part of others) part.wake()
    },
    async stop() {
      state = "stopped"
      for (const part of [...others, ...lanes.values()]) part.stop()
      const endPatience = parts.clock.wakeAt(parts.clock.now() + PATIENCE_AT_STOP, () => {
        giveUp()
        mails.giveUp()
      })
      await idle()
      endPatience()
      parts.mailer.close()
    },
    follow(tx, fact) {
      const { tenant } = tx
      const afterwards = (effect: () => void) => tx.afterCommit(() => state === "running" && effect())
      if (fact.type === "message.queued") afterwards(() => laneOf(tenant, fact.channel).wake())
      if (fact.type === "media.announced" || fact.type === "media.wanted") afterwards(() => fetches.wake())
      if (fact.type === "media.scan_due") afterwards(() => scans.wake())
      if (fact.type === "tenant.settings_changed") afterwards(() => earlierScans.wake())
      if (fact.type === "media.scanned") afterwards(wake)
      if (fact.type === "message.seen") afterwards(() => receipts.wake())
      if (fact.type === "channel.hours_changed") afterwards(() => laneOf(tenant, fact.channel).tryAgain())
      if (fact.type === "mail.due" || fact.type === "mail.server_changed") afterwards(() => mails.wake())
      if (fact.type === "channel.released" || fact.type === "tenant.enabled") afterwards(wake)
      if (CONCERNS_TEMPLATES.has(fact.type)) afterwards(() => templates.wake())
    },
  }
}

/** An account may be new, or have something to be asked or told. */
const CONCERNS_TEMPLATES: ReadonlySet<Fact["type"]> = new Set([
  "template.sync_wanted",
  "template.task_due",
  "channel.hours_changed",
  "channel.settings_changed",
])
