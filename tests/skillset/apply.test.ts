import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { Id } from "~/kernel/id.ts"
import { allSkillsets, skillsetByName } from "~/skillset/store.ts"
import { office, withSkillsets } from "../support/cast.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let acme: Id
beforeAll(async () => {
  world = await openWorld({ document: office([{ username: "anna" }]) })
  acme = rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM tenant WHERE slug = 'acme'")[0]?.id ?? 0
})
afterAll(() => world.close())

const named = (name: string) => skillsetByName(world.database.tenant(acme).read, name)
const apply = (...skillsets: object[]) => world.apply(withSkillsets(office([{ username: "anna" }]), skillsets))

describe("Skillsets of a file", () => {
  test("a name alone is the plain kind: least loaded, no priority, no overflow", () => {
    const plain = { strategy: "least_loaded" as const, priority: 0, overflow: null }
    expect(
      allSkillsets(world.database.tenant(acme).read).map(({ strategy, priority, overflow }) => ({
        strategy,
        priority,
        overflow,
      })),
    ).toEqual([plain, plain])
  })

  test("one may overflow into another that stands later in the file, and twice is once", async () => {
    const sales = { name: "Sales", strategy: "round_robin", priority: 3 }
    const document = [
      { ...sales, overflow: { skillset: "Care", afterSeconds: 90 } },
      { name: "Service" },
      { name: "Care" },
    ]
    await apply(...document)
    expect(named("Sales")).toMatchObject({
      strategy: "round_robin",
      priority: 3,
      overflow: { to: named("Care")?.id ?? 0, afterSeconds: 90 },
    })
    const before = dump(world.database.path)
    await apply(...document)
    expect(dump(world.database.path)).toEqual(before)
  })

  test("what is not mentioned stays; null takes an overflow away", async () => {
    await apply({ name: "Sales", priority: 1 })
    expect(named("Sales")).toMatchObject({ strategy: "round_robin", priority: 1, overflow: { afterSeconds: 90 } })
    await apply({ name: "Sales", overflow: null })
    expect(named("Sales")).toMatchObject({ priority: 1, overflow: null })
  })

  test.each([
    [{ strategy: "fastest" }, "must be one of least_loaded, longest_idle, round_robin, manual"],
    [{ priority: 10 }, "must be a whole number from 0 to 9"],
    [{ overflow: { skillset: "Nowhere", afterSeconds: 60 } }, "names a skillset that does not exist: Nowhere"],
    [{ overflow: { skillset: "Sales", afterSeconds: 60 } }, "must be another skillset"],
    [{ overflow: { skillset: "Service", afterSeconds: 0 } }, "must be a whole number from 1 to 86400"],
    [{ overflow: { skillset: "Service" } }, "is missing"],
    [{ strategi: "manual" }, "did you mean strategy?"],
  ])("%p is refused with its place and reason", async (wrong, reason) => {
    const before = dump(world.database.path)
    await expect(apply({ name: "Sales", ...wrong })).rejects.toThrow(reason)
    expect(dump(world.database.path)).toEqual(before)
  })
})
