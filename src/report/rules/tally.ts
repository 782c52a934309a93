/**
 * What a conversation's own history adds to the counters: one event after the other, the same whether it has just
 * happened or is counted again from what was recorded. The written rules stand on the page («What counts?»):
 *  · everything counts when it happens; a time counts when it ends
 *  · a wait begins when the conversation begins to wait for an agent, or is handed to another, and ends when an agent has
 *    it open; offers that pass do not begin it anew; it belongs to whoever took it, and to their skillset
 *  · closed, opened again and closed again is closed once: opening it again takes the first closing back
 *  · what the appliance says by itself is no answer
 */
import type { ConversationFact } from "~/conversation/rules.ts"
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Members, spanTicks, type Tick, ticks } from "./measures.ts"

type Closing = {
  at: Instant
  skillset: Id | null
  owner: Id | null
  reason: Id | null
  isAutomatic: boolean
  isUnanswered: boolean
}

/** Where a conversation stands, as far as counting asks. */
export type Tally = {
  channel: Id
  skillset: Id | null
  owner: Id | null
  openedAt: Instant
  /** Since when it waits for an agent; null: it does not. */
  waitsSince: Instant | null
  /** Since when its owner has it open; null: nobody does. */
  handledSince: Instant | null
  handledFor: Milliseconds
  transfers: number
  isInbound: boolean
  /** When a person last answered. */
  answeredAt: Instant | null
  closing: Closing | null
}

export const newTally = (channel: Id, openedAt: Instant): Tally => ({
  channel,
  skillset: null,
  owner: null,
  openedAt,
  waitsSince: null,
  handledSince: null,
  handledFor: 0,
  transfers: 0,
  isInbound: true,
  answeredAt: null,
  closing: null,
})

/** An event as it is kept; `skillset`: whose the conversation was after it. */
export type Happened = ConversationFact & { skillset?: Id | null }
export type Counted = { next: Tally; ticks: readonly Tick[] }

export function countEvent(before: Tally, event: Happened, at: Instant): Counted {
  const tally = { ...before, skillset: event.skillset === undefined ? before.skillset : event.skillset }
  switch (event.type) {
    case "conversation.opened":
      return opened(tally, event.how, at)
    case "conversation.queued":
      return waits(tally, null, at)
    case "conversation.offered":
      return also(waits(tally, event.agent, at), ticks(at, { ...placeOf(tally), agent: event.agent }, "offered"))
    case "conversation.offer_expired":
      return { next: tally, ticks: ticks(at, { ...placeOf(tally), agent: event.agent }, "missed") }
    case "conversation.declined":
      return { next: tally, ticks: ticks(at, { ...placeOf(tally), agent: event.agent }, "declined") }
    case "conversation.overflowed":
      return { next: tally, ticks: ticks(at, placeOf(tally), "overflowed") }
    case "conversation.transferred":
      return transferred(before, tally, event.toUser, at)
    case "conversation.activated":
      return activated(tally, event.agent, event.how, at)
    case "conversation.parked":
      return parked(tally, event, at)
    case "conversation.handed_over":
      return { next: { ...tally, owner: event.agent }, ticks: [] }
    case "conversation.awaiting_reply":
      return { next: { ...tally, owner: event.agent }, ticks: [] }
    case "conversation.closed":
      return closed(tally, event, at)
    default:
      return { next: tally, ticks: [] }
  }
}

const placeOf = ({ channel, skillset }: Tally): Members => ({ channel, skillset })
const also = ({ next, ticks: first }: Counted, more: readonly Tick[]): Counted => ({ next, ticks: [...first, ...more] })

function opened(tally: Tally, how: "inbound" | "outbound" | "template", at: Instant): Counted {
  const isInbound = how === "inbound"
  const next = { ...tally, openedAt: at, isInbound }
  return { next, ticks: ticks(at, placeOf(next), isInbound ? "opened" : "opened_by_us") }
}

/** Whoever had it in hand has it no more; a wait that has begun goes on. */
function waits(tally: Tally, owner: Id | null, at: Instant): Counted {
  const { next, ticks: all } = leaveHand(tally, at)
  return { next: { ...next, owner, waitsSince: next.waitsSince ?? at }, ticks: all }
}

/** The end of a spell in somebody's hands: it is theirs, however many others there are. */
function leaveHand(tally: Tally, at: Instant): Counted {
  const { handledSince, owner } = tally
  if (handledSince === null) return { next: tally, ticks: [] }
  const length = at - handledSince
  return {
    next: { ...tally, handledSince: null, handledFor: tally.handledFor + length },
    ticks: ticks(at, { ...placeOf(tally), agent: owner }, "hands_ms", length),
  }
}

