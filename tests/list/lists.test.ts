/** A list as people ask for it, by the list of users: words, filters, order, pages, columns, and the file of it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { strFromU8, unzipSync } from "fflate"
import { companyDocument } from "../support/cast.ts"
import { rowsOf } from "../support/records.ts"
import type { Visitor } from "../support/visitor.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Visitor

const person = (username: string, firstName: string, lastName: string, more: object = {}) => ({
  username,
  firstName,
  lastName,
  level: "agent",
  skillsets: ["Service"],
  email: null,
  ...more,
})

beforeAll(async () => {
  const { tenants } = companyDocument()
  const [acme, globex] = tenants
  const crowd = Array.from({ length: 60 }, (_, index) =>
    person(`crowd${index}`, "Crowd", String(index).padStart(2, "0")),
  )
  const named = [
    person("zoe", "Zoë", "Ångström", { level: "supervisor", skillsets: ["Sales", "Service"] }),
    person("evil", "=HYPERLINK(1)", 'Say "hi"; <b>', { enabled: false, maxConversations: 7 }),
  ]
  const document = { tenants: [{ ...acme, users: [...(acme?.users ?? []), ...named, ...crowd] }, globex] }
  world = await openWorld({ document })
  dora = await world.signIn("dora")
})
afterAll(() => world.close())

const namesIn = (page: string): string[] =>
  [...page.matchAll(/<th scope="row">.*?<span>(.*?)<\/span>/g)].map(([, name]) => name ?? "")
const names = async (query: string) => namesIn(await dora.panel(`/admin/users${query}`))
const link = (page: string, rel: string) =>
  new RegExp(`href="([^"]*)" rel="${rel}"`).exec(page)?.[1]?.replaceAll("&amp;", "&") ?? null

describe("A list", () => {
  test("is found by words in any order, without accents and case, and is never the neighbour's", async () => {
    expect(await names("?q=angstrom%20ZOE")).toEqual(["Zoë Ångström"])
    expect(await names("?q=dora")).toEqual(["Dora Rossi"])
    expect(await names("?q=dora2")).toEqual([])
  })

  test("is filtered by what stands in its address; what makes no sense there is left out", async () => {
    expect(await names("?level=supervisor")).toEqual(["Zoë Ångström", "Carla Rossi"])
    expect(await names("?level=supervisor&level=tenant_admin&q=rossi")).toEqual(["Carla Rossi", "Dora Rossi"])
    expect(await names("?standing=disabled")).toHaveLength(1)
    expect(await names("?level=king&sort=nonsense&after=x&q=zoe")).toEqual(["Zoë Ångström"])
  })

  test("is ordered by a column, and back", async () => {
    const up = await names("?q=rossi&sort=username")
    expect(up).toEqual(["Anna Rossi", "Carla Rossi", "Dora Rossi", "Ivo Rossi", "Marco Rossi"])
    expect(await names("?q=rossi&sort=-username")).toEqual([...up].reverse())
    expect((await names("?sort=-maxConversations"))[0]).toStartWith("=HYPERLINK")
  })

  test("is paged by key: the pages together are the whole, nobody twice, and the way back is the same", async () => {
    const first = await dora.panel("/admin/users?sort=-maxConversations")
    expect(first).toContain("1–50 of 67")
    const next = link(first, "next")
    const second = await dora.panel(next ?? "")
    expect(second).toContain("51–67 of 67")
    expect(link(second, "next")).toBeNull()
    const all = [...namesIn(first), ...namesIn(second)]
    expect([all.length, new Set(all).size]).toEqual([67, 67])
    const back = await dora.panel(link(second, "prev") ?? "")
    expect(namesIn(back)).toEqual(namesIn(first))
  })

  test("says that nothing fits, and shows the way to all", async () => {
    const page = await dora.panel("/admin/users?q=nobodyatall")
    expect(page).toContain("Nothing fits")
    expect(page).toContain('href="/admin/users"')
  })

  test("remembers the columns a person wants, and forgets them when the usual ones are asked for", async () => {
    const rossi = async (who: Visitor) => (await who.panel("/admin/users?q=anna")).includes(">anna@company.test<")
    expect(await rossi(dora)).toBe(false)
    await dora.postAll("/lists/columns", [
      ["list", "users"],
      ["column", "email"],
      ["column", "gone"],
    ])
    expect(await rossi(dora)).toBe(true)
    expect(await rossi(await world.signIn("dora"))).toBe(true)
    expect((await dora.panel("/admin/users?q=anna")).includes('data-name="Max"')).toBe(false)
    await dora.post("/lists/columns", { list: "users", usual: "yes" })
    expect(await rossi(dora)).toBe(false)
  })
})

describe("The file of a list", () => {
  const file = async (format: string, query: string) => {
    const response = await dora.post(`/admin/users/export${query}`, { format })
    expect(response.status).toBe(200)
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  test("has exactly what is shown, in all its pages, as .xlsx", async () => {
    const { response, bytes } = await file("xlsx", "?q=crowd&sort=-name")
    expect(response.headers.get("content-disposition")).toContain('filename="Users.xlsx"')
    const sheet = strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] ?? new Uint8Array())
    const rows = [...sheet.matchAll(/<row>(.*?)<\/row>/g)].map(([, row]) => row ?? "")
    expect(rows).toHaveLength(61)
    expect([...(rows[0] ?? "").matchAll(/<t[^>]*>(.*?)<\/t>/g)].map(([, text]) => text)).toEqual([
      "Name",
      "Username",
      "Skillsets",
      "Level",
      "Max",
    ])
    expect(rows[1]).toContain("Crowd 59")
    expect(rows[1]).toContain("<c><v>5</v></c>")
  })

  test("keeps accents, and neutralises what a spreadsheet would reckon, as .csv", async () => {
    const { bytes } = await file("csv", "?q=zoe")
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes)).toBe(
      'Name,Username,Skillsets,Level,Max\r\nZoë Ångström,zoe,"Sales, Service",Supervisor,5\r\n',
    )
    const evil = new TextDecoder().decode((await file("csv", "?standing=disabled")).bytes)
    expect(evil.split("\r\n")[1]).toBe(`"'=HYPERLINK(1) Say ""hi""; <b>",evil,Service,Agent,7`)
  })

  test("a text is never a formula in .xlsx, whatever it begins with", async () => {
    const sheet = strFromU8(unzipSync((await file("xlsx", "?standing=disabled")).bytes)["xl/worksheets/sheet1.xml"]!)
    expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(1) Say &quot;hi&quot;; &lt;b&gt;</t>')
    expect(sheet).not.toContain("<f>")
  })

  test("is put on record: who took it, what was asked for", async () => {
    await file("csv", "?q=zoe")
    type Entry = { act: string; actorName: string; subjectName: string; changes: string }
    const entries = rowsOf<Entry>(world.database.path, "SELECT * FROM auditEntry ORDER BY id")
    const last = entries.findLast(({ act }) => act === "export.made")
    expect(last).toMatchObject({ actorName: "Dora Rossi", subjectName: "Users" })
    expect(JSON.parse(last?.changes ?? "{}").asked).toEqual({ before: null, after: "q=zoe" })
  })

  test("is for those who may see the list", async () => {
    const carla = await world.signIn("carla")
    expect((await carla.post("/admin/users/export", { format: "csv" })).status).toBe(403)
    expect((await dora.post("/admin/users/export", { format: "exe" })).status).toBe(422)
  })
})
