import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { Outage } from "~/database/act.ts"
import { found, Refused, refuse } from "~/kernel/step.ts"
import { choice, line } from "~/web/form.ts"
import { type Appliance, Browser, openAppliance } from "./appliance.tsx"

let appliance: Appliance
let browser: Browser
beforeEach(async () => {
  appliance = await openAppliance({
    routes: ({ desk }) => [
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
    ],
  })
  await appliance.user(await appliance.tenant("acme"), "anna")
  browser = new Browser(appliance)
  await browser.signIn("anna")
})
afterEach(() => appliance.close())

const thing = { name: "a thing", kind: "big" }

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

describe("one address, two answers", () => {
  test("a person gets the page, htmx the panel alone, and caches know the difference", async () => {
    const page = await browser.get("/panel")
    const panel = await browser.get("/panel", { headers: { "hx-request": "true" } })
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
        method: "POST",
        body,
        duplex: "half",
        headers: {
          host: "127.0.0.1:8080",
          "content-type": type,
          "x-csrf-token": browser.token ?? "",
          cookie: `session=${browser.cookies.get("session")}`,
          accept: "application/json",
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
