import { afterEach, describe, expect, test } from "bun:test"
import { agentLine, agentList, readFilter } from "~/agent/queries/agents.ts"
import { presenceHistory } from "~/agent/queries/history.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { noticesOf } from "~/notice/queries.ts"
import { conversation, GIULIA, PAOLO } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const HANDS = [
  { username: "anna", most: 2 },
  { username: "marco", skillsets: ["Service"] },
  { username: "zoe", skillsets: ["Sales", "Service"] },
  { username: "carla", level: "supervisor", skillsets: [] },
]

async function start() {
  world = await openWorld({ document: office(HANDS) })
  const anna = await sitDown(world, "anna")
  await world.advance(seconds(1))
  return { anna, carla: await sitDown(world, "carla") }
}

const read = (desk: Desk) => world.database.tenant(desk.tenant).read
const line = (desk: Desk) => agentLine(read(desk), desk.id)!
const listed = (desk: Desk, query: string) =>
  agentList(read(desk), readFilter(new URLSearchParams(query))).lines.map(({ username }) => username)
const setFor = (supervisor: Desk, agent: Desk, status: string) =>
  supervisor.post(`/agents/${agent.id}/status`, { status })
const told = ({ id, tenant }: Desk) =>
  noticesOf(world.database.tenant(tenant).read, { kind: "user", id, level: "agent", isolated: false, skillsets: [] })
    .lines

/** Oldest first, as `status ready>break chosen`. */
const history = (desk: Desk) =>
  rowsOf(world.database.path, "SELECT * FROM presenceChange WHERE user = ? ORDER BY id", desk.id).map(
    ({ part, was, became, reason }) => `${part} ${was}>${became} ${reason}`,
  )

const LINGER = seconds(5)

describe("A status that a supervisor sets", () => {
  test("holds at once: nothing new is given, the agent sees who did it and is told", async () => {
    const { anna, carla } = await start()
    expect(await setFor(carla, anna, "break")).toBeNull()
    expect(line(anna)).toMatchObject({ appearance: "break", setBy: "Carla Rossi", since: world.clock.now() })
    expect(told(anna)).toMatchObject([{ kind: "set_to_break", by: "Carla Rossi", isNew: true }])
    expect(await anna.visitor.panel("/header")).toContain("set by Carla Rossi")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    expect(conversation(world, giulia).state).toBe("queued")
    await setFor(carla, anna, "ready")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "offered", owner: anna.id })
  })

  test("is the agent's own again as soon as they choose one", async () => {
    const { anna, carla } = await start()
    await setFor(carla, anna, "break")
    await anna.status("back_office")
    expect(line(anna)).toMatchObject({ appearance: "back_office", setBy: null })
    expect(await anna.visitor.panel("/header")).not.toContain("set by Carla")
  })

  test("that is theirs already changes nothing and tells nobody", async () => {
    const { anna, carla } = await start()
    const before = line(anna)
    expect(await setFor(carla, anna, "ready")).toBeNull()
    expect(line(anna)).toEqual(before)
    expect(told(anna)).toEqual([])
  })

  test("waits for whoever is not there", async () => {
    const { anna, carla } = await start()
    await anna.signOut()
    await setFor(carla, anna, "break")
    expect(line(anna)).toMatchObject({ appearance: "signed_out", status: "break" })
    const again = await sitDown(world, "anna")
    expect(line(again)).toMatchObject({ appearance: "break", setBy: "Carla Rossi" })
  })

  test("is for supervisors to set, and for people who are there", async () => {
    const { anna, carla } = await start()
    expect(await setFor(anna, carla, "break")).toMatchObject({ refused: "access.denied" })
    expect(await setFor(carla, { ...anna, id: 4_711 }, "break")).toMatchObject({ refused: "not_found" })
    expect(await setFor(carla, anna, "lunch")).toMatchObject({ refused: "field.not_a_choice" })
    const [tenant] = office(HANDS).tenants
    const users = tenant?.users.map((user) => (user.username === "anna" ? { ...user, enabled: false } : user))
    await world.apply({ tenants: [{ ...tenant, users }] })
    expect(await setFor(carla, anna, "break")).toMatchObject({ refused: "not_found" })
  })

  test("of one user holds in both browsers of theirs, whoever said it last", async () => {
    const { anna, carla } = await start()
    const elsewhere = await sitDown(world, "anna")
    for (const desk of [anna, elsewhere]) desk.heard.length = 0
    await elsewhere.status("back_office")
    await anna.status("break")
    await world.settle()
    for (const desk of [anna, elsewhere]) {
      expect(desk.heard).toContain("status")
      expect(await desk.visitor.panel("/header")).toContain("Status: Break")
    }
    await setFor(carla, anna, "ready")
    for (const desk of [anna, elsewhere]) expect(await desk.visitor.panel("/header")).toContain("Status: Ready")
  })
})

