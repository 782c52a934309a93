import { expect, test } from "bun:test"
import { Background } from "~/kernel/background.ts"
import { seconds, VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"

/** Work whose rounds end when they are told to: with a pause, with nothing more to do, or with a fault. */
function working() {
  const clock = new VirtualClock()
  const faults: string[] = []
  const under: { end(pause: number | null): void; fail(error: Error): void }[] = []
  const seen = { rounds: 0, isStopped: () => false }
  const round = (isStopped: () => boolean) => {
    seen.rounds++
    seen.isStopped = isStopped
    return new Promise<number | null>((end, fail) => under.push({ end, fail }))
  }
  const log = { ...silentLog, error: (message: string) => void faults.push(message) }
  const background = new Background({ clock, log }, { round, fault: "it could not be done", afterFault: seconds(10) })
  const settle = () => new Promise<void>((done) => setImmediate(done))
  return { clock, faults, background, seen, settle, current: () => under.at(-1)! }
}

test("nothing is begun before the start, nor after the stop", async () => {
  const { background, seen, current } = working()
  background.wake()
  expect(seen.rounds).toBe(0)
  background.start()
  expect(seen.rounds).toBe(1)
  const stopped = background.stop()
  expect(seen.isStopped()).toBe(true)
  current().end(0)
  await stopped
  background.wake()
  expect(seen.rounds).toBe(1)
})

test("a round that asks for a pause is followed by another after it, one that asks for none at once", async () => {
  const { background, seen, current, clock, settle } = working()
  background.start()
  current().end(seconds(2))
  await background.idle()
  await clock.advance(seconds(2) - 1, settle)
  expect(seen.rounds).toBe(1)
  await clock.advance(1, settle)
  expect(seen.rounds).toBe(2)
  current().end(0)
  await settle()
  expect(seen.rounds).toBe(3)
  current().end(null)
  await background.idle()
  await clock.advance(seconds(60), settle)
  expect(seen.rounds).toBe(3)
})

test("whoever wakes it in the middle of a round is looked at in one more, however often they call", async () => {
  const { background, seen, current, settle } = working()
  background.start()
  background.wake()
  background.wake()
  expect(seen.rounds).toBe(1)
  current().end(null)
  await settle()
  expect(seen.rounds).toBe(2)
  current().end(null)
  await background.idle()
  expect(seen.rounds).toBe(2)
})

test("whoever wakes it during a pause does not wait for its end, and is not looked for again at it", async () => {
  const { background, seen, current, clock, settle } = working()
  background.start()
  current().end(seconds(2))
  await background.idle()
  background.wake()
  expect(seen.rounds).toBe(2)
  current().end(null)
  await background.idle()
  await clock.advance(seconds(2), settle)
  expect(seen.rounds).toBe(2)
})

test("a fault is written down and tried again later", async () => {
  const { background, seen, current, clock, settle, faults } = working()
  background.start()
  current().fail(new Error("no room"))
  await background.idle()
  expect(faults).toEqual(["it could not be done"])
  await clock.advance(seconds(10) - 1, settle)
  expect(seen.rounds).toBe(1)
  await clock.advance(1, settle)
  expect(seen.rounds).toBe(2)
})
