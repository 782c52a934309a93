/** Every counter of a tenant made again from what was recorded: what was kept along the way must be the same. */
import type { Reader } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, madeAt } from "~/kernel/id.ts"
import { tenantTimezone } from "~/tenant/queries.ts"
import { type Tick, ticks } from "../rules/measures.ts"
import { countChange, newPresence } from "../rules/presence.ts"
import { keyOf, type Sum, Sums, type Zones, zoneAt } from "../rules/sums.ts"
import { countAnswer, countEvent, newTally, type Tally } from "../rules/tally.ts"
import { peopleSettled, settledPresence, settledSums } from "../store/settled.ts"
import { type KeptPresence, type KeptTally, keptSums, zonesOf } from "../store.ts"
import {
  changesAfter,
  conversationsAfter,
  eventsAfter,
  isWords,
  messagesOf,
  peopleWithChanges,
  type RecordedEvent,
} from "./recorded.ts"

export type Recounted = {
  sums: Sum[]
  tallies: (KeptTally & { conversation: Id })[]
  presences: KeptPresence[]
}

const AT_ONCE = 1_000

/** `remembers`: closings since then are kept in mind, for they may be taken back. */
export function recounted(reader: Reader, remembers: Instant): Recounted {
  const kept = zonesOf(reader)
  const zones: Zones = kept.length > 0 ? kept : [{ since: 0, timezone: tenantTimezone(reader) }]
  const sums = new Sums(zones)
  sums.addSums(settledSums(reader))
  const tallies: Recounted["tallies"] = []
  for (let after = 0; ; ) {
    const some = conversationsAfter(reader, after, AT_ONCE)
    for (const { id, channel, openedAt } of some) {
      const { kept: one, counted } = countConversation(reader, id, newTally(channel, openedAt))
      for (const tick of counted) sums.add(tick)
      if (one.countedTo > 0 && (one.tally.closing?.at ?? remembers) >= remembers)
        tallies.push({ ...one, conversation: id })
    }
    if (some.length < AT_ONCE) break
    after = some.at(-1)?.id ?? after
  }
  const people = [...new Set([...peopleWithChanges(reader), ...peopleSettled(reader)])].sort((a, b) => a - b)
  const presences = people.map((user) => countPresence(reader, user, zones, sums))
  return { sums: sums.list, tallies, presences }
}

type RecordedMessage = ReturnType<typeof messagesOf>[number]
type Recorded = { id: Id } & ({ event: RecordedEvent } | { message: RecordedMessage })

/** Events and messages in the order in which they were recorded. */
export const countConversation = (reader: Reader, id: Id, first: Tally): Counted =>
  countRecorded(eventsAfter(reader, id, 0), messagesOf(reader, id), first)

type Counted = { kept: KeptTally; counted: Tick[] }

export function countRecorded(
  events: readonly RecordedEvent[],
  messages: readonly RecordedMessage[],
  first: Tally,
): Counted {
  const recorded: Recorded[] = [
    ...events.map((event) => ({ id: event.id, event })),
    ...messages.map((message) => ({ id: message.id, message })),
  ].sort((one, other) => one.id - other.id)
  const counted: Tick[] = []
  const heard: Instant[] = []
  let tally = first
  let countedTo = 0
  for (const one of recorded) {
    if ("event" in one) {
      const { next, ticks: more } = countEvent(tally, one.event.event, one.event.at)
      ;[tally, countedTo] = [next, one.id]
      counted.push(...more)
      continue
    }
    const { next, ticks: more } = countMessage(tally, one.message, heard)
    tally = next
    counted.push(...more)
    if (one.message.direction === "in" && isWords(one.message.kind)) heard.push(one.message.at)
  }
  return { kept: { tally, countedTo }, counted }
}

function countMessage(tally: Tally, message: RecordedMessage, heard: readonly Instant[]) {
  const { direction, kind, author, at, channel } = message
  if (direction === "out" && author !== null) {
    const owed = heard.filter((moment) => moment > (tally.answeredAt ?? 0))
    const owedSince = owed.length === 0 ? null : Math.min(...owed)
    return countAnswer(tally, { author, kind, at, owedSince })
  }
  return {
    next: tally,
    ticks: wordTicks({ direction, kind, channel, isQueued: message.queuedAt !== null }, when(message)),
  }
}

/** What comes is counted when it came to us; what left by another way, when it was noted here. */
const when = ({ id, receivedAt, queuedAt }: RecordedMessage): Instant => receivedAt ?? queuedAt ?? madeAt(id)

/** A message that no person of the tenant wrote here. */
export function wordTicks(
  message: { direction: "in" | "out"; kind: string; channel: Id; isQueued: boolean },
  at: Instant,
): Tick[] {
  const { direction, kind, channel, isQueued } = message
  if (!isWords(kind)) return []
  if (direction === "in") return ticks(at, { channel }, "messages_in")
  return ticks(at, { channel }, isQueued ? "messages_automatic" : "messages_elsewhere")
}

function countPresence(reader: Reader, user: Id, zones: Zones, sums: Sums): KeptPresence {
  let { presence, countedTo } = settledPresence(reader, user) ?? { presence: newPresence(user), countedTo: 0 }
  for (const change of changesAfter(reader, user, countedTo)) {
    const { next, ticks: more } = countChange(zoneAt(zones, change.at), presence, change)
    for (const tick of more) sums.add(tick)
    ;[presence, countedTo] = [next, change.id]
  }
  return { presence, countedTo }
}

/** Where what was kept and what was recorded do not agree, in words; none: all is well. */
export function differences(reader: Reader): string[] {
  const kept = new Map(keptSums(reader).map((sum) => [keyOf(sum), sum.value]))
  const made = new Map(recounted(reader, 0).sums.map((sum) => [keyOf(sum), sum.value]))
  const keys = [...new Set([...kept.keys(), ...made.keys()])].sort()
  return keys
    .filter((key) => kept.get(key) !== made.get(key))
    .map((key) => `${key}: kept ${kept.get(key) ?? 0}, recorded ${made.get(key) ?? 0}`)
}
