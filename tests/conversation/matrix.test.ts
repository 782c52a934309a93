import { describe, expect, test } from "bun:test"
import * as assigning from "~/conversation/rules/assigning.ts"
import type { Result } from "~/conversation/rules/common.ts"
import * as leaving from "~/conversation/rules/leaving.ts"
import { leaveMenu, receive } from "~/conversation/rules/receiving.ts"
import * as transferring from "~/conversation/rules/transferring.ts"
import { type Conversation, slotHolderOf } from "~/conversation/rules.ts"
import { hours, minutes } from "~/kernel/clock.ts"

/** Every state × every verb has a decided answer: the state it leads to, or the refusal's key. */
const NOW = Date.UTC(2026, 0, 5, 10)
const [ANNA, MARCO, SUPERVISOR, SALES, SERVICE] = [11, 12, 13, 21, 22]

const common = {
  ...{ id: 1, customer: 2, channel: 3, skillset: SALES, priority: 0, openedAt: NOW - minutes(20) },
  ...{ stateSince: NOW - minutes(5), waitingSince: NOW - minutes(9), windowEndsAt: NOW + hours(20) },
  ...{ lastInboundAt: NOW - minutes(10), lastOutboundAt: NOW - minutes(6), unreadCount: 0, unreadSince: null },
  ...{ version: 4, joined: 0 },
}
const forAnybody = { targetUser: null, exclusive: false }
const states = {
  menu: { ...common, state: "menu", skillset: null, waitingSince: null },
  queued: { ...common, state: "queued", targetUser: null, exclusive: false },
  "queued for Anna": { ...common, state: "queued", targetUser: ANNA, exclusive: true },
  "offered to Anna": { ...common, ...forAnybody, state: "offered", owner: ANNA, offeredUntil: NOW + minutes(1) },
  "offer to Anna over": { ...common, ...forAnybody, state: "offered", owner: ANNA, offeredUntil: NOW },
  "active with Anna": { ...common, state: "active", owner: ANNA },
  "parked publicly": { ...common, state: "parked", parkedAs: "public" },
  "parked by Anna": { ...common, state: "parked", parkedAs: "personal", owner: ANNA },
  "awaiting Anna's reply": { ...common, state: "awaiting_reply", owner: ANNA },
  closed: { ...common, state: "closed", owner: ANNA, closedBy: ANNA, closedAt: NOW - minutes(1) },
} satisfies Record<string, Conversation>
type StateName = keyof typeof states

const by = (user: number) => ({ user, supervises: user === SUPERVISOR })
const policy = {
  offerTimeout: minutes(3),
  customerSilence: { after: minutes(5), parkAs: "public" as const },
  closeParkedAfter: minutes(60),
  remindBeforeWindowEnds: null,
  priorityStep: minutes(2),
  overflow: () => [],
}
const present = { present: true, readyOrLooking: true }
const absent = { present: false, readyOrLooking: false }
const toMarco = { to: "user", user: MARCO, until: NOW + minutes(3), note: null } as const
const toAnna = { to: "user", user: ANNA, until: NOW + minutes(3), note: null } as const
const toService = { to: "skillset", skillset: SERVICE, note: null } as const

const verbs: Record<string, (c: Conversation) => Result> = {
  "customer writes": (c) => receive(c, NOW, present, NOW),
  "customer writes, owner absent": (c) => receive(c, NOW, absent, NOW),
  "menu chooses": (c) => leaveMenu(c, SERVICE, 2, NOW),
  "offer to Anna": (c) => assigning.offer(c, { agent: ANNA, until: NOW + minutes(3), reason: null }, NOW),
  "offer to Marco": (c) => assigning.offer(c, { agent: MARCO, until: NOW + minutes(3), reason: null }, NOW),
  "Anna opens": (c) => assigning.open(c, ANNA, NOW),
  "Marco opens": (c) => assigning.open(c, MARCO, NOW),
  "Marco takes": (c) => assigning.take(c, MARCO, false, NOW),
  "Marco takes, owner gone": (c) => assigning.take(c, MARCO, true, NOW),
  "offer expires": (c) => assigning.expireOffer(c, NOW),
  "agent gone": (c) => assigning.withdrawOffer(c, NOW),
  "Anna transfers to Marco": (c) => transferring.transfer(c, by(ANNA), { ...toMarco, mode: "immediate" }, NOW),
  "Anna transfers to Marco only": (c) => transferring.transfer(c, by(ANNA), { ...toMarco, mode: "exclusive" }, NOW),
  "Anna transfers to Service": (c) => transferring.transfer(c, by(ANNA), { ...toService, mode: "immediate" }, NOW),
  "Anna transfers to Service only": (c) => transferring.transfer(c, by(ANNA), { ...toService, mode: "exclusive" }, NOW),
  "Anna transfers to herself": (c) => transferring.transfer(c, by(ANNA), { ...toAnna, mode: "immediate" }, NOW),
  "Marco transfers": (c) => transferring.transfer(c, by(MARCO), { ...toService, mode: "immediate" }, NOW),
  "supervisor transfers": (c) => transferring.transfer(c, by(SUPERVISOR), { ...toService, mode: "immediate" }, NOW),
  "Anna parks publicly": (c) => leaving.park(c, by(ANNA), "public", NOW),
  "Anna parks personally": (c) => leaving.park(c, by(ANNA), "personal", NOW),
  "Marco parks": (c) => leaving.park(c, by(MARCO), "public", NOW),
  "Anna unparks": (c) => leaving.unpark(c, by(ANNA), NOW),
  "Marco unparks": (c) => leaving.unpark(c, by(MARCO), NOW),
  "customer silent": (c) => leaving.parkSilent(c, policy, NOW),
  "Anna closes": (c) => leaving.close(c, by(ANNA), 0, NOW),
  "Marco closes": (c) => leaving.close(c, by(MARCO), 0, NOW),
  "supervisor closes": (c) => leaving.close(c, by(SUPERVISOR), 0, NOW),
  "appliance closes": (c) => leaving.close(c, null, null, NOW),
  "Anna reopens": (c) => leaving.reopen(c, ANNA, NOW),
  "exclusive wait ends": (c) => transferring.endExclusive(c, "exclusive_ended", NOW),
  "owner absent too long": (c) => leaving.returnToQueue(c, "owner_absent", NOW),
}

