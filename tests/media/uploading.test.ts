/** A large file whose line is cut: it goes on from where it was, arrives whole, and is nobody's when nobody goes on. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let anna: Desk
let giulia: Phone
let place: number

beforeEach(async () => {
  world = await openWorld()
  anna = await sitDown(world, "anna")
  giulia = world.simulator.phones.create(GIULIA)
  giulia.say("Buongiorno")
  await world.settle()
  place = conversation(world, giulia).id
  expect(await anna.open(place)).toBeNull()
})
afterEach(() => world.close())

const PIECE = 262_144
/** Three pieces and a bit, no two alike. */
const report = Uint8Array.from({ length: 3 * PIECE + 777 }, (_, index) => 1 + ((index * 7 + (index >> 12)) % 251))
const pathOf = (more: Record<string, string | number> = {}) =>
  `/conversations/${place}/files?${new URLSearchParams(
    Object.entries({
      clientId: "one",
      name: "report.pdf",
      type: "application/pdf",
      size: report.length,
      offset: 0,
      ...more,
    }).map(([name, value]): [string, string] => [name, String(value)]),
  )}`
/** As many bytes come, then the line is gone. */
const cutAfter = (bytes: Uint8Array, length: number) => {
  const pieces = [bytes.subarray(0, length)]
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift()
      if (piece) controller.enqueue(piece)
      else controller.error(new DOMException("The connection was closed.", "AbortError"))
    },
  })
}
const cut = (bytes: Uint8Array, length: number, more: Record<string, string | number> = {}) =>
  anna.visitor.upload(pathOf(more), cutAfter(bytes, length)).catch(() => null)
const progress = async (desk = anna, clientId = "one") =>
  (await desk.visitor.get(`/conversations/${place}/files/progress?clientId=${clientId}`)).json()
const count = (table: string) =>
  rowsOf<{ count: number }>(world.database.path, `SELECT count(*) AS count FROM ${table}`)[0]?.count
const documents = () => messages(world, place).filter(({ kind }) => kind === "document")

test("goes on from the last whole piece, and arrives as it was, once", async () => {
  await cut(report, 2 * PIECE + 1_000)
  expect(await progress()).toEqual({ isSent: false, received: 2 * PIECE })
  await cut(report.subarray(2 * PIECE), 100, { offset: 2 * PIECE })
  expect(await progress()).toEqual({ isSent: false, received: 2 * PIECE })
  const rest = await anna.visitor.upload(pathOf({ offset: 2 * PIECE }), report.slice(2 * PIECE))
  expect(rest.status).toBe(204)
  await world.settle()
  const [sent] = documents()
  expect(Buffer.from(await (await anna.visitor.get(`/media/${sent?.id}`)).arrayBuffer()).equals(report)).toBe(true)
  expect([count("partialUpload"), count("mediaFile")]).toEqual([0, 1])
  // The answer was lost on its way: whoever asks, or sends all of it again, hears that it is there.
  expect(await progress()).toEqual({ isSent: true, received: 0 })
  expect((await anna.visitor.upload(pathOf(), report)).status).toBe(204)
  await world.settle()
  expect(documents()).toHaveLength(1)
})

test("goes on after the appliance was started again", async () => {
  await cut(report, 3 * PIECE)
  await world.restart()
  expect(await progress()).toEqual({ isSent: false, received: 3 * PIECE })
  const rest = await anna.visitor.upload(pathOf({ offset: 3 * PIECE }), report.slice(3 * PIECE))
  expect(rest.status).toBe(204)
  await world.settle()
  expect(Buffer.from(await (await anna.visitor.get(`/media/${documents()[0]?.id}`)).arrayBuffer()).equals(report)).toBe(
    true,
  )
})

test("at the wrong place it is refused, and the page is told where to go on", async () => {
  await cut(report, 2 * PIECE)
  const wrong = await anna.visitor.upload(pathOf({ offset: PIECE }), report.slice(PIECE))
  expect([wrong.status, ((await wrong.json()) as { refused: string }).refused]).toEqual([409, "upload.elsewhere"])
  expect(await progress()).toEqual({ isSent: false, received: 2 * PIECE })
})

test("shorter than announced is no whole file", async () => {
  const short = await anna.visitor.upload(pathOf(), report.slice(0, 2 * PIECE))
  expect(short.status).toBe(409)
  await world.settle()
  expect(documents()).toEqual([])
})

test("a part that still trickles in on a line given up is of no account", async () => {
  let feed: (piece: Uint8Array | null) => void = () => {}
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(report.subarray(0, PIECE))
      feed = (piece) => (piece ? controller.enqueue(piece) : controller.close())
    },
  })
  const first = anna.visitor.upload(pathOf(), slow)
  await world.settle()
  expect(await progress()).toEqual({ isSent: false, received: PIECE })
  const second = anna.visitor.upload(pathOf({ offset: PIECE }), report.slice(PIECE))
  expect((await second).status).toBe(204)
  feed(report.subarray(PIECE))
  feed(null)
  expect((await first).status).toBe(409)
  await world.settle()
  expect(documents()).toHaveLength(1)
  expect(Buffer.from(await (await anna.visitor.get(`/media/${documents()[0]?.id}`)).arrayBuffer()).equals(report)).toBe(
    true,
  )
})

test("what nobody goes on with is let go after a day, and beyond five of one agent the oldest", async () => {
  for (const clientId of ["one", "two", "three", "four", "five", "six"]) {
    await cut(report, PIECE, { clientId })
    await world.advance(minutes(1))
  }
  expect([count("partialUpload"), count("mediaFile")]).toEqual([5, 5])
  expect(await progress(anna, "one")).toEqual({ isSent: false, received: 0 })
  await anna.leave()
  await world.advance(hours(24))
  expect([count("partialUpload"), count("mediaFile"), count("mediaChunk")]).toEqual([0, 0, 0])
})

test("what is too large for its kind leaves nothing behind, and another's upload is nobody's business", async () => {
  const film = new Uint8Array(PIECE * 2)
  film.set(new TextEncoder().encode("ftypisom"), 4)
  const refused = await anna.visitor.upload(pathOf({ size: 17_000_000, type: "video/mp4", name: "a.mp4" }), film)
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("16 MB")])
  expect([count("partialUpload"), count("mediaFile")]).toEqual([0, 0])
  await cut(report, 2 * PIECE)
  const carla = await sitDown(world, "carla", { listening: false })
  expect(await progress(carla)).toEqual({ isSent: false, received: 0 })
  const ivo = await sitDown(world, "ivo", { listening: false })
  expect((await ivo.visitor.get(`/conversations/${place}/files/progress?clientId=one`)).status).toBe(404)
})
