/** Finding what was said: by whom it may be found, how it follows what becomes of it, and what is told of it. */
import { Database } from "bun:sqlite"
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { rmSync } from "node:fs"
import { sql } from "kysely"
import { shippedMigrations } from "~/database/shipped.ts"
import { query, statement } from "~/database/statement.ts"
import { verifyFile } from "~/database/verify.ts"
import { SYSTEM } from "~/facts.ts"
import { minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { indexAgain } from "~/message/actions/indexing.ts"
import { saveWords } from "~/message/store.ts"
import type { Phone } from "~/simulator/phone.ts"
import { GLOBEX } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { conversation, messages } from "./scene.ts"

/** Giulia wrote to Sales, where Anna answers; Ivo is restricted to Service; Carla supervises. */
let world: World
let anna: Desk
let carla: Desk
let ivo: Desk
let giulia: Phone
let place: Id

beforeEach(async () => {
  world = await openWorld()
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say("Perché la barca blu non è arrivata?")
  await world.settle()
  place = conversation(world, giulia).id
  await anna.open(place)
  carla = await sitDown(world, "carla")
  ivo = await sitDown(world, "ivo")
})
afterEach(() => world.close())

const address = (path: string, words: string, more = "") => `${path}?q=${encodeURIComponent(words)}${more}`
const customers = (words: string, desk = anna) => desk.visitor.panel(address("/customers", words))
const all = (words: string, more = "") => carla.visitor.panel(address("/all-conversations", words, more))
const marked = (html: string) => [...html.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, words]) => words)
const isThere = (html: string) => html.includes("list-person")
const first = () => messages(world, place)[0]!
const act = (script: Parameters<ReturnType<World["database"]["tenant"]>["act"]>[1]) =>
  world.database.tenant(anna.tenant).act(SYSTEM, script)

