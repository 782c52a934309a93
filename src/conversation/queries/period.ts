/** Which time a list of conversations is about, and where the words of a search are looked for in it. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { endOfDay, startOfDay, wallAt } from "~/hours/rules/zone.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { ListAsk } from "~/kernel/list.ts"
import type { SaidAsk } from "~/message/queries/said.ts"
import { OWN_HISTORY_DAYS } from "../rules/list.ts"

/** An agent's own list, by the days of the tenant's calendar. */
export type Whose = { user: Id; zone: string }

/** Days of the address as moments of the zone. */
export function period(
  zone: string,
  { from, until }: ListAsk["filters"],
): { from: Instant | null; until: Instant | null } {
  return {
    from: from ? startOfDay(zone, String(from[0])) : null,
    until: until ? endOfDay(zone, String(until[0])) : null,
  }
}

/** The first moment of the first day that an agent looks back to. */
export function ownHistoryFrom(reader: Reader, zone: string): Instant {
  const day = new Date(wallAt(zone, reader.now - days(OWN_HISTORY_DAYS))).toISOString().slice(0, 10)
  return startOfDay(zone, day) ?? reader.now - days(OWN_HISTORY_DAYS)
}

/** Where the words of the search are to be looked for: said in the period that the list is about. */
export const saidInTenant = (zone: string, { words, filters }: ListAsk): Omit<SaidAsk, "search"> => ({
  ...period(zone, filters),
  called: words,
})
export function saidInOwn(reader: Reader, { user, zone }: Whose, { words }: ListAsk): Omit<SaidAsk, "search"> {
  const since = ownHistoryFrom(reader, zone)
  const openedFrom = reader.one(earliest, { owner: user, since })?.openedAt ?? since
  return { closed: { owner: user, since, openedFrom }, called: words }
}

const earliest = statement((p: { owner: Id; since: Instant }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.min<Instant | null>("openedAt").as("openedAt"))
    .where("state", "=", "closed")
    .where("owner", "=", p.owner)
    .where("closedAt", ">=", p.since),
)

const closing = statement((p: { id: Id }) =>
  query.selectFrom("conversation").select(["owner", "closedAt"]).where("id", "=", p.id),
)

/** Whether an agent's own history has it: what is older is for supervisors. */
export function isInOwnHistory(reader: Reader, { user, zone }: Whose, id: Id): boolean {
  const row = reader.one(closing, { id })
  return row?.owner === user && row.closedAt !== null && row.closedAt >= ownHistoryFrom(reader, zone)
}
