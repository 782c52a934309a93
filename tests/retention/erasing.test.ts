/** A customer who asks to be forgotten: what goes, what stays, what stands in the way, and that it ends whatever happens. */
import { afterEach, describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { minutes, seconds } from "~/kernel/clock.ts"
import { conversation, conversations } from "../journeys/scene.ts"
import { checkCounters } from "../support/counters.ts"
import { sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import { count, openScene, pdf, type Scene, swept, WORDS } from "./scene.ts"

let scene: Scene
afterEach(() => scene?.world.close())

const erase = (customer: number, typed = WORDS.name, desk = scene.dora) =>
  desk.visitor.post(`/customers/${customer}/erasure`, { typed })

/** What stands anywhere in the file and beside it, without case. */
const everything = () => {
  const { path } = scene.world.database
  return [path, `${path}-wal`].map((file) => readFileSync(file).toString("latin1").toLowerCase()).join("\n")
}

describe("Erasing a customer", () => {
  test("takes everything of theirs, in the file and in its log, and leaves the figures and everybody else", async () => {
    scene = await openScene()
    const { world, giulia, paolo, talk } = scene
    const other = await talk(paolo, pdf(2))
    const { id, customer } = await talk(giulia, pdf(1))
    const { giulia: phone } = scene
    const names = [phone.customer.userId, phone.customer.phone ?? "?"].map((name) => name.replace(/\D/g, "") || name)
    const canaries = [WORDS.name, ...names, String(phone.customer.userId)]
    for (const canary of canaries) expect([canary, everything().includes(canary.toLowerCase())]).toEqual([canary, true])
    const globex = dump(world.database.path, 2)
    const before = rowsOf(world.database.path, "SELECT * FROM reportCounter ORDER BY 1, 2, 3, 4, 5, 6")

    const answer = await erase(customer)
    expect([answer.status, answer.headers.get("location")]).toEqual([303, expect.stringMatching(/erasures\/\d+$/)])
    expect((await scene.dora.visitor.get(`/customers/${customer}`)).status).toBe(404)
    await swept(world)

    for (const canary of canaries)
      expect([canary, everything().includes(canary.toLowerCase())]).toEqual([canary, false])
    for (const [table, rows] of Object.entries(dump(world.database.path)))
      for (const row of rows) expect([table, "conversation" in row && row.conversation === id]).toEqual([table, false])
    expect(rowsOf(world.database.path, "SELECT * FROM customer WHERE id = ?", customer)).toEqual([])
    expect(rowsOf(world.database.path, "SELECT * FROM reportCounter ORDER BY 1, 2, 3, 4, 5, 6")).toEqual(before)
    expect(dump(world.database.path, 2)).toEqual(globex)
    expect(count(world, "message", `WHERE conversation = ${other.id}`)).toBeGreaterThan(2)
    expect(everything()).toContain(WORDS.said)
    checkCounters(world)
    const acts = rowsOf<{ act: string; subjectName: string }>(
      world.database.path,
      "SELECT act, subjectName FROM auditEntry",
    )
    expect(acts.filter(({ act }) => act.startsWith("customer.eras"))).toEqual([
      { act: "customer.erasure_begun", subjectName: "" },
      { act: "customer.erased", subjectName: "" },
    ])
  })

  test("whoever writes again is a new customer, from the first moment on", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    const { customer } = await talk(giulia, pdf(1))
    await erase(customer)
    giulia.say("Sono di nuovo io")
    await world.settle()
    const again = conversation(world, giulia)
    expect(again.customer).not.toBe(customer)
    await swept(world)
    expect(conversations(world, giulia).map(({ customer: one }) => one)).toEqual([again.customer])
    expect(count(world, "customer", `WHERE id = ${customer}`)).toBe(0)
  })

  test("a file that somebody else was sent as well stays for them", async () => {
    scene = await openScene()
    const { world, giulia, paolo, talk } = scene
    const same = pdf(7, 900_000)
    const other = await talk(paolo, same)
    const { customer } = await talk(giulia, same)
    expect(count(world, "mediaFile")).toBe(1)
    await erase(customer)
    await swept(world)
    expect(count(world, "mediaFile")).toBe(1)
    const { message } = rowsOf<{ message: number }>(
      world.database.path,
      "SELECT media.message FROM media JOIN message ON message.id = media.message WHERE conversation = ?",
      other.id,
    )[0]!
    const kept = new Uint8Array(await (await scene.anna.visitor.get(`/media/${message}`)).arrayBuffer())
    expect(Bun.hash(kept)).toBe(Bun.hash(same))
  })

  test("goes on after the process was killed in the middle of it, as often as that happens", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    const { customer } = await talk(giulia, pdf(1, 6_000_000))
    for (let index = 0; index < 400; index++) giulia.say(`${WORDS.said} ${index}`)
    await world.settle()
    const { id } = conversation(world, giulia)
    await scene.anna.open(id)
    expect(await scene.anna.close(id)).toBeNull()
    await world.settle()
    await erase(customer)
    let kills = 0
    for (let step = 0; step < 60 && count(world, "erasure", "WHERE endedAt IS NULL") > 0; step++) {
      await world.advance(25)
      if (step % 2 === 0) {
        await world.kill()
        kills += 1
      }
    }
    expect(kills).toBeGreaterThan(2)
    await swept(world)
    expect([count(world, "erasure", "WHERE endedAt IS NULL"), count(world, "fileRemoval")]).toEqual([0, 0])
    expect(everything()).not.toContain(WORDS.said)
    checkCounters(world)
  })

  test("is refused while a conversation is open, with which one, and while a hold stands", async () => {
    scene = await openScene()
    const { world, giulia, talk, dora } = scene
    const { id, customer } = await talk(giulia, pdf(1))
    expect(await dora.post(`/customers/${customer}/hold`, { reason: "Lawsuit 12/2026" })).toBeNull()
    const held = await erase(customer)
    expect([held.status, await held.text()]).toEqual([409, expect.stringContaining("legal hold is set")])
    const hold = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM hold")[0]?.id
    await dora.post(`/admin/retention/holds/${hold}/lifting`)
    expect(await dora.post(`/conversations/${id}/hold`, { reason: "Lawsuit 13/2026" })).toBeNull()
    expect((await erase(customer)).status).toBe(409)
    await dora.post(
      `/admin/retention/holds/${rowsOf<{ id: number }>(world.database.path, "SELECT id FROM hold")[0]?.id}/lifting`,
    )
    giulia.say("Ancora una cosa")
    await world.settle()
    const open = await erase(customer)
    expect([open.status, await open.text()]).toEqual([409, expect.stringContaining("1 conversation is open")])
    expect(count(world, "erasure")).toBe(0)
    const acts = rowsOf<{ act: string }>(
      world.database.path,
      "SELECT act FROM auditEntry WHERE act LIKE 'hold.%' ORDER BY id",
    )
    expect(acts.map(({ act }) => act)).toEqual(["hold.set", "hold.lifted", "hold.set", "hold.lifted"])
  })

  test("is asked for by typing the name, by the tenant's admin alone", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    const { customer } = await talk(giulia, pdf(1))
    const page = await (await scene.dora.visitor.get(`/customers/${customer}/erasure`)).text()
    for (const words of ["Erase Giulia Lombardi", "Conversations", "Copies by e-mail"]) expect(page).toContain(words)
    const wrong = await erase(customer, "Giulia")
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("That is not the name")])
    for (const who of ["carla", "anna", "ivo"]) {
      const desk = await sitDown(world, who, { listening: false })
      const answer = await erase(customer, WORDS.name, desk)
      expect([who, answer.status]).toEqual([who, 403])
    }
    const foreign = await sitDown(world, "dora2", { listening: false })
    expect((await erase(customer, WORDS.name, foreign)).status).toBe(404)
    expect(count(world, "erasure")).toBe(0)
    expect((await erase(customer, "+39 345 555 0172")).status).toBe(303)
  })

  test("takes a copy that waits for the mail server, so that it never leaves", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    world.mailbox.answers = { result: "not_now", reason: "unreachable", answer: null }
    const { id, customer } = await talk(giulia, pdf(1))
    expect(rowsOf(world.database.path, "SELECT state FROM mail WHERE conversation = ?", id)).toEqual([
      { state: "queued" },
    ])
    await erase(customer)
    await swept(world)
    world.mailbox.answers = null
    await world.advance(minutes(61))
    expect([count(world, "mail"), count(world, "mailAttachment"), count(world, "mediaFile")]).toEqual([0, 0, 0])
    expect(world.mailbox.letters).toEqual([])
  })

  test("waits while a copy is being handed over, and goes on when that is over", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    const taking = Promise.withResolvers<void>()
    const { send } = world.mailbox
    world.mailbox.send = async (...given) => {
      await taking.promise
      return send.apply(world.mailbox, given)
    }
    const { id, customer } = await talk(giulia, pdf(1))
    const states = () => rowsOf(world.database.path, "SELECT state FROM mail WHERE conversation = ?", id)
    expect(states()).toEqual([{ state: "sending" }])
    await erase(customer)
    await world.advance(seconds(30))
    expect([states(), count(world, "conversation", `WHERE id = ${id}`)]).toEqual([[{ state: "sending" }], 1])
    taking.resolve()
    await swept(world)
    expect([states(), count(world, "mediaFile"), count(world, "conversation")]).toEqual([[], 0, 0])
  })
})
