import { Database } from "bun:sqlite"
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { Outage } from "~/database/act.ts"
import { seconds } from "~/kernel/clock.ts"
import { type HealthCheck, operationRoutes, storageCheck } from "~/web/health.ts"
import { createMetrics } from "~/web/metrics.ts"
import { type Listener, publicHandler, serveIntranet, servePublic } from "~/web/server.ts"
import { type Appliance, Browser, openAppliance } from "./appliance.tsx"

let appliance: Appliance
beforeEach(async () => {
  appliance = await openAppliance()
})
afterEach(() => appliance.close())

const LOOPBACK = { hostname: "127.0.0.1", port: 0 }

describe("the public listener", () => {
  const webhook = { method: "POST", path: "/webhooks/whatsapp", answer: () => new Response("stored") } as const
  let listener: Listener
  beforeEach(() => {
    listener = servePublic({ listen: LOOPBACK, routes: [webhook], trustedProxies: [], clock: appliance.clock })
  })
  afterEach(() => listener.stop())

  test("answers what it is given, and nothing else of the appliance", async () => {
    expect((await fetch(new URL(webhook.path, listener.url), { method: "POST" })).status).toBe(200)
    const intranet = appliance.list.map(({ method, path }) => ({ method, path: path.replaceAll(/:\w+/g, "1") }))
    const others = ["/", "/assets/styles/app.css", "/webhooks", "/webhooks/whatsapp/", "/WEBHOOKS/WHATSAPP", "/.env"]
    for (const { method, path } of [...intranet, ...others.map((path) => ({ method: "GET", path }))]) {
      const answer = await fetch(new URL(path, listener.url), { method })
      expect([method, path, answer.status, await answer.text()]).toEqual([method, path, 404, ""])
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(intranet.length).toBeGreaterThan(8)
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
      expect((await fetch(new URL(webhook.path, listener.url), { method })).status).toBe(404)
  })

  test("never sets a cookie, whatever a route does", async () => {
    const answer = () => new Response("", { headers: { "set-cookie": "session=x" } })
    const handle = publicHandler([{ method: "GET", path: "/call/:token", answer }])
    expect((await handle(new Request("http://public.test/call/abc"))).headers.getSetCookie()).toEqual([])
  })

  test("finds its paths whatever the host is called", async () => {
    const handle = publicHandler([
      { method: "GET", path: "/call/:token", answer: (_, { token }) => new Response(token) },
    ])
    for (const host of ["http://crm", "http://a:81", "http://desk.acme.test", "https://crm", "https://desk.acme.test"])
      expect([host, await (await handle(new Request(`${host}/call/abc?x=/y`))).text()]).toEqual([host, "abc"])
  })

  test("is not on the intranet listener", async () => {
    const browser = new Browser(appliance)
    expect((await browser.post("/webhooks/whatsapp")).status).toBe(404)
  })
})

describe("a listener", () => {
  test("does not share its port with a second appliance", async () => {
    const { intranet, streams, clock } = appliance
    const first = serveIntranet({ ...intranet, streams, clock, tls: null, listen: LOOPBACK })
    const listen = { hostname: "127.0.0.1", port: Number(first.url.port) }
    expect(() => serveIntranet({ ...intranet, streams, clock, tls: null, listen })).toThrow()
    await first.stop()
  })

  test("lets a running request finish before it stops", async () => {
    const reached = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<Response>()
    const answer = () => {
      reached.resolve()
      return answered.promise
    }
    const routes = [{ method: "GET", path: "/slow", answer }] as const
    const listener = servePublic({ listen: LOOPBACK, routes, trustedProxies: [], clock: appliance.clock })
    const running = fetch(new URL("/slow", listener.url))
    await reached.promise
    const stopped = listener.stop()
    answered.resolve(new Response("finished"))
    expect(await (await running).text()).toBe("finished")
    await stopped
  })
})

describe("health", () => {
  const health = async (checks: HealthCheck[]) => {
    const routes = operationRoutes(appliance.areas, checks, createMetrics()).list
    const answer = await routes.find(({ path }) => path === "/health")!.answer(new Request("http://x/health"), {})
    return [answer.status, await answer.json()]
  }
  test("is 200 while every check is well", async () => {
    const webhook = { name: "webhook", check: () => ({ ok: true, detail: { lastReceivedAt: null } }) }
    expect(await health([webhook])).toEqual([
      200,
      { status: "ok", checks: { webhook: { ok: true, detail: { lastReceivedAt: null } } } },
    ])
  })
  test("is 503 when one is not, or cannot even be made", async () => {
    expect(await health([{ name: "outbox", check: () => ({ ok: false }) }])).toMatchObject([503, { status: "failing" }])
    const broken = () => {
      throw new Error("secret")
    }
    expect(JSON.stringify(await health([{ name: "broken", check: broken }]))).not.toContain("secret")
  })
  test("is 503 when nothing can be written", async () => {
    const { database, clock } = appliance
    const act = () => Promise.reject(new Outage("SQLITE_FULL"))
    const full = { ...database, appliance: { ...database.appliance, act } }
    expect(await health([storageCheck(full, clock)])).toMatchObject([503, { checks: { storage: { ok: false } } }])
  })
  test("tries the disk, not more than every ten seconds", async () => {
    const browser = new Browser(appliance)
    const heartbeat = () => {
      const file = new Database(appliance.path, { readonly: true })
      const row = file.query<{ value: string }, []>("SELECT value FROM setting WHERE key = 'heartbeat'").get()
      file.close()
      return row?.value
    }
    expect((await browser.get("/health")).status).toBe(200)
    const first = heartbeat()
    expect(first).toBe(String(appliance.clock.now()))
    await appliance.clock.advance(seconds(9))
    await browser.get("/health")
    expect(heartbeat()).toBe(first!)
    await appliance.clock.advance(seconds(1))
    await browser.get("/health")
    expect(heartbeat()).toBe(String(appliance.clock.now()))
  })
})

describe("metrics", () => {
  test("count answers by kind, without naming anybody", async () => {
    await appliance.user(await appliance.tenant("acme"), "anna")
    const browser = new Browser(appliance)
    await browser.signIn("anna")
    await browser.get("/nowhere/anna")
    appliance.metrics.gauge("open_streams", "Live streams.", () => appliance.streams.count)
    const answer = await browser.get("/metrics")
    const text = await answer.text()
    expect(answer.headers.get("content-type")).toStartWith("text/plain; version=0.0.4")
    expect(text).toContain('http_requests_total{method="GET",status="4xx"} 1\n')
    expect(text).toContain("# TYPE open_streams gauge\nopen_streams 0\n")
    expect(text).not.toMatch(/anna|acme/)
  })
})
