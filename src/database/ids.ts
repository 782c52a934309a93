/** Any number of ids as one value of a statement, so that the statement stays the same however many there are. */
import { sql } from "kysely"
import type { Id } from "~/kernel/id.ts"

/** The value for the slot. */
export const idsText = (ids: Iterable<Id>): string => JSON.stringify([...ids])

/** The ids in a slot, for `where(…, "in", …)`. */
export const idsIn = (slot: string) => sql<Id>`(select value from json_each(${slot}))`

/** The same as rows to begin with, `each.value` one of them: whoever joins from them goes through nothing else. */
export const eachId = (slot: string) => sql<{ value: Id }>`json_each(${slot})`.as("each")
