/** What is sent by mail, the oldest first. */
import type { Reader } from "~/database/handles.ts"
import type { Schedule } from "../rules/schedule.ts"
import { schedulesOf } from "../store/schedules.ts"
import { filterNamesOf } from "./report.ts"

/** `filterNames`: null where one is not there any more. */
export type ShownSchedule = Schedule & { filterNames: readonly (string | null)[] }

export const shownSchedules = (reader: Reader): ShownSchedule[] =>
  schedulesOf(reader).map((one) => ({ ...one, filterNames: filterNamesOf(reader, one.filters) }))
