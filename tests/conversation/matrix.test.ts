import { describe, expect, test } from "bun:test"
import * as assigning from "~/conversation/rules/assigning.ts"
import type { Result } from "~/conversation/rules/common.ts"
import * as keeping from "~/conversation/rules/keeping.ts"
import * as leaving from "~/conversation/rules/leaving.ts"
import { mayServe } from "~/conversation/rules/policy.ts"
import { leaveMenu, letIn, receive } from "~/conversation/rules/receiving.ts"
import * as transferring from "~/conversation/rules/transferring.ts"
import { type Conversation, type ConversationPolicy, deadlines, slotHolderOf } from "~/conversation/rules.ts"
import type { UserActor } from "~/facts.ts"
import { hours, minutes } from "~/kernel/clock.ts"

/** Every state × every verb has a decided answer: the state it leads to, or the refusal's key. */
const NOW = Date.UTC(2026, 0, 5, 10)
const ANNA = 11
const MARCO = 12
const SUPERVISOR = 13
const SALES = 21
const SERVICE = 22

const common = {
  id: 1,
  customer: 2,
  channel: 3,
  skillset: SALES,
  priority: 0,
  openedAt: NOW - minutes(20),
  stateSince: NOW - minutes(5),
  waitingSince: NOW - minutes(9),
  windowEndsAt: NOW + hours(20),
  lastInboundAt: NOW - minutes(10),
  lastOutboundAt: NOW - minutes(6),
  unreadCount: 0,
  unreadSince: null,
  version: 4,
  joined: 0,
  awaySince: null,
  alertedAt: null,
  keptSince: null,
  remindedFor: null,
  warnedFor: NOW + hours(20),
  onScreenUntil: null,
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
const policy: ConversationPolicy = {
  offerTimeout: minutes(3),
  customerSilence: { after: minutes(5), parkAs: "public" },
  closeParkedAfter: minutes(60),
  closeUnansweredAfter: minutes(90),
  keeping: {
    alertParkedAfter: minutes(3),
    releaseParkedAfter: minutes(5),
    returnActiveAfter: minutes(1),
    alertWaitingAfter: minutes(1),
    releaseWaitingAfter: minutes(2),
  },
  remindBeforeWindowEnds: null,
  priorityStep: minutes(2),
  overflow: () => [],
}
const present = { present: true, ready: true }
const busy = { present: true, ready: false }
const absent = { present: false, ready: false }
const toMarco = { to: "user", user: MARCO, until: NOW + minutes(3), note: null } as const
const toAnna = { to: "user", user: ANNA, until: NOW + minutes(3), note: null } as const
const toService = { to: "skillset", skillset: SERVICE, note: null } as const

const publicly = { as: "public", reason: null } as const

const verbs: Record<string, (c: Conversation) => Result> = {
  "customer writes": (c) => receive(c, NOW, present, NOW),
  "customer writes, owner absent": (c) => receive(c, NOW, absent, NOW),
  "customer writes, owner on a break": (c) => receive(c, NOW, busy, NOW),
  "customer writes, owner on a break looks": (c) => receive({ ...c, onScreenUntil: NOW + 1 }, NOW, busy, NOW),
  "customer writes, owner on a break looked": (c) => receive({ ...c, onScreenUntil: NOW }, NOW, busy, NOW),
  "customer writes, owner gone looks": (c) => receive({ ...c, onScreenUntil: NOW + 1 }, NOW, absent, NOW),
  "menu chooses": (c) => leaveMenu(c, SERVICE, 2, NOW),
  "offer to Anna": (c) => assigning.offer(c, { agent: ANNA, until: NOW + minutes(3), reason: null }, NOW),
  "offer to Marco": (c) => assigning.offer(c, { agent: MARCO, until: NOW + minutes(3), reason: null }, NOW),
  "Anna opens": (c) => assigning.open(c, ANNA, NOW),
  "Marco opens": (c) => assigning.open(c, MARCO, NOW),
  "Marco takes": (c) => assigning.take(c, MARCO, false, NOW),
  "Marco takes, owner gone": (c) => assigning.take(c, MARCO, true, NOW),
  "supervisor takes over": (c) => assigning.takeOver(c, SUPERVISOR, NOW),
  "offer expires": (c) => assigning.expireOffer(c, NOW),
  "agent gone": (c) => assigning.withdrawOffer(c, NOW),
  "Anna transfers to Marco": (c) => transferring.transfer(c, by(ANNA), { ...toMarco, mode: "immediate" }, NOW),
  "Anna transfers to Marco only": (c) => transferring.transfer(c, by(ANNA), { ...toMarco, mode: "exclusive" }, NOW),
  "Anna transfers to Service": (c) => transferring.transfer(c, by(ANNA), { ...toService, mode: "immediate" }, NOW),
  "Anna transfers to Service only": (c) => transferring.transfer(c, by(ANNA), { ...toService, mode: "exclusive" }, NOW),
  "Anna transfers to herself": (c) => transferring.transfer(c, by(ANNA), { ...toAnna, mode: "immediate" }, NOW),
  "Marco transfers": (c) => transferring.transfer(c, by(MARCO), { ...toService, mode: "immediate" }, NOW),
  "supervisor transfers": (c) => transferring.transfer(c, by(SUPERVISOR), { ...toService, mode: "immediate" }, NOW),
  "Anna parks publicly": (c) => leaving.park(c, by(ANNA), publicly, NOW),
  "Anna parks personally": (c) => leaving.park(c, by(ANNA), { ...publicly, as: "personal" }, NOW),
  "Marco parks": (c) => leaving.park(c, by(MARCO), publicly, NOW),
  "Anna unparks": (c) => leaving.unpark(c, by(ANNA), NOW),
  "Marco unparks": (c) => leaving.unpark(c, by(MARCO), NOW),
  "customer silent": (c) => leaving.parkSilent(c, policy, NOW),
  "Anna closes": (c) => leaving.close(c, by(ANNA), 0, NOW),
  "Marco closes": (c) => leaving.close(c, by(MARCO), 0, NOW),
  "supervisor closes": (c) => leaving.close(c, by(SUPERVISOR), 0, NOW),
  "appliance closes": (c) => leaving.close(c, null, null, NOW),
  "Anna reopens": (c) => leaving.reopen(c, ANNA, NOW),
  "exclusive wait ends": (c) => transferring.endExclusive(c, "exclusive_ended", NOW),
  "Anna is lost": (c) => transferring.loseTarget(c, ANNA, NOW),
  "Anna declines": (c) => transferring.decline(c, ANNA, { reason: null, sender: null }, NOW),
  "Marco declines": (c) => transferring.decline(c, MARCO, { reason: null, sender: null }, NOW),
  "Anna releases": (c) => transferring.release(c, by(ANNA), null, NOW),
  "Marco releases what he sent": (c) => transferring.release(c, by(MARCO), MARCO, NOW),
  "Marco releases": (c) => transferring.release(c, by(MARCO), ANNA, NOW),
  "supervisor releases": (c) => transferring.release(c, by(SUPERVISOR), null, NOW),
  "owner absent too long": (c) => leaving.returnToQueue(c, "owner_absent", NOW),
  "24 hours nearly over": (c) => keeping.noteWarning({ ...c, windowEndsAt: NOW + minutes(60) }, policy, NOW),
  "24 hours nearly over, again": (c) =>
    keeping.noteWarning({ ...c, windowEndsAt: NOW + hours(1), warnedFor: NOW + hours(1) }, policy, NOW),
  "24 hours not over yet": (c) => keeping.noteWarning({ ...c, windowEndsAt: NOW + minutes(80) }, policy, NOW),
  "Anna leaves": (c) => keeping.ownerLeft(c, ANNA, NOW),
  "Marco leaves": (c) => keeping.ownerLeft(c, MARCO, NOW),
  "handed over to Marco": (c) => keeping.handOver(c, MARCO, NOW),
  "handed over to Anna": (c) => keeping.handOver(c, ANNA, NOW),
  "Anna returns": (c) => keeping.ownerReturned({ ...c, awaySince: NOW - minutes(2) }, ANNA),
  "kept for long": (c) => keeping.alert(c, policy, NOW),
  "kept for long, Anna away": (c) => keeping.alert({ ...c, awaySince: NOW - minutes(2) }, policy, NOW),
  "kept too long": (c) => keeping.endKeeping(c, policy, NOW),
  "kept too long, Anna away": (c) => keeping.endKeeping({ ...c, awaySince: NOW - minutes(2) }, policy, NOW),
  "left open too long": (c) => keeping.returnAbandoned({ ...c, awaySince: NOW - minutes(2) }, policy, NOW),
  "Anna may not come back": (c) => keeping.release(c, NOW),
}

/** In the order of `states`; `=` stays as it is, `→ x` leads to x, anything else is the refusal's key. */
const STALE = "timer.stale"
const ANOTHER = "conversation.owned_by_another"
type Row = readonly [string, string, string, string, string, string, string, string, string, string]
/** Only what waits for somebody can be released. */
const released = (answer: string): Row => [
  "conversation.is_menu",
  "transfer.not_exclusive",
  answer,
  "transfer.not_exclusive",
  "transfer.not_exclusive",
  "conversation.is_active",
  "conversation.is_parked",
  "conversation.is_parked",
  "conversation.is_awaiting_reply",
  "conversation.closed_already",
]
/** Where it goes when the customer writes: `parked` by Anna, and `awaiting` her reply. */
const written = (parked: string, awaiting: string): Row => [
  "→ menu",
  "→ queued",
  "→ queued",
  "→ offered",
  "→ offered",
  "→ active",
  "→ queued",
  parked,
  awaiting,
  "conversation.closed_already",
]
const matrix: Record<keyof typeof verbs, Row> = {
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
  "customer writes, owner on a break": written("→ active", "→ queued"),
  "customer writes, owner on a break looks": written("→ active", "→ active"),
  "customer writes, owner on a break looked": written("→ active", "→ queued"),
  "customer writes, owner gone looks": written("→ queued", "→ queued"),
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
  "supervisor takes over": [
    "→ active",
    "→ active",
    "→ active",
    "→ active",
    "→ active",
    "→ active",
    "→ active",
    "→ active",
    "conversation.is_awaiting_reply",
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
  "Anna is lost": [STALE, STALE, "→ queued", STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "Anna declines": [
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
  "Marco declines": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.offered_to_another",
    "conversation.offered_to_another",
    "conversation.is_active",
    "conversation.is_parked",
    "conversation.is_parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna releases": released("→ queued"),
  "Marco releases what he sent": released("→ queued"),
  "Marco releases": released("transfer.not_yours_to_release"),
  "supervisor releases": released("→ queued"),
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
  "24 hours nearly over": [STALE, STALE, STALE, STALE, STALE, "→ active", STALE, "→ parked", STALE, STALE],
  "24 hours nearly over, again": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "24 hours not over yet": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "Anna leaves": [STALE, STALE, STALE, STALE, STALE, "→ active", STALE, STALE, STALE, STALE],
  "Marco leaves": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE, STALE],
  "handed over to Marco": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "→ parked",
    "→ parked",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "handed over to Anna": [
    "conversation.is_menu",
    "conversation.is_queued",
    "conversation.is_queued",
    "conversation.is_offered",
    "conversation.is_offered",
    "conversation.is_active",
    "→ parked",
    "transfer.to_the_owner",
    "conversation.is_awaiting_reply",
    "conversation.closed_already",
  ],
  "Anna returns": [STALE, STALE, STALE, STALE, STALE, "→ active", STALE, STALE, STALE, STALE],
  "kept for long": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, "→ parked", STALE, STALE],
  "kept for long, Anna away": [STALE, "→ queued", "→ queued", STALE, STALE, STALE, STALE, "→ parked", STALE, STALE],
  "kept too long": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, "→ parked", STALE, STALE],
  "kept too long, Anna away": [STALE, "→ queued", "→ queued", STALE, STALE, STALE, STALE, "→ parked", STALE, STALE],
  "left open too long": [STALE, STALE, STALE, STALE, STALE, "→ queued", STALE, STALE, STALE, STALE],
  "Anna may not come back": [STALE, STALE, STALE, STALE, STALE, STALE, STALE, "→ parked", STALE, STALE],
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

describe("one that is kept back of a stranger", () => {
  const keptBack: Conversation = { ...common, state: "menu", waitingSince: null }
  const place = { skillset: SERVICE, priority: 2 }

  test("answers every verb as one in a menu does, except that no menu can choose for it", () => {
    for (const [verb, act] of Object.entries(verbs)) {
      const inMenu = verb === "menu chooses" ? STALE : answerOf(states.menu, act(states.menu))
      expect([verb, answerOf(keptBack, act(keptBack))]).toEqual([verb, inMenu])
    }
  })
  test("is let in, to wait from now on; nothing else can be", () => {
    expect(letIn(keptBack, place, NOW)).toMatchObject({
      next: { state: "queued", ...place, waitingSince: NOW },
      facts: [{ type: "conversation.queued", why: "let_in" }],
    })
    for (const state of Object.values(states)) expect(letIn(state, place, NOW)).toEqual({ refused: STALE })
  })
  test("may be transferred to the skillset that it would have been for", () => {
    const toSales = { to: "skillset", skillset: SALES, mode: "immediate", note: null } as const
    expect(transferring.transfer(keptBack, by(SUPERVISOR), toSales, NOW)).toMatchObject({ next: { state: "queued" } })
    expect(transferring.transfer(states["active with Anna"], by(SUPERVISOR), toSales, NOW)).toEqual({
      refused: "transfer.same_skillset",
    })
  })
  test("is served by supervisors alone", () => {
    const actor = (level: "agent" | "supervisor") =>
      ({ kind: "user", id: ANNA, level, isolated: false, skillsets: [SALES] }) as unknown as UserActor
    expect([mayServe(actor("agent"), keptBack), mayServe(actor("agent"), states.queued)]).toEqual([false, true])
    expect(mayServe(actor("supervisor"), keptBack)).toBe(true)
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

describe("waiting for somebody only", () => {
  const offeredOnly = { ...states["offer to Anna over"], targetUser: ANNA, exclusive: true }
  const given = { agent: ANNA, until: NOW + minutes(3), reason: null }

  test("outlives an offer: kept while it stands, and when it was not opened or its agent is gone", () => {
    expect(assigning.offer(states["queued for Anna"], given, NOW)).toMatchObject({
      next: { state: "offered", owner: ANNA, targetUser: ANNA, exclusive: true },
    })
    for (const result of [assigning.expireOffer(offeredOnly, NOW), assigning.withdrawOffer(offeredOnly, NOW)])
      expect(result).toMatchObject({ next: { state: "queued", targetUser: ANNA, exclusive: true } })
  })
  test("ends when it is released, declined or its target lost, also while it is offered; the wait goes on", () => {
    const ends = [
      transferring.release(offeredOnly, by(ANNA), null, NOW),
      transferring.decline(offeredOnly, ANNA, { reason: "No", sender: null }, NOW),
      transferring.loseTarget(offeredOnly, ANNA, NOW),
    ]
    for (const result of ends)
      expect(result).toMatchObject({
        next: { state: "queued", targetUser: null, exclusive: false, waitingSince: common.waitingSince },
      })
  })
  test("an offer to somebody among others becomes nobody's when it is not opened", () => {
    expect(assigning.expireOffer({ ...offeredOnly, exclusive: false }, NOW)).toMatchObject({
      next: { state: "queued", targetUser: null, exclusive: false },
    })
  })
  test("does not begin when the customer's window is over", () => {
    const late = { ...states["active with Anna"], windowEndsAt: NOW }
    expect(verbs["Anna transfers to Marco only"]?.(late)).toEqual({ refused: "transfer.window_over" })
    expect(verbs["Anna transfers to Marco"]?.(late)).toMatchObject({ next: { state: "offered" } })
  })
  test("what is declined goes back to its sender when they are there", () => {
    const sender = { agent: MARCO, until: NOW + minutes(3) }
    expect(transferring.decline(states["offered to Anna"], ANNA, { reason: "No", sender }, NOW)).toMatchObject({
      next: { state: "offered", owner: MARCO, offeredUntil: NOW + minutes(3), exclusive: false },
      facts: [{ type: "conversation.declined", reason: "No" }, { type: "conversation.offered" }],
    })
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
  test("whoever takes it up again has the whole time for it", () => {
    const resumed = { ...states["active with Anna"], stateSince: NOW - minutes(2) }
    expect(leaving.parkSilent(resumed, policy, NOW)).toEqual({ refused: STALE })
    expect(deadlines(resumed, policy)).toEqual([{ kind: "customer_silent", at: NOW + minutes(3) }])
  })
})

describe("what is kept for one agent", () => {
  test("is told once, and given back at its time", () => {
    const parked = states["parked by Anna"]
    const kinds = (conversation: Conversation) => deadlines(conversation, policy).map(({ kind }) => kind)
    expect(kinds(parked)).toEqual(["parked_closes", "keeping_alert", "keeping_ends"])
    const told = keeping.alert(parked, policy, NOW)
    expect("next" in told && kinds(told.next)).toEqual(["parked_closes", "keeping_ends"])
    expect("next" in told && keeping.alert(told.next, policy, NOW)).toEqual({ refused: STALE })
  })
  test("a wait queue that becomes public closes when it would have", () => {
    const { stateSince } = states["parked by Anna"]
    expect(keeping.endKeeping(states["parked by Anna"], policy, NOW)).toMatchObject({
      next: { state: "parked", parkedAs: "public", stateSince },
    })
  })
  test("a customer who came back for Anna keeps waiting for her through an offer, and since the same moment", () => {
    const back = receive(states["parked by Anna"], NOW, absent, NOW)
    if ("refused" in back) throw new Error(back.refused)
    expect(back.next).toMatchObject({ state: "queued", targetUser: ANNA, exclusive: true, awaySince: NOW })
    const offered = assigning.offer(back.next, { agent: ANNA, until: NOW + 1, reason: null }, NOW)
    const expired = "next" in offered ? assigning.expireOffer(offered.next, NOW + 1) : offered
    expect(expired).toMatchObject({ next: { state: "queued", targetUser: ANNA, awaySince: NOW } })
  })
  test("a customer who comes back for somebody who is no agent any more waits for anybody", () => {
    expect(receive(states["parked by Anna"], NOW, null, NOW)).toMatchObject({
      next: { state: "queued", targetUser: null, exclusive: false },
    })
  })
  test("while we owe the answer and the agent is there, no choice is looked up: none matters", () => {
    const unread = new Proxy(policy, {
      get(_, choice): never {
        throw new Error(`${String(choice)} was looked up`)
      },
    })
    const owing = { ...states["active with Anna"], lastInboundAt: NOW, lastOutboundAt: NOW - 1 }
    expect(deadlines(owing, unread)).toEqual([])
    expect(() => deadlines(states["active with Anna"], unread)).toThrow("customerSilence was looked up")
  })
  test("with every choice at zero nothing ends by itself", () => {
    const keeping = {
      alertParkedAfter: null,
      releaseParkedAfter: null,
      returnActiveAfter: null,
      alertWaitingAfter: null,
      releaseWaitingAfter: null,
    }
    const idle = { ...policy, customerSilence: null, closeParkedAfter: null, keeping }
    for (const name of ["active with Anna", "parked by Anna", "parked publicly"] as const)
      expect(deadlines({ ...states[name], awaySince: NOW }, idle)).toEqual([])
  })
})

function answerOf(before: Conversation, result: Result): string {
  if ("refused" in result) return result.refused
  return result.next === before ? "=" : `→ ${result.next.state}`
}
