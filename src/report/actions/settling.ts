/** What is about to be removed has been counted: its share is set apart, so that the counters hold without it. */
import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { changesAfter, placeOf } from "../queries/recorded.ts"
import { countConversation } from "../queries/recounted.ts"
import { countChange, newPresence } from "../rules/presence.ts"
import { Sums, zoneAt } from "../rules/sums.ts"
import { newTally } from "../rules/tally.ts"
import { addSettled, dropTally, saveSettledPresence, settledPresence } from "../store/settled.ts"
import { keptZones } from "../store.ts"

/** To be called before anything of the conversation goes. */
export function settleConversation(tx: Tx, conversation: Id): void {
  const place = placeOf(tx, conversation)
  if (!place) return
  const sums = new Sums(keptZones(tx))
  for (const tick of countConversation(tx, conversation, newTally(place.channel, place.openedAt)).counted)
    sums.add(tick)
  addSettled(tx, sums.list)
  dropTally(tx, conversation)
}

/** The same of what an agent's presence was until `before`. */
export function settlePresence(tx: Tx, user: Id, before: Instant): void {
  const zones = keptZones(tx)
  const sums = new Sums(zones)
  const kept = settledPresence(tx, user) ?? { presence: newPresence(user), countedTo: 0 }
  let { presence, countedTo } = kept
  for (const change of changesAfter(tx, user, countedTo)) {
    if (change.at >= before) break
    const { next, ticks } = countChange(zoneAt(zones, change.at), presence, change)
    for (const tick of ticks) sums.add(tick)
    ;[presence, countedTo] = [next, change.id]
  }
  if (countedTo === kept.countedTo) return
  addSettled(tx, sums.list)
  saveSettledPresence(tx, { presence, countedTo })
}
