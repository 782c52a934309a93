/** Start Conversation: whom, with what, and who answers the answer (S20, S41). */
import { afterEach, describe, expect, test } from "bun:test"
import { insertBlock, insertConsent } from "~/customer/store/standing.ts"
import { SYSTEM } from "~/facts.ts"
import { days, hours, minutes, seconds } from "~/kernel/clock.ts"
import { conversation, conversations } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { companyWithTemplates, openScene, send } from "./scene.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())

const BODY = ["Giulia", "4827"]
let number = 0

/** Anna writes first, to a number, with the template that is ready. */
const startTo = (phone: string, more: Record<string, string | readonly string[]> = {}) =>
  send(scene.anna, "/start", {
    to: `number-${phone}`,
    channel: String(scene.channel),
    kind: "template",
    search: phone,
    template: String(scene.template("order_ready").id),
    body: BODY,
    clientId: `start-${number++}`,
    ...more,
  })

describe("A template to somebody new", () => {
  test("goes out with its values, opens a conversation that waits in Template messages sent, and holds no slot", async () => {
    scene = await openScene()
    const { world, giulia, anna } = scene
    expect(await startTo("393455550172", { name: "Giulia L." })).toBeNull()
    await world.advance(minutes(1))
    const [got] = giulia.received()
    expect([got?.words.text, got?.words.footer]).toEqual(["Ciao Giulia, il tuo ordine 4827 è pronto.", "Acme"])
    expect(got?.words.choices?.choices.map(({ title }) => title)).toEqual(["Vengo oggi", "Domani", "Annulla"])
    expect(world.simulator.sends.at(-1)?.body.template).toMatchObject({ name: "order_ready", language: { code: "it" } })
    const [started] = conversations(world)
    expect(started).toMatchObject({ state: "awaiting_reply", owner: anna.id })
    const page = await (await anna.visitor.get("/templates-sent")).text()
    for (const words of ["Giulia L.", "Order ready", "Ciao Giulia", "Read"]) expect(page).toContain(words)
    expect(await (await anna.visitor.get("/conversations/list")).text()).not.toContain("Giulia L.")
  })

  test("is answered by a button: the press is marked and the conversation is in the sender's Conversations", async () => {
    scene = await openScene()
    const { world, giulia, anna } = scene
    await startTo("393455550172")
    await world.advance(minutes(1))
    giulia.tap(giulia.received().at(-1)!.id, "Domani")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    const thread = await (await anna.visitor.get(`/conversations/${conversation(world, giulia).id}/thread`)).text()
    expect(thread).toMatch(/class="is-chosen"[^>]*>.*?Domani/s)
    expect(await (await anna.visitor.get("/templates-sent")).text()).toContain("Nothing waits for an answer")
  })

  test.each([
    ["is on Break", (desk: typeof scene.anna) => desk.status("break")],
    ["has gone home", (desk: typeof scene.anna) => desk.signOut()],
  ] as const)("is answered while its sender %s: the queue of the sender's skillset has it", async (_, leave) => {
    scene = await openScene()
    const { world, giulia, anna } = scene
    await startTo("393455550172")
    await world.advance(minutes(1))
    await leave(anna)
    giulia.say("Eccomi")
    await world.settle()
    const answered = conversation(world, giulia)
    expect([answered.state, answered.owner]).toEqual(["queued", null])
    expect(answered.skillset).toBe(skillset("Sales"))
  })

  test("is answered while its sender, on Break, has it on screen: it is theirs; once they looked elsewhere it is not", async () => {
    scene = await openScene()
    const { world, giulia, anna } = scene
    const looking = (doing: string) => anna.post(`/conversations/${conversations(world)[0]!.id}/looking`, { doing })
    await startTo("393455550172")
    await world.advance(minutes(1))
    await anna.status("break")
    expect(await looking("looking")).toBeNull()
    await world.restart()
    await world.advance(seconds(30))
    giulia.say("Eccomi")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    await anna.close(conversation(world, giulia).id)
    await startTo("393455550172")
    await world.advance(minutes(1))
    const { id } = conversation(world, giulia)
    for (const doing of ["looking", "gone"]) await anna.post(`/conversations/${id}/looking`, { doing })
    giulia.say("Eccomi")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ id, state: "queued", owner: null })
  })

  test("is nobody's for being on somebody else's screen, nor on one that was left standing", async () => {
    scene = await openScene()
    const { world, giulia, anna } = scene
    await startTo("393455550172")
    await world.advance(minutes(1))
    await anna.status("break")
    const carla = await sitDown(world, "carla")
    const path = `/conversations/${conversations(world)[0]!.id}/looking`
    expect(await anna.post(path, { doing: "looking" })).toBeNull()
    await world.advance(minutes(2))
    expect(await carla.post(path, { doing: "looking" })).toBeNull()
    giulia.say("Eccomi")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "queued", owner: null })
  })

  test.each([
    ["disabled", { enabled: false }],
    ["in another skillset", { skillsets: [] }],
  ])("is answered when its sender is %s: the number's default skillset has it", async (_, change) => {
    scene = await openScene({ agent: "marco" })
    const { world, giulia } = scene
    await startTo("393455550172")
    await world.advance(minutes(1))
    expect(conversations(world)[0]!.skillset).toBe(skillset("Service"))
    await world.apply(withUser("marco", change))
    giulia.say("Eccomi")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "queued", skillset: skillset("Sales") })
  })

  test("that nobody answers is closed by itself after so many days, and its sender may close it before", async () => {
    scene = await openScene({ document: companyWithTemplates(undefined, { unansweredTemplateDays: 3 }) })
    const { world, anna } = scene
    await startTo("393455550172")
    await startTo("393455550173")
    await world.advance(minutes(1))
    const [first, second] = conversations(world)
    expect(await send(anna, `/templates-sent/${first!.id}/closing`, {})).toBeNull()
    expect(conversations(world).map(({ state }) => state)).toEqual(["closed", "awaiting_reply"])
    await world.advance(days(3))
    expect(conversations(world).find(({ id }) => id === second!.id)?.state).toBe("closed")
  })

  test("to a number without WhatsApp says so in Template messages sent", async () => {
    scene = await openScene()
    const { world, anna } = scene
    world.simulator.faults.add({ fault: { kind: "status-failed", code: 131026 }, times: 1 })
    await startTo("393455550199")
    await world.advance(minutes(1))
    const page = await (await anna.visitor.get("/templates-sent")).text()
    expect(page).toContain("This number cannot receive WhatsApp messages")
  })

  test("is refused where the number is none, is ours, or the user may not write first", async () => {
    scene = await openScene()
    const { world, anna } = scene
    expect(await startTo("39012")).toMatchObject({ refused: "start.number_malformed" })
    expect(await startTo("39065550100")).toMatchObject({ refused: "start.number_is_ours" })
    await world.apply(withUser("anna", { outbound: false }))
    expect(await startTo("393455550172")).toMatchObject({ refused: "access.denied" })
    expect((await anna.visitor.get("/start")).status).toBe(403)
    expect(await (await anna.visitor.get("/conversations")).text()).not.toContain("Start Conversation")
    expect(conversations(world)).toEqual([])
  })

  test("sent twice under one id is one conversation and one message", async () => {
    scene = await openScene()
    const { world, giulia } = scene
    expect([
      await startTo("393455550172", { clientId: "twice" }),
      await startTo("393455550172", { clientId: "twice" }),
    ]).toEqual([null, null])
    await world.advance(minutes(1))
    expect([conversations(world).length, giulia.received().length]).toEqual([1, 1])
  })
})

