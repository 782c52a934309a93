/** Deadlines are rows: they fire in order, once, after a restart too, and one that fails does not stop the rest. */
import { expect, test } from "bun:test"
import { join } from "node:path"
import { Outage } from "~/database/act.ts"
import type { AppDatabase } from "~/database/database.ts"
import { query, statement } from "~/database/statement.ts"
import { Alarm, type Deadline, saveDeadlines } from "~/database/timers.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { minutes, nextTurn, seconds, VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { silentLog } from "~/kernel/log.ts"
import { addTenant, addUser, newFolder, openTestDatabase } from "./support.ts"

const rows = statement(() => query.selectFrom("timer").selectAll().orderBy("at").orderBy("subject"))
const START = new VirtualClock().now()

/** What fired, as `kind of subject at minute`; `failing` makes the reaction to a subject throw. */
function listening(failing: Set<Id> = new Set()) {
  const fired: string[] = []
  const clock = new VirtualClock()
  const path = join(newFolder(), "sportello.db")
  const followUp = (_: unknown, fact: Fact) => {
    if (!("subject" in fact) || typeof fact.subject !== "number") return
    fired.push(`${fact.type} of ${fact.subject} at ${(clock.now() - START) / minutes(1)}`)
    if (failing.has(fact.subject)) throw new Error("the reaction failed")
  }
  return { fired, clock, path, open: () => openTestDatabase({ path, clock, followUp }) }
}

const set = (database: AppDatabase, tenant: Id, subject: Id, before: Deadline[], after: Deadline[]) =>
  database.tenant(tenant).act(SYSTEM, (tx) => saveDeadlines(tx, subject, before, after))

/** What a deadline sets off has landed, and the alarm is set for the next one. */
const settled = (database: AppDatabase) => async () => {
  await database.idle()
  await nextTurn()
}

const offer = (minute: number): Deadline => ({ kind: "offer_expires", at: START + minutes(minute) })
const hours = (minute: number): Deadline => ({ kind: "hours_change", at: START + minutes(minute) })

test("deadlines fire when they are due, the earlier first, equal ones in the order of their subjects", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  await database.start()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 3, [], [offer(5)])
  await set(database, tenant, 2, [], [offer(5)])
  await set(database, tenant, 1, [], [offer(7), hours(2)])
  await clock.advance(minutes(6), settled(database))
  expect(fired).toEqual([
    "timer.hours_change of 1 at 2",
    "timer.offer_expires of 2 at 5",
    "timer.offer_expires of 3 at 5",
  ])
  await clock.advance(minutes(60), settled(database))
  expect(fired.slice(3)).toEqual(["timer.offer_expires of 1 at 7"])
  expect(database.tenant(tenant).read.all(rows)).toEqual([])
})

test("a state without a deadline takes its deadline away, and a later one replaces an earlier", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  await database.start()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(5)])
  await set(database, tenant, 2, [], [offer(5)])
  await set(database, tenant, 1, [offer(5)], [])
  await set(database, tenant, 2, [offer(5)], [offer(9)])
  await clock.advance(minutes(20), settled(database))
  expect(fired).toEqual(["timer.offer_expires of 2 at 9"])
})

test("what fell due while the appliance was off fires at its start, in order, and only once", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(9)])
  await set(database, tenant, 2, [], [offer(4)])
  await set(database, tenant, 3, [], [offer(90)])
  await database.close()
  await clock.advance(minutes(30))
  const again = open()
  expect(fired).toEqual([])
  await again.start()
  expect(fired).toEqual(["timer.offer_expires of 2 at 30", "timer.offer_expires of 1 at 30"])
  await again.close()
  const third = open()
  await third.start()
  expect(fired).toHaveLength(2)
  await clock.advance(minutes(60), settled(third))
  expect(fired.at(-1)).toBe("timer.offer_expires of 3 at 90")
})

test("a deadline whose consequence fails is put off, longer each time, and the others go on", async () => {
  const failing = new Set<Id>([1])
  const { fired, clock, open } = listening(failing)
  const database = open()
  await database.start()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(1)])
  await set(database, tenant, 2, [], [offer(1)])
  await clock.advance(minutes(1), settled(database))
  expect(fired).toEqual(["timer.offer_expires of 1 at 1", "timer.offer_expires of 2 at 1"])
  const waiting = () =>
    database
      .tenant(tenant)
      .read.all(rows)
      .map(({ at, faults }) => [at - clock.now(), faults])
  expect(waiting()).toEqual([[seconds(5), 1]])
  await clock.advance(seconds(5), settled(database))
  expect(waiting()).toEqual([[seconds(10), 2]])
  failing.clear()
  await clock.advance(seconds(10), settled(database))
  expect(waiting()).toEqual([])
  expect(fired).toHaveLength(4)
})

