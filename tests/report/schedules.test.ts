import { afterEach, describe, expect, test } from "bun:test"
import { SYSTEM } from "~/facts.ts"
import { days, hours } from "~/kernel/clock.ts"
import { dueAfter, readRecipients, refuseSchedule, toldDays } from "~/report/rules/schedule.ts"
import { saveOwed, schedulesOf } from "~/report/store/schedules.ts"
import { conversation, GIULIA } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const ROME = "Europe/Rome"
const at = (text: string) => Date.parse(text)

describe("A report by mail is due", () => {
  test.each([
    ["every day at seven by the tenant's clocks", "day", ROME, "2026-11-29T12:00:00Z", "2026-11-30T06:00:00Z"],
    ["once a day", "day", ROME, "2026-11-30T06:00:00Z", "2026-12-01T06:00:00Z"],
    ["on the day on which the clocks go ahead", "day", ROME, "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z"],
    ["on the day on which they go back", "day", ROME, "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z"],
    ["on Monday", "week", ROME, "2026-11-30T06:00:00Z", "2026-12-07T06:00:00Z"],
    ["on the first, in another year too", "month", ROME, "2026-12-01T06:00:00Z", "2027-01-01T06:00:00Z"],
    ["where clocks stand 45 minutes off", "day", "Asia/Kathmandu", "2026-11-29T12:00:00Z", "2026-11-30T01:15:00Z"],
  ] as const)("%s", (_, every, zone, doneUntil, due) => {
    expect(new Date(dueAfter({ every, doneUntil: at(doneUntil) }, zone)).toISOString()).toBe(
      new Date(at(due)).toISOString(),
    )
  })

  test("and tells of the days that are over", () => {
    const monday = at("2026-11-30T06:00:00Z")
    expect(toldDays("day", ROME, monday)).toMatchObject({ from: 20261129, to: 20261129 })
    expect(toldDays("week", ROME, monday)).toMatchObject({ from: 20261123, to: 20261129 })
    expect(toldDays("month", ROME, at("2027-01-01T06:00:00Z"))).toMatchObject({ from: 20261201, to: 20261231 })
  })

  test("to addresses alone, and to some", () => {
    const given = (recipients: string[]) =>
      refuseSchedule({ report: "volumes", rows: "day", every: "day", filters: [], language: "en", recipients })
    expect(readRecipients("a@b.test, c@d.test\na@b.test;")).toEqual(["a@b.test", "c@d.test"])
    expect(given(["a@b.test"])).toBeNull()
    expect(given([])).toMatchObject({ refused: "report.nobody_named" })
    expect(given(["a@b.test", "nobody"])).toMatchObject({
      refused: "report.address_malformed",
      detail: { address: "nobody" },
    })
    expect(given(Array.from({ length: 21 }, (_, index) => `a${index}@b.test`))).toMatchObject({
      refused: "report.too_many_named",
    })
  })
})

let world: World
afterEach(() => world?.close())

const START = at("2026-11-25T09:00:00Z")
const mails = () => world.mailbox.letters

