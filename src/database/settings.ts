/** What the appliance itself remembers: one text per name, in the table `setting`. */
import type { ApplianceReader, ApplianceTx } from "./handles.ts"
import { applianceQuery, applianceStatement } from "./statement.ts"

/** How many kept files the last look found damaged (media/actions/scrubbing.ts). */
export const DAMAGED_SETTING = "damagedFiles"

const byKey = applianceStatement((p: { key: string }) =>
  applianceQuery.selectFrom("setting").select("value").where("key", "=", p.key),
)
const upsert = applianceStatement((p: { key: string; value: string }) =>
  applianceQuery
    .insertInto("setting")
    .values({ key: p.key, value: p.value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: p.value })),
)
const remove = applianceStatement((p: { key: string }) => applianceQuery.deleteFrom("setting").where("key", "=", p.key))

export const readSetting = (reader: ApplianceReader, key: string): string | null =>
  reader.one(byKey, { key })?.value ?? null

export const writeSetting = (tx: ApplianceTx, key: string, value: string): void => void tx.run(upsert, { key, value })

export const removeSetting = (tx: ApplianceTx, key: string): void => void tx.run(remove, { key })
