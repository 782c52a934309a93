import { afterEach, describe, expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { type ApplyReport, applyDocument } from "~/command/apply/provision.ts"
import { DEMO_COMPANY } from "~/demo/company.ts"
import { DEMO_VOICE } from "~/demo/voice.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { company, openShop, TEXTS } from "./scene.ts"

let world: World
afterEach(() => world.close())

async function applied(document: unknown): Promise<ApplyReport> {
  const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
  const { database, clock, chance } = world
  return applyDocument({ database, passwords, clock, chance }, { document, dryRun: false })
}
const outcome = async (document: unknown) =>
  (await applied(document)).find(({ object }) => object.startsWith("channel"))?.outcome
const kept = () =>
  rowsOf<{ kind: string; language: string }>(
    world.database.path,
    "SELECT kind, language FROM automaticMessage ORDER BY kind, language",
  ).map(({ kind, language }) => `${kind} ${language}`)

describe("The texts of a number in the file", () => {
  test("applied again they change nothing; other words are a change", async () => {
    world = await openShop()
    expect(await outcome(company())).toBe("left alone")
    expect(await outcome(company({ messages: { ...TEXTS, welcome: { en: "Hi", it: "Ciao" } } }))).toBe("changed")
    expect(kept()).toContain("welcome it")
  })

  test("what is not written is switched off; a file that does not speak of them leaves them alone", async () => {
    world = await openShop()
    expect(await outcome(company({ messages: { welcome: { en: "Hi" }, closed: null } }))).toBe("changed")
    expect(kept()).toEqual(["welcome en"])
    expect(await outcome(company({ channel: { messages: undefined } }))).toBe("left alone")
    expect(kept()).toEqual(["welcome en"])
    expect(await outcome(company({ messages: null }))).toBe("changed")
    expect(kept()).toEqual([])
  })

  test("one mistake keeps the whole file out, and is named by its place", async () => {
    world = await openShop()
    const wrong = company({ messages: { welcome: { en: "Hello {custmer.name}" } } })
    await expect(applied(wrong)).rejects.toThrow(
      "tenants[0].channels[0].messages.welcome.en names {custmer.name}, which is not known; did you mean {customer.name}?",
    )
    await world.settle()
    expect(kept()).toContain("closed en")
  })

  test("the demo's own can be applied to its company", async () => {
    world = await openWorld({ document: { tenants: [] } })
    await applied(DEMO_COMPANY)
    expect(await outcome(DEMO_VOICE)).toBe("changed")
    expect(kept()).toHaveLength(16)
  })
})