describe("A customer who has a conversation already", () => {
  test("is not written to a second time: it is said who has it, and the way there is shown", async () => {
    scene = await openScene()
    const { world, giulia, anna, channel } = scene
    const marco = await sitDown(world, "marco")
    await anna.status("break")
    giulia.say("Buongiorno")
    await world.settle()
    const id = conversation(world, giulia).id
    await marco.open(id)
    const refusal = await startTo("393455550172")
    expect(refusal).toMatchObject({ refused: "start.open_already" })
    expect((refusal as { message?: string } | null)?.message).toContain("Marco Rossi")
    const list = await (await anna.visitor.get(`/start/choices?channel=${channel}&search=lombardi`)).text()
    expect(list).toContain("With Marco Rossi now")
    expect(list).toContain(`href="/conversations/${id}"`)
    expect(conversations(world).length).toBe(1)
  })

  test("of another skillset is not named to an isolated agent", async () => {
    scene = await openScene({ agent: "ivo" })
    const { world, giulia, anna: ivo, channel } = scene
    const anna = await sitDown(world, "anna")
    giulia.say("Buongiorno")
    await world.settle()
    await anna.open(conversation(world, giulia).id)
    const refusal = await startTo("393455550172")
    expect(refusal).toMatchObject({ refused: "start.open_elsewhere" })
    const list = await (await ivo.visitor.get(`/start/choices?channel=${channel}&search=lombardi`)).text()
    expect(list).not.toContain("Lombardi")
  })
})

