/** Two filters at once: counted again from what was recorded, and held against the counters and against a naive count. */
import { afterEach, describe, expect, test } from "bun:test"
import { days, hours, minutes, nextTurn, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { Combinations } from "~/report/queries/combined.ts"
import { type Answer, type Asked, answer, isCombined, readAsked } from "~/report/queries/report.ts"
import { Combined, countsIn } from "~/report/rules/combining.ts"
import { ticks } from "~/report/rules/measures.ts"
import { REPORT, REPORTS } from "~/report/rules/reports.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

/** The reading room answers from a worker: so many turns of the loop are more than it ever takes. */
const TURNS = 500_000

let world: World
afterEach(() => world.close())

const HANDS = [
  { username: "anna", skillsets: ["Sales", "Service"] },
  { username: "marco", skillsets: ["Sales", "Service"] },
  { username: "carla", level: "supervisor", skillsets: [] },
]

/** Some weeks in which both agents serve both skillsets: answers, transfers, closings by hand. */
async function worked(): Promise<{ carla: Desk; ids: Record<string, Id> }> {
  world = await openWorld({ document: office(HANDS), start: Date.UTC(2026, 4, 20, 7) })
  const skillset = (name: string) =>
    rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM skillset WHERE name = ?", name)[0]?.id ?? 0
  const sales = skillset("Sales")
  const service = skillset("Service")
  for (let round = 0; round < 8; round++) {
    const desks = [await sitDown(world, "anna"), await sitDown(world, "marco")]
    const phone = world.simulator.phones.create({ name: `Caller ${round}`, phone: `+39 345 555 01${70 + round}` })
    await serve(phone, desks, round, service)
    for (const desk of desks) await desk.leave()
    await world.advance(days(2) + hours(round))
  }
  const carla = await sitDown(world, "carla")
  const user = (name: string) =>
    rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM user WHERE username = ?", name)[0]?.id ?? 0
  const [channel] = rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM channel")
  return { carla, ids: { sales, service, anna: user("anna"), marco: user("marco"), channel: channel?.id ?? 0 } }
}

async function serve(phone: Phone, desks: readonly Desk[], round: number, service: Id): Promise<void> {
  phone.say("Buongiorno")
  await world.advance(seconds(20 + round * 7))
  const { id, owner } = conversation(world, phone)
  const first = desks.find((desk) => desk.id === owner)
  await first?.open(id)
  await world.advance(seconds(30))
  await first?.reply(id, "Eccomi")
  await world.advance(minutes(3 + round))
  phone.say("E poi?")
  await world.settle()
  if (round % 2 === 1)
    await first?.post(`/conversations/${id}/transfer`, {
      to: "skillset",
      skillset: String(service),
      mode: "immediate",
      note: "",
    })
  await world.settle()
  const second = desks.find((desk) => desk.id === conversation(world, phone).owner) ?? first
  await second?.open(id)
  await second?.reply(id, "Ecco")
  if (round !== 6) await second?.close(id)
  await world.settle()
}

const PERIOD = "period=custom&from=2026-05-01&to=2026-06-30"
const asked = (address: string): Asked => {
  const { read } = world.database.tenant(1)
  return readAsked(read, new URLSearchParams(`${PERIOD}&${address}`), null)
}
async function combined(one: Asked): Promise<Answer> {
  const combinations = new Combinations(world.database, world.clock)
  for (let turn = 0; turn < TURNS; turn++) {
    const standing = combinations.ask(1, one)
    if (standing.state === "done") return standing.answer
    if (standing.state !== "counting") throw new Error(standing.state)
    await nextTurn()
  }
  throw new Error("never done")
}
const plainly = (figures: ReadonlyMap<string, number>) =>
  Object.fromEntries([...figures].filter(([, value]) => value !== 0).sort(([a], [b]) => a.localeCompare(b)))

describe("What two have in common", () => {
  test("of one alone it is what the counters say: in every report, along time and around the clock", async () => {
    const { ids } = await worked()
    const members = { channel: ids.channel, skillset: ids.sales, agent: ids.anna }
    for (const report of REPORTS.filter((one) => REPORT[one].rows.includes("skillset")))
      for (const [dimension, member] of Object.entries(members))
        for (const rows of ["day", "clock", "month"]) {
          const one = asked(`report=${report}&${dimension}=${member}&rows=${rows}`)
          const kept = answer(world.database.tenant(1).read, one)
          const counted = await combined(one)
          const told = ({ total, before, lines }: Answer) => ({
            total: plainly(total),
            before: plainly(before),
            lines: lines.map(({ key, figures }) => [key, plainly(figures)]),
          })
          expect([report, dimension, rows, told(counted)]).toEqual([report, dimension, rows, told(kept)])
        }
  })

  test("of an agent and a skillset it is what a naive count of the events says; both agents are the skillset's all", async () => {
    const { ids } = await worked()
    const taken = rowsOf<{ skillset: Id; agent: Id; count: number }>(
      world.database.path,
      `SELECT json_extract(data, '$.skillset') AS skillset, json_extract(data, '$.agent') AS agent, count(*) AS count
       FROM event WHERE kind = 'conversation.activated' GROUP BY 1, 2`,
    )
    expect(taken.length).toBeGreaterThan(2)
    for (const { skillset, agent, count } of taken) {
      const one = asked(`report=volumes&skillset=${skillset}&agent=${agent}`)
      expect(isCombined(one)).toBe(true)
      expect([skillset, agent, (await combined(one)).total.get("taken")]).toEqual([skillset, agent, count])
    }
    const bySkillset = await combined(asked(`report=volumes&skillset=${ids.service}&rows=agent`))
    const sum = bySkillset.lines.reduce((all, { figures }) => all + (figures.get("taken") ?? 0), 0)
    expect(sum).toBe(bySkillset.total.get("taken") ?? 0)
    expect(bySkillset.lines.map(({ name }) => name)).toEqual(["Anna Rossi", "Marco Rossi"])
  })

  test("is shown when it is counted, in the page, and taken as a file, on record", async () => {
    const { carla, ids } = await worked()
    const address = `${PERIOD}&report=volumes&skillset=${ids.service}&agent=${ids.marco}`
    const page = await carla.visitor.panel(`/reports?${address}`)
    for (const words of ["Counting what was recorded", "/reports/combined?", "Service", "Marco Rossi"])
      expect(page).toContain(words)
    let panel = ""
    for (let turn = 0; turn < TURNS && !panel.includes("<table"); turn++) {
      panel = await carla.visitor.panel(`/reports/combined?${address}`)
      await nextTurn()
    }
    expect(panel).toContain("<table")
    expect(panel).not.toContain("Counting")
    const file = await carla.visitor.post(`/reports/export?${address}`, { format: "csv" })
    expect([file.status, (await file.text()).split("\n").length > 3]).toEqual([200, true])
    const acts = rowsOf(world.database.path, "SELECT act FROM auditEntry WHERE act = 'export.made'")
    expect(acts).toHaveLength(1)
  })

  test("an agent sees nobody else's, whatever the address says", async () => {
    const { ids } = await worked()
    const { read } = world.database.tenant(1)
    const one = readAsked(read, new URLSearchParams(`agent=${ids.marco}&skillset=${ids.sales}`), ids.anna ?? 0)
    expect(one.filters).toEqual([{ dimension: "agent", member: ids.anna ?? 0 }])
  })
})

describe("Counts", () => {
  test("are put together again with everybody whose they are", () => {
    const all = [
      ...ticks(1, { channel: 7, skillset: 4, agent: 2 }, "taken"),
      ...ticks(2, { channel: 8 }, "messages_in", 3),
    ]
    expect(countsIn(all).map(({ whose, measure, by }) => [measure, by, Object.fromEntries(whose)])).toEqual([
      ["taken", 1, { channel: 7, skillset: 4, agent: 2 }],
      ["messages_in", 3, { channel: 8 }],
    ])
  })
  test("what nobody of a filter had is none of theirs", () => {
    const period = { name: "custom", from: 2026_05_01, to: 2026_05_31 } as const
    const combination = {
      period,
      before: { ...period, from: 2026_04_01, to: 2026_04_30 },
      step: "day",
      rows: "agent",
    } as const
    const filters = [
      { dimension: "channel", member: 7 },
      { dimension: "agent", member: 2 },
    ] as const
    const sums = new Combined({ ...combination, filters, measures: new Set(["taken", "messages_in"]) }, () => "UTC")
    const at = Date.UTC(2026, 4, 4, 10)
    sums.add([...ticks(at, { channel: 7, agent: 2 }, "taken"), ...ticks(at, { channel: 7 }, "messages_in")])
    sums.add([
      ...ticks(at, { channel: 7, agent: 3 }, "taken"),
      ...ticks(Date.UTC(2026, 3, 4), { channel: 7, agent: 2 }, "taken"),
    ])
    expect([plainly(sums.total), plainly(sums.before)]).toEqual([{ taken: 1 }, { taken: 1 }])
  })
})
