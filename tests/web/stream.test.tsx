import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { endSessionsOf, updateUser } from "~/account/actions.ts"
import type { Audience } from "~/database/bell.ts"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes, nextTurn, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Listener, serveIntranet } from "~/web/server.ts"
import { type Appliance, Browser, openAppliance } from "./appliance.tsx"

let appliance: Appliance
let listener: Listener
let acme: Id
let anna: Id
let browser: Browser
let opened: LiveStream[]
beforeEach(async () => {
  appliance = await openAppliance()
  const { intranet, streams, clock } = appliance
  listener = serveIntranet({ ...intranet, streams, clock, tls: null, listen: { hostname: "127.0.0.1", port: 0 } })
  acme = await appliance.tenant("acme")
  anna = await appliance.user(acme, "anna")
  browser = new Browser(appliance)
  await browser.signIn("anna")
  opened = []
})
afterEach(async () => {
  for (const stream of opened) stream.leave()
  await listener.stop()
  await appliance.close()
})

/** One end of a real connection: reads as far as it is asked to. */
class LiveStream {
  text = ""
  ended = false
  #reader: ReturnType<typeof readerOf>
  #aborter: AbortController

  constructor(answer: Response, aborter: AbortController) {
    this.#reader = readerOf(answer)
    this.#aborter = aborter
  }
  /** Reads until `part` has come (again, after `from`), or the stream has ended. */
  async until(part: string, from = 0): Promise<string> {
    while (!this.text.includes(part, from) && !this.ended) {
      const { done, value } = await this.#reader.read()
      if (done) this.ended = true
      else this.text += Buffer.from(value).toString()
    }
    return this.text
  }
  async toEnd(): Promise<string> {
    return this.until("\u0000never")
  }
  get topics(): string[] {
    return [...this.text.matchAll(/event: bell\ndata: (.*)\n/g)].map(([, data = ""]) => JSON.parse(data).topic)
  }
  leave(): void {
    this.#aborter.abort()
    this.#reader.cancel().catch(() => {})
  }
}

const readerOf = (answer: Response) => answer.body!.getReader()

async function open(
  who: Browser = browser,
  headers: Record<string, string> = {},
  path = "/events",
): Promise<LiveStream> {
  const aborter = new AbortController()
  const answer = await fetch(new URL(path, listener.url), {
    signal: aborter.signal,
    headers: { accept: "text/event-stream", cookie: `session=${who.cookies.get("session")}`, ...headers },
  })
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"])
  const stream = new LiveStream(answer, aborter)
  opened.push(stream)
  await stream.until("\n\n")
  return stream
}

const ring = (topic: string, audience: Audience, tenant = acme) =>
  appliance.database.tenant(tenant).act(SYSTEM, (tx) => tx.ring(topic, audience))
const lastId = (stream: LiveStream) =>
  stream.text
    .match(/id: (.*)\n/g)
    ?.at(-1)
    ?.slice(4, -1) ?? ""

describe("a live stream", () => {
  test("answers at once, with where the bell stands and when to come back", async () => {
    const stream = await open()
    expect(stream.text).toMatch(/^retry: [1-4]\d{3}\nid: boot-\d+\n\n$/)
  })

  test("says the names of what changed, numbered, to those whom it concerns", async () => {
    await appliance.user(acme, "bruno")
    const bruno = new Browser(appliance)
    await bruno.signIn("bruno")
    const hers = await open()
    const his = await open(bruno)
    await ring("conversation-7", { users: [anna] })
    await ring("waiting", { everyone: true })
    await hers.until("waiting")
    await his.until("waiting")
    expect(hers.topics).toEqual(["conversation-7", "waiting"])
    expect(his.topics).toEqual(["waiting"])
    expect(hers.text).toMatch(/id: boot-1\nevent: bell\ndata: {"topic":"conversation-7"}\n\nid: boot-2\n/)
  })

  test("hears nothing of another tenant", async () => {
    const rival = await appliance.tenant("rival")
    await appliance.user(rival, "rita", "tenant_admin")
    const stream = await open()
    await ring("their-secret", { everyone: true, users: [anna] }, rival)
    await ring("waiting", { everyone: true })
    expect(await stream.until("waiting")).not.toContain("their-secret")
  })

  test("of an isolated agent hears only own skillsets, from the moment of the change", async () => {
    const sales = await appliance.skillset(acme, "Sales", [anna])
    const service = await appliance.skillset(acme, "Service", [])
    const stream = await open()
    await ring("before", { skillset: service })
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, anna, { isolated: true }))
    await ring("theirs", { skillset: service })
    await ring("ours", { skillset: sales })
    await stream.until("ours")
    expect(stream.topics).toEqual(["before", "ours"])
    expect(stream.text).toContain("event: reset\ndata: {}\n\n")
  })

  test("that comes back hears what it missed, each topic once", async () => {
    const first = await open()
    await ring("a", { everyone: true })
    await first.until("topic")
    const after = lastId(first)
    first.leave()
    for (const topic of ["b", "c", "b"]) await ring(topic, { everyone: true })
    await ring("not-hers", { users: [] })
    const second = await open(browser, { "last-event-id": after })
    await ring("end", { everyone: true })
    await second.until("end")
    expect(second.topics).toEqual(["c", "b", "end"])
  })

  test("starts where its page was rendered", async () => {
    const page = await (await browser.get("/profile")).text()
    const cursor = /name="live" content="([^"]+)"/.exec(page)?.[1]
    await ring("meanwhile", { everyone: true })
    const stream = await open(browser, {}, `/events?since=${cursor}`)
    await stream.until("meanwhile")
    expect(stream.topics).toEqual(["meanwhile"])
  })

  test("that comes back to another run of the appliance, or too late, is told to reload", async () => {
    for (const id of ["other-boot-1", "boot-999999", "nonsense"]) {
      const stream = await open(browser, { "last-event-id": id })
      await ring("end", { everyone: true })
      expect([id, (await stream.until("end")).includes("event: reset")]).toEqual([id, true])
    }
    for (let count = 0; count < 8_200; count += 400)
      await Promise.all(Array.from({ length: 400 }, (_, one) => ring(`t${count + one}`, { users: [] })))
    const late = await open(browser, { "last-event-id": "boot-1" })
    await late.until("event: reset")
    expect(late.ended).toBe(false)
  })

  test("beats every fifteen seconds", async () => {
    const stream = await open()
    const length = stream.text.length
    await appliance.clock.advance(seconds(15))
    expect((await stream.until(":\n\n", length)).slice(length)).toBe(":\n\n")
  })

  test("ends after twelve minutes, to be opened anew, and nobody is told of a departure", async () => {
    const stream = await open()
    await appliance.clock.advance(minutes(12))
    expect(await stream.toEnd()).not.toContain("bye")
    await open(browser, { "last-event-id": lastId(stream) })
    await appliance.clock.advance(seconds(10))
    expect(appliance.presence).toEqual(["opened anna"])
  })

  test("of a page on another site is refused", async () => {
    for (const site of ["cross-site", "same-site"]) {
      const headers = { accept: "text/event-stream", "sec-fetch-site": site }
      expect((await browser.get("/events", { headers })).status).toBe(403)
    }
  })
})

