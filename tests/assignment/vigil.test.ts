/** What an offer must never break is counted where the appliance really runs: here each rule is broken on purpose. */
import { afterEach, expect, test } from "bun:test"
import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import { office } from "../support/cast.ts"
import type { Desk } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"
import { pageOf, skillsetOf, somebodyWrites, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

const change = statement((p: { maximum: number; load: number; status: "ready" | "break"; link: "live" | "gone" }) =>
  query.updateTable("agent").set({ maximum: p.maximum, load: p.load, status: p.status, link: p.link }),
)
const shut = statement((p: { enabled: 0 | 1 }) => query.updateTable("channel").set({ enabled: p.enabled }))
const reserve = statement((p: { user: number }) =>
  query.updateTable("conversation").set({ targetUser: p.user, exclusive: 1 }),
)
const AS_IT_WAS = { maximum: 5, load: 1, status: "ready", link: "live" } as const

/** Anna has been offered a conversation; the offer is told once more, after `spoil` has changed what it rests on. */
async function counted(spoil: (tx: Tx, marco: number) => void, skillset = "Sales"): Promise<string[]> {
  const hands = [{ username: "anna" }, { username: "marco" }]
  world = await openWorld({ document: office(hands) })
  const [anna, marco] = (await working(world, "anna", "marco")) as [Desk, Desk]
  const { id } = await somebodyWrites(world)
  expect(await violations(anna)).toEqual([])
  const reason = { strategy: "least_loaded", candidates: 1, overflowFrom: null, load: 0, maximum: 5 } as const
  await world.database.tenant(anna.tenant).act(SYSTEM, (tx) => {
    spoil(tx, marco.id)
    const told = { ...reason, skillset: skillset === "Sales" ? skillsetOf(world, "Sales") : 4_711 }
    tx.raise({ type: "conversation.offered", conversation: id, agent: anna.id, reason: told })
  })
  return violations(anna)
}

async function violations(desk: Desk): Promise<string[]> {
  const lines = (await pageOf(desk, "/metrics")).matchAll(
    /^routing_invariant_violations_total\{invariant="(\w+)"\} (\d+)$/gm,
  )
  const counts = [...lines].map(([, invariant = "", count]) => [invariant, Number(count)] as const)
  expect(counts).toHaveLength(6)
  return counts.flatMap(([invariant, count]) => (count > 0 ? [invariant] : []))
}

test.each<[string, (tx: Tx, marco: number) => void, string[]]>([
  ["nothing, when nothing is wrong", () => {}, []],
  ["more than an agent may have", (tx) => void tx.run(change, { ...AS_IT_WAS, maximum: 0 }), ["R1"]],
  ["a count of conversations that is not true", (tx) => void tx.run(change, { ...AS_IT_WAS, load: 0 }), ["R2"]],
  ["an agent on a break", (tx) => void tx.run(change, { ...AS_IT_WAS, status: "break" }), ["R3"]],
  ["what waits for somebody else", (tx, marco) => void tx.run(reserve, { user: marco }), ["R6"]],
  ["a number that is closed", (tx) => void tx.run(shut, { enabled: 0 }), ["R10"]],
  ["an agent who is gone", (tx) => void tx.run(change, { ...AS_IT_WAS, link: "gone" }), ["R11"]],
])("%s is counted", async (_what, spoil, expected) => {
  expect(await counted(spoil)).toEqual(expected)
})

test("an agent who does not serve the skillset is counted", async () => {
  expect(await counted(() => {}, "another")).toEqual(["R3"])
})
