/** A new colleague, from the mail to the desk; and everything that is too late, used up or not theirs. */
import { afterEach, describe, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World, type WorldOptions } from "../support/world.ts"

const OWN = "una frase tutta mia"
const PAOLO = { username: "paolo", firstName: "Paolo", lastName: "<b>Marini</b>", level: "agent" }

let world: World
let dora: Desk
afterEach(() => world.close())

async function begin(options: WorldOptions & { settings?: object; paolo?: object } = {}) {
  const { settings = {}, paolo = {}, ...rest } = options
  const [acme, globex] = companyDocument().tenants
  const users = [...(acme?.users ?? []), { ...PAOLO, email: "paolo@acme.test", ...paolo }]
  const document = { tenants: [{ ...acme, settings: { ...acme?.settings, ...settings }, users }, globex] }
  world = await openWorld({ document, ...rest })
  dora = await sitDown(world, "dora", { listening: false })
}
const idOf = (username: string) => userByUsername(world.database.appliance.read, username)?.id ?? 0
async function invite(username = "paolo"): Promise<string> {
  expect(await dora.post(`/admin/users/${idOf(username)}/invitation`)).toBeNull()
  await world.settle()
  return passwordIn(world.mailbox.to("paolo@acme.test").text)
}
const passwordIn = (text: string) => /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(text)?.[0] ?? ""
const acts = () =>
  rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry WHERE tenant = 1").map(({ act }) => act)
const newcomer = () => new Newcomer(world.answer)

describe("An invitation", () => {
  test("is a mail with a link to the appliance, the username and a one-time password, in the person's language", async () => {
    await begin({ paolo: { language: "it" } })
    const password = await invite()
    const letter = world.mailbox.to("paolo@acme.test")
    expect(letter.subject).toBe("Il tuo accesso a Sportello")
    expect(letter.text).toContain("http://127.0.0.1:8080/login?username=paolo")
    expect(letter.text).toContain("Nome utente: paolo")
    expect(letter.html).toContain(password)
    expect(letter.html).toContain("Paolo &lt;b&gt;Marini&lt;/b&gt;")
    expect(acts()).toContain("user.invited")
    expect(JSON.stringify(dump(world.database.path))).not.toContain(password)
  })

  test("opens the door once: a password of one's own comes first, and nothing else is reachable before", async () => {
    await begin()
    const password = await invite()
    const paolo = newcomer()
    const shown = await paolo.signIn("paolo", password, { language: "it", shownLanguage: "en" })
    expect([shown.path, shown.status]).toEqual(["/login/password", 200])
    expect(await paolo.isIn()).toBeFalse()
    await paolo.open("/login/password")
    for (const [typed, repeated, words] of [
      ["short", "short", "Almeno 15 caratteri"],
      [OWN, "una frase di altri!", "Le due password sono diverse."],
      [password, password, "È la password che hai già"],
      ["passwordpassword", "passwordpassword", "Molti usano questa password"],
    ] as const) {
      const refused = await paolo.send("/login/password", { password: typed, repeated })
      expect([typed, refused.status, refused.text.includes(words)]).toEqual([typed, 422, true])
    }
    const inside = await paolo.send("/login/password", { password: OWN, repeated: OWN })
    expect(inside.path).toBe("/profile")
    expect(inside.text).toContain('<html lang="it">')
    expect((await newcomer().signIn("paolo", password)).text).toContain("Wrong username or password")
    expect((await newcomer().signIn("paolo", OWN)).path).toBe("/profile")
  })

  test("is over after three days; another one replaces it, and the first is void", async () => {
    await begin()
    const first = await invite()
    const second = await invite()
    expect(second).not.toBe(first)
    expect((await newcomer().signIn("paolo", first)).text).toContain("Wrong username or password")
    await world.advance(hours(72))
    dora = await sitDown(world, "dora", { listening: false })
    const late = await newcomer().signIn("paolo", second)
    expect([late.path, late.text.includes("This one-time password has expired")]).toEqual(["/login", true])
    expect((await newcomer().signIn("paolo", await invite())).path).toBe("/login/password")
  })

  test("where no mail can be sent is shown to the administrator, once, to hand over", async () => {
    await begin({ mail: false })
    const answer = await dora.visitor.post(`/admin/users/${idOf("paolo")}/invitation`)
    const text = await answer.text()
    const password = passwordIn(text)
    expect(text).toContain("/login?username=paolo")
    expect(answer.headers.get("cache-control")).toBe("no-store")
    expect((await newcomer().signIn("paolo", password)).path).toBe("/login/password")
    expect(world.mailbox.letters).toEqual([])
  })

  test("is not for whoever has a password of their own, is disabled, or is somebody else's colleague", async () => {
    await begin()
    expect(await dora.post(`/admin/users/${idOf("anna")}/invitation`)).toMatchObject({ refused: "user.has_password" })
    expect(await dora.post(`/admin/users/${idOf("anna2")}/invitation`)).toMatchObject({ refused: "not_found" })
    const anna = await sitDown(world, "anna", { listening: false })
    expect(await anna.post(`/admin/users/${idOf("paolo")}/invitation`)).toMatchObject({ refused: "access.denied" })
    expect(world.mailbox.letters).toEqual([])
  })

  test("whoever takes a quarter of an hour on the way in begins anew", async () => {
    await begin()
    const paolo = newcomer()
    await paolo.signIn("paolo", await invite())
    await world.advance(minutes(15))
    const shown = await paolo.send("/login/password", { password: OWN, repeated: OWN })
    expect(shown.text).toContain("That took too long, or was done already. Sign in again.")
    expect(await paolo.isIn()).toBeFalse()
  })

  test("somebody disabled on the way in does not arrive", async () => {
    await begin()
    const paolo = newcomer()
    await paolo.signIn("paolo", await invite())
    const [acme, globex] = companyDocument().tenants
    await world.apply({ tenants: [{ ...acme, users: [{ username: "paolo", enabled: false }] }, globex] })
    expect((await paolo.send("/login/password", { password: OWN, repeated: OWN })).text).toContain("Sign in again.")
    expect((await newcomer().signIn("paolo", OWN)).text).toContain("Wrong username or password")
  })

  test("leads through the second factor where the company demands one", async () => {
    await begin({ settings: { secondFactorAgent: "required" } })
    const paolo = newcomer()
    await paolo.signIn("paolo", await invite())
    const shown = await paolo.send("/login/password", { password: OWN, repeated: OWN })
    expect(shown.path).toBe("/login/second-factor")
    expect(await paolo.isIn()).toBeFalse()
    const page = await paolo.open("/login/second-factor")
    expect((await paolo.send("/login/second-factor", { code: "000000" })).text).toContain("This code is wrong")
    const codes = await paolo.send("/login/second-factor", { code: codeFrom(page.text, world.clock) })
    expect(codes.text.match(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/g)).toHaveLength(20)
    expect(await paolo.isIn()).toBeTrue()
  })
})
