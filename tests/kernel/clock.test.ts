/** The machine's date may be moved under a running appliance; a count of milliseconds tells. */
import { expect, test } from "bun:test"
import { hours, minutes, SystemClock, seconds } from "~/kernel/clock.ts"

const START = Date.UTC(2026, 0, 5, 9)

/** `passes` moves both, `moves` the date alone, as a time server or a person does. */
function onHost() {
  const host = { at: START, counted: 0 }
  const clock = new SystemClock({ date: () => host.at, count: () => host.counted })
  const passes = (span: number) => {
    host.at += span
    host.counted += span
  }
  const moves = (span: number) => {
    host.at += span
  }
  return { clock, passes, moves }
}

test("time goes on as the machine's date says", () => {
  const { clock, passes } = onHost()
  passes(hours(30))
  expect(clock.now()).toBe(START + hours(30))
  expect(clock.disturbance()).toBeNull()
})

test("small corrections are followed both ways, and so is a larger one ahead", () => {
  const { clock, moves } = onHost()
  moves(-seconds(5))
  expect(clock.now()).toBe(START - seconds(5))
  moves(seconds(9))
  expect(clock.now()).toBe(START + seconds(4))
  moves(minutes(50))
  expect(clock.now()).toBe(START + seconds(4) + minutes(50))
  expect(clock.disturbance()).toBeNull()
})

test.each([minutes(1), hours(1), hours(25_000)])(
  "a date set back by %d ms does not turn time back: it goes on, and the date is followed again when it has caught up",
  (back) => {
    const { clock, passes, moves } = onHost()
    moves(-back)
    expect(clock.now()).toBe(START)
    passes(seconds(30))
    expect(clock.now()).toBe(START + seconds(30))
    expect(clock.disturbance()).toEqual({ kind: "set_back", at: START, by: back })
    moves(back + seconds(1))
    expect(clock.now()).toBe(START + seconds(31))
    passes(seconds(10))
    expect(clock.now()).toBe(START + seconds(41))
  },
)

test("a machine that slept for 25 hours is believed its date, and says that it leapt", () => {
  const { clock, passes, moves } = onHost()
  passes(minutes(1))
  moves(hours(25))
  expect(clock.now()).toBe(START + minutes(1) + hours(25))
  expect(clock.disturbance()).toEqual({ kind: "leapt", at: clock.now(), by: hours(25) })
})

test("each disturbance is news once", () => {
  const { clock, moves } = onHost()
  moves(hours(2))
  const first = clock.disturbance()
  expect(clock.disturbance()).toBe(first)
  moves(hours(2))
  expect(clock.disturbance()).not.toBe(first)
})
