/** What is asked about places: those that may be sent in a conversation, and how far they are from the customer. */
import { conversationFor } from "~/conversation/queries/known.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { placeOf, readContent } from "~/message/rules/content.ts"
import { type Coordinates, kilometresBetween, type Location } from "./rules.ts"
import { allLocations } from "./store.ts"

/** `kilometres` from where the customer said they are; null where they did not. */
export type NearbyLocation = Location & { kilometres: number | null }

const lastShared = statement((p: { conversation: Id; since: Instant }) =>
  query
    .selectFrom("message")
    .select("content")
    .where("conversation", "=", p.conversation)
    .where("at", ">=", p.since)
    .where("direction", "=", "in")
    .where("kind", "=", "location")
    .orderBy("at", "desc")
    .limit(1),
)

/** The tenant's places, the nearest first where it is known; «not found» as the conversation's screen. */
export function locationsFor(
  reader: Reader,
  actor: UserActor,
  conversation: Id,
): { shared: Coordinates | null; locations: NearbyLocation[] } {
  found(conversationFor(reader, actor, conversation))
  const last = reader.one(lastShared, { conversation, since: reader.now - days(1) })
  const shared = last && placeOf(readContent(last.content))
  const locations = allLocations(reader).map((location) => ({
    ...location,
    kilometres: shared && kilometresBetween(shared, location),
  }))
  return { shared, locations: locations.sort((a, b) => (a.kilometres ?? 0) - (b.kilometres ?? 0)) }
}
