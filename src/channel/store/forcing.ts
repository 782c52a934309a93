import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, remembered, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { Forced } from "../rules.ts"

const COLUMNS = ["state", "since", "until", "setBy"] as const
const ofChannel = remembered(
  statement((p: { channel: Id }) => query.selectFrom("forcedHours").select(COLUMNS).where("channel", "=", p.channel)),
)
const insert = inserting("forcedHours", ["channel", ...COLUMNS])
const remove = statement((p: { channel: Id }) => query.deleteFrom("forcedHours").where("channel", "=", p.channel))

export const forcedOf = (reader: Reader, channel: Id): Forced | null => reader.one(ofChannel, { channel })

export function saveForced(tx: Tx, channel: Id, forced: Forced | null): void {
  tx.run(remove, { channel })
  if (forced) tx.run(insert, { channel, ...forced })
}
