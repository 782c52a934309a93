/** Passkeys: made with the password, good for this address alone, once for each question, and stopped when doubled. */
import { afterEach, describe, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import { passkeyPlace, readPasskeyAnswer } from "~/account/rules/passkeys.ts"
import { minutes } from "~/kernel/clock.ts"
import { Authenticator, type Options } from "../support/authenticator.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { Newcomer, type Shown } from "../support/newcomer.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const ORIGIN = "http://localhost:8080"

let world: World
afterEach(() => world?.close())
async function begin(settings: object = {}, url = ORIGIN) {
  const [acme, globex] = companyDocument().tenants
  const document = { tenants: [{ ...acme, settings: { ...acme?.settings, ...settings } }, globex] }
  world = await openWorld({ document, url })
}
const newcomer = () => new Newcomer(world.answer, { host: "localhost:8080" })
const unescaped = (html: string) =>
  html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&#39;", "'").replaceAll("&amp;", "&")
const askedOn = ({ text }: Shown) => ({
  options: JSON.parse(unescaped(/data-options="([^"]+)"/.exec(text)?.[1] ?? "null")) as Options,
  question: /name="question" value="([^"]*)"/.exec(text)?.[1] ?? "",
})
const recoveryIn = (page: string) => [...new Set(page.match(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/g))]
const acts = () =>
  rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry ORDER BY id").map(({ act }) => act)
const keys = () => rowsOf<Record<string, unknown>>(world.database.path, "SELECT * FROM passkey ORDER BY id")

/** Anna adds one from her profile. */
async function added(device = new Authenticator(ORIGIN), anna = newcomer()) {
  if (!(await anna.isIn())) await anna.signIn("anna", PASSWORD)
  const page = await anna.send("/profile/passkeys/new", { passkeyProof: PASSWORD })
  const { options, question } = askedOn(page)
  const answer = device.create(options)
  const shown = await anna.send("/profile/passkeys", { question, answer, name: "Laptop" })
  return { anna, device, shown, question, answer }
}

/** At the second step, after the password. */
async function prove(make: (options: Options) => string, browser = newcomer()) {
  const asked = await browser.signIn("anna", PASSWORD)
  expect(asked.path).toBe("/login/code")
  const { options, question } = askedOn(asked)
  const answer = make(options)
  return { browser, question, answer, shown: await browser.send("/login/code/passkey", { question, answer }) }
}

/** Without a name or a password. */
async function comeIn(make: (options: Options) => string, browser = newcomer()) {
  await browser.open("/login")
  const { question, options } = JSON.parse((await browser.open("/login/passkey")).text)
  const answer = make(JSON.parse(options))
  const fields = { question, answer, next: "/profile", language: "", shownLanguage: "en" }
  return { browser, fields, shown: await browser.send("/login/passkey", fields) }
}

const WRONG = "This passkey proved nothing here"

