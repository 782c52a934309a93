import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"
import { deleteNoticesAbout, deleteNoticesBefore } from "../store/forgetting.ts"

export const forgetNoticesAbout = (tx: Tx, conversation: Id): void => deleteNoticesAbout(tx, conversation)

export const forgetOldNotices = (tx: Tx, before: Instant, most: number): void =>
  deleteNoticesBefore(tx, firstIdAt(before), most)
