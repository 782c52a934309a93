/** The list "On the wire": every call and webhook of late, for the page and for tests, and who wants to know of news. */
import type { Clock, Instant } from "~/kernel/clock.ts"
import type { FaultKind } from "./faults.ts"

/** What one line of the list is about; the page words it. */
export type WireSubject =
  | { about: "message"; type: string }
  | { about: "status"; status: string }
  | { about: "other"; field: string }
  | { about: "send"; type: string }
  | { about: "receipt" }
  | { about: "typing" }
  | { about: "call"; method: string; path: string }

export type WireEntry = {
  order: number
  at: Instant
  /** `in`: a webhook to the product; `out`: a call of the product. */
  direction: "in" | "out"
  subject: WireSubject
  who: string | null
  /** HTTP status of the answer; null when there was none. */
  status: number | null
  /** Meta's error code, when the call was refused. */
  code: number | null
  fault: FaultKind | null
  /** 1 for the first delivery of a webhook; more when it is a repetition. */
  attempt: number
}

/** What changed, so that a page fetches only that again: a customer's id, or one of the lists. */
export type Topic = { changed: "phone"; customerId: string } | { changed: "phones" | "wire" | "controls" }

export type Wire = {
  entries: WireEntry[]
  note(entry: Omit<WireEntry, "order" | "at">): void
  tell(topic: Topic): void
  /** Calls `hear` at every news until the returned function is called. */
  subscribe(hear: (topic: Topic) => void): () => void
}

const ENTRIES_KEPT = 200

export function createWire(clock: Clock): Wire {
  const hearers = new Set<(topic: Topic) => void>()
  let order = 0
  const wire: Wire = {
    entries: [],
    note(entry) {
      order += 1
      wire.entries.push({ order, at: clock.now(), ...entry })
      if (wire.entries.length > ENTRIES_KEPT) wire.entries.shift()
      wire.tell({ changed: "wire" })
    },
    tell(topic) {
      for (const hear of hearers) hear(topic)
    },
    subscribe(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
  }
  return wire
}
