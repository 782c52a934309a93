/** What the pages of retention show. */
import { may } from "~/account/rules/policy.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import { nameOf } from "~/conversation/queries/refusal.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { ErasureRow, RetentionRunRow } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import { nightAfter, RETENTION, type Retention, removesAnything } from "./rules.ts"
import { latestErasures, loadErasure } from "./store/erasures.ts"
import { type HoldPlace, holdOn, isHeld } from "./store/holds.ts"
import { lastRun, loadRetention, runningRun } from "./store.ts"

export type RunLine = RetentionRunRow & { by: string | null }
export type ErasureLine = Omit<ErasureRow, "names"> & { by: string }
export type HoldMark = {
  id: Id
  on: "customer" | "conversation"
  reason: string
  by: string
  at: Instant
}
export type HoldLine = HoldMark & { title: string; customer: Id; conversation: Id | null; openedAt: Instant | null }

/** The tenant's admin alone erases, and holds what is not to be erased. */
export const mayErase = (actor: UserActor): boolean => may(actor, "administer")

export const retentionOf = (reader: Reader): Retention => loadRetention(reader)?.settings ?? RETENTION.standard

/** When the next pass begins by itself; null: never. */
export function nextNight(reader: Reader): Instant | null {
  const kept = loadRetention(reader)
  if (!kept || !removesAnything(kept.settings)) return null
  return nightAfter(tenantTimezone(reader), kept.doneUntil)
}

const named = (reader: Reader, run: RetentionRunRow | null): RunLine | null =>
  run && { ...run, by: run.askedBy === null ? null : nameOf(reader, run.askedBy) }

/** The pass that is under way, and the last one that is over. */
export const runsOf = (reader: Reader): { running: RunLine | null; last: RunLine | null } => ({
  running: named(reader, runningRun(reader)),
  last: named(reader, lastRun(reader)),
})

const LATEST_ERASURES = 20

const erasureLine = (reader: Reader, { names: _, ...row }: ErasureRow): ErasureLine => ({
  ...row,
  by: nameOf(reader, row.askedBy),
})

export const erasuresOf = (reader: Reader): ErasureLine[] =>
  latestErasures(reader, LATEST_ERASURES).map((row) => erasureLine(reader, row))

export function erasureById(reader: Reader, id: Id): ErasureLine | null {
  const row = loadErasure(reader, id)
  return row && erasureLine(reader, row)
}

const MOST_HOLDS = 200
const everyHold = statement((p: { limit: number }) =>
  query
    .selectFrom("hold")
    .leftJoin("conversation as c", "c.id", "hold.conversation")
    .innerJoin("customer", (join) =>
      join.on((row) =>
        row.or([row("customer.id", "=", row.ref("hold.customer")), row("customer.id", "=", row.ref("c.customer"))]),
      ),
    )
    .select(["hold.id", "hold.reason", "hold.setBy", "hold.setAt", "hold.conversation"])
    .select(["c.openedAt", "customer.id as customer"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .orderBy("hold.setAt", "desc")
    .limit(p.limit),
)

/** Every hold of the tenant, the latest first. */
export const holdsOf = (reader: Reader): HoldLine[] =>
  reader.all(everyHold, { limit: MOST_HOLDS }).map((row) => ({
    id: row.id,
    reason: row.reason,
    by: nameOf(reader, row.setBy),
    at: row.setAt,
    title: titleOf(row),
    customer: row.customer,
    conversation: row.conversation,
    openedAt: row.openedAt,
    on: row.conversation === null ? "customer" : "conversation",
  }))

/** Holds on the customer, and on the conversation where there is one; for supervisors and admins alone. */
export function holdMarks(reader: Reader, actor: UserActor, customer: Id, conversation: Id | null): HoldMark[] {
  if (!supervises(actor)) return []
  const places: HoldPlace[] = [{ on: "customer", id: customer }]
  if (conversation !== null) places.push({ on: "conversation", id: conversation })
  return places.flatMap((place) => {
    const row = holdOn(reader, place)
    return row ? [{ id: row.id, on: place.on, reason: row.reason, by: nameOf(reader, row.setBy), at: row.setAt }] : []
  })
}

/** What stands in the way of erasing a customer: conversations that are open, and holds. */
export function obstaclesOf(reader: Reader, customer: Id) {
  return { open: reader.all(openOnes, { customer }), isHeld: isHeld(reader, customer) }
}

const openOnes = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("channel", "channel.id", "c.channel")
    .select(["c.id", "c.state", "c.openedAt", "channel.name as channelName"])
    .where("c.customer", "=", p.customer)
    .where("c.state", "<>", "closed")
    .orderBy("c.id"),
)