describe("Words find", () => {
  test("who wrote them, accents and case ignored, with the words marked and the way to them", async () => {
    const html = await customers("PERCHE barca")
    expect(marked(html)).toEqual(["Perché", "barca"])
    expect(html).toContain(`/conversations/${place}?at=`)
    expect(html).toContain(`#message-${first().id}`)
  })

  test.each(["bar", "barc", "perchè", '"è arr', "blu perc", '"barca blu"', "blu barca", "lombardi", "345 555"])(
    "Giulia by %s",
    async (words) => expect(isThere(await customers(words))).toBe(true),
  )

  test.each(["barca verde", "barca lombardi", '"blu barca"', "barche", "arca"])("nobody by %s", async (words) => {
    const html = await customers(words)
    expect(isThere(html)).toBe(false)
    expect(html).toContain("Nothing")
  })

  test("every word that begins so, however many there are", async () => {
    const words = Array.from({ length: 170 }, (_, index) => `zebra${String.fromCharCode(97 + (index % 26))}${index}`)
    giulia.say(words.slice(0, 3).join(" "))
    await world.settle()
    expect(marked(await customers("zebr"))).toEqual(words.slice(0, 3))
    giulia.say(words.join(" "))
    await world.settle()
    expect(marked(await customers("zebr")).slice(0, 3)).toEqual(words.slice(0, 3))
    expect(isThere(await customers("zebrx"))).toBe(false)
  })

  test("what was said a moment ago; while many write, what they said a second ago", async () => {
    giulia.say("Una parola sola")
    await world.settle()
    expect(marked(await customers("parola"))).toEqual(["parola"])
    for (let index = 0; index < 6; index++) giulia.say(`Tante ${index}`)
    await world.settle()
    expect(isThere(await customers("tante"))).toBe(false)
    await world.advance(seconds(1))
    expect(marked(await customers("tante"))).toEqual(["Tante"])
  })

  test("more of them than a page holds, page by page and back, in any order", async () => {
    for (let index = 0; index < 60; index++)
      world.simulator.phones
        .create({ name: `Nilo ${index}`, phone: `+3934555501${index + 10}` })
        .say("Cerco una scatola")
    await world.advance(seconds(1))
    const names = (html: string) => [...html.matchAll(/<span dir="auto">(Nilo \d+)<\/span>/g)].map(([, name]) => name)
    const link = (html: string, rel: string) =>
      new RegExp(`href="([^"]*)" rel="${rel}"`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? ""
    for (const desk of [
      { by: anna, path: "/customers" },
      { by: carla, path: "/all-conversations" },
    ]) {
      const first = await desk.by.visitor.panel(address(desk.path, "scatola"))
      expect(first).toContain("1–50 of 60")
      const second = await desk.by.visitor.panel(link(first, "next"))
      expect(second).toContain("51–60 of 60")
      const again = await desk.by.visitor.panel(link(second, "prev"))
      expect([names(first).length, new Set([...names(first), ...names(second)]).size]).toEqual([50, 60])
      expect([names(again), link(second, "next"), link(first, "prev")]).toEqual([names(first), "", ""])
    }
    const byName = await anna.visitor.panel(address("/customers", "scatola", "&sort=name"))
    expect(names(byName).slice(0, 3)).toEqual(["Nilo 0", "Nilo 1", "Nilo 10"])
  })

  test("nobody by the number that a conversation has in the file", async () => {
    expect(isThere(await customers(String(place)))).toBe(false)
    expect(isThere(await customers(String(place).slice(0, 6)))).toBe(false)
  })

  test.each([
    ["the middle of a name", "mbar", true],
    ["the middle of a number", "55501", true],
    ["two letters", "gi", true],
    ["letters of it in another order", "bardlom", false],
    ["its pieces without what is between them", "lombgiul", false],
    ["more than it", "lombardia", false],
  ])("whoever is called so: %s", async (_, words, isFound) => expect(isThere(await customers(words))).toBe(isFound))

  test("a customer by the name that they have by now", async () => {
    expect(isThere(await customers("lombard"))).toBe(true)
    await act((tx) => tx.run(rename, { from: "lombardi", to: "bianchi" }))
    expect(isThere(await customers("lombard"))).toBe(false)
    expect(isThere(await customers("bianch"))).toBe(true)
    expect(problems()).toEqual([])
  })

  test("what an agent wrote, and a note, told apart", async () => {
    await anna.reply(place, "È in dogana")
    await anna.post(`/conversations/${place}/notes`, { text: "Ricordarsi il rimborso", clientId: "n1" })
    await world.settle()
    expect(marked(await customers("dogana"))).toEqual(["dogana"])
    const noted = await customers("rimborso")
    expect(marked(noted)).toEqual(["rimborso"])
    expect(noted).toContain('aria-label="Note"')
  })

  test("conversations of the tenant, together with every other filter", async () => {
    expect(marked(await all("barca"))).toEqual(["barca"])
    expect(marked(await all("barca", `&agent=${anna.id}&state=active`))).toEqual(["barca"])
    for (const more of [`&agent=${carla.id}`, "&state=queued", "&until=2001-01-01", "&from=2999-01-01"])
      expect([more, isThere(await all("barca", more))]).toEqual([more, false])
    expect(marked(await all("barca", "&from=2001-01-01&until=2999-01-01"))).toEqual(["barca"])
  })

  test("one's own history, and the file of it", async () => {
    await anna.close(place)
    const history = (words: string) => anna.visitor.panel(address("/history", words))
    expect(marked(await history("barca"))).toEqual(["barca"])
    expect(isThere(await history("moto"))).toBe(false)
    const file = await anna.visitor.post(address("/history/export", "barca"), { format: "csv" })
    expect(await file.text()).toContain("Giulia Lombardi")
    const other = await sitDown(world, "marco")
    expect(isThere(await other.visitor.panel(address("/history", "barca")))).toBe(false)
  })

  test("the place in a long conversation, read from the list, and looking is on record", async () => {
    const said = first()
    for (let index = 0; index < 210; index++) await anna.reply(place, `Riga ${index}`)
    await world.advance(seconds(1))
    const html = await all("barca")
    const path = /href="(\/all-conversations\/\d+[^"]*hit=[^"#]*)#/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? ""
    const sheet = await carla.visitor.panel(path)
    expect(sheet).toContain(`id="message-${said.id}"`)
    expect(sheet).toContain("Only a part is shown here")
    const acts = rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry")
    expect(acts.map((entry) => entry.act)).toContain("conversation.looked_at")
  })

  test("nothing that hostile text could do to the page", async () => {
    giulia.say(`<img src=x onerror="alert(1)"> </mark><script>barcone`)
    await world.settle()
    const html = await customers("barcone")
    expect(html).toContain("&lt;script&gt;<mark>barcone</mark>")
    expect(html).not.toContain("<img")
  })

  test.each(["NOT", '"', "a*b", "tenant:1 OR x", "(", "\\", "%", "'; --"])("no error for %j", async (words) => {
    expect((await anna.visitor.get(address("/customers", words))).status).toBe(200)
  })
})

describe("Nobody finds what they may not see", () => {
  test("not a restricted agent, not even as a count", async () => {
    const html = await customers("barca", ivo)
    expect(isThere(html)).toBe(false)
    expect(html).not.toContain("only the latest")
    expect(isThere(await customers("barca", await sitDown(world, "marco")))).toBe(true)
  })

  test("a restricted agent finds of a shared customer what is of their own skillset alone", async () => {
    await anna.close(place)
    giulia.say("La barca per il servizio")
    await world.settle()
    const second = conversation(world, giulia).id
    const [service] = rowsOf<{ id: Id }>(
      world.database.path,
      "SELECT id FROM skillset WHERE name = 'Service' AND tenant = ?",
      ivo.tenant,
    )
    expect(
      await carla.post(`/conversations/${second}/transfer`, {
        to: "skillset",
        skillset: String(service?.id),
        mode: "exclusive",
        note: "",
      }),
    ).toBeNull()
    await world.settle()
    const html = await customers("barca", ivo)
    expect(html).toContain(`/conversations/${second}?at=`)
    expect(html).not.toContain(String(place))
    expect(isThere(await customers("blu", ivo))).toBe(false)
    expect(isThere(await customers("blu"))).toBe(true)
  })

  test("not another company with the same words", async () => {
    giulia.say("La barca di Globex", { to: GLOBEX.number.phoneNumberId })
    await world.settle()
    const theirs = await sitDown(world, "anna2")
    const html = await customers("barca", theirs)
    expect(html).toContain("di Globex")
    expect(html).not.toContain("blu")
    expect(await customers("barca")).not.toContain("Globex")
  })
})

describe("The index follows", () => {
  test("other words in place of those, in the same moment", async () => {
    await customers("barca")
    await act((tx) => saveWords(tx, { id: first().id, text: "Una moto rossa", content: null }))
    expect(isThere(await customers("barca"))).toBe(false)
    expect(marked(await customers("moto"))).toEqual(["moto"])
    await act((tx) => saveWords(tx, { id: first().id, text: "", content: null }))
    expect(isThere(await customers("moto"))).toBe(false)
  })

  test("a message that goes, and leaves none of its words in the file", async () => {
    giulia.say("Xylofonkoffer")
    await world.settle()
    expect(isThere(await customers("xylofonkoffer"))).toBe(true)
    const erase = statement((p: { id: Id }) => query.deleteFrom("message").where("id", "=", p.id))
    const { id } = messages(world, place).find(({ text }) => text === "Xylofonkoffer")!
    await act((tx) => tx.run(erase, { id }))
    expect(isThere(await customers("xylofonkoffer"))).toBe(false)
    const index = rowsOf<{ block: Uint8Array }>(world.database.path, "SELECT block FROM wordIndex_data")
    for (const { block } of index) expect(Buffer.from(block).toString("latin1")).not.toContain("xylofon")
    expect(problems()).toEqual([])
  })

  test("through a kill, wherever it was", async () => {
    giulia.say("Prima della fine")
    await world.settle()
    await world.kill()
    await world.advance(seconds(1))
    anna = await sitDown(world, "anna")
    expect(marked(await customers("fine"))).toEqual(["fine"])
    expect(marked(await customers("barca"))).toEqual(["barca"])
    expect(problems()).toEqual([])
  })

  test("in the background, without anybody looking for anything", async () => {
    await world.advance(seconds(1))
    expect(
      rowsOf(world.database.path, "SELECT term FROM wordTerm WHERE term = 'barca' AND col = 'words'"),
    ).toHaveLength(1)
  })

  test("what was there before it, in batches, and says how far it is until then", async () => {
    await act((tx) => {
      for (let index = 0; index < 1_500; index++) tx.run(old, { id: tx.newId(), conversation: place, at: tx.now })
    })
    await world.advance(minutes(1))
    await indexAgain(world.database)
    await world.restart()
    anna = await sitDown(world, "anna")
    expect(await customers("vecchia")).toContain("Words are still being indexed")
    await world.advance(seconds(30))
    const html = await customers("vecchia")
    expect(html).not.toContain("Words are still being indexed")
    expect(marked(html)).toEqual(["vecchia"])
    expect(problems()).toEqual([])
  })
})

describe("Verifying a file", () => {
  test("finds texts that the index has lost", async () => {
    await world.advance(seconds(1))
    const copy = `${world.database.path}.copy`
    const source = new Database(world.database.path)
    source.query("VACUUM INTO ?").run(copy)
    source.close()
    expect(verifyFile(copy, shippedMigrations()).problems).toEqual([])
    const broken = new Database(copy)
    broken.run("INSERT INTO wordIndex (wordIndex) VALUES ('delete-all')")
    broken.close()
    expect(verifyFile(copy, shippedMigrations()).problems.join()).toContain("sportello doctor --reindex")
    rmSync(copy)
  })

  test("finds customers whom the index has lost", async () => {
    await world.advance(seconds(1))
    const copy = `${world.database.path}.copy`
    const source = new Database(world.database.path)
    source.query("VACUUM INTO ?").run(copy)
    source.close()
    const broken = new Database(copy)
    broken.run("INSERT INTO nameIndex (nameIndex) VALUES ('delete-all')")
    broken.close()
    expect(verifyFile(copy, shippedMigrations()).problems.join()).toMatch(
      /the names of \d+ customers .*doctor --reindex/,
    )
    rmSync(copy)
  })
})

/** What `sportello verify` says of the file as it stands. */
function problems(): string[] {
  const copy = `${world.database.path}.verified`
  const source = new Database(world.database.path)
  source.query("VACUUM INTO ?").run(copy)
  source.close()
  const found = verifyFile(copy, shippedMigrations()).problems
  rmSync(copy)
  return found
}

const rename = statement((p: { from: string; to: string }) =>
  query.updateTable("customer").set({ searched: sql<string>`replace(searched, ${p.from}, ${p.to})` }),
)

const old = statement((p: { id: Id; conversation: Id; at: number }) =>
  query.insertInto("message").values(
    (row) =>
      ({
        id: p.id,
        conversation: p.conversation,
        at: p.at,
        direction: "in",
        kind: "text",
        text: "Una vecchia storia",
        status: "received",
        attempt: 0,
        channel: row.selectFrom("channel").select("channel.id").limit(1),
      }) as never,
  ),
)
