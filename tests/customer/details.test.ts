/** What agents enter about customers, from the window beside a conversation to what the next one reads. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { conversation, conversations, messages, timeline } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { companyWithDetails, openScene, PROPERTIES } from "./scene.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())

const details = () => scene.anna.visitor.panel(`/conversations/${scene.conversation}/details`)
const standing = (desk: { post: typeof scene.anna.post }, deed: string, reason = "") =>
  desk.post(`/customers/${scene.customer}/standing`, { deed, ...(reason && { reason }) })
const acts = () =>
  rowsOf<{ act: string }>(
    scene.world.database.path,
    "SELECT act FROM auditEntry WHERE subjectKind = 'customer' ORDER BY id",
  ).map(({ act }) => act)

describe("A customer's own fields", () => {
  test("are those of the tenant that are in use, are kept, and show the name that was entered", async () => {
    scene = await openScene()
    const { names, values } = await scene.form()
    expect(Object.keys(names)).toEqual([
      "Name",
      "Other phone",
      "E-mail",
      "Language",
      ...PROPERTIES.slice(0, 5).map(({ name }) => name),
    ])
    const typed = { ...values, name: "Giulia Conti", [names["Customer no."]!]: "10482", [names.Newsletter!]: "yes" }
    expect(await scene.anna.post(`/customers/${scene.customer}`, typed)).toBeNull()
    await scene.world.settle()
    const shown = await details()
    for (const words of ["Giulia Conti", "10482", "Yes"]) expect(shown).toContain(words)
    scene.giulia.say("Still me")
    await scene.world.settle()
    expect(await details()).toContain("Giulia Conti")
  })

  test("changed by two at once: the second is told who wrote what, and nothing of theirs is half kept", async () => {
    scene = await openScene()
    const carla = await sitDown(scene.world, "carla")
    const { names, values } = await scene.form()
    await scene.anna.post(`/customers/${scene.customer}`, { ...values, name: "Giulia Conti" })
    const typed = { ...values, name: "G. Lombardi", [names["Billing e-mail"]!]: "g@example.test" }
    const answer = await carla.visitor.post(`/customers/${scene.customer}`, typed)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain("Anna Rossi changed this to «Giulia Conti» meanwhile")
    expect(await details()).not.toContain("g@example.test")
    const again = { ...typed, "shown.name": "Giulia Conti" }
    expect((await carla.visitor.post(`/customers/${scene.customer}`, again)).status).toBe(204)
    expect(await details()).toContain("G. Lombardi")
  })

  test("are read-only for whoever may not edit, at the door too", async () => {
    scene = await openScene({ user: (username) => (username === "anna" ? { mayEditCustomers: false } : {}) })
    expect(await details()).not.toContain("Edit customer")
    expect((await scene.anna.visitor.get(`/customers/${scene.customer}/form`)).status).toBe(409)
    const edit = await scene.anna.post(`/customers/${scene.customer}`, { name: "X", "shown.name": "" })
    expect(edit).toMatchObject({ refused: "customer.may_not_edit" })
    expect(await standing(scene.anna, "opt_out", "told me")).toMatchObject({ refused: "customer.may_not_edit" })
    const tag = await scene.anna.post(`/conversations/${scene.conversation}/tags`, { on: "customer", name: "VIP" })
    expect(tag).toMatchObject({ refused: "customer.may_not_edit" })
  })

  test("a phone that is entered by hand moves no conversation", async () => {
    scene = await openScene()
    const { values } = await scene.form()
    await scene.anna.post(`/customers/${scene.customer}`, { ...values, otherPhone: "+39 02 555 9999" })
    await scene.anna.reply(scene.conversation, "Mi dica")
    await scene.world.settle()
    expect(scene.giulia.received().map(({ words }) => words.text)).toEqual(["Mi dica"])
    expect(await details()).toContain("+39 02 555 9999")
  })

  test("of a property that is out of use stay, and come back with it", async () => {
    scene = await openScene()
    const { names, values } = await scene.form()
    await scene.anna.post(`/customers/${scene.customer}`, { ...values, [names["Billing e-mail"]!]: "g@example.test" })
    await scene.world.apply(companyWithDetails({ properties: [{ name: "Billing e-mail", enabled: false }] }))
    expect(await details()).not.toContain("g@example.test")
    await scene.world.apply(companyWithDetails())
    expect(await details()).toContain("g@example.test")
  })
})

describe("Blocking a customer", () => {
  test("closes what is open; what they write is kept and goes to nobody; unblocked, they are served again", async () => {
    scene = await openScene()
    const { world, giulia } = scene
    const carla = await sitDown(world, "carla")
    expect(await standing(scene.anna, "block", "Insults")).toMatchObject({ refused: "customer.may_not_block" })
    expect(await standing(carla, "block")).toMatchObject({ refused: "customer.needs_reason" })
    expect(await standing(carla, "block", "Insults")).toBeNull()
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "closed", id: scene.conversation })
    const heard = scene.anna.heard.length
    giulia.say("Let me in")
    await world.settle()
    expect(conversations(world, giulia).map(({ state }) => state)).toEqual(["closed"])
    expect(messages(world, scene.conversation).at(-1)).toMatchObject({ text: "Let me in", direction: "in" })
    expect(scene.anna.heard.slice(heard).filter((topic) => topic === "popups")).toEqual([])
    expect(await standing(carla, "block", "Again")).toMatchObject({ refused: "customer.blocked_already" })
    expect(await standing(carla, "unblock")).toBeNull()
    giulia.say("Sorry")
    await world.settle()
    expect(conversations(world, giulia)).toHaveLength(2)
    expect(acts()).toEqual(["customer.blocked", "customer.unblocked"])
  })
})

describe("What a customer wants to hear", () => {
  const consent = () =>
    timeline(scene.world, scene.conversation).filter(({ kind }) => kind === "conversation.consent_changed")

  test("a word of the settings ends it, another begins it again; both stand in the thread", async () => {
    scene = await openScene()
    scene.giulia.say("Annulla!")
    await scene.world.settle()
    expect(await details()).toContain("Opted out")
    expect(await scene.anna.reply(scene.conversation, "Va bene")).toBeNull()
    scene.giulia.say("please stop by")
    scene.giulia.say("START")
    await scene.world.settle()
    expect(await details()).not.toContain(">Opted out<")
    expect(consent().map(({ data }) => [data.choice, data.how, data.words])).toEqual([
      ["out", "word", "Annulla!"],
      ["in", "word", "START"],
    ])
  })

  test("words are the tenant's own", async () => {
    scene = await openScene({ settings: { optOutWords: "BASTA" } })
    scene.giulia.say("STOP")
    await scene.world.settle()
    expect(consent()).toEqual([])
    scene.giulia.say("basta")
    await scene.world.settle()
    expect(consent()).toHaveLength(1)
  })

  test("changed by hand with a reason, it is on the record", async () => {
    scene = await openScene()
    expect(await standing(scene.anna, "opt_out")).toMatchObject({ refused: "customer.needs_reason" })
    expect(await standing(scene.anna, "opt_out", "Told me on the phone")).toBeNull()
    expect(consent().map(({ data }) => data.words)).toEqual(["Told me on the phone"])
    expect(acts()).toEqual(["customer.consent_changed"])
  })
})

describe("A number that changed hands", () => {
  test("starts a new person: what is open is theirs, the past is the old one's", async () => {
    scene = await openScene()
    const { world, giulia } = scene
    const { values } = await scene.form()
    await scene.anna.post(`/customers/${scene.customer}`, { ...values, name: "The old owner" })
    expect(await standing(scene.anna, "new_person")).toBeNull()
    await world.settle()
    const { customer } = conversation(world, giulia)
    expect(customer).not.toBe(scene.customer)
    const shown = await details()
    expect(shown).not.toContain("The old owner")
    expect(shown).toContain("started as a new person")
    giulia.say("I am new here")
    await world.settle()
    expect(messages(world, scene.conversation).at(-1)?.text).toBe("I am new here")
    expect(acts()).toEqual(["customer.replaced"])
  })
})

describe("Thanks after the end", () => {
  const opened = () => conversations(scene.world, scene.giulia).length

  test("open a conversation like anything else, unless the tenant wants otherwise", async () => {
    scene = await openScene()
    await scene.anna.close(scene.conversation)
    scene.giulia.say("Grazie!")
    await scene.world.settle()
    expect(opened()).toBe(2)
  })

  test("soon enough and nothing but thanks: they stay with what was closed", async () => {
    scene = await openScene({ settings: { thanksAfterClosingMinutes: 10 } })
    await scene.anna.close(scene.conversation)
    await scene.world.advance(minutes(2))
    scene.giulia.say("Ok grazie 👍")
    await scene.world.settle()
    expect(opened()).toBe(1)
    expect(messages(scene.world, scene.conversation).at(-1)?.text).toBe("Ok grazie 👍")
    scene.giulia.say("Grazie, ma non funziona")
    await scene.world.settle()
    expect(opened()).toBe(2)
  })

  test("too late, they are a new conversation", async () => {
    scene = await openScene({ settings: { thanksAfterClosingMinutes: 10 } })
    await scene.anna.close(scene.conversation)
    await scene.world.advance(minutes(11))
    scene.giulia.say("Grazie!")
    await scene.world.settle()
    expect(opened()).toBe(2)
  })
})