describe("A supervisor has a report sent by mail", () => {
  test("each address gets it on time, once, with the figures of the days before, until it is ended", async () => {
    world = await openWorld({
      start: START,
      document: office([{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]),
    })
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    const fields = {
      report: "volumes",
      rows: "agent",
      every: "day",
      recipients: "boss@company.test chief@company.test",
    }
    expect(await carla.post("/reports/schedules", fields)).toBeNull()
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    await anna.open(conversation(world, giulia).id)
    await anna.close(conversation(world, giulia).id)
    await world.advance(hours(21))
    expect(mails().map(({ to }) => to)).toEqual(["boss@company.test", "chief@company.test"])
    const [mail] = mails()
    expect(mail?.subject).toBe("Acme · Volumes · 25 Nov 2026")
    expect(mail?.text).toContain("Anna Rossi: Taken in hand 1, Closed 1")
    expect(mail?.html).toContain("Anna Rossi")
    await world.restart()
    await world.advance(hours(4))
    expect(mails()).toHaveLength(2)
    const [schedule] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM reportSchedule")
    const nextDay = await sitDown(world, "carla")
    expect(await nextDay.post(`/reports/schedules/${schedule?.id}/ending`)).toBeNull()
    await world.advance(days(2))
    expect(mails()).toHaveLength(2)
    expect(rowsOf(world.database.path, "SELECT act FROM auditEntry WHERE act LIKE 'report.%' ORDER BY id")).toEqual([
      { act: "report.scheduled" },
      { act: "report.unscheduled" },
    ])
  })

  test("of a skillset by agents it is counted when it is due, once, and after a restart what was owed", async () => {
    const hands = [
      { username: "anna", skillsets: ["Sales", "Service"] },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]
    world = await openWorld({ start: START, document: office(hands) })
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    const { id, skillset } = conversation(world, giulia)
    await anna.open(id)
    await anna.close(id)
    const fields = {
      report: "volumes",
      rows: "agent",
      every: "day",
      recipients: "boss@company.test",
      skillset: String(skillset),
    }
    expect(await carla.post("/reports/schedules", { ...fields, rows: "skillset" })).toMatchObject({
      refused: "report.rows_unknown",
    })
    expect(await carla.post("/reports/schedules", fields)).toBeNull()
    expect(await carla.visitor.panel("/reports")).toContain("Volumes · Sales, By agent")
    await world.advance(hours(21))
    expect(mails().map(({ subject }) => subject)).toEqual(["Acme · Volumes · Sales · 25 Nov 2026"])
    expect(mails()[0]?.text).toContain("Anna Rossi: Taken in hand 1, Closed 1")
    const [kept] = rowsOf<{ id: number; owedFrom: number | null }>(world.database.path, "SELECT * FROM reportSchedule")
    expect(kept?.owedFrom).toBeNull()
    // As it is when the process ends while it counts.
    const days = { from: 2026_11_24, to: 2026_11_25 }
    await world.database.tenant(carla.tenant).act(SYSTEM, (tx) => saveOwed(tx, { id: kept?.id ?? 0, owed: days }))
    expect(mails()).toHaveLength(1)
    await world.restart()
    expect(mails().at(-1)?.subject).toBe("Acme · Volumes · Sales · 24 Nov 2026 – 25 Nov 2026")
    expect(mails()).toHaveLength(2)
  })

  test("what is more than can be counted is said instead", async () => {
    world = await openWorld({
      start: START,
      document: office([{ username: "carla", level: "supervisor", skillsets: [] }]),
    })
    const carla = await sitDown(world, "carla")
    const fields = { report: "volumes", rows: "agent", every: "day", recipients: "boss@company.test" }
    expect(await carla.post("/reports/schedules", fields)).toBeNull()
    const tenant = world.database.tenant(carla.tenant)
    const [schedule] = schedulesOf(tenant.read)
    const period = { name: "custom", from: 2026_11_24, to: 2026_11_24 } as const
    await tenant.act(SYSTEM, (tx) => tx.raise({ type: "report.uncounted", schedule: schedule!, period, most: 50_000 }))
    await world.settle()
    expect(mails()[0]?.text).toContain("More than 50,000 conversations")
  })

  test("a wrong address changes nothing, and an agent may not", async () => {
    world = await openWorld({
      start: START,
      document: office([{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]),
    })
    const anna = await sitDown(world, "anna")
    const carla = await sitDown(world, "carla")
    const fields = { report: "volumes", rows: "day", every: "day", recipients: "nobody" }
    expect(await carla.post("/reports/schedules", fields)).toMatchObject({ refused: "report.address_malformed" })
    expect(await anna.post("/reports/schedules", { ...fields, recipients: "a@b.test" })).toMatchObject({
      refused: "access.denied",
    })
    expect(rowsOf(world.database.path, "SELECT * FROM reportSchedule")).toEqual([])
  })
})
