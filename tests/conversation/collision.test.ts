/** Two at one conversation: they see each other, and neither answers over the other without knowing. */
import { afterEach, describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import { openScene } from "../customer/scene.ts"
import { messages } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())
type Somebody = typeof scene.anna
const says = (desk: Somebody, doing: string) => desk.post(`/conversations/${scene.conversation}/looking`, { doing })
const seenBy = (desk: Somebody) => desk.visitor.panel(`/conversations/${scene.conversation}/onlookers`)

describe("Who looks at a conversation", () => {
  test("is named to the others there, never to themselves, and is rung for", async () => {
    scene = await openScene()
    const carla = await sitDown(scene.world, "carla")
    await says(scene.anna, "looking")
    expect(await seenBy(scene.anna)).not.toContain("Anna")
    expect(await seenBy(carla)).toContain("Anna Rossi is looking")
    await says(carla, "noting")
    await scene.world.settle()
    expect(scene.anna.heard).toContain(`onlookers-${scene.conversation}`)
    expect(await seenBy(scene.anna)).toContain("Carla Rossi is writing a note")
    await says(carla, "gone")
    expect(await seenBy(scene.anna)).not.toContain("Carla")
  })

  test("writes for a moment, looks for a while, and is away when nothing more is heard", async () => {
    scene = await openScene()
    const carla = await sitDown(scene.world, "carla")
    await says(scene.anna, "writing")
    expect(await seenBy(carla)).toContain("Anna Rossi is writing")
    await scene.world.advance(seconds(20))
    expect(await seenBy(carla)).toContain("Anna Rossi is looking")
    await scene.world.advance(seconds(80))
    expect(await seenBy(carla)).not.toContain("Anna")
  })

  test("is nobody's business who may not see it", async () => {
    scene = await openScene()
    const ivo = await sitDown(scene.world, "ivo")
    expect(await says(ivo, "looking")).toMatchObject({ refused: "not_found" })
    expect((await scene.anna.visitor.get(`/conversations/${scene.conversation}/onlookers`)).status).toBe(200)
  })
})

describe("An answer that was begun before somebody else's", () => {
  test("is kept back once, with the name; sent again it goes", async () => {
    scene = await openScene()
    const { world, anna, conversation } = scene
    const begunAfter = String(messages(world, conversation).at(-1)!.id)
    const carla = await sitDown(world, "carla")
    const take = () => carla.post("/waiting/steering", { conversation: String(conversation), deed: "take_over" })
    expect(await take()).toBeNull()
    expect(await carla.reply(conversation, "I am on it")).toBeNull()
    await world.settle()
    const back = { conversation: String(conversation), deed: "assign", user: String(anna.id) }
    expect(await carla.post("/waiting/steering", back)).toBeNull()
    await anna.open(conversation)
    const send = (more: object) =>
      anna.post(`/conversations/${conversation}/messages`, { text: "My answer", clientId: "mine", ...more })
    expect(await send({ begunAfter })).toMatchObject({
      refused: "message.answered_meanwhile",
      message: "Carla Rossi has answered meanwhile. Read it; send again if yours is still needed.",
    })
    expect(await send({})).toBeNull()
  })

  test("one's own answer in another tab is no collision", async () => {
    scene = await openScene()
    const { world, anna, conversation } = scene
    const begunAfter = String(messages(world, conversation).at(-1)!.id)
    await anna.reply(conversation, "First")
    const second = { text: "Second", clientId: "second", begunAfter }
    expect(await anna.post(`/conversations/${conversation}/messages`, second)).toBeNull()
  })
})

describe("The command palette", () => {
  test("finds by name without accents and by digits, and nothing of other skillsets for an isolated agent", async () => {
    scene = await openScene()
    const ivo = await sitDown(scene.world, "ivo")
    const find = (desk: Somebody, words: string) => desk.visitor.panel(`/palette?words=${encodeURIComponent(words)}`)
    for (const words of ["giúlia", "345 555 0172", "lombardi"])
      expect(await find(scene.anna, words)).toContain(`/conversations/${scene.conversation}`)
    expect(await find(scene.anna, "g")).not.toContain("data-goes")
    expect(await find(ivo, "giulia")).not.toContain("/conversations/")
    expect(await find(scene.anna, "blue boat")).toContain('data-goes="/customers?q=blue+boat"')
  })
})
