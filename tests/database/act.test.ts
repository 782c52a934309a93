/** The only way to write: grouped, undone alone, followed up inside, heard of afterwards. */
import { expect, test } from "bun:test"
import { join } from "node:path"
import { Outage, Writer } from "~/database/act.ts"
import { Bell, type NumberedRing } from "~/database/bell.ts"
import { DatabaseFile } from "~/database/file.ts"
import { query, statement } from "~/database/statement.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { IdMaker } from "~/kernel/id.ts"
import { NotFound, Refused, refuse } from "~/kernel/step.ts"
import { insertSkillset } from "~/skillset/store.ts"
import { newFolder, openPair } from "./support.ts"

const names = statement(() => query.selectFrom("skillset").select("name").orderBy("name"))
const UNKNOWN_USER = 1

const PLAIN = { strategy: "least_loaded", priority: 0, overflow: null } as const
const add = (name: string) => (tx: Parameters<typeof insertSkillset>[0]) =>
  insertSkillset(tx, { ...PLAIN, id: tx.newId(), name })

async function world(followUp?: (tx: Parameters<typeof insertSkillset>[0], fact: Fact) => void) {
  const { database, acme, globex } = await openPair(followUp ? { followUp } : {})
  const skillsets = () => acme.read.all(names).map(({ name }) => name)
  const rings: NumberedRing[] = []
  const actor = () =>
    ({ kind: "user", id: UNKNOWN_USER, level: "tenant_admin", isolated: false, skillsets: [] }) as const
  database.bell.listen({ tenant: acme.id, actor, hear: (ring) => rings.push(ring) })
  return { database, acme, globex, skillsets, rings }
}

test("commands of the same moment share one commit", async () => {
  const { database, acme, globex, skillsets } = await world()
  let commits = 0
  database.onCommit(() => commits++)
  await Promise.all([acme.act(SYSTEM, add("a")), acme.act(SYSTEM, add("b")), globex.act(SYSTEM, add("c"))])
  expect(commits).toBe(1)
  expect(skillsets()).toEqual(["a", "b"])
})