/** In the order of `states`; `=` stays as it is, `→ x` leads to x, anything else is the refusal's key. */
const STALE = "timer.stale"
const ANOTHER = "conversation.owned_by_another"
const matrix: Record<
  keyof typeof verbs,
  readonly [string, string, string, string, string, string, string, string, string, string]
> = {
  "customer writes": [
    "→ menu",
    "→ queued",
    "→ queued",
    "→ offered",
    "→ offered",
    "→ active",
    "→ queued",
    "→ active",
    "→ active",
    "conversation.closed_already",
  ],
  "customer writes, owner absent": [
    "→ menu",
    "→ queued",
    "→ queued",
    "→ offered",
    "→ offered",
    "→ active",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.closed_already",
  ],
  "menu chooses": ["→ queued", STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "offer to Anna": [
    "conversation.is_menu",
    "→ offered",
    "→ offered",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "offer to Marco": [
    "conversation.is_menu",
    "→ offered",
    "conversation.waits_for_another",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna opens": [
    "conversation.is_menu",
    "conversation.offer_expired",
    "conversation.offer_expired",
    "→ active",
    "conversation.offer_expired",
    "=",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Marco opens": [
    "conversation.is_menu",
    "conversation.offer_expired",
    "conversation.offer_expired",
    "conversation.offered_to_another",
    "conversation.offered_to_another",
    ANOTHER,
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Marco takes": [
    "→ active",
    "→ active",
    "conversation.waits_for_another",
    "conversation.offered_to_another",
    "conversation.offered_to_another",
    ANOTHER,
    "→ active",
    ANOTHER,
    ANOTHER,
    "conversation.closed_already",
  ],
  "Marco takes, owner gone": [
    "→ active",
    "→ active",
    "conversation.waits_for_another",
    "conversation.offered_to_another",
    "conversation.offered_to_another",
    "→ active",
    "→ active",
    ANOTHER,
    ANOTHER,
    "conversation.closed_already",
  ],
  "offer expires": [STALE, STALE, STALE, STALE, "→ queued", STALE, STALE, STALE, STALE, STALE],
  "agent gone": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ queued",
    "→ queued",
    "conversation.is_active",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna transfers to Marco": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ offered",
    "→ offered",
    "→ offered",
    "conversation.is_parked",
    "→ offered",
    "→ offered",
    "conversation.closed_already",
  ],
  "Anna transfers to Marco only": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.is_parked",
    "→ queued",
    "→ queued",
    "conversation.closed_already",
  ],
  "Anna transfers to Service": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.is_parked",
    "→ queued",
    "→ queued",
    "conversation.closed_already",
  ],
  "Anna transfers to Service only": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.is_parked",
    "→ queued",
    "→ queued",
    "conversation.closed_already",
  ],
  "Anna transfers to herself": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "transfer.to_the_owner",
    "transfer.to_the_owner",
    "transfer.to_the_owner",
    "conversation.is_parked",
    "transfer.to_the_owner",
    "transfer.to_the_owner",
    "conversation.closed_already",
  ],
  "Marco transfers": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    ANOTHER,
    ANOTHER,
    ANOTHER,
    "conversation.is_parked",
    ANOTHER,
    ANOTHER,
    "conversation.closed_already",
  ],
  "supervisor transfers": [
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.closed_already",
  ],
  "Anna parks publicly": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "→ parked",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna parks personally": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "→ parked",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Marco parks": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    ANOTHER,
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna unparks": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "→ active",
    "→ active",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Marco unparks": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "→ active",
    ANOTHER,
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "customer silent": [STALE, STALE, STALE, STALE, STALE, "→ parked", STALE, STALE, STALE, STALE],
  "Anna closes": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ closed",
    "→ closed",
    "→ closed",
    "conversation.is_parked",
    "→ closed",
    "→ closed",
    "conversation.closed_already",
  ],
  "Marco closes": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    ANOTHER,
    ANOTHER,
    ANOTHER,
    "conversation.is_parked",
    ANOTHER,
    ANOTHER,
    "conversation.closed_already",
  ],
  "supervisor closes": [
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "conversation.closed_already",
  ],
  "appliance closes": [
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "→ closed",
    "conversation.closed_already",
  ],
  "Anna reopens": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "→ active",
  ],
  "exclusive wait ends": [STALE, STALE, "→ queued", STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "owner absent too long": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "→ queued",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
}

