import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { readWaitingCursor } from "~/conversation/queries/waiting-pages.ts"
import { seconds } from "~/kernel/clock.ts"
import { conversations, GIULIA } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

/** 205 customers have written while nobody was there; then Giulia, to whom Marco of Service was free. */
const CROWD = 205
let world: World
let marco: Desk
beforeAll(async () => {
  world = await openWorld({
    document: office([
      { username: "marco", skillsets: ["Service"], most: 1 },
      { username: "ivo", skillsets: ["Service"], isolated: true, most: 0 },
    ]),
  })
  for (let index = 0; index < CROWD; index++) {
    const phone = `+39345555${String(1_000 + index)}`
    world.simulator.phones.create({ name: `Customer ${index}`, phone }).say("Buongiorno")
    if (index % 3 === 0) await world.advance(seconds(1))
  }
  await world.settle()
  marco = await sitDown(world, "marco")
  await world.advance(seconds(1))
  world.simulator.phones.create(GIULIA).say("Chi c'è?")
  await world.settle()
})
afterAll(() => world.close())

const idsOn = (page: string) => [...page.matchAll(/id="waiting-(\d+)"/g)].map(([, id]) => Number(id))
const nextOf = (page: string) => /href="(\/waiting\?from=[^"]+)"/.exec(page)?.[1]

describe("When a crowd waits", () => {
  test("the page shows the fifty who have waited longest, and the others follow, nobody twice", async () => {
    const waiting = conversations(world).filter(({ state }) => state === "queued" || state === "offered")
    const longest = waiting.toSorted((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0) || a.id - b.id)
    const pages: string[] = []
    for (let path: string | undefined = "/waiting"; path; path = nextOf(pages.at(-1) ?? ""))
      pages.push(await marco.visitor.panel(path))
    expect(pages.map((page) => idsOn(page).length)).toEqual([50, 50, 50, 50, 6])
    expect(pages.flatMap(idsOn)).toEqual(longest.map(({ id }) => id))
    expect(pages.map((page) => /Show \d+ more/.exec(page)?.[0])).toEqual([
      "Show 156 more",
      "Show 106 more",
      "Show 56 more",
      "Show 6 more",
      undefined,
    ])
  })

  test("a restricted agent sees the one of their skillset, however many others stand before it", async () => {
    const ivo = await sitDown(world, "ivo")
    const page = await ivo.visitor.panel("/waiting")
    const [giulia] = conversations(world).filter(({ owner }) => owner === marco.id)
    expect(idsOn(page)).toEqual([giulia?.id ?? 0])
    expect(nextOf(page)).toBeUndefined()
  })

  test("an address that makes no sense shows the beginning", async () => {
    const first = idsOn(await marco.visitor.panel("/waiting"))
    for (const from of ["", "nobody.1.1", "forAgent.x.1", "forAgent.1", "forAgent.0.1.1", "'--"]) {
      expect(readWaitingCursor(from)).toBeNull()
      expect(idsOn(await marco.visitor.panel(`/waiting?from=${encodeURIComponent(from)}`))).toEqual(first)
    }
  })
})