test("deadlines of two tenants with the same subject do not meet", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  await database.start()
  const acme = await addTenant(database, "acme")
  const globex = await addTenant(database, "globex")
  await set(database, acme, 1, [], [offer(5)])
  await set(database, globex, 1, [], [offer(6)])
  await set(database, acme, 1, [offer(5)], [])
  await clock.advance(minutes(20), settled(database))
  expect(fired).toEqual(["timer.offer_expires of 1 at 6"])
})

test("after the file is closed nothing fires any more", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  await database.start()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(5)])
  await database.close()
  await clock.advance(minutes(20))
  expect(fired).toEqual([])
})

test("a deadline that falls due while the disk takes nothing fires once the disk does again", async () => {
  const fired: string[] = []
  const database = openTestDatabase({ followUp: (_, fact) => void fired.push(fact.type) })
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(1)])
  const disk = { full: true }
  const writer = {
    act: <Result>(script: Parameters<typeof database.appliance.act<Result>>[0]) =>
      disk.full ? Promise.reject(new Outage("full")) : database.appliance.act(script),
    onCommit: () => {},
  }
  const clock = new VirtualClock()
  const alarm = new Alarm({ writer, reader: database.appliance.read, clock, log: silentLog })
  alarm.arm()
  await clock.advance(minutes(2), settled(database))
  expect(fired).toEqual([])
  disk.full = false
  await clock.advance(seconds(5), settled(database))
  expect(fired).toEqual(["timer.offer_expires"])
  alarm.stop()
  await database.close()
})

/** Deadlines of every kind that ends something, and of kinds that do not. */
async function leaping(leap: number) {
  const { fired, clock, path } = listening()
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const log = { debug: say, info: say, warn: say, error: say }
  const followUp = (_: unknown, fact: Fact) => void ("subject" in fact && fired.push(`${fact.type} of ${fact.subject}`))
  const database = openTestDatabase({ path, clock, followUp, log })
  await database.start()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [offer(5)])
  await set(database, tenant, 2, [], [{ kind: "parked_closes", at: START + minutes(6) }])
  await set(database, tenant, 3, [], [{ kind: "exclusive_ends", at: START + minutes(7) }])
  await set(database, tenant, 4, [], [hours(8)])
  await set(database, tenant, 5, [], [{ kind: "customer_silent", at: START + minutes(24 * 60 + 1_000) }])
  clock.leapTo(clock.now() + leap)
  return { database, tenant, fired, clock, lines, advance: (span: number) => clock.advance(span, settled(database)) }
}

test("when the clock leaps ahead, what only moves on does so; what ends something waits ten minutes for people", async () => {
  const { fired, lines, advance } = await leaping(minutes(60 * 25))
  await advance(0)
  expect(fired).toEqual(["timer.offer_expires of 1", "timer.hours_change of 4"])
  expect(lines).toEqual(["the clock leapt ahead"])
  await advance(minutes(10) - 1)
  expect(fired).toHaveLength(2)
  await advance(1)
  expect(fired.slice(2)).toEqual(["timer.parked_closes of 2", "timer.exclusive_ends of 3"])
  await advance(minutes(24 * 60))
  expect(fired.slice(4)).toEqual(["timer.customer_silent of 5"])
})

test("what is set while the clock is not believed fires in its time, and what is taken back does not fire", async () => {
  const { database, tenant, fired, clock, advance } = await leaping(minutes(60 * 25))
  await advance(0)
  const soon = { kind: "offer_expires" as const, at: clock.now() + minutes(3) }
  await set(database, tenant, 6, [], [soon])
  await set(database, tenant, 2, [{ kind: "parked_closes", at: START + minutes(6) }], [])
  await advance(minutes(3))
  expect(fired.at(-1)).toBe("timer.offer_expires of 6")
  await advance(minutes(20))
  expect(fired).not.toContain("timer.parked_closes of 2")
  expect(fired.at(-1)).toBe("timer.exclusive_ends of 3")
})

test("a start after a long time off holds nothing: what is due is due", async () => {
  const { fired, clock, open } = listening()
  const database = open()
  const tenant = await addTenant(database, "acme")
  await set(database, tenant, 1, [], [{ kind: "parked_closes", at: START + minutes(5) }])
  await database.close()
  clock.leapTo(START + minutes(60 * 25))
  await open().start()
  expect(fired).toHaveLength(1)
})

test("a start with the clock behind what the file has seen is told of", async () => {
  const { clock, path, open } = listening()
  const database = open()
  await addTenant(database, "acme")
  await addUser(database.tenant(1), "anna")
  await database.close()
  clock.jumpTo(START - minutes(60))
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  await openTestDatabase({ path, clock, log: { debug: say, info: say, warn: say, error: say } }).close()
  expect(lines).toEqual(["the clock is behind what the file has seen"])
})
