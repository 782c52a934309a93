/** Our templates keep step with Meta's: listed page after page, by its news, after a failure, and by the file. */
import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import { ACME } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { companyWithTemplates, OFFER, openScene, sync, type TemplateRecord } from "./scene.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())

const all = () =>
  rowsOf<TemplateRecord & { name: string; fills: string }>(
    scene.world.database.path,
    "SELECT * FROM template WHERE tenant = ? ORDER BY name",
    scene.anna.tenant,
  )
const syncState = () =>
  rowsOf<{ count: number; problem: string | null; tries: number }>(
    scene.world.database.path,
    "SELECT * FROM templateSync WHERE wabaId = ?",
    ACME.number.wabaId,
  )[0]!
const atMeta = (name: string) =>
  scene.world.simulator.templates.of(ACME.number.wabaId).find((template) => template.name === name)!
const tell = (field: string, value: object) => {
  const entry = [{ id: ACME.number.wabaId, time: 1, changes: [{ field, value }] }]
  scene.world.simulator.raw({ object: "whatsapp_business_account", entry }, ACME.number.phoneNumberId)
}

describe("What Meta lists", () => {
  test("comes whole, however many pages it has; what is gone there is gone here, unless it was opened", async () => {
    scene = await openScene()
    const { world, anna } = scene
    for (let index = 0; index < 230; index++)
      world.simulator.templates.add(ACME.number.wabaId, { ...structuredClone(OFFER), name: `offer_${index}` })
    await sync(world, anna.tenant)
    expect([all().length, syncState().count]).toEqual([236, 236])
    for (const name of ["offer_7", "offer"]) world.simulator.templates.remove(atMeta(name))
    await sync(world, anna.tenant)
    expect(all().length).toBe(235)
    expect(scene.template("offer_7")).toBeUndefined()
    expect(scene.template("offer").status).toBe("MISSING")
  })

  test("is asked for again by itself, after a failure soon and else every six hours", async () => {
    scene = await openScene()
    const { world, anna } = scene
    world.simulator.faults.add({ fault: { kind: "token-refused" }, times: 1 })
    await sync(world, anna.tenant)
    expect(syncState()).toMatchObject({ tries: 1, problem: expect.any(String) })
    const dora = await sitDown(world, "dora")
    expect(await dora.visitor.panel("/admin/templates")).toContain("Meta did not list the templates")
    world.simulator.templates.add(ACME.number.wabaId, { ...structuredClone(OFFER), name: "late" })
    await world.advance(minutes(1))
    expect([syncState(), scene.template("late")?.status]).toMatchObject([{ tries: 0, problem: null }, "APPROVED"])
    world.simulator.templates.add(ACME.number.wabaId, { ...structuredClone(OFFER), name: "later" })
    await world.advance(hours(5))
    expect(scene.template("later")).toBeUndefined()
    await world.advance(hours(1))
    expect(scene.template("later")?.status).toBe("APPROVED")
  })
})

describe("Meta's news", () => {
  test("of a standing closes a template to agents at once, and opens it again", async () => {
    scene = await openScene()
    const { world, anna, giulia } = scene
    giulia.say("Buongiorno")
    await world.settle()
    const [{ id } = { id: 0 }] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM conversation")
    const picker = async () => anna.visitor.panel(`/conversations/${id}/templates`)
    expect(await picker()).toContain("Order ready")
    world.simulator.templates.review(atMeta("order_ready"), "PAUSED")
    await world.settle()
    expect(scene.template("order_ready").status).toBe("PAUSED")
    expect(await picker()).not.toContain("Order ready")
    world.simulator.templates.review(atMeta("order_ready"), "APPROVED")
    await world.settle()
    expect(await picker()).toContain("Order ready")
  })

  test("of quality and category are kept, and what they leave out is asked for", async () => {
    scene = await openScene()
    const { world } = scene
    const named = { message_template_id: 1, message_template_name: "order_ready", message_template_language: "it" }
    atMeta("order_ready").category = "MARKETING"
    tell("message_template_quality_update", { ...named, previous_quality_score: "GREEN", new_quality_score: "YELLOW" })
    tell("template_category_update", { ...named, previous_category: "UTILITY", new_category: "MARKETING" })
    await world.settle()
    expect(scene.template("order_ready").category).toBe("MARKETING")
    const other = { ...named, message_template_name: "unheard_of" }
    world.simulator.templates.add(ACME.number.wabaId, { ...structuredClone(OFFER), name: "unheard_of", language: "it" })
    tell("message_template_status_update", { ...other, event: "APPROVED", reason: "NONE" })
    await world.settle()
    expect(scene.template("unheard_of")).toMatchObject({ status: "APPROVED", enabled: 0 })
  })
})

describe("The file", () => {
  test("opens templates to agents, names what fills them, and waits for those that Meta does not have yet", async () => {
    scene = await openScene({ document: companyWithTemplates([]) })
    const { world, anna } = scene
    const document = companyWithTemplates([])
    const templates = [
      { name: "order_ready", language: "it", enabled: true, fills: { first_name: "customer.firstName|cliente" } },
      { name: "to_come", language: "en", enabled: true },
    ]
    await world.apply({ tenants: document.tenants.map((tenant) => ({ ...tenant, templates })) })
    expect(scene.template("order_ready")).toMatchObject({ enabled: 1, status: "APPROVED" })
    expect(all().find(({ name }) => name === "order_ready")?.fills).toBe('{"first_name":"customer.firstName|cliente"}')
    expect(scene.template("to_come")).toMatchObject({ enabled: 1, status: "MISSING" })
    world.simulator.templates.add(ACME.number.wabaId, { ...structuredClone(OFFER), name: "to_come" })
    await sync(world, anna.tenant)
    expect(scene.template("to_come")).toMatchObject({ enabled: 1, status: "APPROVED" })
  })
})
