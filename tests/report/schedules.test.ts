import { afterEach, describe, expect, test } from "bun:test"
import { days, hours } from "~/kernel/clock.ts"
import { dueAfter, readRecipients, refuseSchedule, toldDays } from "~/report/rules/schedule.ts"
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
      refuseSchedule({ report: "volumes", rows: "day", every: "day", language: "en", recipients })
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

  test("a wrong address changes nothing, and an agent may not", async () => {
    world = await openWorld({
      start: START,
      document: office([{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]),
    })
    const [anna, carla] = [await sitDown(world, "anna"), await sitDown(world, "carla")]
    const fields = { report: "volumes", rows: "day", every: "day", recipients: "nobody" }
    expect(await carla.post("/reports/schedules", fields)).toMatchObject({ refused: "report.address_malformed" })
    expect(await anna.post("/reports/schedules", { ...fields, recipients: "a@b.test" })).toMatchObject({
      refused: "access.denied",
    })
    expect(rowsOf(world.database.path, "SELECT * FROM reportSchedule")).toEqual([])
  })
})
