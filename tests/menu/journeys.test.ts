/** What a customer meets in a menu. */
import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { sitDown } from "../support/desk.ts"
import { companyWith, MENU, openScene, type Scene } from "./scene.ts"

let scene: Scene
afterEach(() => scene.world.close())

describe("The menu asks", () => {
  test("the first message is greeted with the choices, and nobody is given the conversation", async () => {
    scene = await openScene()
    await sitDown(scene.world, "anna")
    await scene.write("Hello")
    expect(scene.heard()).toEqual([MENU.greeting])
    expect(scene.lastChoices()).toEqual(["Sales", "Repairs", "Talk to a person"])
    expect(scene.conversation()).toMatchObject({ state: "menu", owner: null, skillset: null })
  })

  test("a pressed button decides for whom it is, and that agent gets it at once", async () => {
    scene = await openScene()
    const marco = await sitDown(scene.world, "marco")
    await scene.write("Hello")
    await scene.press("Repairs")
    expect(scene.conversation()).toMatchObject({ state: "offered", owner: marco.id, skillset: "Service" })
    expect(scene.ends()).toEqual([{ how: "chosen", path: "Repairs" }])
  })

  test("a choice with choices asks on, and the last one brings its words and its priority", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.press("Sales")
    expect(scene.heard().at(-1)).toBe("What would you like to buy?")
    expect(scene.lastChoices()).toEqual(["Bikes", "Città", "Talk to a person"])
    await scene.press("Bikes")
    expect(scene.heard().at(-1)).toBe("Our bike people are coming.")
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales", priority: 3 })
    expect(scene.ends()).toEqual([{ how: "chosen", path: "Sales › Bikes" }])
  })

  test.each([
    ["its number", "2"],
    ["its title in another case", "  REPAIRS! "],
    ["digits of another keyboard", "２"],
    ["an emoji of a digit", "2️⃣"],
  ])("a choice is made by %s", async (_what, text) => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.write(text)
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
  })

  test("a word without its accent is the same word", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.write("Comprare")
    await scene.write("citta")
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
    expect(scene.ends()).toEqual([{ how: "chosen", path: "Sales › Città" }])
  })

  test("a button of an earlier question still leads where it says", async () => {
    scene = await openScene()
    await scene.write("Hello")
    const first = scene.giulia.received()[0]!.id
    await scene.press("Sales")
    await scene.press("Repairs", first)
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
  })

  test("as a list it is answered by its rows", async () => {
    scene = await openScene({ ...MENU, style: "list", opener: "Choose" })
    await scene.write("Hello")
    expect(scene.giulia.received()[0]?.words.choices).toMatchObject({ kind: "list", label: "Choose" })
    await scene.press("Repairs")
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
  })

  test("as plain text it is numbered lines, a person being number nought", async () => {
    scene = await openScene({ ...MENU, style: "text" })
    await scene.write("Hello")
    expect(scene.heard()).toEqual([`${MENU.greeting}\n\n1 – Sales\n2 – Repairs\n0 – Talk to a person`])
    await scene.write("2")
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
  })

  test("three buttons leave no room for a person, who is named under them", async () => {
    const choices = ["One", "Two", "Three"].map((title) => ({ title }))
    scene = await openScene({ ...MENU, choices })
    await scene.write("Hello")
    const [question] = scene.giulia.received()
    expect(question?.words).toMatchObject({ footer: "0 – Talk to a person" })
    expect(scene.lastChoices()).toEqual(["One", "Two", "Three"])
    await scene.write("0")
    expect(scene.ends()).toEqual([{ how: "person", path: "" }])
  })

  test("the same webhook again does not answer twice", async () => {
    scene = await openScene()
    await scene.write("Hello")
    scene.world.simulator.faults.add({ fault: { kind: "webhook-duplicate" }, times: 3 })
    await scene.press("Sales")
    await scene.world.advance(minutes(1))
    expect(scene.heard()).toEqual([MENU.greeting, "What would you like to buy?"])
    expect(scene.conversation().state).toBe("menu")
  })
})

describe("A person is always possible", () => {
  test.each([["0"], ["Human"], ["talk to a person"]])("«%s» leads to the default skillset", async (text) => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.write(text)
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
    expect(scene.heard().at(-1)).toBe("Somebody will be with you.")
  })

  test("by button, from deep inside, with what was chosen before", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.press("Sales")
    await scene.press("Talk to a person")
    expect(scene.ends()).toEqual([{ how: "person", path: "Sales" }])
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
  })

  test("as the very first words", async () => {
    scene = await openScene()
    await scene.write("human")
    expect(scene.heard()).toEqual(["Somebody will be with you."])
    expect(scene.conversation().state).toBe("queued")
  })
})

