/** Somebody who wrote from two numbers, came by a file or stands in one, asks to be forgotten: all of it is theirs. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { days, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { filesOf } from "../customer/import-scene.ts"
import { conversation } from "../journeys/scene.ts"
import { rowsOf } from "../support/records.ts"
import { count, openScene, pdf, type Scene, swept, WORDS } from "./scene.ts"

let scene: Scene
let office: Phone
let customer: Id
let joined: Id
let held: Id

/** Giulia and her office's number, joined; Paolo, who is somebody else. */
beforeEach(async () => {
  scene = await openScene({ retention: { conversationsDays: 7 } })
  const { world, giulia, paolo, talk } = scene
  office = world.simulator.phones.create({ name: "Studio Kanarienhaus", phone: "+39 345 555 0198" })
  await talk(paolo, pdf(2))
  customer = (await talk(giulia, pdf(1))).customer
  const other = await talk(office, pdf(3))
  joined = other.customer
  held = other.id
  await edit(customer, { email: WORDS.field })
  await edit(joined, { name: "Kanaria Lombarda", email: "kanaria@studio.test" })
})
afterEach(() => scene.world.close())

const path = () => scene.world.database.path
const edit = (id: Id, fields: Record<string, string>) =>
  scene.anna.visitor.post(`/customers/${id}`, {
    ...fields,
    ...Object.fromEntries(Object.keys(fields).map((field) => [`shown.${field}`, ""])),
  })
async function join(kept = customer, other = joined) {
  const answer = await scene.dora.visitor.post(`/customers/${kept}/joining`, {
    joined: String(other),
    "pick.name": "joined",
    "pick.email": "kept",
  })
  await scene.world.settle()
  return answer.status
}
const joinId = () => rowsOf<{ id: Id }>(path(), "SELECT id FROM customerJoin ORDER BY id DESC LIMIT 1")[0]!.id
const part = async (how: "undo" | "separate") => {
  const given = { join: String(joinId()), how }
  const { status } = await scene.dora.visitor.post(`/customers/${customer}/separating`, given)
  await scene.world.settle()
  return status
}
/** By their number: a joining may have changed what they are called. */
const erase = (id = customer, typed = scene.giulia.customer.phone ?? "?") =>
  scene.dora.visitor.post(`/customers/${id}/erasure`, { typed })
const everything = () =>
  [path(), `${path()}-wal`].map((file) => readFileSync(file).toString("latin1").toLowerCase()).join("\n")
const standing = (canaries: readonly string[]) => {
  const all = everything()
  return canaries.filter((canary) => all.includes(canary.toLowerCase()))
}

describe("Erasing a customer who is joined with another", () => {
  test("takes both, by every number, out of the file, its log and every index", async () => {
    const files = filesOf(scene.world, scene.dora)
    const row = "Kanarina Importata;345 555 0177;kanarina@import.test"
    await files.importAll(`Nome;Telefono;E-mail\r\n${row}\r\nKanarinofehler;345 555 0172;no address\r\n`, "a.csv")
    const [brought] = rowsOf<{ id: Id }>(path(), "SELECT customer AS id FROM importedCustomer")
    expect(await join()).toBe(303)
    expect(await join(customer, brought!.id)).toBe(303)
    office.say("zwitscherwort")
    await scene.world.settle()
    const said = rowsOf<{ id: Id }>(path(), "SELECT id FROM conversation WHERE state <> 'closed'")[0]!.id
    await scene.anna.open(said)
    expect(await scene.anna.close(said)).toBeNull()
    await scene.world.advance(seconds(10))
    expect(count(scene.world, "wordTerm", "WHERE term = 'zwitscherwort'")).toBe(1)
    const digits = [scene.giulia, office].map(({ customer: one }) => (one.phone ?? "?").replace(/\D/g, ""))
    const canaries = [
      WORDS.name,
      WORDS.field,
      "Studio Kanarienhaus",
      "Kanaria Lombarda",
      "kanaria@studio.test",
      ...digits,
      "Kanarina Importata",
      "kanarina@import.test",
      "393455550177",
      "345 555 0172",
      "Kanarinofehler",
      "zwitscherwort",
      ...[scene.giulia, office].flatMap(({ customer: one }) => one.userId ?? []),
    ]
    expect(standing(canaries)).toEqual(canaries)
    const page = await (await scene.dora.visitor.get(`/customers/${customer}/erasure`)).text()
    for (const words of ["Joined customers", "2 · Kanaria Lombarda · Kanarina Importata", "Imports that name them"])
      expect(page).toContain(words)

    expect((await erase()).status).toBe(303)
    const names = rowsOf(path(), "SELECT trim(searched) AS searched FROM customer WHERE erasingSince IS NOT NULL")
    expect(names).toEqual([{ searched: "" }, { searched: "" }, { searched: "" }])
    expect(rowsOf(path(), "SELECT DISTINCT before, after FROM customerJoin")).toEqual([{ before: "{}", after: "{}" }])
    await swept(scene.world)

    expect(standing(canaries)).toEqual([])
    expect(count(scene.world, "wordTerm", "WHERE term = 'zwitscherwort'")).toBe(0)
    for (const table of ["customerJoin", "joinedConversation", "importedCustomer", "customerImportProblem"])
      expect([table, count(scene.world, table)]).toEqual([table, 0])
    expect(count(scene.world, "customer", `WHERE id IN (${customer}, ${joined}, ${brought!.id})`)).toBe(0)
    expect(count(scene.world, "customer", "WHERE phone IS NOT NULL")).toBe(1)
    expect(everything()).toContain(WORDS.said)
  })

  test("makes whoever writes under either number somebody new, and is not to be joined or parted meanwhile", async () => {
    const { world, giulia, paolo } = scene
    await join()
    const third = conversation(world, paolo).customer
    await erase()
    expect([
      await part("undo"),
      await part("separate"),
      await join(customer, third),
      await join(third, customer),
    ]).toEqual([404, 404, 404, 404])
    expect(await join(third, joined)).toBe(404)
    for (const phone of [giulia, office]) phone.say("It is me again")
    await world.settle()
    const again = [giulia, office].map((phone) => conversation(world, phone).customer)
    expect(new Set([...again, customer, joined]).size).toBe(4)
    await swept(world)
    expect([giulia, office].map((phone) => conversation(world, phone).customer)).toEqual(again)
  })

  test("is refused while a hold stands that was set on either before, whose conversations no night takes", async () => {
    const { dora } = scene
    expect(await dora.post(`/customers/${joined}/hold`, { reason: "Lawsuit 14/2026" })).toBeNull()
    await join()
    const answer = await erase()
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining("legal hold is set")])
    await scene.later(days(9))
    await swept(scene.world)
    expect(count(scene.world, "conversation", `WHERE id = ${held}`)).toBe(1)
  })

  test("a night that takes a conversation takes where it was answered to", async () => {
    await join()
    expect(count(scene.world, "joinedConversation")).toBe(1)
    await scene.later(days(9))
    await swept(scene.world)
    expect([count(scene.world, "joinedConversation"), count(scene.world, "conversation")]).toEqual([0, 0])
  })
})

