/** How counters are kept: sums by place in time, written once a commit; and how far each history is counted. */
import type { Gathering, Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ReportTallyRow } from "~/database/tables.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { Tick } from "./rules/measures.ts"
import { type Sum, Sums, type Zones } from "./rules/sums.ts"
import type { Tally } from "./rules/tally.ts"
import { addingTo, presencesIn } from "./store/keeping.ts"

export type { KeptPresence } from "./store/keeping.ts"

const zoneRows = statement(() => query.selectFrom("reportZone").selectAll().orderBy("since"))
const clocks = statement(() => query.selectFrom("tenantProfile").select("timezone"))
const addZone = inserting("reportZone", ["since", "timezone"])

/** What scripts count; written by one of them for all of a commit. */
const COUNTING: Gathering<readonly Tick[]> = {
  write(tx, gathered) {
    const sums = new Sums(keptZones(tx))
    for (const all of gathered) for (const tick of all) sums.add(tick)
    writeSums(tx, sums.list)
  },
}

export const count = (tx: Tx, ticks: readonly Tick[]): void => {
  if (ticks.length > 0) tx.gather(COUNTING, ticks)
}

export const writeSums = addingTo("reportCounter")

/** The tenant's clocks; a change of them is noted when it is first counted by. */
export function keptZones(tx: Tx): Zones {
  const zones = zonesOf(tx)
  const timezone = clocksOf(tx)
  if (zones.at(-1)?.timezone === timezone) return zones
  const next = { since: zones.length === 0 ? 0 : tx.now, timezone }
  tx.run(addZone, next)
  return [...zones, next]
}

const clocksOf = (reader: Reader): string => found(reader.one(clocks)).timezone

export const zonesOf = (reader: Reader): Zones => reader.all(zoneRows)

const tallyOf = statement((p: { conversation: Id }) =>
  query.selectFrom("reportTally").selectAll().where("conversation", "=", p.conversation),
)
const TALLY = ["conversation", "countedTo", "closedAt", "tally"] as const
const keepTally = statement((_: ReportTallyRow) =>
  query
    .insertInto("reportTally")
    .values(slotRow(TALLY))
    .onConflict((conflict) =>
      conflict.column("conversation").doUpdateSet((row) => ({
        countedTo: row.ref("excluded.countedTo"),
        closedAt: row.ref("excluded.closedAt"),
        tally: row.ref("excluded.tally"),
      })),
    ),
)
const forget = statement((p: { before: Instant }) =>
  query.deleteFrom("reportTally").where("closedAt", "is not", null).where("closedAt", "<", p.before),
)

export type KeptTally = { tally: Tally; countedTo: Id }

export function loadTally(reader: Reader, conversation: Id): KeptTally | null {
  const row = reader.one(tallyOf, { conversation })
  return row && { tally: JSON.parse(row.tally) as Tally, countedTo: row.countedTo }
}

/** Long enough for every closing that may still be taken back. */
export const REMEMBERED = days(30)

/** What is over for good is forgotten while others are kept. */
export function saveTally(tx: Tx, conversation: Id, kept: KeptTally): void {
  saveTallyAgain(tx, conversation, kept)
  if (kept.tally.closing !== null) tx.run(forget, { before: tx.now - REMEMBERED })
}

export function saveTallyAgain(tx: Tx, conversation: Id, { tally, countedTo }: KeptTally): void {
  const closedAt = tally.closing?.at ?? null
  tx.run(keepTally, { conversation, countedTo, closedAt, tally: JSON.stringify(tally) })
}

export const { load: loadPresence, save: savePresence } = presencesIn("reportPresence")

const everyCounter = statement(() => query.selectFrom("reportCounter").selectAll().orderBy("grain"))
const dropCounters = statement(() => query.deleteFrom("reportCounter"))
const dropTallies = statement(() => query.deleteFrom("reportTally"))
const dropPresences = statement(() => query.deleteFrom("reportPresence"))

export const keptSums = (reader: Reader): Sum[] => reader.all(everyCounter).filter(({ value }) => value !== 0)

export function dropEverything(tx: Tx): void {
  tx.run(dropCounters)
  tx.run(dropTallies)
  tx.run(dropPresences)
}
