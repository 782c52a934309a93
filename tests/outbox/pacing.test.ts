import { describe, expect, test } from "bun:test"
import { SeededChance } from "~/kernel/chance.ts"
import { minutes, seconds } from "~/kernel/clock.ts"
import { NumberPace, PairPaces } from "~/outbox/pace.ts"
import { backOff, planFor, type Troubles } from "~/outbox/rules.ts"
import type { SendOutcome } from "~/whatsapp/errors.ts"

const NOW = Date.UTC(2026, 0, 5, 9)
const chance = () => new SeededChance(5)

/** How many sends leave within `span` when there is always one more. */
function sendsWithin(span: number, readyAt: (now: number) => number, take: (now: number) => void): number {
  let now = NOW
  let sends = 0
  for (;;) {
    now = Math.max(now, readyAt(now))
    if (now > NOW + span) return sends
    take(now)
    sends += 1
  }
}

describe("The pace of a number", () => {
  test("is Meta's throughput and not more", () => {
    const pace = new NumberPace(NOW)
    const sends = sendsWithin(
      seconds(10),
      (now) => pace.readyAt(now),
      (now) => pace.take(now),
    )
    expect(sends).toBeGreaterThan(750)
    expect(sends).toBeLessThanOrEqual(810)
  })

  test("halves with every refusal and recovers with success", () => {
    const pace = new NumberPace(NOW)
    pace.refuse(NOW, seconds(2))
    pace.refuse(NOW, seconds(4))
    expect(pace.ratePerSecond).toBe(20)
    expect(pace.readyAt(NOW)).toBe(NOW + seconds(4))
    for (let sends = 0; sends < 100; sends++) pace.succeed()
    expect(pace.ratePerSecond).toBe(80)
  })
})

describe("The pace towards one customer", () => {
  test("is 45 at once and then one every six seconds", () => {
    const pairs = new PairPaces()
    const sends = sendsWithin(
      minutes(1),
      (now) => pairs.readyAt(7, now),
      (now) => pairs.take(7, now),
    )
    expect(sends).toBe(45 + 10)
    expect(pairs.readyAt(8, NOW)).toBe(NOW)
  })
})

const CALM: Troubles = { transient: 0, attempt: 1, pair: 0, number: 0 }
const retry = (
  scope: "message" | "pair" | "number",
  code: number | null,
  afterMs: number | null = null,
): SendOutcome => ({
  outcome: "retry",
  scope,
  code,
  afterMs,
  reason: code === null ? "unreachable" : "meta_unavailable",
})

describe("What follows from a call", () => {
  test("an unreachable network is tried for ever, more and more seldom", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 40].map(backOff)).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((count) => seconds(count)))
    const plan = planFor(retry("message", null), { ...CALM, attempt: 40 }, NOW, chance())
    expect(plan.settlement.result).toBe("again")
  })

  test("a breakdown at Meta's is tried five times and then shown as failed", () => {
    const plans = [0, 1, 2, 3, 4].map((transient) =>
      planFor(retry("message", 131000, seconds(5)), { ...CALM, transient }, NOW, chance()),
    )
    expect(plans.map(({ settlement }) => settlement.result)).toEqual(["again", "again", "again", "again", "failed"])
  })

  test("a customer written to too often waits four times longer every time", () => {
    const waits = [0, 1, 2, 3].map((pair) => planFor(retry("pair", 131056), { ...CALM, pair }, NOW, chance()).pausePair)
    const unspread = [1, 4, 16, 64].map((count) => seconds(count))
    expect(waits.map((wait, index) => wait! >= unspread[index]! && wait! <= unspread[index]! * 1.2)).toEqual(
      Array(4).fill(true),
    )
  })

  test("a number that is refused for speed pauses for as long as Meta says", () => {
    const plan = planFor(retry("number", 130429, seconds(30)), CALM, NOW, chance())
    expect(plan.pauseNumber).toBeGreaterThanOrEqual(seconds(30))
    expect(plan.settlement).toEqual({ result: "again", at: null })
  })

  test("a refused token holds the number and loses nothing", () => {
    const plan = planFor({ outcome: "hold", code: 190, reason: "token_refused" }, CALM, NOW, chance())
    expect(plan).toMatchObject({ holdNumber: "token_refused", settlement: { result: "again", at: null } })
  })

  test("a message in doubt or refused keeps the next ones waiting for a decision", () => {
    expect(planFor({ outcome: "uncertain", reason: "timeout" }, CALM, NOW, chance()).holdsFollowers).toBe(true)
    const failed = { outcome: "failed", code: 131026, title: "", details: null, reason: "not_on_whatsapp" } as const
    expect(planFor(failed, CALM, NOW, chance()).holdsFollowers).toBe(true)
  })
})
