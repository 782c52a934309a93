import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { updateUser } from "~/account/actions.ts"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Appliance, Browser, openAppliance, PASSWORD } from "./appliance.tsx"

let appliance: Appliance
let acme: Id
let anna: Id
beforeEach(async () => {
  appliance = await openAppliance()
  acme = await appliance.tenant("acme")
  anna = await appliance.user(acme, "anna")
})
afterEach(() => appliance.close())

const isSignedIn = async (browser: Browser) => (await browser.get("/profile")).status === 200
const fail = (browser: Browser, username = "anna") => browser.signIn(username, "not the password")

describe("signing in", () => {
  test("leads to the start page with a session that scripts and other sites cannot use", async () => {
    const browser = new Browser(appliance)
    const answer = await browser.signIn("anna")
    expect(answer.status).toBe(303)
    expect(answer.headers.get("location")).toBe("/")
    const session = answer.headers.getSetCookie().find((line) => line.startsWith("session="))
    expect(session).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test("over TLS the cookies carry the __Host- prefix and Secure", async () => {
    const tls = await openAppliance({ url: "https://desk.acme.test" })
    await tls.user(await tls.tenant("acme"), "anna")
    const answer = await new Browser(tls).signIn("anna")
    for (const line of answer.headers.getSetCookie())
      expect(line).toMatch(
        /^__Host-(session|device|language)=[^;]+; Path=\/; HttpOnly; SameSite=Lax(; Max-Age=\d+)?; Secure$/,
      )
    expect(answer.headers.getSetCookie()).toHaveLength(3)
    await tls.close()
  })

  test("leads back to the page one wanted, never to another site", async () => {
    const cases: [next: string, leads: string][] = [
      ["/conversations/12?tab=1", "/conversations/12?tab=1"],
      ["https://evil.test/", "/"],
      ["//evil.test/", "/"],
      ["/\\evil.test/", "/"],
      ["/\t/evil.test/", "/"],
      ["javascript:alert(1)", "/"],
    ]
    for (const [next, leads] of cases) {
      const browser = new Browser(appliance)
      await browser.get("/login")
      const answer = await browser.post("/login", { form: { username: "anna", password: PASSWORD, next } })
      expect([next, answer.headers.get("location")]).toEqual([next, leads])
    }
  })

  test("in a chosen language remembers the language", async () => {
    const browser = new Browser(appliance)
    await browser.get("/login")
    await browser.post("/login", { form: { username: "anna", password: PASSWORD, language: "it" } })
    expect(await (await browser.get("/profile")).text()).toContain('<html lang="it">')
  })

  test("with the language left as it was shown keeps the user's own, and the browser shows that one from then on", async () => {
    const browser = new Browser(appliance)
    await browser.get("/login")
    await browser.post("/login", {
      form: { username: "anna", password: PASSWORD, language: "it", shownLanguage: "en" },
    })
    const elsewhere = new Browser(appliance)
    expect(await (await elsewhere.get("/login")).text()).toContain('data-language="en"')
    await elsewhere.post("/login", {
      form: { username: "anna", password: PASSWORD, language: "en", shownLanguage: "en" },
    })
    expect(await (await elsewhere.get("/profile")).text()).toContain('<html lang="it">')
    await elsewhere.post("/logout")
    expect(await (await elsewhere.get("/login")).text()).toContain('data-language="it"')
  })

  test("that is refused is refused in the language that was chosen", async () => {
    const browser = new Browser(appliance)
    await browser.get("/login")
    const form = { username: "anna", password: "not this one", language: "it", shownLanguage: "en" }
    expect(await (await browser.post("/login", { form })).text()).toContain('<html lang="it"')
  })

  test("makes a new session each time and ends the one before", async () => {
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    const first = browser.cookies.get("session")
    await browser.signIn("anna")
    const thief = new Browser(appliance)
    thief.cookies.set("session", first ?? "")
    expect(browser.cookies.get("session")).not.toBe(first)
    expect(await isSignedIn(thief)).toBe(false)
  })

  test("shows the same page whether the name or the password is wrong, or the user is disabled", async () => {
    await appliance.user(acme, "dario")
    const dario = await appliance.user(acme, "disabled")
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, dario, { enabled: false }))
    const wrong = await fail(new Browser(appliance), "dario")
    const nobody = await fail(new Browser(appliance), "nobody")
    const disabled = await new Browser(appliance).signIn("disabled")
    expect(wrong.status).toBe(422)
    const shown = async (answer: Response) =>
      (await answer.text())
        .replace(/value="(nobody|dario|disabled)"/, "")
        .replaceAll(/(_csrf" value|csrf)="[^"]+"/g, "")
    const page = await shown(wrong)
    expect(page).toContain("login.wrong")
    expect([await shown(nobody), await shown(disabled)]).toEqual([page, page])
    expect([nobody.status, disabled.status]).toEqual([422, 422])
  })

  test("keeps what was typed, but never the password", async () => {
    const page = await (await fail(new Browser(appliance))).text()
    expect(page).toContain('value="anna"')
    expect(page).not.toContain("not the password")
  })
})

describe("a session", () => {
  test("ends after eight hours without a person, however much its page asks by itself", async () => {
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    for (let hour = 0; hour < 8; hour++) {
      await appliance.clock.advance(hours(1) - 1)
      expect((await browser.get("/profile", { headers: { "hx-request": "true" } })).status).toBe(200)
    }
    await appliance.clock.advance(8)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test("lives on while the person works, for one shift of twelve hours", async () => {
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    for (let hour = 1; hour < 12; hour++) {
      await appliance.clock.advance(hours(1))
      expect(await isSignedIn(browser)).toBe(true)
      await appliance.database.idle()
    }
    await appliance.clock.advance(hours(1))
    expect(await isSignedIn(browser)).toBe(false)
  })

  test("is over for everybody once the user has signed out", async () => {
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    const kept = browser.cookies.get("session") ?? ""
    const answer = await browser.post("/logout")
    expect(answer.headers.get("location")).toBe("/login")
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"')
    expect(browser.cookies.has("session")).toBe(false)
    const thief = new Browser(appliance)
    thief.cookies.set("session", kept)
    expect(await isSignedIn(thief)).toBe(false)
  })

  test("ends with the next request when the user is disabled", async () => {
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, anna, { enabled: false }))
    expect(await isSignedIn(browser)).toBe(false)
  })

  test("is not opened by an empty, absurd or foreign cookie", async () => {
    for (const value of ["", "x", "x".repeat(10_000), "__proto__"]) {
      const browser = new Browser(appliance)
      browser.cookies.set("session", value)
      expect(await isSignedIn(browser)).toBe(false)
    }
  })
})

describe("guessing", () => {
  test("is slowed down after five failures, longer each time, and says for how long", async () => {
    const guesser = new Browser(appliance)
    for (let guess = 0; guess < 5; guess++) expect((await fail(guesser)).status).toBe(422)
    const slowed = await fail(guesser)
    expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "1"])
    await appliance.clock.advance(seconds(1))
    expect((await fail(guesser)).status).toBe(422)
    expect((await fail(guesser)).headers.get("retry-after")).toBe("2")
  })

  test("counts from wherever the guesses come, and for names that nobody has", async () => {
    for (let guess = 0; guess < 5; guess++) await fail(new Browser(appliance, `198.51.100.${guess}`), "nobody")
    expect((await fail(new Browser(appliance, "203.0.113.9"), "nobody")).status).toBe(429)
  })

  test("all at once does not slip through", async () => {
    const guessers = Array.from({ length: 12 }, (_, guess) => new Browser(appliance, `198.51.100.${guess}`))
    const answers = await Promise.all(guessers.map((guesser) => fail(guesser)))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
  })

  test("through many names from one network is slowed down for that network only", async () => {
    for (let guess = 0; guess < 20; guess++) await fail(new Browser(appliance, "2001:db8::1"), `nobody${guess}`)
    expect((await fail(new Browser(appliance, "2001:db8::ffff"), "another")).status).toBe(429)
    expect((await fail(new Browser(appliance, "2001:db8:0:1::1"), "another")).status).toBe(422)
  })

  test("by a stranger does not keep out the person on a browser that has signed in before", async () => {
    const own = new Browser(appliance)
    await own.signIn("anna")
    await own.post("/logout")
    for (let guess = 0; guess < 6; guess++) await fail(new Browser(appliance, "203.0.113.9"))
    expect((await new Browser(appliance).signIn("anna")).status).toBe(429)
    expect((await own.signIn("anna")).status).toBe(303)
  })

  test("on a known browser is slowed down like anywhere else", async () => {
    const own = new Browser(appliance)
    await own.signIn("anna")
    for (let guess = 0; guess < 5; guess++) await fail(own)
    expect((await own.signIn("anna")).status).toBe(429)
  })

  test("with somebody else's device cookie, or a made-up one, gains nothing", async () => {
    await appliance.user(acme, "bruno")
    const bruno = new Browser(appliance)
    await bruno.signIn("bruno")
    for (let guess = 0; guess < 5; guess++) await fail(bruno)
    expect((await fail(bruno)).status).toBe(429)
    const forger = new Browser(appliance)
    forger.cookies.set("device", "AAAA")
    expect((await fail(forger)).status).toBe(429)
  })

  test("is forgiven by a success, and the count survives nothing but that and a day of quiet", async () => {
    const browser = new Browser(appliance)
    for (let guess = 0; guess < 4; guess++) await fail(browser)
    await browser.signIn("anna")
    browser.cookies.clear()
    for (let guess = 0; guess < 5; guess++) expect((await fail(browser)).status).toBe(422)
    expect((await browser.signIn("anna")).status).toBe(429)
    await appliance.clock.advance(minutes(15))
    expect((await browser.signIn("anna")).status).toBe(303)
  })

  test("cannot hide behind a made-up X-Forwarded-For", async () => {
    const guess = async (name: number) => {
      const browser = new Browser(appliance, "203.0.113.9")
      await browser.get("/login")
      const form = { username: `nobody${name}`, password: "x" }
      return browser.post("/login", { form, headers: { "x-forwarded-for": `198.51.100.${name}` } })
    }
    for (let name = 0; name < 20; name++) await guess(name)
    expect((await guess(20)).status).toBe(429)
  })
})