describe("a stream is over when its session is", () => {
  const ends = async (stream: LiveStream) => (await stream.toEnd()).endsWith("event: bye\ndata: {}\n\n")
  test("by signing out, in another tab", async () => {
    const stream = await open()
    await browser.post("/logout")
    expect(await ends(stream)).toBe(true)
  })
  test("by an admin", async () => {
    const stream = await open()
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => endSessionsOf(tx, anna))
    expect(await ends(stream)).toBe(true)
  })
  test("by being disabled", async () => {
    const stream = await open()
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, anna, { enabled: false }))
    expect(await ends(stream)).toBe(true)
  })
  test("by a new password", async () => {
    const stream = await open()
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, anna, { passwordHash: "another" }))
    expect(await ends(stream)).toBe(true)
  })
  test("by time: the stream itself is no sign of life", async () => {
    await appliance.clock.advance(hours(8) - seconds(20))
    const stream = await open()
    await appliance.clock.advance(seconds(30))
    expect(await ends(stream)).toBe(true)
  })
  test("but not when another session of the same user ends", async () => {
    const other = new Browser(appliance)
    await other.signIn("anna")
    const stream = await open()
    await other.post("/logout")
    await ring("still-here", { users: [anna] })
    expect(await stream.until("still-here")).not.toContain("bye")
  })
})

describe("presence", () => {
  test("hears of a user's first stream and, after a moment, of the last one gone", async () => {
    const first = await open()
    const second = await open()
    first.leave()
    await settled(() => appliance.streams.count === 1)
    await appliance.clock.advance(seconds(10))
    expect(appliance.presence).toEqual(["opened anna"])
    second.leave()
    await settled(() => appliance.streams.count === 0)
    expect(appliance.presence).toEqual(["opened anna"])
    await appliance.clock.advance(seconds(5))
    expect(appliance.presence).toEqual(["opened anna", "closed anna"])
  })
  test("does not notice a reload", async () => {
    const stream = await open()
    stream.leave()
    await settled(() => appliance.streams.count === 0)
    await appliance.clock.advance(seconds(4))
    await open()
    await appliance.clock.advance(minutes(1))
    expect(appliance.presence).toEqual(["opened anna"])
  })
})

describe("a browser that takes nothing", () => {
  test("is let go before it fills the memory, and others hear on", async () => {
    await appliance.user(acme, "bruno")
    const bruno = new Browser(appliance)
    await bruno.signIn("bruno")
    const session = { host: listener.url.host, cookie: `session=${browser.cookies.get("session")}` }
    const stalled = await appliance.handle(new Request("http://127.0.0.1:8080/events", { headers: session }))
    const live = await open(bruno)
    expect(appliance.streams.count).toBe(2)
    for (let count = 0; count < 100; count++) await ring(`t${count}`, { everyone: true })
    expect(appliance.streams.count).toBe(1)
    await live.until('"t99"')
    expect(live.topics).toHaveLength(100)
    expect((await stalled.text()).match(/event: bell/g)?.length).toBeLessThan(70)
  })
})

describe("stopping", () => {
  test("ends streams and does not wait for browsers", async () => {
    const stream = await open()
    await listener.stop()
    expect(await stream.toEnd()).not.toContain("bye")
    expect(appliance.presence).toEqual(["opened anna"])
  })
})

/** Lets the event loop turn until `true`, as the other end of a connection needs it to. */
async function settled(done: () => boolean): Promise<void> {
  while (!done()) await nextTurn()
}
