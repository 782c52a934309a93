/** Picking a predefined message and sending it, buttons and all, to a customer who answers with a press. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { conversations, messages } from "../journeys/scene.ts"
import { GLOBEX } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { companyWith, MESSAGES, openScene } from "./scene.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())

/** The id of a message of the panel, by its title. */
const idOf = (panel: string, title: string) =>
  new RegExp(`data-id="(\\d+)"[^>]*>\\s*<strong[^>]*>${title}<`).exec(panel)?.[1] ?? ""

const send = (text: string, more: Record<string, string>) =>
  scene.anna.post(`/conversations/${scene.conversation}/messages`, { text, clientId: text.slice(0, 40), ...more })

describe("A predefined message", () => {
  test("stands in the panel filled for this customer and this agent, and not at all when it is out of use", async () => {
    scene = await openScene()
    const panel = await scene.panel()
    expect(panel).toContain("Hello Giulia, Anna of Acme here.")
    expect(panel).toContain("Fill in before sending: {day}")
    expect(panel).not.toContain("Out of use")
  })

  test("stands first in the reader's language", async () => {
    scene = await openScene()
    const panel = await scene.panel()
    expect(panel.indexOf("Welcome<")).toBeLessThan(panel.indexOf("Scelta officina<"))
    expect(panel.indexOf("Free slot<")).toBeLessThan(panel.indexOf("Scelta officina<"))
  })

  test("is sent as it was edited, with its buttons; the press comes back beside the question", async () => {
    scene = await openScene()
    const { world, giulia, anna, conversation } = scene
    const predefined = idOf(await scene.panel(), "Choose a slot")
    expect(await send("Giulia, which one?", { predefined, withChoices: "on" })).toBeNull()
    await world.settle()
    const { words, id } = giulia.received().at(-1)!
    expect([words.text, words.choices?.choices.map(({ title }) => title)]).toEqual([
      "Giulia, which one?",
      ["Saturday 09:30", "Saturday 11:00"],
    ])
    giulia.tap(id, "Saturday 11:00")
    await world.settle()
    const thread = await (await anna.visitor.get(`/conversations/${conversation}/thread`)).text()
    expect(thread).toMatch(/class="is-chosen"[^>]*>.*?Saturday 11:00/s)
  })

  test("goes as a list where it has one, and as plain text without its choices", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Scelta officina")
    expect(await send("Quale?", { predefined, withChoices: "on" })).toBeNull()
    expect(await send("Ci sentiamo", { predefined })).toBeNull()
    await scene.world.advance(minutes(1))
    expect(scene.giulia.received().map(({ words }) => [words.text, words.choices?.choices.length ?? 0])).toEqual([
      ["Quale?", 2],
      ["Ci sentiamo", 0],
    ])
  })

  test("is not sent with a placeholder in it, and nothing is kept of the attempt", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Free slot")
    expect(await send("We have a slot on {day}.", { predefined })).toMatchObject({ refused: "message.unfilled" })
    await scene.world.settle()
    expect(messages(scene.world, scene.conversation).map(({ direction }) => direction)).toEqual(["in"])
    expect(await send("Type {day} into the form.", {})).toBeNull()
  })

  test("with buttons is refused when it is longer than WhatsApp shows over buttons", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Choose a slot")
    const long = "a".repeat(1_025)
    expect(await send(long, { predefined, withChoices: "on" })).toMatchObject({ refused: "message.too_long" })
    expect(await send(long, { predefined })).toBeNull()
  })

  test("sent twice under one id is one message; with the choices left out the second time it is refused", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Choose a slot")
    const same = { predefined, withChoices: "on", clientId: "draft" }
    expect([await send("Which?", same), await send("Which?", same)]).toEqual([null, null])
    expect(await send("Which?", { clientId: "draft" })).toMatchObject({ refused: "message.sent_otherwise" })
  })

  test("that was edited later changes nothing that was sent", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Choose a slot")
    await send("Which?", { predefined, withChoices: "on" })
    const [welcome, slot, choose] = MESSAGES
    await scene.world.apply(companyWith([welcome!, slot!, { ...choose, text: "Other words", buttons: ["None"] }]))
    const thread = await (await scene.anna.visitor.get(`/conversations/${scene.conversation}/thread`)).text()
    expect(thread).toContain("Saturday 09:30")
    expect(await scene.panel()).toContain("Other words")
  })

  test("of another company cannot be sent along", async () => {
    scene = await openScene()
    const predefined = idOf(await scene.panel(), "Choose a slot")
    const anna2 = await sitDown(scene.world, "anna2")
    scene.giulia.say("Hi", { to: GLOBEX.number.phoneNumberId })
    await scene.world.settle()
    const other = conversations(scene.world).find(({ owner }) => owner === anna2.id)?.id ?? 0
    expect(await anna2.open(other)).toBeNull()
    const given = { text: "Hello", clientId: "x", predefined, withChoices: "on" }
    expect(await anna2.post(`/conversations/${other}/messages`, given)).not.toBeNull()
    expect(messages(scene.world, other).map(({ direction }) => direction)).toEqual(["in"])
  })
})