describe("An agent whose connection is lost", () => {
  test("counts as disconnected after two minutes, keeps the status that was chosen, and is told on coming back", async () => {
    const { anna } = await start()
    await anna.leave()
    await world.advance(LINGER + minutes(2) - 1)
    expect(line(anna).appearance).toBe("ready")
    await world.advance(1)
    expect(line(anna)).toMatchObject({ appearance: "disconnected", status: "ready", since: world.clock.now() })
    await world.advance(minutes(8))
    await anna.comeBack()
    expect(line(anna).appearance).toBe("ready")
    expect(told(anna)).toMatchObject([{ kind: "was_disconnected", count: 10 }])
  })

  test("and who signed out is told nothing on coming back", async () => {
    const { anna } = await start()
    await anna.signOut()
    await world.advance(minutes(30))
    const again = await sitDown(world, "anna")
    expect(line(again).appearance).toBe("ready")
    expect(told(again)).toEqual([])
  })
})

describe("The history of a presence", () => {
  test("has one line for every change, with who and why", async () => {
    const { anna, carla } = await start()
    await anna.status("back_office")
    await anna.status("back_office")
    await setFor(carla, anna, "break")
    await anna.leave()
    await world.advance(minutes(5))
    await anna.comeBack()
    await anna.signOut()
    expect(history(anna)).toEqual([
      "link gone>live connected",
      "status ready>back_office chosen",
      "status back_office>break set",
      "link lost>gone lost",
      "link gone>live connected",
      "link live>gone signed_out",
    ])
    expect(rowsOf(world.database.path, "SELECT DISTINCT setBy FROM presenceChange WHERE reason = 'set'")).toEqual([
      { setBy: carla.id },
    ])
  })

  test("knows nothing of a page that is loaded again, of a short loss, or of a restart", async () => {
    const { anna } = await start()
    await anna.leave()
    await world.advance(minutes(1))
    await anna.comeBack()
    await world.restart()
    await world.advance(seconds(30))
    expect(history(anna)).toEqual(["link gone>live connected"])
  })

  test("is shown for 24 hours, latest first, to supervisors", async () => {
    const { anna, carla } = await start()
    await anna.status("break")
    await anna.signOut()
    await carla.leave()
    await world.advance(hours(23))
    await setFor(await sitDown(world, "carla", { listening: false }), anna, "ready")
    expect(presenceHistory(read(anna), anna.id)).toMatchObject([
      { part: "status", was: "break", became: "ready", by: "Carla Rossi", reason: "set" },
      { part: "link", reason: "signed_out" },
      { part: "status", was: "ready", became: "break", by: null, reason: "chosen" },
      { part: "link", reason: "connected" },
    ])
    const again = await sitDown(world, "carla", { listening: false })
    const page = await again.visitor.panel(`/agents/${anna.id}`)
    expect(page).toContain("Break → Ready, set by Carla Rossi")
    await world.advance(hours(1) + 1)
    expect(presenceHistory(read(anna), anna.id)).toHaveLength(1)
  })
})

