/** The link to a call by a template, when the 24 hours are over: which fits, what goes out, and why one does not. */
import { afterEach, describe, expect, test } from "bun:test"
import { linkPlace, valuesWith } from "~/call/rules/template.ts"
import { minutes } from "~/kernel/clock.ts"
import type { TemplateSeed } from "~/simulator/templates.ts"
import { anatomyOf } from "~/template/rules/anatomy.ts"
import { received } from "../journeys/scene.ts"
import { ACME, companyDocument } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { enabled, ORDER_READY, REMINDER, sync } from "../template/scene.ts"
import { call, callRows, Guest, talking } from "./scene.ts"

const CALLS_AT = "http://127.0.0.1:8081/call/"
const seed = (name: string, language: string, components: object[]): TemplateSeed => ({
  name,
  language,
  category: "UTILITY",
  components: components as TemplateSeed["components"],
})
const IN_TEXT = seed("call_link", "en", [{ type: "BODY", text: "We would like to talk to you: {{1}}" }])
const IN_TEXT_IT = seed("call_link", "it", [{ type: "BODY", text: "Vorremmo parlarti: {{1}}. A presto." }])
const button = (url: string) => ({ type: "BUTTONS", buttons: [{ type: "URL", text: "Join", url }] })
const BEHIND_BUTTON = seed("call_button", "en", [
  { type: "BODY", text: "We would like to talk to you." },
  button(`${CALLS_AT}{{1}}`),
])

describe("A template has a place for the link", () => {
  const placeIn = ({ components }: TemplateSeed) => linkPlace(anatomyOf({ components })!, CALLS_AT)
  test.each([
    ["in its text", IN_TEXT, "text"],
    ["behind a button to our own page", BEHIND_BUTTON, "button"],
    [
      "under a fixed heading",
      seed("a", "en", [{ type: "HEADER", format: "TEXT", text: "Call" }, ...IN_TEXT.components]),
      "text",
    ],
    ["not where two things are asked for", ORDER_READY, null],
    ["not where a heading asks for something", REMINDER, null],
    ["not where nothing is asked for", seed("a", "en", [{ type: "BODY", text: "Hello" }]), null],
    [
      "not behind a button to another page",
      seed("a", "en", [{ type: "BODY", text: "Hi" }, button("https://acme.test/{{1}}")]),
      null,
    ],
    [
      "not both in the text and behind a button",
      seed("a", "en", [...IN_TEXT.components, button(`${CALLS_AT}{{1}}`)]),
      null,
    ],
    ["not under a picture", seed("a", "en", [{ type: "HEADER", format: "IMAGE" }, ...IN_TEXT.components]), null],
  ] as const)("%s", (_where, template, place) => expect(placeIn(template)).toBe(place))

  test("and gets the link there", () => {
    const link = { callsAt: CALLS_AT, token: "abc" }
    expect(valuesWith("text", link)).toMatchObject({ body: [`${CALLS_AT}abc`], buttons: [] })
    expect(valuesWith("button", link)).toMatchObject({ body: [], buttons: ["abc"] })
  })
})

