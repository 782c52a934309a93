/** Passwords forgotten and changed: once, by whom it concerns, with everything else signed out. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { Newcomer } from "../support/newcomer.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const OWN = "una frase tutta mia"
let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const stranger = (headers?: Record<string, string>) => new Newcomer(world.answer, headers)
async function ask(known: string, headers?: Record<string, string>) {
  const browser = stranger(headers)
  await browser.open("/password/forgotten")
  const shown = await browser.send("/password/forgotten", { known })
  await world.settle()
  return shown
}
const linkIn = (text: string) => /http:\S+\/password\/reset\/([\w-]{43})/.exec(text)?.[1] ?? ""
const lastLink = (to: string) => linkIn(world.mailbox.to(to).text)
async function use(token: string, password = OWN, repeated = password) {
  const browser = stranger()
  const shown = await browser.open(`/password/reset/${token}`)
  if (!shown.text.includes("<form")) return shown
  return browser.send(`/password/reset/${token}`, { password, repeated })
}

describe("A forgotten password", () => {
  test("is asked for by username or address; a link comes by mail, to the configured address", async () => {
    await ask("anna", { "x-forwarded-host": "evil.test", forwarded: "host=evil.test" })
    const letter = world.mailbox.to("anna@company.test")
    expect(letter.text).toMatch(/http:\/\/127\.0\.0\.1:8080\/password\/reset\/[\w-]{43}\n/)
    expect(`${letter.text}${letter.html}`).not.toContain("evil.test")
    await ask("marco@company.test")
    expect(lastLink("marco@company.test")).not.toBe("")
    const token = lastLink("anna@company.test")
    expect(JSON.stringify(dump(world.database.path))).not.toContain(token)
  })

  test("says the same to whoever asks, whether anybody is known by that name", async () => {
    const shown = [await ask("anna"), await ask("nobody"), await ask("anna@company.test"), await ask("' OR 1=1 --")]
    const plain = shown.map(({ status, text }) => ({
      status,
      text: text.replaceAll(/content="[^"]*"|value="[^"]*"/g, ""),
    }))
    for (const one of plain) expect(one).toEqual(plain[0]!)
    expect(world.mailbox.letters.map(({ to }) => to)).toEqual(["anna@company.test", "anna@company.test"])
  })

  test("is set anew by the link, once; every session ends; a letter tells of it", async () => {
    const anna = await sitDown(world, "anna")
    await ask("anna")
    const token = lastLink("anna@company.test")
    expect((await use(token, "short")).text).toContain("At least 15 characters")
    expect((await use(token, OWN, "una frase di altri")).text).toContain("The two passwords differ")
    const done = await use(token)
    expect([done.path, done.text.includes("The password is changed. Sign in with it.")]).toEqual(["/login", true])
    await world.settle()
    expect(anna.isSignedIn()).toBeFalse()
    expect((await use(token, "eine ganz andere Zeile")).text).toContain("This link was used already or has expired.")
    expect((await stranger().signIn("anna", PASSWORD)).text).toContain("Wrong username or password")
    expect((await stranger().signIn("anna", OWN)).path).toBe("/profile")
    expect(world.mailbox.to("anna@company.test").subject).toBe("Your Sportello password was changed")
  })

  test("reading the link uses nothing up: mail programs do that by themselves", async () => {
    await ask("anna")
    const token = lastLink("anna@company.test")
    for (let times = 0; times < 5; times++) expect((await stranger().open(`/password/reset/${token}`)).status).toBe(200)
    expect((await use(token)).path).toBe("/login")
  })

  test("the link is over after half an hour; of two the first use ends both; a made-up one opens nothing", async () => {
    await ask("anna")
    const first = lastLink("anna@company.test")
    await ask("anna")
    const second = lastLink("anna@company.test")
    expect((await use(second)).path).toBe("/login")
    expect((await use(first)).text).toContain("This link was used already or has expired.")
    await ask("marco")
    const late = lastLink("marco@company.test")
    await world.advance(minutes(30))
    expect((await use(late)).text).toContain("This link was used already or has expired.")
    for (const made of ["x", "null", "undefined", "a".repeat(43), "%00", "[]"])
      expect((await use(made)).text).toContain("This link was used already or has expired.")
    expect((await stranger().signIn("marco", PASSWORD)).path).toBe("/profile")
  })

  test("two who use one link at once: one of them is late", async () => {
    await ask("anna")
    const token = lastLink("anna@company.test")
    const shown = await Promise.all([use(token, "la prima frase di due"), use(token, "la seconda frase di due")])
    expect(shown.map(({ path }) => path).sort()).toEqual(["/login", `/password/reset/${token}`])
  })

  test("asked for again and again writes three letters an hour, and one network is slowed down", async () => {
    for (let times = 0; times < 6; times++) await ask("anna")
    expect(world.mailbox.letters.length).toBe(3)
    await world.advance(hours(1) + 1)
    await ask("anna")
    expect(world.mailbox.letters.length).toBe(4)
    for (let times = 0; times < 20; times++) await ask(`guess-${times}`)
    expect((await ask("marco")).status).toBe(429)
  })

  test("does nothing for somebody disabled, without an address, or without a password of their own", async () => {
    const [acme, globex] = companyDocument().tenants
    const users = [
      { username: "anna", enabled: false },
      { username: "marco", email: null },
      { username: "paolo", firstName: "Paolo", lastName: "Marini", level: "agent", email: "paolo@acme.test" },
    ]
    await world.apply({ tenants: [{ ...acme, users }, globex] })
    // Marco's old address hears that it is his no more.
    world.mailbox.letters.length = 0
    for (const name of ["anna", "marco", "paolo"]) await ask(name)
    expect(world.mailbox.letters).toEqual([])
  })

  test("an administrator starts it for a colleague, and sees the link only where no mail can be sent", async () => {
    const dora = await sitDown(world, "dora", { listening: false })
    const anna = userByUsername(world.database.appliance.read, "anna")?.id ?? 0
    const answer = await (await dora.visitor.post(`/admin/users/${anna}/password-reset`)).text()
    await world.settle()
    const token = lastLink("anna@company.test")
    expect([answer.includes("Sent to anna@company.test"), answer.includes(token)]).toEqual([true, false])
    expect((await use(token)).path).toBe("/login")
  })
})

describe("A password that its owner changes", () => {
  const change = (browser: Newcomer, current: string, password: string, repeated = password) =>
    browser.send("/profile/password", { current, password, repeated })

  test("asks for the one they have, ends every other session, keeps this one", async () => {
    const here = stranger()
    const there = stranger()
    await here.signIn("anna", PASSWORD)
    await there.signIn("anna", PASSWORD)
    await here.open("/profile")
    for (const [current, password, repeated, words] of [
      ["not mine", OWN, OWN, "This is not your password"],
      [PASSWORD, "too short", "too short", "At least 15 characters"],
      [PASSWORD, "anna rossi 2026 anna", "anna rossi 2026 anna", "hardly more than a name"],
      [PASSWORD, PASSWORD, PASSWORD, "This is the password you have"],
      [PASSWORD, OWN, `${OWN}!`, "The two passwords differ"],
    ] as const) {
      const refused = await change(here, current, password, repeated)
      expect([words, refused.status, refused.text.includes(words)]).toEqual([words, 422, true])
    }
    const done = await change(here, PASSWORD, OWN)
    expect([done.path, done.text.includes("Your password is changed")]).toEqual(["/profile", true])
    expect([await here.isIn(), await there.isIn()]).toEqual([true, false])
    await world.settle()
    expect(world.mailbox.to("anna@company.test").subject).toBe("Your Sportello password was changed")
    const acts = rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry WHERE act LIKE 'password.%'")
    expect(acts).toEqual([{ act: "password.changed" }])
  })

  test("somebody at an unlocked screen cannot guess on and on", async () => {
    const here = stranger()
    await here.signIn("anna", PASSWORD)
    await here.open("/profile")
    for (let times = 0; times < 5; times++) await change(here, `guess ${times}`, OWN)
    expect((await change(here, PASSWORD, OWN)).status).toBe(429)
    expect((await stranger().signIn("anna", PASSWORD)).path).toBe("/profile")
  })
})

describe("One's own sessions", () => {
  const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

  test("are listed with where and since when, and can be ended one by one or all but this one", async () => {
    const here = stranger({ "user-agent": AGENT })
    const one = stranger()
    const two = stranger()
    for (const browser of [here, one, two]) await browser.signIn("anna", PASSWORD)
    const page = await here.open("/profile")
    expect(page.text).toContain("Firefox, Linux")
    const names = [...page.text.matchAll(/\/profile\/sessions\/([\w-]+)\/ending/g)].map(([, name]) => name)
    expect(names).toHaveLength(2)
    await here.send(`/profile/sessions/${names[0]}/ending`, {})
    expect([await one.isIn(), await two.isIn()].sort()).toEqual([false, true])
    await here.open("/profile")
    await here.send("/profile/sessions/ending", {})
    expect([await here.isIn(), await one.isIn(), await two.isIn()]).toEqual([true, false, false])
  })

  test("of somebody else cannot be named", async () => {
    const anna = stranger()
    const marco = stranger()
    await anna.signIn("anna", PASSWORD)
    await stranger().signIn("anna", PASSWORD)
    await marco.signIn("marco", PASSWORD)
    const page = await anna.open("/profile")
    const name = /\/profile\/sessions\/([\w-]+)\/ending/.exec(page.text)?.[1] ?? ""
    await marco.open("/profile")
    expect((await marco.send(`/profile/sessions/${name}/ending`, {})).status).toBe(404)
    expect(await anna.isIn()).toBeTrue()
  })
})
