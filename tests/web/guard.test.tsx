import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { Outage } from "~/database/act.ts"
import type { Id } from "~/kernel/id.ts"
import { found, Refused, refuse } from "~/kernel/step.ts"
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
        })
        .post("/conflict", () => {
          throw new Refused(refuse("conversation.owned_by_another", { owner: "<b>Bruno</b>" }))
        })
        .post("/outage", () => {
          throw new Outage(new Error("database or disk is full"))
        })
        .post("/fault", () => {
          throw new Error("secret of the house")
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

describe("what is not there", () => {
  test("looks the same whether it never was, is somebody else's or cannot be named", async () => {
    const answers = await Promise.all(
      ["/nowhere", "/things/2", "/things/0", "/things/-1", "/things/1e3", "/things/x", "/things/%2e%2e", "/things/1/"]
        .concat(["/assets/styles/none.css", "/assets/../.env", "/setup/x", "/things/9007199254740993"])
        .map(async (path) => {
          const answer = await browser.get(path)
          return [path, answer.status, await answer.text(), answer.headers.get("content-type")]
        }),
    )
    const [first] = answers
    for (const [path, ...rest] of answers) expect([path, ...rest]).toEqual([path, ...(first ?? []).slice(1)])
    expect(first?.[1]).toBe(404)
  })
  test("is a sentence for programs", async () => {
    const answer = await browser.get("/nowhere", { headers: { accept: "application/json" } })
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { refused: "not_found", message: "en:refused.not_found" },
    ])
  })
  test("a method that a path does not have is not there either", async () => {
    expect((await browser.post("/panel")).status).toBe(404)
    expect((await browser.get("/logout")).status).toBe(404)
  })
  test("a path that cannot be decoded is not there", async () => {
    expect((await browser.get("/things/%E0%A4%A")).status).toBe(404)
  })
})

describe("what one may not do", () => {
  test("is said plainly, and not done", async () => {
    const answer = await browser.get("/admin")
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("access.denied")])
  })
})

describe("one address, two answers", () => {
  test("a person gets the page, htmx the panel alone, and caches know the difference", async () => {
    const [page, panel] = [
      await browser.get("/panel"),
      await browser.get("/panel", { headers: { "hx-request": "true" } }),
    ]
    expect(await page.text()).toMatch(
      /^<html lang="en"><title>Panel<\/title><meta name="live" content="boot-\d+">.*<p>panel/,
    )
    expect(await panel.text()).toBe("<p>panel</p>")
    for (const answer of [page, panel]) expect(answer.headers.get("vary")).toContain("HX-Request")
  })
})

describe("a refusal", () => {
  test("is a notice for a panel, in words, escaped, without touching what the panel shows", async () => {
    const answer = await browser.post("/conflict", { headers: { "hx-request": "true" } })
    expect(answer.status).toBe(409)
    expect([answer.headers.get("hx-retarget"), answer.headers.get("hx-reswap")]).toEqual(["#notices", "beforeend"])
    expect(await answer.text()).toContain(
      "refused.conversation.owned_by_another {&quot;owner&quot;:&quot;&lt;b&gt;Bruno",
    )
  })
  test("is JSON for a program", async () => {
    const answer = await browser.post("/conflict", { headers: { accept: "application/json" } })
    expect(await answer.json()).toMatchObject({ refused: "conversation.owned_by_another" })
  })
  test("of a form names what is wrong with it", async () => {
    const cases: [form: Record<string, string>, refused: string][] = [
      [{ name: "x" }, "field.not_a_choice"],
      [{ kind: "big" }, "field.required"],
      [{ ...thing, name: "x".repeat(11) }, "field.too_long"],
      [{ ...thing, kind: "huge" }, "field.not_a_choice"],
      [{ ...thing, tenant: "2" }, "form.unknown_field"],
      [{ ...thing, __proto__x: "2" }, "form.unknown_field"],
      [Object.fromEntries([...Object.entries(thing), ["__proto__", "{}"]]), "form.unknown_field"],
    ]
    for (const [form, refused] of cases) {
      const answer = await browser.post("/things", { form, headers: { accept: "application/json" } })
      expect([answer.status, await answer.json()]).toMatchObject([422, { refused }])
    }
  })
})

describe("a fault of ours", () => {
  test("shows a reference, never its cause; the log has both", async () => {
    const answer = await browser.post("/fault", { form: { password: "hunter2" } })
    const page = await answer.text()
    const line = appliance.lines.find(({ event }) => event === "request faulted")
    expect(answer.status).toBe(500)
    expect(page).not.toMatch(/secret|hunter2|stack|\.ts/)
    expect(line?.fields.message).toBe("secret of the house")
    expect(page).toContain(String(line?.fields.reference))
    expect(JSON.stringify(line)).not.toContain("hunter2")
  })
})

describe("an outage", () => {
  test("asks to come back, and the log says what failed", async () => {
    const answer = await browser.post("/outage")
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"])
    expect(await answer.text()).not.toContain("disk")
    expect(appliance.lines.at(-1)).toMatchObject({ level: "error", fields: { message: "database or disk is full" } })
  })
})

describe("a body", () => {
  const send = (body: string | ReadableStream, type: string) =>
    appliance.handle(
      new Request("http://127.0.0.1:8080/things", {
        ...{ method: "POST", body, duplex: "half" },
        headers: {
          ...{ host: "127.0.0.1:8080", "content-type": type, "x-csrf-token": browser.token ?? "" },
          ...{ cookie: `session=${browser.cookies.get("session")}`, accept: "application/json" },
        },
      } as RequestInit),
    )
  test("larger than a form is refused before it is read to its end", async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(97))
      },
    })
    expect((await send(endless, "application/x-www-form-urlencoded")).status).toBe(413)
    expect(sent).toBeLessThan(1_000_000)
  })
  test("of another kind than a form is refused", async () => {
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"])
      expect([type, (await send("{}", type)).status]).toEqual([type, 415])
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
