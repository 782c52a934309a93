/** A8: customers from a file, from its coming in to its end. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { strToU8, zipSync } from "fflate"
import { days } from "~/kernel/clock.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { filesOf, type ImportScene, openImportScene } from "./import-scene.ts"

let scene: ImportScene
beforeEach(async () => {
  scene = await openImportScene()
})
afterEach(() => scene.world.close())

const lines = (...records: string[]) => records.join("\r\n")
const HEAD = "Nome;Telefono;E-mail;Lingua;Tag"
const FILE = lines(HEAD, "Anna Rossi;345 555 0201;Anna@Example.com;Italiano;VIP, Nuovo", "Bruno;+39 345 555 0202;;en;")

const tagsOf = (phone: string) =>
  rowsOf<{ name: string }>(
    scene.world.database.path,
    `SELECT tag.name FROM customerTag JOIN tag ON tag.id = customerTag.tag JOIN customer ON customer.id = customerTag.customer
     WHERE customer.phone = ? AND customer.tenant = ? ORDER BY tag.name`,
    phone,
    scene.dora.tenant,
  ).map(({ name }) => name)
const acts = () =>
  rowsOf<{ act: string }>(
    scene.world.database.path,
    "SELECT act FROM auditEntry WHERE tenant = ?",
    scene.dora.tenant,
  ).map(({ act }) => act)

describe("A file of customers", () => {
  test("is understood, tried without writing anything, and then written", async () => {
    const id = await scene.bring(FILE)
    expect(JSON.parse(scene.row(id).mapping)).toEqual(["name", "phone", "email", "language", "tags"])
    await scene.check(id)
    expect(scene.counts(id)).toEqual({ state: "checked", created: 2, changed: 0, unchanged: 0, refused: 0 })
    expect(scene.customers()).toEqual([])
    await scene.steer(id, "import")
    expect(scene.counts(id)).toEqual({ state: "done", created: 2, changed: 0, unchanged: 0, refused: 0 })
    expect(scene.customers()).toMatchObject([
      { phone: "393455550201", name: "Anna Rossi", email: "anna@example.com", language: "it" },
      { phone: "393455550202", name: "Bruno", email: null, language: "en" },
    ])
    expect(tagsOf("393455550201")).toEqual(["Nuovo", "VIP"])
  })

  test("says who started it and what came of it, and its bytes go", async () => {
    const id = await scene.importAll(FILE)
    expect(acts()).toEqual(expect.arrayContaining(["customers.import_started", "customers.import_ended"]))
    expect(scene.row(id).file).toBeNull()
    expect(rowsOf(scene.world.database.path, "SELECT id FROM mediaFile WHERE tenant = ?", scene.dora.tenant)).toEqual(
      [],
    )
  })

  test("brought in again changes nothing", async () => {
    await scene.importAll(FILE)
    const again = await scene.importAll(`${FILE}\r\n`)
    expect(scene.counts(again)).toEqual({ state: "done", created: 0, changed: 0, unchanged: 2, refused: 0 })
  })

  test("names each row that cannot be, its column and why, and leaves it out", async () => {
    const id = await scene.bring(
      lines(
        HEAD,
        "Anna;345 555 0201;not an address;Klingon;",
        "Bruno;12;;;",
        "Carla;;;;",
        "Dario;+39 345 555 0204;;;",
        "Elena;0039 345 5550204;;;",
        '"=HYPERLINK(""http://x"")";345 555 0206;;;',
      ),
    )
    await scene.check(id)
    expect(scene.counts(id)).toEqual({ state: "checked", created: 1, changed: 0, unchanged: 0, refused: 5 })
    expect(scene.problems(id).map(({ row, heading, reason }) => [row, heading, reason])).toEqual([
      [2, "E-mail", "customer.not_an_email"],
      [2, "Lingua", "customer.not_a_language"],
      [3, "Telefono", "customer.not_a_phone"],
      [4, "Telefono", "import.nobody"],
      [6, "Telefono", "import.twice"],
      [7, "Nome", "import.formula"],
    ])
    const page = await scene.dora.visitor.panel(`/admin/imports/${id}/problems`)
    expect(page).toContain("The same customer as in row 5.")
    const file = await scene.dora.visitor.post(`/admin/imports/${id}/problems/export`, { format: "csv" })
    expect((await file.text()).split("\r\n")[1]).toContain("not an address")
    expect(acts()).toContain("export.made")
    await scene.steer(id, "import")
    expect(scene.customers().map(({ name }) => name)).toEqual(["Dario"])
    expect(scene.problems(id)).toHaveLength(6)
  })

  test("never tells people by their names", async () => {
    await scene.importAll(lines("Nome;Telefono", "Anna Rossi;345 555 0201"))
    await scene.importAll(lines("Nome;Telefono", "Anna Rossi;345 555 0202"))
    expect(scene.customers()).toHaveLength(2)
  })

  test("finds who has written by the number, however it is written", async () => {
    scene.world.simulator.phones.create({ name: "giulia", phone: "+39 345 555 0172" }).say("Ciao")
    await scene.world.settle()
    const id = await scene.importAll(lines("Nome;Cognome;Cellulare", "Giulia;Lombardi;0039 345-555.0172"))
    expect(scene.counts(id)).toMatchObject({ created: 0, changed: 1 })
    expect(scene.customers()).toMatchObject([{ name: "Giulia Lombardi" }])
  })
})

describe("What people entered by hand", () => {
  const rename = async (name: string) => {
    const [customer] = scene.customers()
    const anna = await sitDown(scene.world, "anna", { listening: false })
    const answer = await anna.visitor.post(`/customers/${customer!.id}`, { name, "shown.name": customer!.name ?? "" })
    expect(answer.status).toBeLessThan(400)
  }

  test("gives way to a file only when that was asked for", async () => {
    await scene.importAll(FILE)
    await rename("Annina")
    const other = FILE.replace("Anna Rossi", "Anna Bianchi")
    await scene.importAll(other)
    expect(scene.customers()[0]?.name).toBe("Annina")
    await scene.importAll(`${other}\r\n`, "again.csv", { overwrites: "on" })
    expect(scene.customers()[0]?.name).toBe("Anna Bianchi")
  })

  test("what an earlier file brought is brought up to date", async () => {
    await scene.importAll(FILE)
    const id = await scene.importAll(FILE.replace("Anna Rossi", "Anna Bianchi"))
    expect(scene.counts(id)).toMatchObject({ changed: 1, unchanged: 1 })
    expect(scene.customers()[0]?.name).toBe("Anna Bianchi")
  })

  test("is not emptied by an empty cell, unless that was asked for", async () => {
    await scene.importAll(FILE)
    const emptied = FILE.replace("Anna@Example.com", "")
    await scene.importAll(emptied)
    expect(scene.customers()[0]?.email).toBe("anna@example.com")
    await scene.importAll(`${emptied}\r\n`, "again.csv", { erases: "on" })
    expect(scene.customers()[0]?.email).toBeNull()
  })

  test("an opt-out that the customer said is not undone by a file", async () => {
    const giulia = scene.world.simulator.phones.create({ name: "Giulia", phone: "+39 345 555 0172" })
    giulia.say("STOP")
    await scene.world.settle()
    const choices = () =>
      rowsOf<{ choice: string }>(scene.world.database.path, "SELECT choice FROM consentChange ORDER BY id").map(
        ({ choice }) => choice,
      )
    expect(choices()).toEqual(["out"])
    await scene.importAll(lines("Telefono;Consenso", "345 555 0172;sì", "345 555 0173;no"), "c.csv", {
      overwrites: "on",
    })
    expect(choices()).toEqual(["out", "out"])
  })
})

describe("The tenant's own fields", () => {
  test("are found by their names, and read as a spreadsheet writes them", async () => {
    const id = await scene.importAll(
      lines(
        "phone,Customer no.,Member since,Vehicle,Newsletter",
        '345 555 0201,"1,5",15/03/2024,Aurora E2,Sì',
        "345 555 0202,many,2024-02-30,Tractor,maybe",
      ),
    )
    expect(scene.counts(id)).toMatchObject({ created: 1, refused: 1 })
    const values = rowsOf<{ value: string }>(
      scene.world.database.path,
      "SELECT value FROM customerValue ORDER BY property",
    )
    expect(values.map(({ value }) => value).sort()).toEqual(["1.5", "2024-03-15", "Aurora E2", "yes"])
    expect(scene.problems(id).map(({ heading }) => heading)).toEqual([
      "Customer no.",
      "Member since",
      "Vehicle",
      "Newsletter",
    ])
  })
})

describe("The list's own file", () => {
  test.each(["csv", "xlsx"] as const)("comes in again unchanged as .%s", async (format) => {
    scene.world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("Ciao")
    await scene.importAll(
      lines(
        "phone;name;Customer no.;Member since;Vehicle;Newsletter;tags;Other phone",
        "345 555 0201;=2;12,5;2024-03-15;Aurora E2;yes;VIP;",
        "345 555 0202;'+plus;;;;no;;+39 02 555 0199",
      ).replace(";=2;", ';"2, due";'),
    )
    const every = (await scene.dora.visitor.panel("/customers")).matchAll(/name="column" value="([^"]+)"/g)
    const columns = [...every].map(([, name]) => ["column", name ?? ""])
    expect(columns.length).toBeGreaterThan(10)
    await scene.dora.visitor.postAll("/lists/columns", [["list", "customers"], ["to", "/customers"], ...columns])
    const answer = await scene.dora.visitor.post("/customers/export", { format })
    const id = await scene.bring(new Uint8Array(await answer.arrayBuffer()), `customers.${format}`)
    await scene.check(id)
    expect(scene.problems(id)).toEqual([])
    expect(scene.counts(id)).toEqual({ state: "checked", created: 0, changed: 0, unchanged: 3, refused: 0 })
  })

  test("the sample comes in as it is", async () => {
    const answer = await scene.dora.visitor.get("/admin/imports/sample?format=xlsx")
    const id = await scene.bring(new Uint8Array(await answer.arrayBuffer()), "sample.xlsx")
    await scene.check(id)
    expect(scene.counts(id)).toMatchObject({ state: "checked", created: 2, refused: 0 })
  })
})

describe("On its way", () => {
  const MANY = lines(
    "phone;name",
    ...Array.from({ length: 2_000 }, (_, index) => `+39 345 555 ${1_000 + index};Person ${index}`),
  )

  test("it goes on exactly where it was when the process is killed", async () => {
    const id = await scene.bring(MANY)
    await scene.check(id)
    void scene.dora.visitor.post(`/admin/imports/${id}/steering`, { deed: "import" })
    while (scene.customers().length < 300) await new Promise((resolve) => setImmediate(resolve))
    await scene.world.kill()
    const { row, counts, customers } = filesOf(scene.world, scene.dora)
    await scene.world.settle()
    expect(row(id).state).toBe("done")
    expect(counts(id)).toEqual({ state: "done", created: 2_000, changed: 0, unchanged: 0, refused: 0 })
    expect(customers()).toHaveLength(2_000)
  })

  test("it waits when it is told to, goes on, and stops for good", async () => {
    const id = await scene.bring(MANY)
    await scene.check(id)
    void scene.dora.visitor.post(`/admin/imports/${id}/steering`, { deed: "import" })
    while (scene.customers().length < 100) await new Promise((resolve) => setImmediate(resolve))
    await scene.steer(id, "pause")
    const paused = scene.customers().length
    expect(scene.row(id).state).toBe("paused")
    expect(paused).toBeLessThan(2_000)
    expect(scene.row(id).created).toBe(paused)
    expect(await scene.dora.visitor.panel(`/admin/imports/${id}`)).toContain("Go on")
    void scene.dora.visitor.post(`/admin/imports/${id}/steering`, { deed: "resume" })
    while (scene.customers().length < paused + 100) await new Promise((resolve) => setImmediate(resolve))
    await scene.steer(id, "cancel")
    expect(scene.row(id).state).toBe("cancelled")
    expect(scene.customers().length).toBe(scene.row(id).created)
    expect(scene.customers().length).toBeLessThan(2_000)
  })

  test("a second click on the same button is refused, and says why", async () => {
    const id = await scene.bring(FILE)
    await scene.check(id)
    await scene.steer(id, "import")
    const answer = await scene.steer(id, "import")
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain("moved on")
  })

  test("columns that name nobody are refused, and what was chosen stays", async () => {
    const id = await scene.bring(FILE)
    const answer = await scene.check(id, { column1: "", overwrites: "on" })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain("WhatsApp user ID")
    expect(scene.row(id).state).toBe("mapping")
  })

  test("its rows' details go 30 days after its end", async () => {
    const id = await scene.importAll(lines(HEAD, "Bruno;12;;;", "Carla;345 555 0203;;;"))
    expect(scene.problems(id)).toHaveLength(1)
    await scene.world.advance(days(31))
    expect(scene.problems(id)).toEqual([])
    expect(scene.row(id).preview).toBeNull()
  })

  test("nobody but an administrator may bring one", async () => {
    const carla = await sitDown(scene.world, "carla", { listening: false })
    expect((await carla.visitor.upload("/admin/imports/files?name=a.csv", FILE)).status).toBe(403)
    expect((await carla.visitor.get("/admin/imports")).status).toBe(403)
    expect(await carla.visitor.panel("/customers")).not.toContain("/admin/imports")
  })
})

describe("What a file looks like", () => {
  const sheetsOf = (sheets: Record<string, string>) => {
    const names = Object.keys(sheets)
    const book = names.map((name, index) => `<sheet name="${name}" r:id="r${index}"/>`).join("")
    const links = names
      .map((_, index) => `<Relationship Id="r${index}" Target="worksheets/sheet${index}.xml"/>`)
      .join("")
    const parts = Object.values(sheets).map((rows, index) => [
      `xl/worksheets/sheet${index}.xml`,
      strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
    ])
    return new Uint8Array(
      zipSync({
        "xl/workbook.xml": strToU8(`<workbook xmlns:r="x"><sheets>${book}</sheets></workbook>`),
        "xl/_rels/workbook.xml.rels": strToU8(`<Relationships>${links}</Relationships>`),
        ...Object.fromEntries(parts),
      }),
    )
  }
  const cells = (...texts: string[]) =>
    `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`
  const readingOf = (id: number) => JSON.parse(scene.row(id).reading ?? "{}") as Record<string, unknown>
  const readAs = async (id: number, fields: Record<string, string>) => {
    expect((await scene.dora.visitor.post(`/admin/imports/${id}/reading`, fields)).status).toBeLessThan(400)
    await scene.world.settle()
  }

  test("of several sheets any is taken; which one is asked", async () => {
    const id = await scene.bring(
      sheetsOf({
        "Read me": cells("Our customers are on the next sheet") + cells("Ask Dora"),
        Customers: cells("Telefono", "Nome") + cells("345 555 0201", "Anna"),
      }),
      "customers.xlsx",
    )
    expect(readingOf(id)).toEqual({ format: "xlsx", sheets: ["Read me", "Customers"], sheet: 0, hasHeading: true })
    expect(await scene.dora.visitor.panel(`/admin/imports/${id}/work`)).toContain(">Customers</option>")
    await readAs(id, { sheet: "1", heading: "yes" })
    expect(JSON.parse(scene.row(id).mapping)).toEqual(["phone", "name"])
    await scene.check(id)
    await scene.steer(id, "import")
    expect(scene.customers()).toMatchObject([{ phone: "393455550201", name: "Anna" }])
  })

  test("without headings its first row is a customer, and columns are guessed by what stands in them", async () => {
    const id = await scene.bring(
      lines("Anna Rossi;345 555 0201;anna@example.com", "Bruno;345 555 0202;bruno@example.com", "Carla;12;"),
    )
    expect([readingOf(id).hasHeading, JSON.parse(scene.row(id).mapping)]).toEqual([false, ["name", "phone", "email"]])
    await scene.check(id)
    await scene.steer(id, "import")
    expect(scene.counts(id)).toMatchObject({ state: "done", created: 2, refused: 1 })
    expect(scene.problems(id)).toMatchObject([{ row: 3, heading: "B" }])
  })

  test("what was guessed wrong is told otherwise", async () => {
    const id = await scene.bring(lines("Name;Number", "Anna;345 555 0201"))
    await readAs(id, { encoding: "utf-8", separator: "semicolon", heading: "no" })
    expect(JSON.parse(scene.row(id).preview ?? "{}")).toMatchObject({
      samples: [
        ["Name", "Number"],
        ["Anna", "345 555 0201"],
      ],
    })
    await readAs(id, { encoding: "utf-8", separator: "semicolon", heading: "yes" })
    expect(JSON.parse(scene.row(id).mapping)).toEqual(["name", "phone"])
  })

  test.each(["csv", "xlsx"])(
    "refused rows are a file of their own (%s): whole, with the reason, mended and brought again",
    async (format) => {
      const first = await scene.importAll(
        lines(
          "Telefono;Nome;Nota interna;E-mail",
          "345 555 0201;Anna;buona;anna@example.com",
          '12;Bruno;"chiama, poi scrivi";bruno',
          "+39 345 555 0203;Carla;;nobody",
        ),
      )
      const file = await scene.dora.visitor.post(`/admin/imports/${first}/problems/export`, { format })
      const bytes = new Uint8Array(await file.arrayBuffer())
      const again = await scene.bring(bytes, `refused.${format}`)
      const { headings, samples } = JSON.parse(scene.row(again).preview ?? "{}") as {
        headings: string[]
        samples: string[][]
      }
      expect(headings).toEqual(["Telefono", "Nome", "Nota interna", "E-mail", "Row", "Reason"])
      expect(samples.map((cells) => cells.slice(0, 5))).toEqual([
        ["12", "Bruno", "chiama, poi scrivi", "bruno", "3"],
        ["+39 345 555 0203", "Carla", "", "nobody", "4"],
      ])
      expect(samples[0]?.[5]).toContain("Telefono: ")
      expect(samples[1]?.[5]).toContain("E-mail: ")
      expect(JSON.parse(scene.row(again).mapping)).toEqual(["phone", "name", "", "email", "", ""])
      if (format !== "csv") return
      const text = new TextDecoder().decode(bytes)
      const mended = text
        .replace(/^12,/m, "345 555 0202,")
        .replace(",bruno,", ",bruno@example.com,")
        .replace(",nobody,", ",,")
      const id = await scene.importAll(mended, "mended.csv")
      expect(scene.counts(id)).toMatchObject({ state: "done", created: 2, refused: 0 })
      expect(scene.customers().map(({ name }) => name)).toEqual(["Anna", "Bruno", "Carla"])
    },
  )
})
