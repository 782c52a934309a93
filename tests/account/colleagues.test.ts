/** A1: what the tenant's admin does with users, and what happens to what they have in hand. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import type { Id } from "~/kernel/id.ts"
import { conversation, GIULIA, messages, PAOLO, timeline } from "../journeys/scene.ts"
import { PASSWORD } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { Newcomer } from "../support/newcomer.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk

beforeAll(async () => {
  world = await openWorld()
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

const idOf = (username: string): Id => userByUsername(world.database.appliance.read, username)?.id ?? 0
type UserRow = { id: Id; username: string; firstName: string; enabled: number; deletedAt: number | null; level: string }
const rowOf = (id: Id) => rowsOf<UserRow>(world.database.path, "SELECT * FROM user WHERE id = ?", id)[0]
const skillset = (name: string, tenant = dora.tenant) =>
  String(
    rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM skillset WHERE name = ? AND tenant = ?", name, tenant)[0]
      ?.id,
  )
const acts = () =>
  rowsOf<{ act: string; actorName: string; subjectName: string; changes: string }>(
    world.database.path,
    "SELECT * FROM auditEntry WHERE subjectKind = 'user' ORDER BY id",
  )

/** The form of a user as their page has it. */
async function formOf(id: Id, of = dora): Promise<[string, string][]> {
  const page = await of.visitor.panel(`/admin/users/${id}`)
  const form = /<form class="sheet-form".*?<\/form>/s.exec(page)?.[0] ?? ""
  const fields: [string, string][] = []
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const at = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1]?.replaceAll("&quot;", '"') ?? null
    const isTicked = !/type="(checkbox|radio)"/.test(input) || / checked/.test(input)
    const name = at("name")
    if (name && name !== "_csrf" && isTicked) fields.push([name, at("value") ?? "on"])
  }
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    fields.push([name, /value="([^"]*)" selected/.exec(options)?.[1] ?? ""])
  return fields
}
const changed = (form: [string, string][], changes: Record<string, string | string[] | null>): [string, string][] => [
  ...form.filter(([name]) => !Object.hasOwn(changes, name)),
  ...Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((one): [string, string] => [name, one]),
  ),
]
const save = async (id: Id, changes: Record<string, string | string[] | null>, form?: [string, string][]) =>
  dora.visitor.postAll(`/admin/users/${id}`, changed(form ?? (await formOf(id)), changes))

const NEW = {
  firstName: "Nora",
  lastName: "Bianchi",
  username: "Nora.B",
  email: "nora@acme.test",
  externalId: "HR-7",
  level: "agent",
  language: "it",
  loginType: "password",
  enabled: "on",
  maxConversations: "3",
}
const create = (more: Record<string, string>) => dora.visitor.post("/admin/users", { ...NEW, ...more })