/** `before` knows whose it was. Out of somebody's hands a new wait begins, the receiver's; else the wait goes on. */
function transferred(before: Tally, tally: Tally, toUser: Id | null, at: Instant): Counted {
  const left = leaveHand(before, at)
  const transfers = before.transfers + 1
  const pingPong = transfers === PING_PONG ? ticks(at, placeOf(before), "ping_pong") : []
  const out = ticks(at, { ...placeOf(before), agent: before.owner }, "transferred")
  const received = ticks(at, { ...placeOf(tally), agent: toUser }, "received")
  return {
    next: { ...left.next, skillset: tally.skillset, transfers, owner: null },
    ticks: [...left.ticks, ...out, ...received, ...pingPong],
  }
}

/** The third handing over of one conversation is told as ping-pong, once. */
export const PING_PONG = 3

function activated(tally: Tally, agent: Id, how: string, at: Instant): Counted {
  const left = leaveHand(tally, at)
  const members = { ...placeOf(tally), agent }
  const waited = tally.waitsSince === null ? [] : spanTicks(at, members, "waited", at - tally.waitsSince)
  const isNew = how === "opened" || how === "taken" || how === "started"
  const again = how === "reopened" && tally.closing ? uncounted(tally, tally.closing) : []
  const reopened = how === "reopened" ? ticks(at, members, "reopened") : []
  return {
    next: { ...left.next, owner: agent, waitsSince: null, handledSince: at, closing: null },
    ticks: [...left.ticks, ...waited, ...(isNew ? ticks(at, members, "taken") : []), ...again, ...reopened],
  }
}

function parked(
  tally: Tally,
  { as, why }: Extract<ConversationFact, { type: "conversation.parked" }>,
  at: Instant,
): Counted {
  const left = leaveHand(tally, at)
  // One that was kept for too long waits on where it is.
  const measure = why === "by_hand" ? "parked" : why === "customer_silent" ? "parked_silent" : null
  const counted = measure === null ? [] : ticks(at, { ...placeOf(tally), agent: tally.owner }, measure)
  return {
    next: { ...left.next, owner: as === "personal" ? tally.owner : null, waitsSince: null },
    ticks: [...left.ticks, ...counted],
  }
}

function closed(
  tally: Tally,
  { how, profiling }: Extract<ConversationFact, { type: "conversation.closed" }>,
  at: Instant,
): Counted {
  const left = leaveHand(tally, at)
  const { skillset, owner } = tally
  const isUnanswered = tally.isInbound && tally.answeredAt === null
  const closing = {
    at,
    skillset,
    owner,
    reason: profiling?.reason ?? null,
    isAutomatic: how === "automatic",
    isUnanswered,
  }
  const next = { ...left.next, waitsSince: null, closing }
  const gaveUp = tally.waitsSince === null ? [] : ticks(at, placeOf(tally), "gave_up")
  return { next, ticks: [...left.ticks, ...gaveUp, ...closingTicks(next, closing, 1)] }
}

const uncounted = (tally: Tally, closing: Closing): Tick[] => closingTicks(tally, closing, -1)

function closingTicks(tally: Tally, closing: Closing, times: 1 | -1): Tick[] {
  const { at, skillset, owner, reason } = closing
  const members = { channel: tally.channel, skillset, agent: owner }
  return [
    ...ticks(at, { ...members, reason }, "closed", times),
    ...(closing.isAutomatic ? ticks(at, members, "closed_automatic", times) : []),
    ...(closing.isUnanswered ? ticks(at, members, "unanswered", times) : []),
    ...(tally.handledFor > 0 ? spanTicks(at, members, "handled", tally.handledFor, times) : []),
    ...spanTicks(at, members, "open", at - tally.openedAt, times),
  ]
}

/** An answer of a person. `owedSince`: the customer's first message that nobody had answered. */
export function countAnswer(
  tally: Tally,
  answer: { author: Id; kind: string; at: Instant; owedSince: Instant | null },
): Counted {
  const { author, kind, at, owedSince } = answer
  const members = { ...placeOf(tally), agent: author }
  const length = owedSince === null ? null : Math.max(0, at - owedSince)
  const isFirst = tally.isInbound && tally.answeredAt === null
  return {
    next: { ...tally, answeredAt: at },
    ticks: [
      ...ticks(at, members, "messages_out"),
      ...(kind === "template" ? ticks(at, members, "templates") : []),
      ...(length === null ? [] : spanTicks(at, members, "response", length)),
      ...(length === null || !isFirst ? [] : spanTicks(at, members, "first_response", length)),
    ],
  }
}
