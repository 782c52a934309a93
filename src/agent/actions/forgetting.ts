import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { deleteChangesBefore } from "../store/forgetting.ts"

export const forgetPresence = (tx: Tx, user: Id, before: Instant): void => deleteChangesBefore(tx, user, before)