test("a command that is refused is undone alone; those of the same moment stand", async () => {
  const { acme, skillsets } = await world()
  const outcomes = await Promise.allSettled([
    acme.act(SYSTEM, add("before")),
    acme.act(SYSTEM, (tx) => {
      add("refused")(tx)
      throw new Refused(refuse("window.closed"))
    }),
    acme.act(SYSTEM, add("after")),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
  expect(skillsets()).toEqual(["after", "before"])
})

test("who asked hears the refusal, the missing thing or the fault as it was", async () => {
  const { acme } = await world()
  const throwing = (error: Error) =>
    acme.act(SYSTEM, () => {
      throw error
    })
  expect(throwing(new Refused(refuse("window.closed")))).rejects.toThrow("window.closed")
  expect(throwing(new NotFound())).rejects.toBeInstanceOf(NotFound)
  expect(throwing(new RangeError("ours"))).rejects.toBeInstanceOf(RangeError)
})

test("a broken rule of the database is a fault of that command alone", async () => {
  const { acme, skillsets } = await world()
  const outcomes = await Promise.allSettled([
    acme.act(SYSTEM, add("twin")),
    acme.act(SYSTEM, add("twin")),
    acme.act(SYSTEM, add("other")),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
  expect(skillsets()).toEqual(["other", "twin"])
})

test("what follows from a fact is part of the command: when it fails, nothing of it is there", async () => {
  const { acme, skillsets } = await world((tx, fact) => {
    add(`after ${fact.type}`)(tx)
    if (fact.type === "user.disabled") throw new Refused(refuse("no"))
  })
  await acme.act(SYSTEM, (tx) => tx.raise({ type: "user.rights_changed", user: UNKNOWN_USER }))
  const undone = acme.act(SYSTEM, (tx) => {
    add("undone")(tx)
    tx.raise({ type: "user.disabled", user: UNKNOWN_USER })
  })
  await expect(undone).rejects.toThrow("no")
  expect(skillsets()).toEqual(["after user.rights_changed"])
})

test("what follows from a fact is done before the next fact is looked at", async () => {
  const seen: string[] = []
  const { acme } = await world((tx, fact) => {
    seen.push(fact.type)
    if (fact.type === "user.created") tx.raise({ type: "user.signed_out", user: UNKNOWN_USER })
  })
  await acme.act(SYSTEM, (tx) =>
    tx.raise({ type: "user.created", user: UNKNOWN_USER }, { type: "user.disabled", user: UNKNOWN_USER }),
  )
  expect(seen).toEqual(["user.created", "user.signed_out", "user.disabled"])
})

test("facts that never end are stopped, and the command is undone", async () => {
  const { acme, skillsets } = await world((tx, fact) => tx.raise(fact))
  const endless = acme.act(SYSTEM, (tx) => {
    add("endless")(tx)
    tx.raise({ type: "user.disabled", user: UNKNOWN_USER })
  })
  await expect(endless).rejects.toThrow("at most 100000 facts")
  expect(skillsets()).toEqual([])
})

test("nobody hears of a command before it is kept, and never of one that is refused", async () => {
  const { acme, rings, skillsets } = await world()
  const seen: string[][] = []
  const ringing = (name: string, refused: boolean) =>
    acme.act(SYSTEM, (tx) => {
      add(name)(tx)
      tx.ring(name, { everyone: true })
      tx.afterCommit(() => seen.push(skillsets()))
      expect(rings).toEqual([])
      if (refused) throw new Refused(refuse("no"))
    })
  await Promise.allSettled([ringing("kept", false), ringing("refused", true)])
  expect(rings.map(({ topic }) => topic)).toEqual(["kept"])
  expect(seen).toEqual([["kept"]])
})

test("a topic rings once for a command, however often it is rung", async () => {
  const { acme, rings } = await world()
  await acme.act(SYSTEM, (tx) => {
    tx.ring("status", { everyone: true })
    tx.ring("status", { everyone: true })
    tx.ring("status", { supervisors: true })
  })
  expect(rings.map(({ topic }) => topic)).toEqual(["status", "status"])
})

test("a script that waits is refused and undone", async () => {
  const { acme, skillsets } = await world()
  const waiting = acme.act(SYSTEM, async (tx) => add("late")(tx))
  await expect(waiting).rejects.toThrow("never a promise")
  expect(skillsets()).toEqual([])
})

test("inside one command, a part that fails is undone alone, with what it wanted heard", async () => {
  const { database, acme, skillsets, rings } = await world()
  await database.appliance.act((tx) => {
    for (const name of ["one", "bad", "two"]) {
      try {
        tx.within(acme.id, SYSTEM, (inside) => {
          add(name)(inside)
          inside.ring(name, { everyone: true })
          inside.afterCommit(() => rings.push({ number: 0, tenant: 0, topic: `after ${name}`, audience: {} }))
          if (name === "bad") throw new NotFound()
        })
      } catch (error) {
        expect(error).toBeInstanceOf(NotFound)
      }
    }
  })
  expect(skillsets()).toEqual(["one", "two"])
  expect(rings.map(({ topic }) => topic)).toEqual(["one", "two", "after one", "after two"])
})

test("many more commands than fit one commit are all done", async () => {
  const { acme, skillsets } = await world()
  await Promise.all(Array.from({ length: 1_201 }, (_, index) => acme.act(SYSTEM, add(`s${index}`))))
  expect(skillsets()).toHaveLength(1_201)
})

test("when the disk is full the command fails as an outage, and goes on once there is room", async () => {
  const { database } = await openPair()
  await database.close()
  const file = new DatabaseFile(join(newFolder(), "full.db"))
  file.connection.run("CREATE TABLE note (text TEXT NOT NULL) STRICT")
  const clock = new VirtualClock()
  const writer = new Writer({ file, clock, ids: new IdMaker(clock), bell: new Bell("full"), followUp() {} })
  const pages = file.connection.query<{ page_count: number }, []>("PRAGMA page_count").get()?.page_count ?? 0
  const write = () => writer.act(() => file.connection.run(`INSERT INTO note VALUES ('${"x".repeat(100_000)}')`))
  file.connection.run(`PRAGMA max_page_count = ${pages}`)
  const failed = await Promise.allSettled([write(), write()])
  file.connection.run("PRAGMA max_page_count = 1000000")
  await write()
  const reasons = failed.map((outcome) => (outcome.status === "rejected" ? outcome.reason : null))
  expect(reasons.every((reason) => reason instanceof Outage || /full/.test(String(reason)))).toBeTrue()
  expect(file.connection.query<{ count: number }, []>("SELECT count(*) AS count FROM note").get()).toEqual({ count: 1 })
  file.close()
})

test("a command that comes after the file was closed fails as an outage", async () => {
  const { database, acme } = await world()
  await database.close()
  await expect(acme.act(SYSTEM, add("late"))).rejects.toBeInstanceOf(Outage)
})