describe("Answers that fit nothing", () => {
  test("are asked again once, and then a person takes over with what was chosen", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.press("Sales")
    await scene.write("a unicycle")
    expect(scene.heard().at(-1)).toBe("I did not understand.\n\nWhat would you like to buy?")
    await scene.write("a unicycle, please")
    expect(scene.ends()).toEqual([{ how: "wrong_answers", path: "Sales" }])
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales", unreadCount: 4 })
  })

  test("start to count anew after one that fits", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.write("what?")
    await scene.press("Sales")
    await scene.write("what?")
    expect(scene.conversation().state).toBe("menu")
  })

  test.each([["voice"], ["image"]] as const)("%s counts as one, and is kept", async (kind) => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.send({ kind })
    await scene.send({ kind })
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales", unreadCount: 3 })
    expect(scene.rows("SELECT id FROM message WHERE direction = 'in'")).toHaveLength(3)
  })

  test("written in one breath with the first message are none", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.write("I have a question", seconds(1))
    await scene.write("about my bike", seconds(1))
    expect(scene.heard()).toEqual([MENU.greeting])
    expect(scene.conversation().state).toBe("menu")
  })
})

describe("Nobody answers", () => {
  test("after the timeout a person takes over, in the skillset set for it", async () => {
    scene = await openScene({ ...MENU, timeoutMinutes: 10, timeoutSkillset: "Service" })
    await scene.write("Hello")
    await scene.press("Sales")
    await scene.world.advance(minutes(10) - seconds(1))
    expect(scene.conversation().state).toBe("menu")
    await scene.world.advance(seconds(2))
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
    expect(scene.ends()).toEqual([{ how: "timed_out", path: "Sales" }])
  })

  test("in the default skillset when none is set, also when the appliance was down meanwhile", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.world.kill()
    await scene.world.advance(minutes(5) + seconds(1))
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
  })

  test("a restart in the middle changes nothing", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.press("Sales")
    await scene.world.restart()
    await scene.press("Bikes")
    expect(scene.ends()).toEqual([{ how: "chosen", path: "Sales › Bikes" }])
  })
})

describe("Menus change, hours end, buttons stay on phones", () => {
  const other = { ...MENU, greeting: "Good evening", choices: [{ title: "Repairs" }, { title: "Sales" }] }

  test("whoever is in a menu that changes is asked the new one at the next answer", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.world.apply(companyWith(other))
    await scene.write("2")
    expect(scene.heard().at(-1)).toBe("Good evening")
    await scene.write("2")
    expect(scene.ends()).toEqual([{ how: "chosen", path: "Sales" }])
  })

  test("a menu that is taken away lets them go to a person", async () => {
    scene = await openScene()
    await scene.write("Hello")
    await scene.world.apply(companyWith(null))
    await scene.write("2")
    expect(scene.ends()).toEqual([{ how: "removed", path: "" }])
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
  })

  test("a button pressed late is an ordinary message", async () => {
    scene = await openScene()
    const marco = await sitDown(scene.world, "marco")
    await scene.write("Hello")
    await scene.press("Repairs")
    const { id } = scene.conversation()
    await marco.open(id)
    await scene.press("Sales", scene.giulia.received()[0]!.id)
    expect(scene.conversation()).toMatchObject({ id, state: "active", owner: marco.id })
    expect(scene.rows("SELECT text FROM message WHERE direction = 'in' ORDER BY id").at(-1)).toEqual({ text: "Sales" })
  })

  test("a button of last month begins a new conversation, which is asked anew", async () => {
    scene = await openScene()
    const marco = await sitDown(scene.world, "marco")
    await scene.write("Hello")
    await scene.press("Repairs")
    await marco.open(scene.conversation().id)
    await marco.close(scene.conversation().id)
    await scene.press("Repairs", scene.giulia.received()[0]!.id)
    expect(scene.heard().at(-1)).toBe(MENU.greeting)
    expect(scene.conversation().state).toBe("menu")
  })

  test("while the number is closed it asks all the same, and the customer waits for the opening", async () => {
    scene = await openScene(MENU, { channel: { hours: { weekly: { mon: ["12:00-13:00"] } } } })
    const marco = await sitDown(scene.world, "marco")
    await scene.write("Hello")
    await scene.press("Repairs")
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Service" })
    await scene.world.advance(hours(2))
    expect(scene.conversation()).toMatchObject({ state: "offered", owner: marco.id })
  })

  test("a number may leave its menu to the opening hours", async () => {
    const closed = { hours: { weekly: { mon: ["12:00-13:00"] } }, settings: { menuWhenClosed: false } }
    scene = await openScene(MENU, { channel: closed })
    await scene.write("Hello")
    expect(scene.heard()).toEqual([])
    expect(scene.conversation()).toMatchObject({ state: "queued", skillset: "Sales" })
  })
})
