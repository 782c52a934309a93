/** A6: what an admin does with templates: sees them, opens them, writes, changes and deletes them at Meta. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import { ACME } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"
import { openScene, type TemplateRecord } from "./scene.ts"

let world: World
let dora: Desk
let template: (name: string) => TemplateRecord

beforeAll(async () => {
  const scene = await openScene()
  world = scene.world
  template = scene.template
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

type Fields = Record<string, string | readonly string[]>
const pairs = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
const post = (path: string, fields: Fields) => dora.visitor.postAll(path, pairs(fields))
const panel = (path: string) => dora.visitor.panel(path)
/** What the form of a sheet said when it was drawn. */
const beforeOf = async (path: string): Promise<string> =>
  (/name="before" value="([^"]*)"/.exec(await panel(path))?.[1] ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
const acts = () =>
  rowsOf<{ act: string; subjectName: string }>(
    world.database.path,
    "SELECT * FROM auditEntry WHERE subjectKind = 'template' ORDER BY id",
  )

const REMINDER = {
  name: "winter_check",
  account: ACME.number.wabaId,
  language: "en",
  category: "UTILITY",
  enabled: "on",
  header: "text",
  headerText: "Time for the check of {{vehicle}}",
  headerExample: "Aurora E2",
  body: "Hello {{first_name}}, the winter check of your {{vehicle}} is due next week.\r\nSee you soon.",
  variable: ["first_name", "vehicle"],
  example: ["Giulia", "Aurora E2"],
  footer: "Acme",
  buttonKind: ["quick_reply", "url", "quick_reply"],
  buttonText: ["Book it", "Details", ""],
  buttonValue: ["", "https://acme.test/{{1}}", ""],
  buttonExample: ["", "check", ""],
}
const atMeta = (name: string) => world.simulator.templates.of(ACME.number.wabaId).find((one) => one.name === name)

describe("The list", () => {
  test("finds templates by name and by their words, and by how they stand", async () => {
    const rows = async (query: string) =>
      [...(await panel(`/admin/templates?${query}`)).matchAll(/class="template-named"><span>([^<]*)/g)].map(
        ([, name]) => name,
      )
    expect(await rows("")).toEqual(["Hello world", "Offer", "Order ready", "Picture", "Place", "Reminder"])
    expect(await rows("q=order+ready")).toEqual(["Order ready"])
    expect(await rows("q=ordine+PRONTO")).toEqual(["Order ready"])
    expect(await rows("q=BODY")).toEqual([])
    expect(await rows("category=MARKETING")).toEqual(["Offer", "Picture"])
    expect(await rows("language=it&status=APPROVED")).toEqual(["Order ready"])
    expect(await rows("agents=closed")).toEqual(["Hello world"])
    expect(await rows("sort=-name")).toEqual(["Reminder", "Place", "Picture", "Order ready", "Offer", "Hello world"])
  })

  test("gives a file of what it shows, on record", async () => {
    const response = await post("/admin/templates/export?category=MARKETING", { format: "csv" })
    const csv = await response.text()
    expect(csv.trim().split("\n")).toHaveLength(3)
    expect(csv).toContain("picture")
    expect(csv).not.toContain("reminder")
    const [entry] = rowsOf<{ act: string }>(world.database.path, "SELECT * FROM auditEntry WHERE act = 'export.made'")
    expect(entry?.act).toBe("export.made")
  })
})