describe("A passkey", () => {
  test("is added with the password, with recovery codes the first time, on record and told by mail", async () => {
    await begin()
    const { anna, shown, device } = await added()
    expect(recoveryIn(shown.text)).toHaveLength(10)
    expect(keys()).toMatchObject([{ name: "Laptop", counter: 0, transports: '["internal"]', stoppedAt: null }])
    expect(acts()).toContain("passkey.added")
    await world.settle()
    expect(world.mailbox.letters.at(-1)).toMatchObject({
      to: "anna@company.test",
      subject: "Your way into Sportello has changed",
    })
    expect(world.mailbox.letters.at(-1)?.text).toContain("the passkey «Laptop» was added for anna on")
    const page = await anna.open("/profile")
    expect(page.text).toContain("not used yet")
    expect((await anna.send("/profile/passkeys/new", { passkeyProof: "wrong" })).text).toContain(
      "This is not your password",
    )
    expect(askedOn(await anna.send("/profile/passkeys/new", { passkeyProof: PASSWORD })).options).toMatchObject({
      rp: { id: "localhost" },
      attestation: "none",
      authenticatorSelection: { userVerification: "required" },
      excludeCredentials: [{ id: device.id.toString("base64url") }],
    })
    expect((await newcomer().signIn("anna", PASSWORD)).path).toBe("/login/code")
  })

  test("proves at the second step who knows the password, each question once", async () => {
    await begin()
    const { device } = await added()
    const { browser, shown, question, answer } = await prove((options) => device.get(options))
    expect(shown.path).toBe("/profile")
    expect(await browser.isIn()).toBeTrue()
    expect(keys()[0]?.lastUsedAt).not.toBeNull()
    const thief = newcomer()
    await thief.signIn("anna", PASSWORD)
    const again = await thief.send("/login/code/passkey", { question, answer })
    expect([again.status, again.text.includes("That took too long, or was done already")]).toEqual([409, true])
    expect(await thief.isIn()).toBeFalse()
  })

  test("lets its owner in without name or password, and what was said opens nothing again", async () => {
    await begin()
    const { device } = await added()
    const { browser, shown, fields } = await comeIn((options) => device.get(options))
    expect([shown.path, await browser.isIn()]).toEqual(["/profile", true])
    expect(shown.text).toContain("anna")
    expect(acts().at(-1)).toBe("sign_in.succeeded")
    const thief = newcomer()
    await thief.open("/login")
    const again = await thief.send("/login/passkey", fields)
    expect(again.text).toContain("That took too long, or was done already")
    expect(await thief.isIn()).toBeFalse()
  })

  test.each([
    ["another origin", { origin: "https://sportello.evil.test" }],
    ["another question", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["another address's key", { rpId: "evil.test" }],
    ["nobody having looked who was there", { unverified: true }],
    ["the words of making one", { type: "webauthn.create" }],
    ["somebody else's name on it", { userHandle: "c29tZWJvZHk" }],
  ])("with %s proves nothing, at neither door", async (_what, lie) => {
    await begin()
    const { device } = await added()
    const second = await prove((options) => device.get(options, lie))
    expect([second.shown.text.includes(WRONG), await second.browser.isIn()]).toEqual([true, false])
    const first = await comeIn((options) => device.get(options, lie))
    expect([first.shown.text.includes(WRONG), await first.browser.isIn()]).toEqual([true, false])
    expect((await comeIn((options) => device.get(options))).shown.path).toBe("/profile")
  })

  test.each([
    ["another origin", { origin: "https://sportello.evil.test" }],
    ["another question", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["another address", { rpId: "evil.test" }],
    ["nobody having looked who was there", { unverified: true }],
    ["a maker's word that would have to be looked up elsewhere", { format: "apple" }],
    ["a certificate chain", { format: "packed", statement: Buffer.from("a163783563814100", "hex") }],
  ])("made with %s is not kept", async (_what, lies) => {
    await begin()
    const anna = newcomer()
    await anna.signIn("anna", PASSWORD)
    const { options, question } = askedOn(await anna.send("/profile/passkeys/new", { passkeyProof: PASSWORD }))
    const answer = new Authenticator(ORIGIN).create(options, lies)
    expect((await anna.send("/profile/passkeys", { question, answer, name: "Laptop" })).text).toContain(WRONG)
    expect(keys()).toEqual([])
  })

  test("a signature of another key, a sealed question of another purpose, and nonsense open nothing", async () => {
    await begin()
    const { device, question, answer } = await added()
    const impostor = Object.assign(new Authenticator(ORIGIN), { id: device.id })
    expect((await comeIn((options) => impostor.get(options))).shown.text).toContain(WRONG)
    const browser = newcomer()
    const asked = askedOn(await browser.signIn("anna", PASSWORD))
    for (const [told, said] of [
      [question, device.get(asked.options)],
      [question, answer],
      ["AAAA", device.get(asked.options)],
      [asked.question, "no JSON"],
      [asked.question, '{"id":1,"type":"public-key","response":{}}'],
      [asked.question, answer],
    ] as const) {
      const shown = await browser.send("/login/code/passkey", { question: told, answer: said })
      expect([shown.path, shown.status >= 400]).toEqual(["/login/code/passkey", true])
    }
    expect(await browser.isIn()).toBeFalse()
    for (const text of ["[]", "null", '{"id":"é","type":"x","response":{"clientDataJSON":"a"}}'])
      expect(readPasskeyAnswer(text)).toBeNull()
  })

  test("is asked for a quarter of an hour, not longer", async () => {
    await begin()
    const { device } = await added()
    const browser = newcomer()
    await browser.open("/login")
    const { question, options } = JSON.parse((await browser.open("/login/passkey")).text)
    const answer = device.get(JSON.parse(options))
    await world.advance(minutes(15))
    await browser.open("/login")
    const fields = { question, answer, next: "/profile", language: "", shownLanguage: "en" }
    expect((await browser.send("/login/passkey", fields)).text).toContain("That took too long")
    expect(await browser.isIn()).toBeFalse()
  })

  test("that counts is stopped when a copy of it is used; recovery codes are the way in, and the owner hears of it", async () => {
    await begin()
    const { device, shown } = await added()
    const [code = ""] = recoveryIn(shown.text)
    expect((await prove((options) => device.get(options, { counter: 7 }))).shown.path).toBe("/profile")
    const copy = device.double()
    expect((await comeIn((options) => copy.get(options, { counter: 7 }))).shown.text).toContain(
      "This passkey was stopped",
    )
    expect((await comeIn((options) => device.get(options, { counter: 9 }))).shown.text).toContain("was stopped")
    expect(acts()).toContain("passkey.stopped")
    await world.settle()
    expect(world.mailbox.letters.at(-1)?.text).toContain("a copy of it may be in other hands")
    const browser = newcomer()
    const asked = await browser.signIn("anna", PASSWORD)
    expect([asked.path, asked.text.includes("data-passkey")]).toEqual(["/login/code", false])
    expect((await browser.send("/login/code", { code })).path).toBe("/profile")
    expect((await browser.open("/profile")).text).toContain("Another copy of it has been used")
  })

  test("that was removed opens nothing; every other session has ended, and nobody else can remove it", async () => {
    await begin()
    const { anna, device } = await added()
    const other = (await comeIn((options) => device.get(options))).browser
    const id = keys()[0]?.id
    const marco = newcomer()
    await marco.signIn("marco", PASSWORD)
    expect((await marco.open(`/profile/passkeys/${id}`)).status).toBe(404)
    expect((await marco.send(`/profile/passkeys/${id}/removal`, { proof: PASSWORD })).status).toBe(404)
    const page = await anna.open(`/profile/passkeys/${id}`)
    expect(page.text).toContain("«Laptop» opens nothing here any more")
    expect((await anna.send(`/profile/passkeys/${id}/removal`, { proof: "no" })).text).toContain("not your password")
    expect(keys()).toHaveLength(1)
    await anna.open(`/profile/passkeys/${id}`)
    expect((await anna.send(`/profile/passkeys/${id}/removal`, { proof: PASSWORD })).text).toContain(
      "The passkey is removed",
    )
    expect([await other.isIn(), await anna.isIn()]).toEqual([false, true])
    expect((await comeIn((options) => device.get(options))).shown.text).toContain("Nobody here has this passkey")
    expect((await newcomer().signIn("anna", PASSWORD)).path).toBe("/profile")
    await world.settle()
    expect(world.mailbox.letters.at(-1)?.text).toContain("the passkey «Laptop» of anna was removed")
  })

  test("has another name when its owner says so: it opens what it opened, and nobody else names it", async () => {
    await begin()
    const { anna, device } = await added()
    const id = keys()[0]?.id
    const marco = newcomer()
    await marco.signIn("marco", PASSWORD)
    expect((await marco.open(`/profile/passkeys/${id}/name`)).status).toBe(404)
    expect((await marco.send(`/profile/passkeys/${id}/name`, { name: "Mine" })).status).toBe(404)
    expect((await anna.open(`/profile/passkeys/${id}/name`)).text).toContain('value="Laptop"')
    expect((await anna.send(`/profile/passkeys/${id}/name`, { name: "  " })).status).toBe(422)
    const named = await anna.send(`/profile/passkeys/${id}/name`, { name: "<i>Blue</i> key" })
    expect(named.text).toContain("The passkey has its new name.")
    expect(named.text).toContain("&lt;i&gt;Blue&lt;/i&gt; key")
    expect((await comeIn((options) => device.get(options))).shown.path).toBe("/profile")
  })

  test("of somebody cannot become another's, nor be added twice by one question", async () => {
    await begin()
    const { anna, device, question, answer } = await added()
    await anna.open("/profile")
    expect((await anna.send("/profile/passkeys", { question, answer, name: "Again" })).text).toContain(
      "was done already",
    )
    const marco = newcomer()
    await marco.signIn("marco", PASSWORD)
    const asked = askedOn(await marco.send("/profile/passkeys/new", { passkeyProof: PASSWORD }))
    const theirs = await marco.send("/profile/passkeys", { question, answer, name: "Stolen" })
    expect(theirs.text).toContain("That took too long, or was done already")
    await marco.open("/profile")
    const same = { question: asked.question, answer: device.create(asked.options), name: "Same" }
    expect((await marco.send("/profile/passkeys", same)).text).toContain("somebody&#x27;s already")
    expect(keys()).toHaveLength(1)
  })

  test("of a disabled user, or of one who signs in with the company's directory, is no way in by itself", async () => {
    await begin()
    const { device } = await added()
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "anna", enabled: false }] }] })
    expect((await comeIn((options) => device.get(options))).shown.text).toContain("Nobody here has this passkey")
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "anna", enabled: true, loginType: "ldap" }] }] })
    expect((await comeIn((options) => device.get(options))).shown.text).toContain("directory first")
  })
})