describe("The green tick", () => {
  /** Giulia wrote, was answered, and it was closed. */
  async function talked() {
    scene = await openScene()
    const { world, giulia, anna } = scene
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    await anna.reply(id, "Buongiorno a Lei")
    await anna.close(id)
    await world.settle()
    const list = await (await anna.visitor.get(`/start/choices?channel=${scene.channel}&search=giulia`)).text()
    const to = /value="(customer-\d+)"/.exec(list)?.[1] ?? ""
    const say = (text: string, desk = anna) =>
      send(desk, "/start", { to, channel: String(scene.channel), kind: "text", text, search: "", clientId: text })
    return { ...scene, list, say }
  }

  test("stands beside whoever wrote to the number in the last 24 hours: they may be written to freely", async () => {
    const { world, giulia, list, say, anna } = await talked()
    expect(list).toContain("Wrote to this number in the last 24 hours")
    expect(await say("Ancora una cosa")).toBeNull()
    await world.advance(minutes(1))
    expect(giulia.received().at(-1)?.words.text).toBe("Ancora una cosa")
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
  })

  test("is looked up again at the confirmation: a list of yesterday opens no window", async () => {
    const { world, giulia, say } = await talked()
    await world.advance(hours(24))
    const tomorrow = await sitDown(world, "anna")
    expect(await say("Ancora una cosa", tomorrow)).toMatchObject({ refused: "window.closed" })
    expect(conversations(world, giulia).length).toBe(1)
    const list = await (await tomorrow.visitor.get(`/start/choices?channel=${scene.channel}&search=giulia`)).text()
    expect(list).not.toContain("Wrote to this number in the last 24 hours")
    expect(list).toContain("Template only")
  })
})

describe("A customer who is not to be written to", () => {
  const giuliaId = () => rowsOf<{ id: number }>(scene.world.database.path, "SELECT id FROM customer")[0]!.id
  const known = async () => {
    scene = await openScene()
    await startTo("393455550172")
    await scene.world.advance(minutes(1))
    await send(scene.anna, `/templates-sent/${conversations(scene.world)[0]!.id}/closing`, {})
    return scene.world.database.tenant(scene.anna.tenant)
  }

  test("because they are blocked is refused, and cannot be picked", async () => {
    const tenant = await known()
    const block = { at: 0, actor: scene.anna.id, reason: "Insults" }
    await tenant.act(SYSTEM, (tx) => insertBlock(tx, giuliaId(), block))
    expect(await startTo("393455550172")).toMatchObject({ refused: "start.blocked" })
    const { channel, anna } = scene
    expect(await (await anna.visitor.get(`/start/choices?channel=${channel}&search=345555`)).text()).toContain(
      "Blocked",
    )
  })

  test("because they opted out gets no marketing, and what concerns their order all the same", async () => {
    const tenant = await known()
    const consent = { choice: "out", how: "word", words: "STOP", at: 0, actor: null } as const
    await tenant.act(SYSTEM, (tx) => insertConsent(tx, giuliaId(), consent))
    const marketing = { template: String(scene.template("offer").id), body: [] }
    expect(await startTo("393455550172", marketing)).toMatchObject({ refused: "template.opted_out" })
    expect(await startTo("393455550172")).toBeNull()
  })
})

describe("A customer who does not answer", () => {
  test("gets a second template with a warning, and no third on the same day", async () => {
    scene = await openScene()
    const { world, anna } = scene
    await startTo("393455550172")
    await world.advance(minutes(1))
    const { id } = conversations(world)[0]!
    const template = scene.template("order_ready").id
    const form = await (await anna.visitor.get(`/conversations/${id}/templates/${template}`)).text()
    expect(form).toContain("The last template has no answer")
    const again = (clientId: string, desk = anna) =>
      send(desk, `/conversations/${id}/templates`, { template: String(template), body: BODY, clientId })
    expect(await again("second")).toBeNull()
    expect(await again("third")).toMatchObject({ refused: "template.daily_limit" })
    await world.advance(hours(25))
    expect(await again("tomorrow", await sitDown(world, "anna"))).toBeNull()
  })
})

const skillset = (name: string) => {
  const { world, anna } = scene
  const path = world.database.path
  return rowsOf<{ id: number }>(path, "SELECT id FROM skillset WHERE tenant = ? AND name = ?", anna.tenant, name)[0]!.id
}

function withUser(username: string, change: object) {
  const document = companyWithTemplates()
  return {
    tenants: document.tenants.map((tenant) => ({
      ...tenant,
      users: tenant.users.map((user) => (user.username === username ? { ...user, ...change } : user)),
    })),
  }
}