describe("A new user", () => {
  test("is invited at once, and signs in with the skillsets and the rights that were given", async () => {
    const response = await create({ skillsets: skillset("Sales"), isolated: "on" })
    expect(response.status).toBe(303)
    await world.settle()
    const letter = world.mailbox.letters.at(-1)
    const nora = new Newcomer(world.answer)
    const oneTime = /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(letter?.text ?? "")?.[0] ?? ""
    expect((await nora.signIn("nora.b", oneTime)).path).toBe("/login/password")
    await nora.send("/login/password", { password: PASSWORD, repeated: PASSWORD })
    expect((await nora.open("/conversations")).status).toBe(200)
    expect((await nora.open("/admin/users")).status).toBe(403)
    expect(rowOf(idOf("nora.b"))).toMatchObject({ isolated: 1, outbound: 0, loginType: "password", externalId: "HR-7" })
    expect(await dora.visitor.panel("/admin/users?q=hr-7")).toContain("Nora Bianchi")
    expect(acts().findLast(({ act }) => act === "user.created")).toMatchObject({ actorName: "Dora Rossi" })
  })

  test.each([
    [
      "a username that is taken, in whichever company",
      { username: "anna2", externalId: "" },
      "This username is taken.",
    ],
    ["a comma in the e-mail", { username: "x2", email: "a@acme,test" }, "Did you mean a@acme.test?"],
    ["somebody else's external id", { username: "x3" }, "Another user has this external id."],
    ["too many conversations", { username: "x4", maxConversations: "101" }, "From 0 to 100."],
    ["a level of the appliance", { username: "x5", level: "platform_admin" }, "Choose one of the list."],
  ])("is refused with %s, at its field, and what was typed stays", async (_what, wrong, said) => {
    const response = await create({ firstName: "Kept Name", ...wrong })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain(said)
    expect(page).toContain('value="Kept Name"')
    expect(page).not.toContain(`value="${PASSWORD}"`)
    expect(
      userByUsername(world.database.appliance.read, wrong.username ?? "") === null || wrong.username === "anna2",
    ).toBe(true)
  })

  test("gets no skillset of another company", async () => {
    const theirs = skillset(
      "Sales",
      idOf("dora2") &&
        rowsOf<{ tenant: Id }>(world.database.path, "SELECT tenant FROM user WHERE id = ?", idOf("dora2"))[0]!.tenant,
    )
    await create({ username: "olga", externalId: "", skillsets: theirs })
    const members = rowsOf(world.database.path, "SELECT * FROM skillsetMember WHERE user = ?", idOf("olga"))
    expect([idOf("olga") > 0, members]).toEqual([true, []])
  })
})

describe("A user who is changed", () => {
  test("has the new rights on what is open already, and may have another username", async () => {
    const marco = await sitDown(world, "marco")
    expect((await marco.visitor.get("/agents")).status).toBe(403)
    expect((await save(idOf("marco"), { level: "supervisor", username: "marco.r" })).status).toBe(303)
    await world.settle()
    expect((await marco.visitor.get("/agents")).status).toBe(200)
    expect([idOf("marco"), idOf("marco.r")]).toEqual([0, marco.id])
    await save(marco.id, { level: "agent", username: "marco" })
  })

  test("over whom two saved: the second is told who did what, keeps what was typed, and may save again", async () => {
    const anna = idOf("anna")
    const form = await formOf(anna)
    expect(
      (await save(anna, { maxConversations: "6", skillsets: [skillset("Sales"), skillset("Service")] })).status,
    ).toBe(303)
    const second = await save(anna, { firstName: "Annamaria" }, form)
    expect(second.status).toBe(409)
    const page = await second.text()
    expect(page).toContain("Dora Rossi saved this at")
    expect(page).toContain("Max conversations at once: 5 → 6")
    expect(page).toContain("Skillsets: Sales → Sales, Service")
    expect(page).toContain('value="Annamaria"')
    expect(rowOf(anna)?.firstName).toBe("Anna")
    const again = changed(form, {
      before: (await formOf(anna)).find(([name]) => name === "before")?.[1] ?? "",
      firstName: "Annamaria",
    })
    expect((await dora.visitor.postAll(`/admin/users/${anna}`, again)).status).toBe(303)
    expect(rowOf(anna)).toMatchObject({ firstName: "Annamaria", maxConversations: 5 })
    await save(anna, { firstName: "Anna" })
  })

  test("whose limit is lowered keeps what they have", async () => {
    const anna = await sitDown(world, "anna")
    const giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    expect(await anna.open(conversation(world, giulia).id)).toBeNull()
    expect((await save(anna.id, { maxConversations: "0" })).status).toBe(303)
    await world.settle()
    expect(conversation(world, giulia)).toMatchObject({ state: "active", owner: anna.id })
    await save(anna.id, { maxConversations: "5" })
    await anna.close(conversation(world, giulia).id)
    await anna.status("break")
  })
})

