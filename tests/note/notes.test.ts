/** Private notes: between colleagues, never to the customer, and moving nothing. */
import { afterEach, describe, expect, test } from "bun:test"
import { mentionsIn, partsOf } from "~/note/rules.ts"
import { openScene } from "../customer/scene.ts"
import { conversation } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"

describe("Who is called by a note", () => {
  test.each<[text: string, called: string[]]>([
    ["@anna look", ["anna"]],
    ["Ask @Marco. Or @anna, @marco!", ["marco", "anna"]],
    ["write to info@anna.test", []],
    ["(@carla)", ["carla"]],
    ["@ nobody", []],
  ])("%p calls %p", (text, called) => {
    expect(mentionsIn(text)).toEqual(called)
    expect(
      partsOf(text)
        .map(({ words }) => words)
        .join(""),
    ).toBe(text)
  })
})

describe("A note", () => {
  let scene: Awaited<ReturnType<typeof openScene>>
  afterEach(() => scene.world.close())
  const write = (desk: { post: typeof scene.anna.post }, text: string, clientId = text) =>
    desk.post(`/conversations/${scene.conversation}/notes`, { text, clientId })
  const thread = async (desk = scene.anna) =>
    (await desk.visitor.get(`/conversations/${scene.conversation}/thread`)).text()

  test("is read by whoever may see the conversation, and leaves for nobody", async () => {
    scene = await openScene()
    const carla = await sitDown(scene.world, "carla")
    expect(await write(carla, "He is <b>right</b>, be kind")).toBeNull()
    await scene.world.settle()
    expect(await thread()).toContain("He is &lt;b&gt;right&lt;/b&gt;, be kind")
    expect(scene.giulia.received()).toEqual([])
    const ivo = await sitDown(scene.world, "ivo")
    expect(await write(ivo, "Me too")).toMatchObject({ refused: "not_found" })
  })

  test("moves nothing: who waits, waits on, and silence is still whose it was", async () => {
    scene = await openScene()
    const before = conversation(scene.world, scene.giulia)
    await write(scene.anna, "Thinking")
    await scene.world.settle()
    expect(conversation(scene.world, scene.giulia)).toEqual(before)
  })

  test("calls a colleague who may see it, tells them once, and nobody else", async () => {
    scene = await openScene()
    const marco = await sitDown(scene.world, "marco")
    const ivo = await sitDown(scene.world, "ivo")
    await write(scene.anna, "@marco @ivo @nobody have a look")
    await scene.world.settle()
    expect(await marco.visitor.panel("/notices")).toContain("Anna Rossi calls you in the conversation with")
    expect(await ivo.visitor.panel("/notices")).not.toContain("calls you")
    const colleagues = await (
      await scene.anna.visitor.get(`/conversations/${scene.conversation}/colleagues?words=mar`)
    ).json()
    expect(colleagues).toEqual([{ username: "marco", name: "Marco Rossi" }])
  })

  test("sent twice under one id is one note; an empty or endless one is refused", async () => {
    scene = await openScene()
    await write(scene.anna, "Once", "a")
    await write(scene.anna, "Once", "a")
    expect((await thread()).match(/note-bubble/g)).toHaveLength(1)
    expect(await write(scene.anna, "  ", "b")).toMatchObject({ refused: "note.empty" })
    expect(await write(scene.anna, "a".repeat(4_001), "c")).toMatchObject({ refused: "note.too_long" })
  })

  test("is found by the search of the conversation", async () => {
    scene = await openScene()
    await write(scene.anna, "Perché no")
    const hits = await (await scene.anna.visitor.get(`/conversations/${scene.conversation}/hits?words=perche`)).json()
    expect(hits).toMatchObject({ hits: [expect.any(String)], next: null })
  })
})
