import type { Tx } from "~/database/handles.ts"
import type { Reseal } from "~/database/secrets.ts"
import { SECRET_COLUMNS, secretPlace } from "../rules.ts"
import { everySealed, saveSealed } from "../store/sealed.ts"

/** Every channel's secrets, under another key. */
export function resealChannels(tx: Tx, reseal: Reseal): void {
  for (const row of everySealed(tx)) {
    const next = SECRET_COLUMNS.map((column) => [column, reseal(row[column], secretPlace(row.phoneNumberId, column))])
    saveSealed(tx, { ...row, ...Object.fromEntries(next) })
  }
}
