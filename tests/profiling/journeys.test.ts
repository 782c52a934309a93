/** Closing with a reason of contact, and opening again what was closed by mistake. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { conversation, conversations, timeline } from "../journeys/scene.ts"
import { companyDocument, GLOBEX } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { companyWith, TREE } from "./scene.ts"

let world: World
afterEach(() => world.close())

async function open(settings: Parameters<typeof companyWith>[0], tenantSettings = {}) {
  world = await openWorld({ document: companyWith(settings, TREE, tenantSettings) })
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  const carla = await sitDown(world, "carla")
  giulia.say("Buongiorno")
  await world.settle()
  const { id } = conversation(world, giulia)
  await anna.open(id)
  const close = (fields: Record<string, string> = {}, who = anna) =>
    who.post(`/conversations/${id}/closing`, { seenUnread: "9", ...fields })
  const page = async (part: string, headers = {}) =>
    (await anna.visitor.get(`/conversations/${id}/${part}`, headers)).text()
  const reopen = (who = anna) => who.post(`/conversations/${id}/reopening`)
  return { giulia, anna, carla, id, close, page, reopen }
}
const kept = () =>
  rowsOf<{ path: string; notes: string; conversation: Id }>(
    world.database.path,
    "SELECT * FROM conversationProfiling ORDER BY id",
  )
const reasonId = (title: string, more = "AND retiredAt IS NULL") =>
  String(
    rowsOf<{ id: Id }>(world.database.path, `SELECT id FROM profilingReason WHERE title = ? ${more}`, title)[0]?.id,
  )

describe("Closing where a reason is required", () => {
  test("is refused without one, whoever closes, and the conversation stays open", async () => {
    const { giulia, carla, close } = await open({ profilingReason: "required", profilingNotes: "required" })
    expect(await close()).toMatchObject({ refused: "profiling.both_required" })
    expect(await close({ level1: reasonId("Not for us") }, carla)).toMatchObject({
      refused: "profiling.notes_required",
    })
    expect(await close({ level1: reasonId("Service"), notes: "x" })).toMatchObject({ refused: "profiling.deeper" })
    expect([conversation(world, giulia).state, kept()]).toEqual(["active", []])
  })

  test("keeps the path and the notes with the conversation, its thread and its details", async () => {
    const { giulia, close, page, id } = await open({ profilingReason: "required", profilingNotes: "optional" })
    const levels = { level1: reasonId("Service"), level2: reasonId("Booking"), level3: reasonId("Moved") }
    expect(await close({ ...levels, notes: " Sabato, ore 11 " })).toBeNull()
    expect(conversation(world, giulia).state).toBe("closed")
    expect(kept()).toMatchObject([{ conversation: id, path: "Service › Booking › Moved", notes: "Sabato, ore 11" }])
    expect(timeline(world, id).at(-1)).toMatchObject({
      kind: "conversation.closed",
      data: { profiling: { path: "Service › Booking › Moved", notes: "Sabato, ore 11" } },
    })
    const thread = await page("thread")
    expect(thread).toContain("Closed by Anna Rossi – Service › Booking › Moved")
    expect(thread).toContain("Sabato, ore 11")
    expect(await page("details")).toContain("Service › Booking › Moved")
  })

  test("is said again when the reasons became others; the old closing keeps its words", async () => {
    const { giulia, anna, close, page } = await open({ profilingReason: "required" })
    expect(await close({ path: reasonId("Moved") })).toBeNull()
    await world.advance(minutes(1))
    await world.apply(companyWith({ profilingReason: "required" }, { name: "Reasons", reasons: ["Other"] }))
    giulia.say("Ancora io")
    await world.settle()
    const next = conversation(world, giulia)
    await anna.open(next.id)
    const old = reasonId("Moved", "")
    const shownAt = String(world.clock.now())
    const closing = (fields: object) =>
      anna.post(`/conversations/${next.id}/closing`, { seenUnread: "9", shownAt, ...fields })
    expect(await closing({ path: old })).toMatchObject({ refused: "profiling.reason_gone" })
    expect(await closing({ level1: reasonId("Other") })).toBeNull()
    expect(kept().map(({ path }) => path)).toEqual(["Service › Booking › Moved", "Other"])
    expect(await page("details")).toContain("Service › Booking › Moved")
    expect(await page("details")).not.toContain("<dd>Other</dd>")
  })

  test("goes on when nothing is left to choose from", async () => {
    const { giulia, close } = await open({ profilingReason: "required" })
    await world.apply(companyWith({ profilingReason: "required" }, { name: "Reasons", reasons: [] }))
    expect(await close()).toBeNull()
    expect(conversation(world, giulia).state).toBe("closed")
  })

  test("is still stopped by a message that has just arrived, before anything else", async () => {
    const { giulia, anna, id } = await open({ profilingReason: "required" })
    await world.advance(minutes(1))
    giulia.say("Un'altra cosa")
    await world.settle()
    expect(await anna.close(id, 0)).toMatchObject({ refused: "conversation.new_message" })
  })

  test("shows the window what it may choose, and no reason of the past", async () => {
    const { page } = await open({ profilingReason: "required" })
    await world.apply(companyWith({ profilingReason: "required" }, { name: "Reasons", reasons: ["Only this"] }))
    const fields = await page("closing", { "hx-request": "true" })
    expect(fields).toContain("Only this")
    expect(fields).not.toContain("Warranty")
  })
})

describe("A supervisor who closes several at once", () => {
  const closeAll = async (desk: Desk, ids: readonly Id[], fields: readonly (readonly [string, string])[] = []) => {
    const closing = ids.map((id) => ["closing", `${id}.9`] as const)
    const response = await desk.visitor.postAll("/waiting/closing", [...closing, ...fields])
    return response.text()
  }
  async function two(settings: Parameters<typeof companyWith>[0]) {
    const scene = await open(settings)
    const bruno = world.simulator.phones.create({ name: "Bruno Riva", phone: "+39 345 555 0173" })
    bruno.say("Salve")
    await world.settle()
    const ids = [scene.id, conversation(world, bruno).id]
    const states = () => ids.map((id) => conversations(world).find((one) => one.id === id)?.state)
    return { ...scene, ids, states }
  }

  test("says one reason for all of them; without it nothing is closed, and the window says so", async () => {
    const { carla, ids, states } = await two({ profilingReason: "required", profilingNotes: "optional" })
    const query = ids.map((id) => `conversation=${id}`).join("&")
    const asked = await (await carla.visitor.get(`/waiting/closing?${query}`)).text()
    expect(asked).toContain("the reason for all of them")
    expect(asked).toContain("Warranty")
    const before = states()
    expect(await closeAll(carla, ids)).toContain("choose a reason of contact, then close")
    expect(await closeAll(carla, ids, [["path", reasonId("Service")]])).toContain("has reasons under it")
    expect([states(), kept()]).toEqual([before, []])
    const chosen = [
      ["path", reasonId("Warranty")],
      ["notes", "Giro di prova"],
    ] as const
    expect(await closeAll(carla, ids, chosen)).toContain("2 done")
    expect(states()).toEqual(["closed", "closed"])
    expect(kept()).toMatchObject(
      ids.map((id) => ({ conversation: id, path: "Service › Warranty", notes: "Giro di prova" })),
    )
  })

  test("is asked for nothing where the number asks for nothing", async () => {
    const { carla, ids, states } = await two({ profilingReason: "off" })
    const asked = await (await carla.visitor.get(`/waiting/closing?conversation=${ids[0]}`)).text()
    expect(asked).not.toContain('class="profiling"')
    expect(await closeAll(carla, ids)).toContain("2 done")
    expect([states(), kept()]).toEqual([["closed", "closed"], []])
  })

  test("is told where different reasons are demanded, and which conversations stay open for it", async () => {
    const [acme] = companyDocument().tenants
    const settings = { profilingReason: "required" }
    const main = { ...acme?.channels[0], settings, profiling: "Reasons" }
    const second = { ...main, ...GLOBEX.number, name: "Second", profiling: "Others" }
    const { verifiedName: _, ...other } = second
    const profiling = [TREE, { name: "Others", reasons: ["Elsewhere"] }]
    world = await openWorld({ document: { tenants: [{ ...acme, channels: [main, other], profiling }] } })
    const carla = await sitDown(world, "carla")
    const [giulia, bruno] = ["Giulia", "Bruno"].map((name, at) =>
      world.simulator.phones.create({ name, phone: `+39 345 555 018${at}` }),
    )
    giulia?.say("Buongiorno")
    bruno?.say("Salve", { to: GLOBEX.number.phoneNumberId })
    await world.settle()
    const ids = conversations(world).map(({ id }) => id)
    const query = ids.map((id) => `conversation=${id}`).join("&")
    const asked = await (await carla.visitor.get(`/waiting/closing?${query}`)).text()
    expect(asked).toContain("different reasons of contact")
    expect(asked).not.toContain("Warranty")
    const said = await closeAll(carla, ids)
    expect(said).toContain("2 were not changed")
    expect(said).toContain("choose a reason of contact, then close")
    expect(await closeAll(carla, ids.slice(0, 1), [["path", reasonId("Warranty")]])).toContain("1 done")
  })
})

describe("A conversation closed by mistake", () => {
  test("is opened again by its agent within its time, and is theirs as before", async () => {
    const { giulia, anna, close, page, reopen, id } = await open({})
    await close()
    expect(await page("pane")).toContain("Open again")
    await world.advance(minutes(10))
    expect(await reopen()).toBeNull()
    expect(conversation(world, giulia)).toMatchObject({ id, state: "active", owner: anna.id })
    expect(await anna.reply(id, "Eccomi")).toBeNull()
  })

  test("not later, not by somebody else, not while the customer has a newer one", async () => {
    const { giulia, carla, close, page, reopen } = await open({}, { reopenWithinMinutes: 5 })
    const marco = await sitDown(world, "marco")
    await close()
    expect(await reopen(marco)).toMatchObject({ refused: "conversation.reopen_not_yours" })
    await world.advance(minutes(4))
    giulia.say("Ancora io")
    await world.settle()
    expect(await reopen(carla)).toMatchObject({ refused: "conversation.newer_exists" })
    await world.advance(minutes(2))
    expect(await reopen()).toMatchObject({ refused: "conversation.reopen_too_late" })
    expect(await page("pane")).not.toContain("Open again")
    expect(conversations(world, giulia).map(({ state }) => state)).toEqual(["closed", "offered"])
  })
})
