import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { choice, line } from "~/web/form.ts"
import { type Appliance, Browser, openAppliance, PASSWORD } from "./appliance.tsx"

let appliance: Appliance
let acme: Id
let browser: Browser
beforeEach(async () => {
  appliance = await openAppliance({
    routes: ({ desk, administration }) => [
      desk()
        .get("/things/:id", ({ id }) => found(id("id") === 1 ? new Response("thing") : null))
        .get("/panel", ({ page }) => page("Panel", <p>panel</p>))
        .post("/things", ({ form, nothing }) => {
          form({ name: line({ most: 10 }), kind: choice(["big", "small"]) })
          return nothing()
        }),
      administration().get("/admin", ({ page }) => page("Admin", <p>admin</p>)),
    ],
  })
  acme = await appliance.tenant("acme")
  await appliance.user(acme, "anna")
  browser = new Browser(appliance)
  await browser.signIn("anna")
})
afterEach(() => appliance.close())

const thing = { name: "a thing", kind: "big" }

describe("a forged request", () => {
  const others: [who: string, headers: Record<string, string>][] = [
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.test" }],
    ["another site's form, without Sec-Fetch-Site", { "sec-fetch-site": "", origin: "https://evil.test" }],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site", origin: "http://other.127.0.0.1:8080" }],
    ["another port of this machine", { "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:9999" }],
    ["a sandboxed frame", { "sec-fetch-site": "cross-site", origin: "null" }],
    ["a sandboxed frame of an old browser", { "sec-fetch-site": "", origin: "null" }],
  ]
  for (const [who, headers] of others)
    test(`from ${who} is turned away, even with the right token`, async () => {
      expect((await browser.post("/things", { form: thing, headers })).status).toBe(403)
      expect((await browser.post("/things", { form: thing })).status).toBe(204)
    })

  test("without the session's token, or with another's, is turned away", async () => {
    const token = browser.token ?? ""
    const other = new Browser(appliance)
    await appliance.user(acme, "bruno")
    await other.signIn("bruno")
    for (const wrong of [null, "", "x", other.token, `${token}x`, token.slice(1)]) {
      browser.token = wrong
      expect([wrong, (await browser.post("/things", { form: thing })).status]).toEqual([wrong, 403])
    }
    browser.token = token
    expect((await browser.post("/things", { form: thing })).status).toBe(204)
  })

  test("may carry the token as a header, as htmx does", async () => {
    const headers = { "x-csrf-token": browser.token ?? "", "hx-request": "true" }
    browser.token = null
    expect((await browser.post("/things", { form: thing, headers })).status).toBe(204)
    expect((await browser.post("/things", { form: thing, headers: { ...headers, "x-csrf-token": "x" } })).status).toBe(
      403,
    )
  })

  test("cannot sign a browser in as somebody else", async () => {
    const victim = new Browser(appliance)
    const form = { username: "anna", password: PASSWORD }
    expect((await victim.post("/login", { form })).status).toBe(403)
    await victim.get("/login")
    victim.token = "guessed"
    expect((await victim.post("/login", { form })).status).toBe(403)
    const cross = { "sec-fetch-site": "cross-site", origin: "https://evil.test" }
    await victim.get("/login")
    expect((await victim.post("/login", { form, headers: cross })).status).toBe(403)
  })

  test("is a browser's affair: a program without cookies or an origin may sign in with three fields", async () => {
    const body = new URLSearchParams({ username: "anna", password: PASSWORD, language: "en" })
    const answer = await appliance.handle(
      new Request("http://127.0.0.1:8080/login", { method: "POST", body, headers: { host: "127.0.0.1:8080" } }),
    )
    expect(answer.status).toBe(303)
  })
})

describe("without a session", () => {
  const stranger = () => new Browser(appliance)
  test("a page leads to the login and back", async () => {
    const answer = await stranger().get("/things/1?tab=2")
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login?next=%2Fthings%2F1%3Ftab%3D2"])
  })
  test("a panel tells its page to sign in and come back", async () => {
    const headers = { "hx-request": "true", "hx-current-url": "http://127.0.0.1:8080/conversations/7" }
    const answer = await stranger().get("/panel", { headers })
    expect([answer.status, answer.headers.get("hx-redirect")]).toEqual([401, "/login?next=%2Fconversations%2F7"])
  })
  test("a panel cannot be used to lead elsewhere", async () => {
    const headers = { "hx-request": "true", "hx-current-url": "https://evil.test//evil.test/x" }
    const answer = await stranger().get("/panel", { headers })
    expect(answer.headers.get("hx-redirect")).toBe("/login?next=%2F")
  })
  test("a script is told so", async () => {
    const headers = { accept: "*/*", "sec-fetch-mode": "cors" }
    expect((await stranger().get("/panel", { headers })).status).toBe(401)
  })
  test("a live stream says goodbye, so that the browser does not knock for ever", async () => {
    const answer = await stranger().get("/events", { headers: { accept: "text/event-stream" } })
    expect([answer.status, await answer.text()]).toEqual([200, "event: bye\ndata: {}\n\n"])
  })
  test("nothing can be done", async () => {
    expect((await stranger().post("/things", { form: thing })).status).toBe(303)
  })
})

describe("what one may not do", () => {
  test("is said plainly, and not done", async () => {
    const answer = await browser.get("/admin")
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("access.denied")])
  })
})

describe("the name in a request", () => {
  const asked = (host: string) =>
    appliance.handle(new Request("http://127.0.0.1:8080/login", { headers: { host, accept: "text/html" } }))
  test("must be ours, or this machine's own", async () => {
    const cases: [host: string, status: number][] = [
      ["127.0.0.1:8080", 200],
      ["localhost:8080", 200],
      ["[::1]:8080", 200],
      ["evil.test", 421],
      ["evil.test:8080", 421],
      ["127.0.0.1.evil.test", 421],
      ["", 421],
      ["a b", 421],
    ]
    for (const [host, status] of cases) expect([host, (await asked(host)).status]).toEqual([host, status])
  })
  test("is never used to make an address: the answer leads to a path", async () => {
    const answer = await browser.get("/panel", { headers: { "x-forwarded-host": "evil.test" } })
    expect(await answer.text()).not.toContain("evil.test")
  })
})

describe("every answer", () => {
  test("forbids inline script, framing, sniffing and keeping", async () => {
    for (const path of ["/login", "/panel", "/nowhere", "/health", "/metrics", "/events"]) {
      const { headers } = await browser.get(path)
      expect(headers.get("content-security-policy")).toStartWith(
        "default-src 'none'; script-src 'self'; style-src 'self';",
      )
      expect(headers.get("content-security-policy")).not.toContain("unsafe")
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("cache-control")).toBe("no-store")
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
      expect(headers.get("strict-transport-security")).toBeNull()
    }
  })
  test("over TLS asks browsers to stay there", async () => {
    const tls = await openAppliance({ url: "https://desk.acme.test" })
    const { headers } = await new Browser(tls).get("/login")
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000")
    await tls.close()
  })
})
