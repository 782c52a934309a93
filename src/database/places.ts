/**
 * Where a row stands in an index of words. Each tenant has a stretch to itself, so that a search begins and ends inside of
 * it; in it the latest comes first, because an index skips forwards fast and backwards slowly (measured: 0.4 to 10 ms).
 */
import { type Expression, sql } from "kysely"
import type { Id } from "~/kernel/id.ts"
import { TENANT_SLOT } from "./slot.ts"

/** Above every id until the year 2163. migrations/0047 knows the figure, too. */
export const STRETCH = 2 ** 50
/** So many stretches fit into SQLite's 63 bits. */
export const MOST_TENANTS = 2 ** 13 - 1

/** Its place, as SQLite reckons it: JavaScript cannot hold one exactly. */
export const placeOf = (tenant: Expression<Id>, id: Expression<Id>) => sql<Id>`${tenant} * ${sql.lit(STRETCH)} - ${id}`

/** The same from a place: whose it is. */
export const tenantAt = (place: Expression<Id>) => sql<Id>`(${place} + ${sql.lit(STRETCH - 1)}) / ${sql.lit(STRETCH)}`

/** A conversation as a word of the index, which begins as none that was said: with a character that has no meaning. */
export const wordOfConversation = (id: Expression<Id>) => sql<string>`char(63743) || ${id}`
export const conversationWord = (id: Id): string => `\uF8FF${id}`

/** The row that has a place of the tenant that asks; a place of nobody's is no row. */
export const idAt = (place: Expression<Id>) => sql<Id>`${TENANT_SLOT} * ${sql.lit(STRETCH)} - ${place}`

/** The place of a row of the tenant that asks. */
export const ownPlaceOf = (id: Expression<Id> | Id) => sql<Id>`${TENANT_SLOT} * ${sql.lit(STRETCH)} - ${id}`