describe("What a company demands", () => {
  test("a second factor: a passkey is one, made on the way in, and the last one cannot be removed", async () => {
    await begin({ secondFactorAgent: "required" })
    const device = new Authenticator(ORIGIN)
    const anna = newcomer()
    const page = await anna.signIn("anna", PASSWORD)
    expect(page.path).toBe("/login/second-factor")
    const { options, question } = askedOn(page)
    const shown = await anna.send("/login/second-factor/passkey", { question, answer: device.create(options) })
    expect([recoveryIn(shown.text).length, await anna.isIn()]).toEqual([10, true])
    const id = keys()[0]?.id
    await anna.open(`/profile/passkeys/${id}`)
    const refused = await anna.send(`/profile/passkeys/${id}/removal`, { proof: PASSWORD })
    expect(refused.text).toContain("asks everybody of your level")
    expect(keys()).toHaveLength(1)
    expect((await prove((asked) => device.get(asked))).shown.path).toBe("/profile")
  })

  test("no second factor: none is offered, and none is taken", async () => {
    await begin({ secondFactorAgent: "off" })
    const anna = newcomer()
    await anna.signIn("anna", PASSWORD)
    expect((await anna.open("/profile")).text).not.toContain("Passkeys")
    const { options, question } = askedOn(await anna.send("/profile/passkeys/new", { passkeyProof: PASSWORD }))
    const answer = new Authenticator(ORIGIN).create(options)
    const shown = await anna.send("/profile/passkeys", { question, answer, name: "Laptop" })
    expect([shown.status, keys()]).toEqual([409, []])
  })

  test("the administrator takes lost ones away, and whoever holds them is out", async () => {
    await begin()
    const { anna, device } = await added()
    const dora = await sitDown(world, "dora", { listening: false })
    const id = userByUsername(world.database.appliance.read, "anna")?.id ?? 0
    expect(await dora.post(`/admin/users/${id}/second-factor/reset`)).toBeNull()
    expect([await anna.isIn(), keys().length]).toEqual([false, 0])
    expect((await comeIn((options) => device.get(options))).shown.text).toContain("Nobody here has this passkey")
    expect(dump(world.database.path, 1).recoveryCode ?? []).toEqual([])
  })

  test("guesses are counted, at the door and at the second step", async () => {
    await begin()
    const { device } = await added()
    const { browser } = await prove((options) => device.get(options, { unverified: true }))
    for (let times = 0; times < 4; times++) {
      const { options, question } = askedOn(await browser.open("/login/code"))
      await browser.send("/login/code/passkey", { question, answer: device.get(options, { unverified: true }) })
    }
    const { options, question } = askedOn(await browser.open("/login/code"))
    const shown = await browser.send("/login/code/passkey", { question, answer: device.get(options) })
    expect(shown.status).toBe(429)
  })
})

describe("Where passkeys are", () => {
  test("an address with a name and TLS, or this machine; nothing that a request says", () => {
    const of = (url: string) => passkeyPlace(new URL(url))
    expect(of("https://desk.acme.test")).toEqual({ rpId: "desk.acme.test", origin: "https://desk.acme.test" })
    expect(of("https://desk.acme.test:8443")?.origin).toBe("https://desk.acme.test:8443")
    expect(of("http://localhost:8080")).toEqual({ rpId: "localhost", origin: "http://localhost:8080" })
    for (const url of ["http://desk.acme.test", "https://10.0.0.5", "http://127.0.0.1:8080", "https://[::1]"])
      expect(of(url)).toBeNull()
  })

  test("elsewhere the page says why there are none, and the login offers none", async () => {
    await begin({}, "http://127.0.0.1:8080")
    const anna = new Newcomer(world.answer)
    expect((await anna.open("/login")).text).not.toContain("data-passkey")
    expect((await anna.open("/login/passkey")).status).toBe(404)
    await anna.signIn("anna", PASSWORD)
    const page = await anna.open("/profile")
    expect(page.text).toContain("reached at http://127.0.0.1:8080")
    expect(page.text).not.toContain("Add a passkey")
  })
})