describe("A new template", () => {
  test("that Meta would refuse is refused at its fields, all at once, and what was typed stays", async () => {
    const wrong = {
      ...REMINDER,
      name: "Winter Check",
      body: "{{first_name}}",
      footer: "x".repeat(61),
      buttonText: ["", "Details", ""],
      buttonValue: ["", "acme", ""],
    }
    const response = await post("/admin/templates", wrong)
    expect(response.status).toBe(422)
    const page = await response.text()
    for (const said of [
      "The name takes small letters, digits and _ only.",
      "The text may not begin with a variable.",
      "The footer has 61 characters; Meta takes 60.",
      "“Details” needs an address like https://example.com",
    ])
      expect(page).toContain(said)
    expect(page).toContain('value="Winter Check"')
    expect(template("winter_check")).toBeUndefined()
  })

  test("is checked while it is written, with Meta's rules and a preview", async () => {
    const ask = async (fields: Fields) => (await post("/admin/templates/check", { ...REMINDER, ...fields })).text()
    const bad = await ask({ body: "Hello {{first_name}}" })
    expect(bad).toContain("The text may not end with a variable.")
    expect(bad).toContain("is-broken")
    const good = await ask({})
    expect(good).not.toContain("is-broken")
    expect(good).toContain('<span class="template-slot">Giulia</span>')
    const examples = await (
      await post("/admin/templates/examples", { ...REMINDER, body: "Dear {{vehicle}} and {{day}} it is" })
    ).text()
    expect(examples).toContain('value="Aurora E2"')
    expect(examples).toContain("Example for day")
    expect(examples).not.toContain("first_name")
  })

  test("is handed in, reviewed, and open to agents when Meta has approved it", async () => {
    const response = await post("/admin/templates", REMINDER)
    expect(response.status).toBe(303)
    await world.settle()
    expect(template("winter_check")).toMatchObject({ status: "PENDING", task: null })
    expect(atMeta("winter_check")?.components).toEqual([
      {
        type: "HEADER",
        format: "TEXT",
        text: "Time for the check of {{vehicle}}",
        example: { header_text_named_params: [{ param_name: "vehicle", example: "Aurora E2" }] },
      },
      {
        type: "BODY",
        text: "Hello {{first_name}}, the winter check of your {{vehicle}} is due next week.\nSee you soon.",
        example: {
          body_text_named_params: [
            { param_name: "first_name", example: "Giulia" },
            { param_name: "vehicle", example: "Aurora E2" },
          ],
        },
      },
      { type: "FOOTER", text: "Acme" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Book it" },
          { type: "URL", text: "Details", url: "https://acme.test/{{1}}", example: ["check"] },
        ],
      },
    ])
    await world.clock.advance(seconds(31))
    await world.settle()
    expect(template("winter_check")).toMatchObject({ status: "APPROVED", enabled: 1 })
    expect(acts().at(-1)).toMatchObject({ act: "template.created", subjectName: "winter_check en" })
  })

  test("of a name that there is in this language is refused at its name", async () => {
    const response = await post("/admin/templates", REMINDER)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain("There is a template winter_check in this language (en) already.")
  })

  test("that Meta rejects says why, and may be put right", async () => {
    await post("/admin/templates", {
      ...REMINDER,
      name: "winter_sale",
      body: "Hello {{first_name}}, our sale for {{vehicle}} begins next week, come in.",
    })
    await world.settle()
    await world.clock.advance(seconds(31))
    await world.settle()
    const { id } = template("winter_sale")
    expect(template("winter_sale")).toMatchObject({ status: "REJECTED", rejectedReason: "TAG_CONTENT_MISMATCH" })
    expect(await panel(`/admin/templates/${id}`)).toContain("Category and content do not fit.")
    const path = `/admin/templates/${id}/content`
    const { name: _n, account: _a, language: _l, enabled: _e, ...content } = REMINDER
    const response = await post(path, { ...content, category: "MARKETING", before: await beforeOf(path) })
    expect(response.status).toBe(303)
    await world.settle()
    expect(template("winter_sale")).toMatchObject({ status: "PENDING", task: null })
    await world.clock.advance(seconds(31))
    await world.settle()
    expect(template("winter_sale")).toMatchObject({ status: "APPROVED" })
    expect(acts().at(-1)).toMatchObject({ act: "template.content_changed" })
  })
})

describe("One template", () => {
  test("shows what Meta has of it, and keeps what fills its variables", async () => {
    const { id } = template("winter_check")
    const path = `/admin/templates/${id}`
    expect(await panel(path)).toContain("Customer: first name (by its name)")
    const choices = {
      variable: ["header", "first_name", "vehicle"],
      source: ["company.name", "customer.firstName", ""],
      otherwise: ["", "there", ""],
    }
    const before = await beforeOf(path)
    expect((await post(path, { ...choices, before })).status).toBe(303)
    const row = template("winter_check") as TemplateRecord & { fills: string }
    expect([row.enabled, JSON.parse(row.fills)]).toEqual([
      0,
      { header: "company.name", first_name: "customer.firstName|there" },
    ])
    const second = await post(path, { ...choices, enabled: "on", before })
    expect(second.status).toBe(409)
    expect(await second.text()).toContain("Dora Rossi saved this at")
    expect((await post(path, { ...choices, enabled: "on", before: await beforeOf(path) })).status).toBe(303)
    expect(template("winter_check").enabled).toBe(1)
  })

  test("of which two admins change the text: the second is told", async () => {
    const path = `/admin/templates/${template("offer").id}/content`
    const before = await beforeOf(path)
    const { name: _n, account: _a, language: _l, enabled: _e, ...content } = REMINDER
    const words = {
      ...content,
      header: "none",
      category: "MARKETING",
      body: "Everything goes now.",
      variable: [],
      example: [],
      footer: "",
    }
    expect((await post(path, { ...words, before })).status).toBe(303)
    await world.settle()
    await world.clock.advance(seconds(31))
    await world.settle()
    const second = await post(path, { ...words, body: "Nothing goes.", before })
    expect(second.status).toBe(409)
    expect(await second.text()).toContain("Nothing goes.")
    expect(JSON.stringify(atMeta("offer")?.components)).toContain("Everything goes now.")
  })

  test("with a file on top is changed at Meta alone", async () => {
    const { id } = template("picture")
    expect(await panel(`/admin/templates/${id}`)).toContain("are made in Meta")
    expect((await dora.visitor.get(`/admin/templates/${id}/content`)).status).toBe(404)
  })

  test("is deleted at Meta after a question that says what it means", async () => {
    const { id } = template("winter_check")
    const path = `/admin/templates/${id}/deletion`
    expect(await panel(path)).toContain("Meta keeps the name for 30 days")
    expect(atMeta("winter_check")).toBeDefined()
    expect((await post(path, {})).status).toBe(303)
    await world.settle()
    expect([atMeta("winter_check"), template("winter_check")]).toEqual([undefined, undefined])
    expect(acts().at(-1)).toMatchObject({ act: "template.deleted", subjectName: "winter_check en" })
  })

  test("that Meta had meanwhile deleted is gone as well", async () => {
    const { id } = template("winter_sale")
    world.simulator.templates.remove(atMeta("winter_sale")!)
    await post(`/admin/templates/${id}/deletion`, {})
    await world.settle()
    expect(template("winter_sale")).toBeUndefined()
  })
})