describe("The last admin", () => {
  const roads: [string, () => Promise<Response>][] = [
    ["demoted", () => save(dora.id, { level: "agent" })],
    ["made to sign in elsewhere only", () => save(dora.id, { loginType: "external" })],
    ["disabled", () => save(dora.id, { enabled: null })],
    ["deleted", () => dora.visitor.post(`/admin/users/${dora.id}/deletion`)],
  ]
  test.each(roads)("cannot be %s", async (_how, road) => {
    expect((await road()).status).toBeGreaterThanOrEqual(400)
    expect(rowOf(dora.id)).toMatchObject({ level: "tenant_admin", enabled: 1, deletedAt: null, loginType: "password" })
  })

  test("may hand over once there is another", async () => {
    await create({ username: "second", externalId: "", level: "tenant_admin" })
    const second = await sitDown(world, "second")
    const form = await formOf(dora.id, second)
    expect(
      (await second.visitor.postAll(`/admin/users/${dora.id}`, changed(form, { level: "supervisor" }))).status,
    ).toBe(303)
    expect((await dora.visitor.get("/admin/users")).status).toBe(403)
    const back = await formOf(dora.id, second)
    await second.visitor.postAll(`/admin/users/${dora.id}`, changed(back, { level: "tenant_admin" }))
    expect((await dora.visitor.post(`/admin/users/${second.id}/deletion`)).status).toBe(303)
  })
})

describe("A user who goes", () => {
  test("disabled: signed out at once, what they had open waits for another, and it can be undone", async () => {
    const marco = await sitDown(world, "marco")
    const paolo = world.simulator.phones.create(PAOLO)
    paolo.say("Ci siete?")
    await world.settle()
    const { id } = conversation(world, paolo)
    expect(await marco.take(id).then(() => marco.open(id))).toBeNull()
    expect((await save(marco.id, { enabled: null })).headers.get("location")).toContain("done=disabled")
    await world.settle()
    expect(marco.isSignedIn()).toBe(false)
    expect(conversation(world, paolo).owner).not.toBe(marco.id)
    const queued = timeline(world, id).findLast(({ kind }) => kind === "conversation.queued")
    expect(queued?.data.why).toBe("owner_disabled")
    const page = await dora.visitor.panel(`/admin/users/${marco.id}?done=disabled`)
    expect(page).toContain("Undo")
    expect((await dora.visitor.post(`/admin/users/${marco.id}/enabling`, { enabled: "on" })).status).toBe(303)
    expect(rowOf(marco.id)?.enabled).toBe(1)
  })

  test("deleted: the name stays on what was said, the username is somebody else's to have", async () => {
    const marco = await sitDown(world, "marco")
    const lucia = world.simulator.phones.create({ name: "Lucia Neri", phone: "+39 345 555 0199" })
    lucia.say("Una domanda")
    await world.settle()
    const { id } = conversation(world, lucia)
    await marco.open(id)
    await marco.take(id)
    await marco.open(id)
    expect(await marco.reply(id, "Mi dica")).toBeNull()
    expect(await marco.park(id, "personal")).toBeNull()
    await world.settle()
    const question = await dora.visitor.panel(`/admin/users/${marco.id}/deletion`)
    expect(question).toContain("1 conversation of the personal wait queue becomes public.")
    expect((await dora.visitor.post(`/admin/users/${marco.id}/deletion`)).status).toBe(303)
    await world.settle()
    expect([marco.isSignedIn(), idOf("marco")]).toEqual([false, 0])
    expect(rowOf(marco.id)).toMatchObject({ firstName: "Marco", enabled: 0, email: null, passwordHash: null })
    expect(conversation(world, lucia)).toMatchObject({ state: "parked", parkedAs: "public" })
    expect(messages(world, id).at(-1)?.author).toBe(marco.id)
    expect((await dora.visitor.get(`/admin/users/${marco.id}`)).status).toBe(404)
    expect(await dora.visitor.panel("/admin/users?q=marco")).toContain("Nothing fits")
    expect(acts().at(-1)).toMatchObject({ act: "user.deleted", subjectName: "marco" })
    expect((await create({ username: "marco", externalId: "" })).status).toBe(303)
    expect(idOf("marco")).not.toBe(marco.id)
    const reborn = await sitDown(world, "marco")
    expect((await reborn.visitor.panel("/wait-queue")).includes("Lucia")).toBe(false)
  })
})