describe("Erasing a customer who was joined with another once", () => {
  test("takes what they brought and leaves the other", async () => {
    await join()
    expect(await part("undo")).toBe(303)
    expect((await erase(joined, office.customer.phone ?? "?")).status).toBe(303)
    await swept(scene.world)
    expect(standing(["Kanaria Lombarda", "kanaria@studio.test", "Studio Kanarienhaus"])).toEqual([])
    expect([count(scene.world, "customerJoin"), count(scene.world, "customer", `WHERE id = ${customer}`)]).toEqual([
      0, 1,
    ])
  })

  test("leaves a conversation in which both wrote to whoever has it, answered to their own number", async () => {
    const { world, giulia, anna } = scene
    await join()
    for (const phone of [giulia, office]) phone.say("From here, too")
    await world.settle()
    const { id } = rowsOf<{ id: Id }>(path(), "SELECT id FROM conversation WHERE state <> 'closed'")[0]!
    await anna.open(id)
    await part("separate")
    expect((await erase(joined, office.customer.phone ?? "?")).status).toBe(303)
    await anna.reply(id, "To her own number")
    await swept(world)
    expect(JSON.stringify(giulia.received())).toContain("To her own number")
    expect(count(world, "customer", `WHERE id = ${joined}`)).toBe(0)
  })
})

describe("An import beside an erasure", () => {
  test("makes a new customer of a row that matches somebody who is being erased", async () => {
    const files = filesOf(scene.world, scene.dora)
    const id = await files.bring("Nome;Telefono\r\nGiulia L.;345 555 0172\r\n")
    await files.check(id)
    expect(files.counts(id)).toMatchObject({ state: "checked", created: 0, changed: 1 })
    await erase()
    await files.steer(id, "import")
    expect(files.counts(id)).toMatchObject({ state: "done", created: 1, changed: 0, refused: 0 })
    await swept(scene.world)
    expect(files.customers().filter(({ phone }) => phone === "393455550172")).toMatchObject([{ name: "Giulia L." }])
  })

  test("is over and named somebody else alone: it keeps what it says; on its way, it loses their cells", async () => {
    const files = filesOf(scene.world, scene.dora)
    const other = await files.importAll("Nome;Telefono\r\nUgo;345 555 0166\r\nPia;12\r\n", "other.csv")
    const id = await files.bring(
      "Nome;Telefono;E-mail\r\nUgo;345 555 0165;kanarien@giulia.test not\r\nPia;345 555 0164;no\r\n",
    )
    await files.check(id)
    await erase()
    await swept(scene.world)
    expect([files.row(other).preview, files.problems(other).map(({ given }) => given)]).toEqual([
      expect.stringContaining("Ugo"),
      ["12"],
    ])
    expect(files.problems(id).map(({ given }) => given)).toEqual(["", "no"])
    expect(JSON.parse(files.row(id).preview ?? "{}")).toMatchObject({
      headings: ["Nome", "Telefono", "E-mail"],
      samples: [],
    })
  })
})
