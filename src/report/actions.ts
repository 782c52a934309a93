/** Counting as things happen: every reaction counts what was recorded since it last looked, in the order of recording. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { readContent } from "~/message/rules/content.ts"
import { loadMessage } from "~/message/store.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import { changesAfter, eventsAfter, owedSince, placeOf } from "./queries/recorded.ts"
import { wordTicks } from "./queries/recounted.ts"
import { type Tick, ticks } from "./rules/measures.ts"
import { countChange, newPresence } from "./rules/presence.ts"
import { countAnswer, countEvent, newTally } from "./rules/tally.ts"
import { count, type KeptTally, loadPresence, loadTally, savePresence, saveTally } from "./store.ts"

/** Something happened to a conversation. */
export function countEvents(tx: Tx, conversation: Id): void {
  const before = tallyOf(tx, conversation)
  const { kept, counted } = followed(tx, conversation, before)
  if (kept === before) return
  saveTally(tx, conversation, kept)
  count(tx, counted)
}

/** The customer wrote. */
export const countInbound = (tx: Tx, channel: Id): void => count(tx, ticks(tx.now, { channel }, "messages_in"))

/** A message of ours waits to leave; one that is sent again was counted before. */
export function countOutbound(tx: Tx, id: Id): void {
  const { conversation, channel, author, kind, at, content, direction } = found(loadMessage(tx, id))
  if (readContent(content).attempts) return
  if (author === null) {
    count(tx, wordTicks({ direction, kind, channel, isQueued: true }, tx.now))
    return
  }
  const { kept, counted } = followed(tx, conversation, tallyOf(tx, conversation))
  const owed = owedSince(tx, conversation, kept.tally.answeredAt ?? 0)
  const answered = countAnswer(kept.tally, { author, kind, at, owedSince: owed })
  saveTally(tx, conversation, { ...kept, tally: answered.next })
  count(tx, [...counted, ...answered.ticks])
}

/** Said beside a conversation: by ourselves elsewhere, or while nobody has to answer. */
export function countAside(tx: Tx, id: Id): void {
  const { channel, kind, direction } = found(loadMessage(tx, id))
  count(tx, wordTicks({ direction, kind, channel, isQueued: false }, tx.now))
}

/** An agent's status or connection is another one now. */
export function countPresence(tx: Tx, user: Id): void {
  const before = loadPresence(tx, user) ?? { presence: newPresence(user), countedTo: 0 }
  let { presence, countedTo } = before
  const counted: Tick[] = []
  for (const change of changesAfter(tx, user, countedTo)) {
    const one = countChange(tenantTimezone(tx), presence, change)
    counted.push(...one.ticks)
    ;[presence, countedTo] = [one.next, change.id]
  }
  if (countedTo === before.countedTo) return
  savePresence(tx, { presence, countedTo })
  count(tx, counted)
}

function tallyOf(tx: Tx, conversation: Id): KeptTally {
  const kept = loadTally(tx, conversation)
  if (kept) return kept
  const { channel, openedAt } = found(placeOf(tx, conversation))
  return { tally: newTally(channel, openedAt), countedTo: 0 }
}

function followed(tx: Tx, conversation: Id, before: KeptTally): { kept: KeptTally; counted: Tick[] } {
  const counted: Tick[] = []
  let kept = before
  for (const { id, at, event } of eventsAfter(tx, conversation, before.countedTo)) {
    const { next, ticks: more } = countEvent(kept.tally, event, at)
    counted.push(...more)
    kept = { tally: next, countedTo: id }
  }
  return { kept, counted }
}
