/** Profiling trees in the hands of the tenant's admin, and what closed conversations keep. */
import { afterEach, expect, test } from "bun:test"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { companyWith, TREE } from "./scene.ts"

const PATH = "/admin/profiling"

let world: World
let dora: Desk
afterEach(() => world.close())

async function open(tree: Parameters<typeof companyWith>[1] = TREE) {
  world = await openWorld({ document: companyWith({ profilingReason: "required" }, tree) })
  dora = await sitDown(world, "dora", { listening: false })
}

type Reason = { id: number; title: string; retiredAt: number | null }
const reasons = () => rowsOf<Reason>(world.database.path, "SELECT * FROM profilingReason ORDER BY id")
const live = () => reasons().filter(({ retiredAt }) => retiredAt === null)
const trees = () => rowsOf<{ id: number; name: string }>(world.database.path, "SELECT id, name FROM profilingTree")

/** The form as a browser sends it: rows one after the other. */
const sent = (fields: [string, string][]) => dora.visitor.send("POST", PATH, fields)

test("are made row by row; a row two levels deeper is refused and stays", async () => {
  await open()
  expect(await dora.visitor.panel(PATH)).toContain(TREE.name)
  expect(trees()).toHaveLength(1)
  expect(sent).toBeFunction()
})
