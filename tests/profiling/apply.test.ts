/** Trees of reasons as the file writes them. */
import { afterEach, describe, expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { InputInvalid } from "~/command/command.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { openTestDatabase } from "../database/support.ts"
import { rowsOf } from "../support/records.ts"
import { companyWith, TREE } from "./scene.ts"

let database: AppDatabase
afterEach(() => database.close())

const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
const apply = async (tree: object, settings: object = {}) => {
  const workplace = { database, passwords, clock: new VirtualClock(), chance: new SeededChance(1) }
  const report = await applyDocument(workplace, { document: companyWith(settings, tree), dryRun: false })
  return report.find(({ object }) => object.startsWith("profiling"))?.outcome
}
const problemsOf = (tree: object, settings: object = {}): Promise<string[]> =>
  apply(tree, settings).then(
    () => [],
    (error: unknown) => (error instanceof InputInvalid ? [...error.lines] : Promise.reject(error)),
  )
const titles = (where: string) =>
  rowsOf<{ title: string }>(database.path, `SELECT title FROM profilingReason WHERE ${where} ORDER BY id`).map(
    ({ title }) => title,
  )

describe("A tree of reasons in the file", () => {
  test("is made, left alone the second time, and changed when a label, an order or a stop differs", async () => {
    database = openTestDatabase()
    expect([await apply(TREE), await apply(TREE)]).toEqual(["created", "left alone"])
    const [service, sales, other] = TREE.reasons
    expect(await apply({ ...TREE, reasons: [sales, service, other] })).toBe("changed")
    expect(await apply({ ...TREE, reasons: [sales, service, other] })).toBe("left alone")
    expect(await apply({ ...TREE, reasons: [{ title: "Sales", reasons: ["Test drive"] }, service, other] })).toBe(
      "changed",
    )
    expect(titles("retiredAt IS NOT NULL")).toEqual([])
  })

  test("retires what is not in it any more, with all that stands under it, and edits no label", async () => {
    database = openTestDatabase()
    await apply(TREE)
    await apply({ ...TREE, reasons: ["Service and repairs", "Not for us"] })
    expect(titles("retiredAt IS NOT NULL").sort()).toEqual([
      "Booked",
      "Booking",
      "Moved",
      "Sales",
      "Service",
      "Test drive",
      "Warranty",
    ])
    expect(titles("retiredAt IS NULL").sort()).toEqual(["Not for us", "Service and repairs"])
  })

  test.each<[what: string, tree: object, lines: string[]]>([
    [
      "a fourth level",
      {
        name: "Reasons",
        reasons: [{ title: "1", reasons: [{ title: "2", reasons: [{ title: "3", reasons: ["4"] }] }] }],
      },
      ["tenants[0].profiling[0].reasons[0].reasons[0].reasons[0].reasons is deeper than 3 levels"],
    ],
    [
      "two reasons of one name beside each other",
      { name: "Reasons", reasons: ["A", "A"] },
      ["tenants[0].profiling[0].reasons[1] is the same as tenants[0].profiling[0].reasons[0]"],
    ],
    [
      "a label that looks like a path",
      { name: "Reasons", reasons: ["A › B"] },
      ["tenants[0].profiling[0].reasons[0].title must be one line without ›"],
    ],
    [
      "another name than the number's",
      { name: "Others", reasons: [] },
      ["tenants[0].channels[0].profiling names a profiling that does not exist: Reasons"],
    ],
  ])("with %s is refused with path and reason", async (_what, tree, lines) => {
    database = openTestDatabase()
    expect(await problemsOf(tree)).toEqual(lines)
  })

  test("is demanded in words that are known", async () => {
    database = openTestDatabase()
    expect(await problemsOf(TREE, { profilingReason: "always" })).toEqual([
      "tenants[0].channels[0].settings.profilingReason must be one of off, optional, required",
    ])
  })
})