describe("The page of agents", () => {
  test("shows everybody who answers customers, how they stand and what they have in hand", async () => {
    const { anna, carla } = await start()
    const giulia = world.simulator.phones.create(GIULIA)
    const paolo = world.simulator.phones.create(PAOLO)
    giulia.say("Buongiorno")
    await world.settle()
    await anna.open(conversation(world, giulia).id)
    const asked = world.clock.now()
    await world.advance(minutes(1))
    paolo.say("Salve")
    await world.settle()
    expect(listed(carla, "")).toEqual(["anna", "marco", "zoe"])
    expect(line(anna)).toMatchObject({ load: 2, maximum: 2, skillsets: [{ name: "Sales" }] })
    expect(line(anna).oldestUnanswered).toBeGreaterThan(asked - minutes(1))
    await anna.read(conversation(world, giulia).id)
    expect(line(anna).oldestUnanswered).not.toBeNull()
    await world.advance(seconds(1))
    await anna.reply(conversation(world, giulia).id, "Mi dica")
    expect(line(anna).oldestUnanswered).toBeNull()
    const page = await carla.visitor.panel("/agents")
    expect(page).toContain("2 of 2 conversations")
    expect(page).toContain("Anna Rossi")
  })

  test("finds by name without minding case or accents, by skillset, by status, and by all of them", async () => {
    const { anna, carla } = await start()
    await setFor(carla, anna, "break")
    const service = agentList(read(carla), readFilter(new URLSearchParams())).skillsets.find(
      ({ name }) => name === "Service",
    )
    expect(listed(carla, "q=%20ÀNN")).toEqual(["anna"])
    expect(listed(carla, `skillset=${service?.id}`)).toEqual(["marco", "zoe"])
    expect(listed(carla, "status=break")).toEqual(["anna"])
    expect(listed(carla, "status=signed_out")).toEqual(["marco", "zoe"])
    expect(listed(carla, `q=o&skillset=${service?.id}&status=signed_out`)).toEqual(["marco", "zoe"])
    expect(listed(carla, "q=nobody")).toEqual([])
    expect(listed(carla, "status=asleep&skillset=x")).toEqual(["anna", "marco", "zoe"])
    expect(await carla.visitor.panel("/agents?q=nobody")).toContain("No agent fits")
  })

  test("is drawn anew whenever somebody's presence or load changes", async () => {
    const { anna, carla } = await start()
    await carla.visitor.get("/agents")
    const heard = async (what: () => unknown) => {
      carla.heard.length = 0
      await what()
      await world.settle()
      return carla.heard.includes("agents")
    }
    const giulia = world.simulator.phones.create(GIULIA)
    expect(await heard(() => anna.status("break"))).toBe(true)
    expect(await heard(() => anna.status("ready"))).toBe(true)
    expect(await heard(() => giulia.say("Buongiorno"))).toBe(true)
    expect(await heard(() => anna.signOut())).toBe(true)
  })
})

describe("What an agent may have", () => {
  test("a skillset that is taken away ends nothing: the conversation goes on, and no new one comes", async () => {
    const { anna } = await start()
    const giulia = world.simulator.phones.create(GIULIA)
    const paolo = world.simulator.phones.create(PAOLO)
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    await world.apply(office(HANDS.map((hand) => (hand.username === "anna" ? { ...hand, skillsets: [] } : hand))))
    paolo.say("Salve")
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    expect(await anna.reply(id, "Mi dica")).toBeNull()
    expect(conversation(world, paolo).state).toBe("queued")
    expect(await anna.close(id)).toBeNull()
    await world.settle()
    expect(conversation(world, paolo).state).toBe("queued")
  })

  test("a limit below what they have takes nothing away; the next comes when they are below it", async () => {
    const { anna } = await start()
    const giulia = world.simulator.phones.create(GIULIA)
    const paolo = world.simulator.phones.create(PAOLO)
    for (const phone of [giulia, paolo]) {
      phone.say("Buongiorno")
      await world.settle()
      await anna.open(conversation(world, phone).id)
    }
    await world.apply(office(HANDS.map((hand) => (hand.username === "anna" ? { ...hand, most: 1 } : hand))))
    expect(line(anna)).toMatchObject({ load: 2, maximum: 1 })
    const carlo = world.simulator.phones.create({ name: "Carlo Neri", phone: "+39 345 555 0174" })
    carlo.say("Salve")
    await anna.close(conversation(world, giulia).id)
    await world.settle()
    expect(conversation(world, carlo).state).toBe("queued")
    await anna.close(conversation(world, paolo).id)
    await world.settle()
    expect(conversation(world, carlo)).toMatchObject({ state: "offered", owner: anna.id })
  })
})

describe("Signing out with conversations in hand", () => {
  test("is asked about first: what is open, what is to be opened, and what becomes of each", async () => {
    const { anna } = await start()
    const giulia = world.simulator.phones.create(GIULIA)
    const paolo = world.simulator.phones.create(PAOLO)
    expect(await anna.visitor.panel("/header")).toContain('action="/logout"')
    giulia.say("Buongiorno")
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    paolo.say("Salve")
    await world.settle()
    expect(await anna.visitor.panel("/header")).toContain('href="/logout"')
    const page = await anna.visitor.panel("/logout")
    for (const words of ["You leave 2 conversations behind", "Giulia Lombardi", "Paolo Verdi", "Logout anyway", "Stay"])
      expect(page).toContain(words)
    expect(page.match(/\/transfer"/g)).toHaveLength(1)
    expect(page.indexOf("Giulia")).toBeLessThan(page.indexOf("Paolo"))
    expect(await anna.signOut()).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    expect(conversation(world, paolo).state).toBe("queued")
  })

  test("has nothing to ask of whoever has nothing", async () => {
    const { anna } = await start()
    const page = await anna.visitor.panel("/logout")
    expect(page).toContain("You have no conversations in hand.")
    expect(page).not.toContain("Logout anyway")
  })
})
