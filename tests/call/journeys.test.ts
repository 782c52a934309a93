/** Video calls through the whole appliance: the agent's window, the link, the customer's page. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { received, timeline } from "../journeys/scene.ts"
import { COMPANIES, companyDocument } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { call, callRows, Guest, heardFrom, talking } from "./scene.ts"

let world: World
afterEach(() => world.close())

const lines = (id: number) =>
  timeline(world, id)
    .filter(({ kind }) => kind === "conversation.call")
    .map(({ data }) => data.what)

describe("A link to a video call", () => {
  test("reaches the customer in their language, once, whatever is clicked twice", async () => {
    world = await openWorld()
    const { giulia, anna, id } = await talking(world)
    const { call: first, link } = await call(world, anna, id)
    const again = await call(world, anna, id)
    expect(again).toEqual({ call: first, link: null })
    await world.advance(seconds(5))
    const [words, ...more] = received(giulia).filter((text) => text?.includes("/call/"))
    expect(more).toEqual([])
    expect(words).toStartWith("Anna di Acme ti invita a una videochiamata.")
    expect(words).toContain(link!)
    expect(lines(id)).toEqual(["started"])
    expect(rowsOf(world.database.path, "SELECT * FROM call WHERE instr(tokenHash, ?)", link!.slice(-43))).toEqual([])
  })

  test("is refused to whoever does not have the conversation open, and nothing goes out", async () => {
    world = await openWorld()
    const { giulia, anna, id } = await talking(world)
    const carla = await sitDown(world, "carla")
    expect(await call(world, carla, id)).toMatchObject({ refused: "call.not_yours" })
    await anna.close(id)
    expect(await call(world, anna, id)).toMatchObject({ refused: "call.not_yours" })
    expect(callRows(world)).toEqual([])
    expect(received(giulia).filter((text) => text?.includes("/call/"))).toEqual([])
  })

  test("cannot be sent after the 24 hours: there is no call then", async () => {
    world = await openWorld()
    const { id } = await talking(world)
    await world.advance(minutes(24 * 60 + 1))
    const anna = await sitDown(world, "anna")
    expect(await call(world, anna, id)).toMatchObject({ refused: "window.closed" })
    expect(callRows(world)).toEqual([])
  })

  test("names company and agent and nothing else; looking at it uses nothing up", async () => {
    world = await openWorld()
    const { anna, id } = await talking(world)
    const { link } = await call(world, anna, id)
    const guest = new Guest(world, link!)
    for (let preview = 0; preview < 3; preview++) expect((await guest.page()).status).toBe(200)
    const page = await (await guest.page()).text()
    expect(page).toContain("Anna ti aspetta")
    for (const secret of ["Giulia", "345", "Can you show me", "Sales", "Rossi"]) expect(page).not.toContain(secret)
    expect(callRows(world)).toMatchObject([{ state: "waiting" }])
    expect((await guest.join()).status).toBe(200)
  })

  test("that nobody made, or that was replaced, is no link", async () => {
    world = await openWorld()
    const { anna, id } = await talking(world)
    const first = await call(world, anna, id)
    const answer = await anna.visitor.post(`/calls/${first.call}/link`)
    const { link } = (await answer.json()) as { link: string }
    const former = await new Guest(world, first.link!).page()
    expect([former.status, await former.text()]).toEqual([404, expect.stringContaining("This link is not valid")])
    expect((await new Guest(world, link).page()).status).toBe(200)
    const none = await new Guest(world, `http://public.test/call/${"x".repeat(43)}`).join()
    expect([none.status, await none.json()]).toEqual([404, { refused: expect.stringContaining("not valid") }])
  })

  test("ends after fifteen minutes: the page says so, the agent's window too, and the thread", async () => {
    world = await openWorld()
    const { anna, id } = await talking(world)
    const { call: made, link } = await call(world, anna, id)
    const window = heardFrom(await anna.visitor.events(`/calls/${made}/events?seat=window`))
    expect((await window.next())?.event).toBe("alone")
    await world.advance(minutes(15))
    expect(await window.next()).toMatchObject({ event: "ended", data: { how: "missed" } })
    const page = await new Guest(world, link!).page()
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining("terminata")])
    expect(lines(id)).toEqual(["started", "missed"])
  })
})

describe("Two browsers", () => {
  async function both() {
    world = await openWorld()
    const scene = await talking(world)
    const { call: made, link } = await call(world, scene.anna, scene.id)
    const guest = new Guest(world, link!)
    const listen = (seat = "window", more = "") =>
      scene.anna.visitor.events(`/calls/${made}/events?seat=${seat}${more}`).then(heardFrom)
    const say = (session: number, signal: unknown, seat = "window") =>
      scene.anna.visitor.upload(`/calls/${made}/signals`, JSON.stringify({ seat, session, signal }))
    return { ...scene, made, guest, listen, say }
  }

  test("hear that both are there, and each what the other says, in order and in this session only", async () => {
    const { guest, listen, say, id } = await both()
    const window = await listen()
    expect((await window.next())?.event).toBe("alone")
    expect((await guest.listen()).status).toBe(404)
    await guest.join()
    const page = heardFrom(await guest.listen())
    const mine = await window.next()
    const theirs = await page.next()
    expect([mine?.event, theirs?.event, theirs?.data]).toEqual(["ready", "ready", mine!.data])
    const session = Number(mine?.data.session)
    await say(session - 1, { late: true })
    await say(session, { description: "offer" })
    await say(session, { candidate: 1 })
    expect((await page.next())?.data).toEqual({ session, signal: { description: "offer" } })
    expect((await page.next())?.data).toEqual({ session, signal: { candidate: 1 } })
    await guest.say(session, { description: "answer" })
    expect((await window.next())?.data).toEqual({ session, signal: { description: "answer" } })
    expect(lines(id)).toEqual(["started", "joined"])
  })

  test("a stream that is cut comes back, hears what it missed and nothing twice, and disturbs nobody", async () => {
    const { guest, listen, say } = await both()
    const window = await listen()
    await guest.join()
    const page = heardFrom(await guest.listen())
    const ready = await page.next()
    const session = Number(ready?.data.session)
    await page.close()
    await say(session, { missed: 1 })
    const again = heardFrom(await guest.listen(`&heard=${ready?.id}&session=${session}`))
    expect((await again.next())?.data).toEqual({ session, signal: { missed: 1 } })
    await world.advance(seconds(30))
    await guest.say(session, { still: "here" })
    await window.next()
    await window.next()
    expect((await window.next())?.data).toEqual({ session, signal: { still: "here" } })
    expect(callRows(world)).toMatchObject([{ state: "joined" }])
  })

  test("the link opened twice: the second takes it over, the first hears so and is not listened to any more", async () => {
    const { guest, listen } = await both()
    const window = await listen()
    await window.next()
    await guest.join()
    const first = heardFrom(await guest.listen())
    const { data } = (await first.next())!
    await window.next()
    expect(await (await guest.page()).text()).toContain('data-step="elsewhere"')
    await guest.join()
    const second = heardFrom(await guest.listen("", "another-seat"))
    expect((await first.next())?.event).toBe("replaced")
    const next = await second.next()
    expect(next?.event).toBe("ready")
    expect(await window.next()).toMatchObject({ event: "ready", data: next!.data })
    expect(Number(next?.data.session)).toBeGreaterThan(Number(data.session))
    await guest.say(Number(next?.data.session), { from: "the first" })
    await guest.say(Number(next?.data.session), { from: "the second" }, "another-seat")
    expect((await window.next())?.data.signal).toEqual({ from: "the second" })
  })

  test("the customer leaves: the agent hears it at once; within five minutes the link lets in again", async () => {
    const { guest, listen, id } = await both()
    const window = await listen()
    await guest.join()
    const page = heardFrom(await guest.listen())
    await page.next()
    await world.advance(seconds(90))
    await guest.leave()
    const events = [await window.next(), await window.next(), await window.next()].map((one) => one?.event)
    expect(events).toEqual(["alone", "ready", "alone"])
    expect(lines(id)).toEqual(["started", "joined", "left"])
    await world.advance(minutes(4))
    expect((await guest.join()).status).toBe(200)
    await world.advance(minutes(6))
    expect((await guest.join()).status).toBe(410)
  })

  test("the agent hangs up: the page ends, the link is over, the thread says how long", async () => {
    const { anna, guest, listen, made, id } = await both()
    await listen()
    await guest.join()
    const page = heardFrom(await guest.listen())
    await page.next()
    await world.advance(seconds(75))
    expect((await anna.visitor.post(`/calls/${made}/end`)).status).toBe(204)
    await world.settle()
    expect((await page.next())?.event).toBe("ended")
    expect((await guest.join()).status).toBe(410)
    const [line] = timeline(world, id).slice(-1)
    expect(line?.data).toMatchObject({ what: "ended", seconds: 75 })
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain("Video call ended after 1:15")
  })

  test("the agent's browser is gone for more than a minute: the call ends; a reload does not end it", async () => {
    const { guest, listen } = await both()
    const window = await listen()
    await guest.join()
    const page = heardFrom(await guest.listen())
    await page.next()
    await window.close()
    await world.advance(seconds(20))
    const back = await listen("window-after-reload")
    expect((await back.next())?.event).toBe("ready")
    await world.advance(minutes(3))
    expect(callRows(world)).toMatchObject([{ state: "joined" }])
    await back.close()
    await world.advance(seconds(75))
    expect(callRows(world)).toMatchObject([{ state: "ended", ended: "agent_gone" }])
  })

  test("closing the conversation ends its call", async () => {
    const { anna, guest, listen, id } = await both()
    await listen()
    await guest.join()
    await anna.close(id)
    await world.settle()
    expect(callRows(world)).toMatchObject([{ state: "ended", ended: "conversation_closed" }])
  })

  test("after a restart of the appliance the two go on in the session they were in", async () => {
    const { guest, listen, say } = await both()
    const window = await listen()
    await guest.join()
    const page = heardFrom(await guest.listen())
    const session = Number((await page.next())?.data.session)
    await window.close()
    await page.close()
    await world.restart()
    const mine = await listen("window", `&session=${session}`)
    const theirs = heardFrom(await guest.listen(`&session=${session}`))
    await say(session, { still: "the same" })
    expect((await theirs.next())?.data).toEqual({ session, signal: { still: "the same" } })
    await mine.close()
    expect(callRows(world)).toMatchObject([{ state: "joined" }])
  })

  test("what is no signal, or too much of one, is turned away", async () => {
    const { guest, say } = await both()
    await guest.join()
    expect((await guest.say(1, "x".repeat(70_000))).status).toBe(413)
    expect((await guest.say(1, { ok: true }, "no seat!")).status).toBe(400)
    expect((await say(1, { to: "nobody" })).status).toBe(204)
  })
})

describe("Whose call it is", () => {
  test("nobody else hears or speaks in it, of this company or another", async () => {
    world = await openWorld()
    const { anna, id } = await talking(world)
    const { call: made } = await call(world, anna, id)
    for (const name of ["carla", "marco", "anna2"]) {
      const other = await sitDown(world, name)
      const stream = await other.visitor.events(`/calls/${made}/events?seat=spy`)
      const servers = await other.visitor.get(`/calls/${made}/servers`)
      const end = await other.visitor.post(`/calls/${made}/end`)
      expect([name, stream.status, servers.status, end.status]).toEqual([name, 404, 404, 404])
    }
  })
})

test("servers for calls are set by apply, the secret sealed, and given to both ends with credentials", async () => {
  const servers = { urls: ["stun:stun.acme.test", "turn:turn.acme.test"], secret: "s3cret" }
  const document = companyDocument() as { tenants: Record<string, unknown>[] }
  world = await openWorld({
    document: {
      ...document,
      tenants: document.tenants.map((one, index) => (index === 0 ? { ...one, callServers: servers } : one)),
    },
  })
  expect(COMPANIES.length).toBe(2)
  const { anna, id } = await talking(world)
  const { call: made, link } = await call(world, anna, id)
  const given = (await (await anna.visitor.get(`/calls/${made}/servers`)).json()) as { servers: object[] }
  expect(given.servers).toMatchObject([{ urls: ["stun:stun.acme.test"] }, { urls: ["turn:turn.acme.test"] }])
  expect(await (await new Guest(world, link!).join()).json()).toEqual({ ...given, relayOnly: false })
  const [row] = rowsOf<{ secret: Uint8Array }>(world.database.path, "SELECT secret FROM callServers")
  expect(Buffer.from(row!.secret).includes("s3cret")).toBe(false)
  const wrong = { ...document, tenants: [{ slug: "acme", callServers: { urls: ["http://x"] } }] }
  await expect(world.apply(wrong)).rejects.toThrow("must be like stun:host:3478")
})
