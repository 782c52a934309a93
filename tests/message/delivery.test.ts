import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { climb, type Delivery, type DeliveryNews, requeued } from "~/message/rules/delivery.ts"
import { callbackData, mayDiscard, mayResend, parseCallbackData } from "~/message/rules.ts"

const AT = Date.UTC(2026, 0, 5, 9)
const sending: Delivery = {
  status: "sending",
  attempt: 1,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  playedAt: null,
  failedAt: null,
  failureCode: null,
  failureReason: null,
  failureDetails: null,
}
const failure = (code: number) => ({ code, reason: `reason ${code}`, details: null })
const news = (status: DeliveryNews["status"], second: number, attempt = 1): DeliveryNews => {
  const when = { at: AT + second * 1_000, attempt }
  return status === "failed" ? { ...when, status, failure: failure(131026) } : { ...when, status }
}
const after = (start: Delivery, ...all: DeliveryNews[]) => all.reduce(climb, start)

const anyNews: fc.Arbitrary<DeliveryNews> = fc
  .record({
    status: fc.constantFrom("sent", "delivered", "read", "played", "failed"),
    at: fc.integer({ min: AT, max: AT + 5 }),
    attempt: fc.integer({ min: 1, max: 2 }),
    code: fc.constantFrom(131026, 131047, 131049),
  })
  .map(({ status, at, attempt, code }) =>
    status === "failed" ? { status, at, attempt, failure: failure(code) } : { status, at, attempt },
  )

describe("Statuses in any order", () => {
  test("end the same however they are shuffled and doubled", () => {
    const shuffled = fc
      .array(anyNews, { maxLength: 8 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })))
    fc.assert(
      fc.property(shuffled, fc.constantFrom("sending", "uncertain", "discarded"), ([one, other], status) => {
        const start: Delivery = { ...sending, status, attempt: 2 }
        expect(after(start, ...other)).toEqual(after(start, ...one))
      }),
      { numRuns: 500 },
    )
  })

  test("never move a tick backwards", () => {
    const RANK = ["sending", "uncertain", "failed", "sent", "delivered", "read", "played"]
    const climbs = fc.property(fc.array(anyNews), (all) => {
      let delivery = sending
      for (const one of all) {
        const next = climb(delivery, one)
        const fails = next.status === "failed" && delivery.status === "sent"
        expect(fails || RANK.indexOf(next.status) >= RANK.indexOf(delivery.status)).toBe(true)
        delivery = next
      }
    })
    fc.assert(climbs, { numRuns: 500 })
  })

  test("every time is kept, even of a status that came late", () => {
    const delivery = after(sending, news("read", 9), news("sent", 1), news("delivered", 5))
    expect(delivery).toMatchObject({ status: "read", sentAt: AT + 1_000, deliveredAt: AT + 5_000, readAt: AT + 9_000 })
  })

  test("the same status again changes nothing", () => {
    const delivery = after(sending, news("delivered", 5))
    expect(climb(delivery, news("delivered", 5))).toBe(delivery)
  })
})

describe("Failure", () => {
  test("ends an accepted message, whichever of the two is heard first", () => {
    expect(after(sending, news("sent", 1), news("failed", 2)).status).toBe("failed")
    expect(after(sending, news("failed", 2), news("sent", 1)).status).toBe("failed")
  })

  test("is outweighed by arrival: another device showed it", () => {
    expect(after(sending, news("failed", 2), news("delivered", 3)).status).toBe("delivered")
  })

  test("of an earlier attempt does not touch the message that was sent again", () => {
    const again: Delivery = { ...requeued(after(sending, news("failed", 2))), status: "sending" }
    expect(again).toMatchObject({ attempt: 2, failedAt: null, failureReason: null })
    expect(climb(again, news("failed", 3, 1))).toBe(again)
    expect(climb(again, news("sent", 1, 1))).toBe(again)
    expect(climb(again, news("delivered", 4, 1)).status).toBe("delivered")
  })
})

describe("What an agent may still do", () => {
  test("what failed or is in doubt may be sent again or given up; what arrived may not", () => {
    const allowed = (may: typeof mayResend) =>
      (["queued", "sending", "sent", "delivered", "read", "failed", "uncertain", "held", "discarded"] as const).filter(
        (status) => may(status) === null,
      )
    expect(allowed(mayResend)).toEqual(["failed", "uncertain", "held"])
    expect(allowed(mayDiscard)).toEqual(["queued", "failed", "uncertain", "held"])
  })

  test("what was given up shows what became of it all the same", () => {
    const discarded: Delivery = { ...sending, status: "discarded" }
    expect(after(discarded, news("sent", 1)).status).toBe("sent")
    expect(after(discarded, news("failed", 1)).status).toBe("failed")
  })
})

describe("Our reference", () => {
  test("comes back as it went", () => {
    expect(parseCallbackData(callbackData(268_435_456_123, 3))).toEqual({ message: 268_435_456_123, attempt: 3 })
  })

  test.each([null, "", "v1.12", "v2.12.1", "v1.0.1", "v1.12.0", "v1.99999999999999999.1", "v1.12.1 ", "campaign-7"])(
    "%p is somebody else's",
    (text) => expect(parseCallbackData(text)).toBeNull(),
  )
})
