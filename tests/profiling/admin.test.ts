/** Profiling trees in the hands of the tenant's admin, and what closed conversations keep. */
import { afterEach, expect, test } from "bun:test"
import { conversation } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { companyWith, TREE } from "./scene.ts"

const PATH = "/admin/profiling"

let world: World
let dora: Desk
afterEach(() => world.close())

async function open() {
  world = await openWorld({ document: companyWith({ profilingReason: "required" }) })
  dora = await sitDown(world, "dora", { listening: false })
}

type Reason = { id: number; title: string; parent: number | null; mayStop: number; retiredAt: number | null }
const reasons = () => rowsOf<Reason>(world.database.path, "SELECT * FROM profilingReason ORDER BY position, id")
const live = () => reasons().filter(({ retiredAt }) => retiredAt === null)
const trees = () =>
  rowsOf<{ id: number; name: string; retiredAt: number | null }>(
    world.database.path,
    "SELECT id, name, retiredAt FROM profilingTree ORDER BY id",
  )

type Row = [level: number, title: string, mayStop?: true]
/** The form as a browser sends it: the rows one after the other. */
const form = (name: string, rows: readonly Row[], more: readonly (readonly string[])[] = []) => [
  ["name", name],
  ...rows.flatMap(([level, title, mayStop], index) => [
    ["row", `r${index}`],
    ["level", String(level)],
    ["title", title],
    ...(mayStop ? [["mayStop", `r${index}`]] : []),
  ]),
  ...more,
]
const send = async (path: string, fields: readonly (readonly string[])[]) => {
  const response = await dora.visitor.postAll(path, fields)
  return { status: response.status, page: await response.text() }
}
const beforeOf = async (path: string) => {
  const page = await dora.visitor.panel(path)
  const value = /name="before" value="([^"]*)"/.exec(page)?.[1] ?? ""
  return ["before", value.replaceAll("&quot;", '"').replaceAll("&amp;", "&")] as const
}

test("are made row by row: levels, the last word, order", async () => {
  await open()
  expect(await dora.visitor.panel(PATH)).toContain(TREE.name)
  const made = form("Second", [
    [1, "Offer", true],
    [2, "Sent"],
    [2, "Declined"],
    [1, " Other  thing "],
    [1, ""],
  ])
  expect((await send(PATH, made)).status).toBeLessThan(400)
  const tree = trees().find(({ name }) => name === "Second")
  const own = rowsOf<Reason>(world.database.path, `SELECT * FROM profilingReason WHERE tree = ${tree?.id} ORDER BY id`)
  const titleOf = (id: number | null) => own.find((one) => one.id === id)?.title ?? null
  expect(own.map(({ title, parent, mayStop }) => [title, titleOf(parent), mayStop])).toEqual([
    ["Offer", null, 1],
    ["Sent", "Offer", 0],
    ["Declined", "Offer", 0],
    ["Other thing", null, 0],
  ])
})

test("that cannot be are refused at the rows, and what was typed stays", async () => {
  await open()
  const wrongs: [string, Row[], string][] = [
    [
      "New",
      [
        [1, "A"],
        [3, "Too deep"],
      ],
      "«Too deep» is two levels under",
    ],
    [
      "New",
      [
        [1, "A"],
        [1, "A"],
      ],
      "«A» stands twice",
    ],
    ["New", [[1, "A › B"]], "cannot be a label"],
    [TREE.name, [[1, "A"]], "There is a tree called Reasons already"],
  ]
  for (const [name, rows, words] of wrongs) {
    const { status, page } = await send(PATH, form(name, rows))
    expect([words, status, page.includes(words), page.includes(`value="${rows[0]?.[1]}"`)]).toEqual([
      words,
      422,
      true,
      true,
    ])
  }
  expect(trees()).toHaveLength(1)
})

test("renamed and retired: what was closed keeps its label, two at once are told", async () => {
  await open()
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  giulia.say("Buongiorno")
  await world.settle()
  const { id } = conversation(world, giulia)
  await anna.open(id)
  const moved = live().find(({ title }) => title === "Moved")?.id
  expect(await anna.post(`/conversations/${id}/closing`, { seenUnread: "9", path: String(moved) })).toBeNull()
  const path = `${PATH}/${trees()[0]?.id}`
  const before = await beforeOf(path)
  const number = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM channel")
  const channels = [["channels", String(number[0]?.id)]]
  const next = form(
    "Why",
    [
      [1, "Help"],
      [1, "Not for us"],
    ],
    [...channels, before],
  )
  expect((await send(path, next)).status).toBeLessThan(400)
  expect(live().map(({ title }) => title)).toEqual(["Help", "Not for us"])
  const kept = "SELECT path FROM conversationProfiling"
  expect(rowsOf<{ path: string }>(world.database.path, kept)).toEqual([{ path: "Service › Booking › Moved" }])
  expect(await dora.visitor.panel(path)).toContain("Service › Booking › Moved")
  const late = await send(path, form("Mine", [[1, "Help"]], [...channels, before]))
  expect([late.status, late.page.includes('value="Mine"')]).toEqual([409, true])
})

test("in use are not deleted; an empty one is said to ask in vain; one that was used is only put away", async () => {
  await open()
  const path = `${PATH}/${trees()[0]?.id}`
  expect(await dora.visitor.panel(`${path}/deletion`)).toContain("It is in use")
  const number = rowsOf<{ id: number }>(world.database.path, "SELECT channel AS id FROM channelProfiling")[0]?.id
  const channels = [["channels", String(number)]]
  expect((await send(`${path}/deletion`, [])).status).toBe(409)
  expect((await send(path, form("Reasons", [[1, ""]], [...channels, await beforeOf(path)]))).status).toBeLessThan(400)
  expect(await dora.visitor.panel(path)).toContain("asks for a reason, and there is none to choose")
  expect(await dora.visitor.panel(PATH)).toContain("has no reasons")
  const freed = form("Reasons", [[1, "One"]], [await beforeOf(path)])
  expect((await send(path, freed)).status).toBeLessThan(400)
  expect((await send(`${path}/deletion`, [])).status).toBeLessThan(400)
  expect(trees()).toEqual([])
})
