import type { Reader, Tx } from "~/database/handles.ts"
import { query, remembered, slotRow, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Findings } from "../rules/findings.ts"
import { HEARING_KEPT, type Hearing, hourOf } from "../rules/health.ts"

const heardIn = remembered(
  statement((p: { channel: Id; hour: Instant }) =>
    query.selectFrom("channelHeard").select("at").where("channel", "=", p.channel).where("hour", "=", p.hour),
  ),
)
const hear = statement((p: { channel: Id; hour: Instant; at: Instant }) =>
  query
    .insertInto("channelHeard")
    .values(slotRow(["channel", "hour", "at"] as const))
    .onConflict((conflict) => conflict.doUpdateSet({ at: p.at })),
)
const forgetBefore = statement((p: { channel: Id; hour: Instant }) =>
  query.deleteFrom("channelHeard").where("channel", "=", p.channel).where("hour", "<", p.hour),
)
const hearing = statement((p: { channel: Id }) =>
  query.selectFrom("channelHeard").select(["hour", "at"]).where("channel", "=", p.channel).orderBy("hour"),
)
const verify = statement((p: { channel: Id; verifiedAt: Instant }) =>
  query
    .updateTable("channel")
    .set(slotRow(["verifiedAt"] as const))
    .where("id", "=", p.channel),
)
const verified = statement((p: { channel: Id }) =>
  query.selectFrom("channel").select("verifiedAt").where("id", "=", p.channel),
)
const check = statement((p: { channel: Id }) =>
  query.selectFrom("channelCheck").select(["at", "findings"]).where("channel", "=", p.channel),
)
const keep = statement((p: { channel: Id; at: Instant; findings: string }) =>
  query
    .insertInto("channelCheck")
    .values(slotRow(["channel", "at", "findings"] as const))
    .onConflict((conflict) => conflict.doUpdateSet({ at: p.at, findings: p.findings })),
)
const forgetCheck = statement((p: { channel: Id }) => query.deleteFrom("channelCheck").where("channel", "=", p.channel))
const forgetHeard = statement((p: { channel: Id }) => query.deleteFrom("channelHeard").where("channel", "=", p.channel))

/** When it was last heard in that hour; null: not yet. */
export const heardAt = (reader: Reader, channel: Id, at: Instant): Instant | null =>
  reader.one(heardIn, { channel, hour: hourOf(at) })?.at ?? null

export function saveHeard(tx: Tx, channel: Id): void {
  tx.run(hear, { channel, hour: hourOf(tx.now), at: tx.now })
  tx.run(forgetBefore, { channel, hour: hourOf(tx.now - HEARING_KEPT) })
}

export function hearingOf(reader: Reader, channel: Id): Hearing {
  const rows = reader.all(hearing, { channel })
  return { lastAt: rows.at(-1)?.at ?? null, hours: rows.map(({ hour }) => hour) }
}

export const saveVerified = (tx: Tx, channel: Id): void => void tx.run(verify, { channel, verifiedAt: tx.now })

export const verifiedAtOf = (reader: Reader, channel: Id): Instant | null =>
  reader.one(verified, { channel })?.verifiedAt ?? null

export function checkOf(reader: Reader, channel: Id): { at: Instant; findings: Findings } | null {
  const row = reader.one(check, { channel })
  return row && { at: row.at, findings: JSON.parse(row.findings) as Findings }
}

export const saveCheck = (tx: Tx, channel: Id, findings: Findings): void =>
  void tx.run(keep, { channel, at: tx.now, findings: JSON.stringify(findings) })

export const dropCheck = (tx: Tx, channel: Id): void => void tx.run(forgetCheck, { channel })

export const dropHealth = (tx: Tx, channel: Id): void => {
  tx.run(forgetCheck, { channel })
  tx.run(forgetHeard, { channel })
}
