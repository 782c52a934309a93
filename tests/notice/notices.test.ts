import { afterEach, describe, expect, test } from "bun:test"
import { type Actor, SYSTEM } from "~/facts.ts"
import { MOST_NOTICES, type Notice, type NoticeTo } from "~/notice/rules.ts"
import { conversations, GIULIA } from "../journeys/scene.ts"
import { ACME } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const bellOf = async ({ visitor }: Desk): Promise<string> => (await visitor.get("/notices")).text()
const linesIn = (html: string): number => html.match(/id="notice-\d+"/g)?.length ?? 0

async function tell(tenant: number, to: NoticeTo, notice: Notice, actor: Actor = SYSTEM): Promise<void> {
  await world.database.tenant(tenant).act(actor, (tx) => tx.raise({ type: "notice.due", to, notice }))
  await world.settle()
}

/** Anna of Sales has Giulia's conversation; Ivo is isolated in Service. */
async function annaTalks() {
  world = await openWorld()
  const anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create(GIULIA)
  giulia.say("Buongiorno", { to: ACME.number.phoneNumberId })
  await world.settle()
  return { anna, conversation: conversations(world, giulia)[0]!.id }
}

describe("Notices", () => {
  test("reach whom they are for at once, name whom they speak of, and lead to the conversation", async () => {
    const { anna, conversation } = await annaTalks()
    const marco = await sitDown(world, "marco")
    await tell(
      anna.tenant,
      { users: [anna.id] },
      { kind: "offer_declined_because", by: marco.id, conversation, words: "busy" },
    )
    expect(anna.heard).toContain("notices")
    expect(marco.heard).not.toContain("notices")
    const html = await bellOf(anna)
    expect(html).toContain("Marco Rossi declined the conversation with Giulia Lombardi: busy")
    expect(html).toContain(`href="/conversations/${conversation}"`)
    expect(html).toContain('aria-label="Notices, 1 new"')
    expect(linesIn(await bellOf(marco))).toBe(0)
  })

  test("are new until the list is opened, and stay readable afterwards", async () => {
    const { anna, conversation } = await annaTalks()
    await tell(anna.tenant, { users: [anna.id] }, { kind: "target_lost", conversation })
    expect(await anna.post("/notices/seen")).toBeNull()
    const html = await bellOf(anna)
    expect(html).toContain('aria-label="Notices"')
    expect(linesIn(html)).toBe(1)
  })

  test("for supervisors reach every supervisor and admin of the tenant, and nobody of another", async () => {
    const { anna, conversation } = await annaTalks()
    const carla = await sitDown(world, "carla")
    const dora = await sitDown(world, "dora")
    const carla2 = await sitDown(world, "carla2")
    await tell(anna.tenant, { users: [carla.id], supervisors: true }, { kind: "exclusive_ended", conversation })
    for (const [desk, count] of [
      [carla, 1],
      [dora, 1],
      [anna, 0],
      [carla2, 0],
    ] as const)
      expect([desk.username, linesIn(await bellOf(desk))]).toEqual([desk.username, count])
  })

  test("nobody is told what they did themselves", async () => {
    const { anna, conversation } = await annaTalks()
    const carla = await sitDown(world, "carla")
    const actor: Actor = { kind: "user", id: carla.id, level: "supervisor", isolated: false, skillsets: [] }
    await tell(anna.tenant, { users: [anna.id], supervisors: true }, { kind: "target_lost", conversation }, actor)
    expect([linesIn(await bellOf(anna)), linesIn(await bellOf(carla))]).toEqual([1, 0])
  })

  test("name no customer to somebody who may no longer know of the conversation", async () => {
    const { anna, conversation } = await annaTalks()
    const ivo = await sitDown(world, "ivo")
    await tell(anna.tenant, { users: [ivo.id] }, { kind: "target_lost", conversation })
    const html = await bellOf(ivo)
    expect(html).toContain("The conversation with a customer")
    expect(html).not.toContain("Giulia")
    expect(html).not.toContain("<a ")
  })

  test("the oldest go when there are too many", async () => {
    const { anna, conversation } = await annaTalks()
    for (let count = 0; count < MOST_NOTICES + 3; count++)
      await tell(
        anna.tenant,
        { users: [anna.id] },
        { kind: "offer_declined_because", conversation, words: `reason ${count}` },
      )
    const html = await bellOf(anna)
    expect(linesIn(html)).toBe(MOST_NOTICES)
    expect(html).toContain(`reason ${MOST_NOTICES + 2}`)
    expect(html).not.toContain("reason 2<")
  })
})