describe("every state has an answer to every verb", () => {
  for (const [verb, act] of Object.entries(verbs)) {
    test(verb, () => {
      const answers = Object.values(states).map((state) => answerOf(state, act(state)))
      expect(answers).toEqual([...(matrix[verb] ?? [])])
    })
  }
  test("the matrix decides as many verbs as there are", () => {
    expect(Object.keys(matrix)).toEqual(Object.keys(verbs))
  })
})

describe("what every step keeps", () => {
  const steps = Object.entries(verbs).flatMap(([verb, act]) =>
    Object.entries(states).flatMap(([name, before]) => {
      const result = act(before)
      return "refused" in result ? [] : [{ what: `${name}: ${verb}`, before, result }]
    }),
  )
  test("whoever it is, customer, channel and opening stay", () => {
    expect(steps.length).toBeGreaterThan(60)
    for (const { before, result } of steps) {
      const { id, customer, channel, openedAt } = before
      expect(result.next).toMatchObject({ id, customer, channel, openedAt })
    }
  })
  test("a change of state says when it began, and is told", () => {
    for (const { what, before, result } of steps.filter(({ before, result }) => before.state !== result.next.state)) {
      expect([what, result.next.stateSince]).toEqual([what, NOW])
      expect([what, result.facts.length > 0]).toEqual([what, true])
      expect(result.facts.every((fact) => fact.conversation === before.id)).toBe(true)
    }
  })
  test("only offered and active hold a slot", () => {
    const holders = (Object.keys(states) as StateName[]).filter((name) => slotHolderOf(states[name]) !== null)
    expect(holders).toEqual(["offered to Anna", "offer to Anna over", "active with Anna"])
  })
})

describe("waiting time", () => {
  test("an expired offer keeps its place in the queue", () => {
    const result = assigning.expireOffer(states["offer to Anna over"], NOW)
    expect(result).toMatchObject({ next: { state: "queued", waitingSince: common.waitingSince } })
  })
  test("a publicly parked conversation returns with its old waiting time", () => {
    const result = receive(states["parked publicly"], NOW, null, NOW)
    expect(result).toMatchObject({ next: { state: "queued", waitingSince: common.waitingSince } })
  })
  test("a transfer begins a new wait", () => {
    const result = verbs["Anna transfers to Service"]?.(states["active with Anna"])
    expect(result).toMatchObject({ next: { waitingSince: NOW, skillset: SERVICE } })
  })
})

describe("closing", () => {
  test("a message that has just arrived stops it", () => {
    const unread = { ...states["active with Anna"], unreadCount: 1 }
    expect(leaving.close(unread, by(ANNA), 0, NOW)).toEqual({ refused: "conversation.new_message" })
    expect(leaving.close(unread, by(ANNA), 1, NOW)).toMatchObject({ next: { state: "closed", closedBy: ANNA } })
  })
  test("the second one hears who closed it and when", () => {
    const refusal = leaving.close(states.closed, by(MARCO), 0, NOW)
    expect(refusal).toEqual({ refused: "conversation.closed_already", detail: { by: ANNA, at: NOW - minutes(1) } })
  })
})

describe("silence", () => {
  test("it is never the customer's while we owe an answer", () => {
    const owing = { ...states["active with Anna"], lastInboundAt: NOW - minutes(5), lastOutboundAt: NOW - minutes(8) }
    expect(leaving.parkSilent(owing, policy, NOW)).toEqual({ refused: STALE })
  })
  test("it is not over before its time", () => {
    const young = { ...states["active with Anna"], lastOutboundAt: NOW - minutes(4) }
    expect(leaving.parkSilent(young, policy, NOW)).toEqual({ refused: STALE })
  })
})

function answerOf(before: Conversation, result: Result): string {
  if ("refused" in result) return result.refused
  return result.next === before ? "=" : `→ ${result.next.state}`
}
