import type { Tx } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { CalendarDay } from "~/hours/rules/calendar.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { updateChannel } from "../actions.ts"
import { withHolidays } from "../rules/holiday-import.ts"
import { loadChannel } from "../store.ts"

/** Puts what is new of a year's holidays into the hours of each number; answers how many numbers are otherwise now. */
export function addHolidays(tx: Tx, secrets: Secrets, channels: readonly Id[], days: readonly CalendarDay[]): number {
  const changed = [...new Set(channels)].filter((id) => {
    const { hours } = found(loadChannel(tx, id))
    return updateChannel(tx, secrets, id, { hours: withHolidays(hours, days) })
  })
  return changed.length
}