describe("When the 24 hours are over", () => {
  let world: World
  afterEach(() => world?.close())
  const SEEDS = [IN_TEXT, IN_TEXT_IT, BEHIND_BUTTON, ORDER_READY]

  /** Anna has had the conversation open since yesterday. */
  async function late(callTemplate: string | null, { templates = enabled(SEEDS) as object[] } = {}) {
    const [acme, globex] = companyDocument().tenants
    world = await openWorld({ document: { tenants: [{ ...acme, templates, callTemplate }, globex] } })
    for (const one of SEEDS) world.simulator.templates.add(ACME.number.wabaId, structuredClone(one))
    const { giulia, anna: before, id } = await talking(world)
    await sync(world, before.tenant)
    await world.advance(minutes(24 * 60 + 1))
    return { giulia, anna: await sitDown(world, "anna"), id }
  }
  const windowOf = async (anna: Awaited<ReturnType<typeof sitDown>>, id: number) =>
    (await anna.visitor.get(`/conversations/${id}/call`)).text()

  test("the template goes out with the link, in the customer's language, once; the customer comes in by it", async () => {
    const { giulia, anna, id } = await late("call_link")
    expect(await windowOf(anna, id)).toContain("the link goes out with the template «Call link»")
    const { call: first, link } = await call(world, anna, id)
    expect(await call(world, anna, id)).toEqual({ call: first, link: null })
    const words = received(giulia).filter((text) => text?.includes("/call/"))
    expect(words).toEqual([`Vorremmo parlarti: ${link}. A presto.`])
    const guest = new Guest(world, link!)
    expect((await guest.page()).status).toBe(200)
    expect((await guest.join()).status).toBe(200)
    expect(callRows(world)).toMatchObject([{ state: "joined" }])
  })

  test("another link goes by it too, and the first is over", async () => {
    const { giulia, anna, id } = await late("call_link")
    const { call: first, link } = await call(world, anna, id)
    const again = (await (await anna.visitor.post(`/calls/${first}/link`)).json()) as { link: string }
    await world.settle()
    expect(received(giulia).filter((text) => text?.includes("/call/"))).toHaveLength(2)
    expect((await new Guest(world, link!).page()).status).toBe(404)
    expect((await new Guest(world, again.link).page()).status).toBe(200)
  })

  test("a button carries it as well", async () => {
    const { anna, id } = await late("call_button")
    const { link } = await call(world, anna, id)
    const [sent] = rowsOf<{ content: string }>(
      world.database.path,
      "SELECT content FROM message WHERE kind = 'template'",
    )
    expect(JSON.parse(sent!.content).template.buttons).toMatchObject([{ kind: "url", url: link }])
  })

  test.each([
    ["none was chosen", null, "window.closed", "no template is chosen for the link"],
    ["it is unknown on this number", "nobody_has_it", "call.template_missing", "is not to be had on this number"],
    ["it asks for other things", "order_ready", "call.template_unfit", "has no place for the link any more"],
  ] as const)("nothing goes out where %s, and the window says why", async (_why, name, refused, words) => {
    const { giulia, anna, id } = await late(name)
    const shown = await windowOf(anna, id)
    expect(shown).toContain(words)
    expect(shown).toMatch(/data-call-action="start"[^>]* disabled/)
    expect(await call(world, anna, id)).toMatchObject({ refused })
    expect(callRows(world)).toEqual([])
    expect(received(giulia).filter((text) => text?.includes("/call/"))).toEqual([])
  })

  test("nor where agents may not send it any more, nor beyond what a silent customer is written a day", async () => {
    const closed = enabled(SEEDS).map((one) => ({ ...one, enabled: one.name !== "call_link" }))
    const { anna, id } = await late("call_link", { templates: closed })
    expect(await call(world, anna, id)).toMatchObject({ refused: "template.not_enabled" })
    await world.apply({
      tenants: [{ slug: "acme", templates: enabled(SEEDS), settings: { templatesPerSilentCustomerPerDay: 1 } }],
    })
    const { call: first } = await call(world, anna, id)
    const refused = await (await anna.visitor.post(`/calls/${first}/link`)).json()
    expect(refused).toMatchObject({ refused: "template.daily_limit" })
  })

  test("within them the link goes in words, whatever was chosen", async () => {
    const { giulia, anna, id } = await late("call_link")
    giulia.say("I am here again")
    await world.settle()
    await call(world, anna, id)
    expect(received(giulia).filter((text) => text?.includes("/call/"))).toMatchObject([
      expect.stringContaining("ti invita a una videochiamata"),
    ])
  })
})

describe("The administrator", () => {
  let world: World
  afterEach(() => world?.close())

  test("chooses among those that fit, on record; what does not fit is no choice", async () => {
    const [acme, globex] = companyDocument().tenants
    const templates = enabled([IN_TEXT, BEHIND_BUTTON, ORDER_READY])
    world = await openWorld({ document: { tenants: [{ ...acme, templates }, globex] } })
    const dora = await sitDown(world, "dora", { listening: false })
    const page = async () => (await dora.visitor.get("/admin/calls")).text()
    expect(await page()).toContain("No template fits yet")
    for (const one of [IN_TEXT, BEHIND_BUTTON, ORDER_READY])
      world.simulator.templates.add(ACME.number.wabaId, structuredClone(one))
    await sync(world, dora.tenant)
    expect((await page()).match(/<option value="\w+"/g)).toEqual([
      '<option value="call_button"',
      '<option value="call_link"',
    ])
    expect(await dora.post("/admin/calls/template", { template: "call_link" })).toBeNull()
    expect(await page()).toMatch(/<option value="call_link" selected/)
    expect(await dora.post("/admin/calls/template", { template: "order_ready" })).not.toBeNull()
    const kept = rowsOf(world.database.path, "SELECT act, changes FROM auditEntry WHERE act LIKE 'tenant.call%'")
    expect(kept).toEqual([
      { act: "tenant.call_template_changed", changes: '{"template":{"before":null,"after":"call_link"}}' },
    ])
    await world.apply({
      tenants: [{ slug: "acme", templates: [{ name: "call_link", language: "en", enabled: false }] }],
    })
    expect(await page()).toContain("«call_link» does not fit any more")
    await dora.post("/admin/calls/template", { template: "" })
    expect(rowsOf(world.database.path, "SELECT * FROM callTemplate")).toEqual([])
  })
})
