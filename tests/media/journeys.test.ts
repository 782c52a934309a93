/** Files on their whole way: from a phone to the agent's screen, and from the agent's desk to the phone. */
import { Database } from "bun:sqlite"
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { backUp } from "~/database/backup.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { checksumPath, verifyFile } from "~/database/verify.ts"
import { days, hours, minutes, seconds } from "~/kernel/clock.ts"
import type { PhoneContent } from "~/simulator/inbound.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages, PAOLO } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const sample = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dir, "../../src/simulator/samples", name)))
const photo = sample("photo.jpg")
const receipt = sample("receipt.pdf")
/** Longer than one piece, and no two pieces alike. */
const report = Uint8Array.from({ length: 700_001 }, (_, index) => 1 + ((index * 7 + (index >> 12)) % 251))

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
  await world.settle()
})
afterEach(() => world.close())

type Row = { message: number; state: string; tries: number; file: number | null; reason: string | null }
const media = () => rowsOf<Row>(world.database.path, "SELECT * FROM media ORDER BY message")
const count = (table: string) =>
  rowsOf<{ count: number }>(world.database.path, `SELECT count(*) AS count FROM ${table}`)[0]?.count
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const document = (bytes: Uint8Array<ArrayBuffer>, filename = "conto.pdf"): PhoneContent => ({
  kind: "document",
  file: { bytes, mimeType: "application/pdf", filename },
})

async function comes(content: PhoneContent): Promise<number> {
  giulia.send(content)
  await world.settle()
  return messages(world, place).at(-1)?.id ?? 0
}

const give = (
  bytes: Uint8Array<ArrayBuffer>,
  given: { name: string; type: string; caption?: string; clientId?: string },
) =>
  anna.visitor.upload(`/conversations/${place}/files?${new URLSearchParams({ clientId: given.name, ...given })}`, bytes)

describe("A file from a customer", () => {
  test("is fetched by itself, shown with its size, and is byte for byte what was sent", async () => {
    const id = await comes({ kind: "image", file: { bytes: photo, mimeType: "image/jpeg" }, caption: "Ecco" })
    expect(media()).toMatchObject([{ message: id, state: "here", tries: 1 }])
    const thread = await anna.visitor.panel(`/conversations/${place}/thread`)
    expect(thread).toMatch(new RegExp(`<img class="picture" src="/media/${id}"[^>]* width="\\d+" height="\\d+"`))
    expect(thread).toContain("Ecco")
    const answer = await anna.visitor.get(`/media/${id}`)
    expect(await bytesOf(answer)).toEqual(photo)
    expect(answer.headers.get("content-type")).toBe("image/jpeg")
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
    expect(answer.headers.get("content-security-policy")).toStartWith("sandbox; default-src 'none'")
    expect(answer.headers.get("cache-control")).toBe("private, no-cache")
  })

  test("can be asked for in parts, and not again when the browser has it", async () => {
    const id = await comes(document(report))
    const part = await anna.visitor.get(`/media/${id}`, { range: "bytes=262140-524300" })
    expect(part.status).toBe(206)
    expect(part.headers.get("content-range")).toBe("bytes 262140-524300/700001")
    expect(await bytesOf(part)).toEqual(report.subarray(262_140, 524_301))
    expect((await anna.visitor.get(`/media/${id}`, { range: "bytes=700001-" })).status).toBe(416)
    const etag = part.headers.get("etag") ?? ""
    expect((await anna.visitor.get(`/media/${id}`, { "if-none-match": etag })).status).toBe(304)
  })

  test("that a browser could run is saved, never opened, under a harmless name", async () => {
    const page = new TextEncoder().encode("<script>alert(1)</script>")
    const evil = { bytes: page, mimeType: "image/svg+xml", filename: '../../"><img src=x>.svg' }
    const id = await comes({ kind: "document", file: evil })
    const answer = await anna.visitor.get(`/media/${id}`)
    expect(answer.headers.get("content-type")).toBe("application/octet-stream")
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="img src=x.svg"; filename*=UTF-8''img%20src%3Dx.svg`,
    )
  })

  test("sent twice, by two customers, is kept once", async () => {
    await comes(document(report))
    const paolo = world.simulator.phones.create(PAOLO)
    paolo.send(document(report))
    await world.settle()
    expect(media().map(({ state }) => state)).toEqual(["here", "here"])
    expect([count("mediaFile"), count("mediaChunk")]).toEqual([1, 3])
  })

  test("is nobody's who may not see the conversation", async () => {
    const id = await comes({ kind: "image" })
    for (const name of ["ivo", "anna2", "dora2"]) {
      const other = await sitDown(world, name, { listening: false })
      expect([name, (await other.visitor.get(`/media/${id}`)).status]).toEqual([name, 404])
    }
  })

  test("comes later when WhatsApp cannot be reached, without anybody doing anything", async () => {
    giulia.send({ kind: "image" })
    await world.simulator.idle()
    world.network.down = true
    await world.settle()
    await world.advance(minutes(2))
    const [before] = media()
    expect(before?.state === "here" || (before?.state === "waiting" && before.reason === "unreachable")).toBe(true)
    world.network.down = false
    await world.advance(hours(1))
    expect(media()).toMatchObject([{ state: "here" }])
  })

  test("whose message comes again while it cannot be fetched is neither doubled nor left behind", async () => {
    const { faults } = world.simulator
    faults.add({ fault: { kind: "media-altered" }, times: 3 })
    faults.add({ fault: { kind: "webhook-duplicate", copies: 3 }, times: 1 })
    const before = messages(world, place).length
    giulia.send(document(report))
    await world.settle()
    await world.advance(seconds(1))
    expect(media()).toMatchObject([{ state: "waiting", reason: "altered" }])
    await world.advance(hours(1))
    expect(messages(world, place)).toHaveLength(before + 1)
    expect(media()).toMatchObject([{ state: "here", reason: null }])
  })

  test("altered on its way is not taken; tried eight times, then by hand", async () => {
    world.simulator.faults.add({ fault: { kind: "media-altered" }, times: 8 })
    const id = await comes(document(report))
    await world.advance(hours(2))
    expect(media()).toMatchObject([{ state: "failed", reason: "altered", tries: 8, file: null }])
    expect([count("mediaFile"), count("mediaChunk")]).toEqual([0, 0])
    expect(await anna.visitor.panel(`/conversations/${place}/thread`)).toContain("Try again")
    expect(await anna.post(`/media/${id}/fetching`)).toBeNull()
    await world.settle()
    expect(media()).toMatchObject([{ state: "here", tries: 1 }])
    expect(await anna.post(`/media/${id}/fetching`)).toMatchObject({ refused: "media.here" })
  })

  test("that WhatsApp has no more is said to be gone", async () => {
    world.simulator.faults.add({ fault: { kind: "media-missing" }, times: 8 })
    const id = await comes(document(report))
    await world.advance(hours(2))
    expect(media()).toMatchObject([{ state: "failed", reason: "refused" }])
    await world.advance(days(7))
    anna = await sitDown(world, "anna")
    expect(await anna.post(`/media/${id}/fetching`)).toMatchObject({ refused: "media.expired" })
    expect(await anna.visitor.panel(`/conversations/${place}/thread`)).toContain("WhatsApp no longer has this file")
  })

  test("that was coming when the process was killed comes after the restart, once", async () => {
    world.simulator.faults.add({ fault: { kind: "slow-answer", delay: seconds(20) }, on: "media", times: 1 })
    giulia.send(document(report))
    await world.simulator.idle()
    await world.kill()
    await world.advance(minutes(1))
    expect(media()).toMatchObject([{ state: "here" }])
    expect([count("mediaFile"), count("mediaChunk")]).toEqual([1, 3])
  })

  test("is looked at again in the background: one changed byte in it is found, and said", async () => {
    await comes(document(report))
    const health = async () =>
      (await (await anna.visitor.get("/health")).json()) as { checks: { files: { detail: object } } }
    await world.advance(minutes(11))
    expect((await health()).checks.files.detail).toEqual({ damaged: 0, waitingForScanner: 0 })
    const connection = new Database(world.database.path, { strict: true })
    connection.run("UPDATE mediaChunk SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) WHERE position = 1")
    connection.close()
    await world.advance(hours(25))
    expect((await health()).checks.files.detail).toEqual({ damaged: 1, waitingForScanner: 0 })
    const told = "SELECT DISTINCT json_extract(data, '$.words') AS words FROM notice WHERE kind = 'file_damaged'"
    expect(rowsOf<{ words: string }>(world.database.path, told)).toHaveLength(1)
    const remembered = "SELECT value FROM setting WHERE key = 'damagedFiles'"
    expect(rowsOf<{ value: string }>(world.database.path, remembered)).toEqual([{ value: "1" }])
  })

  test("is in the backup's check: one changed byte in it is found", async () => {
    await comes(document(report))
    const path = join(mkdtempSync(join(tmpdir(), "sportello-files-")), "copy.db")
    expect((await backUp(world.database.path, path)).problems).toEqual([])
    rmSync(checksumPath(path))
    const connection = new Database(path, { strict: true })
    connection.run("UPDATE mediaChunk SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) WHERE position = 1")
    connection.close()
    expect(verifyFile(path, shippedMigrations()).problems.join()).toContain("are not those that were stored")
    rmSync(dirname(path), { recursive: true })
  })
})

describe("A file from an agent", () => {
  test("is kept first, then uploaded and sent with its words, and the customer has it", async () => {
    expect((await give(photo, { name: "tavolo.jpg", type: "image/jpeg", caption: " Per due " })).status).toBe(204)
    await world.settle()
    expect(messages(world, place).at(-1)).toMatchObject({ kind: "image", text: "Per due", direction: "out" })
    const [got] = giulia.received()
    expect(got).toMatchObject({ type: "image", content: { caption: "Per due" } })
    await world.advance(seconds(10))
    expect(messages(world, place).at(-1)?.status).toBe("read")
  })

  test("of several megabytes goes up in pieces and arrives whole", async () => {
    expect((await give(report, { name: "conto.pdf", type: "application/pdf" })).status).toBe(204)
    await world.settle()
    const [got] = giulia.received()
    expect(got).toMatchObject({ type: "document", content: { filename: "conto.pdf" } })
    const [medium] = rowsOf<{ mediaId: string }>(world.database.path, "SELECT mediaId FROM mediaUpload")
    expect(String(got?.content.id)).toBe(medium?.mediaId ?? "")
  })

  test("sent twice under one id is sent once", async () => {
    for (const _ of [1, 2]) expect((await give(receipt, { name: "a.pdf", type: "application/pdf" })).status).toBe(204)
    await world.settle()
    expect(giulia.received()).toHaveLength(1)
  })

  test("too large, empty, of no kind or not what it says is refused with the reason, and nothing of it stays", async () => {
    const large = new Uint8Array(5_100_000)
    large.set(photo)
    const attempts = [
      [large, "a.jpg", "image/jpeg", "file.too_large_image", "up to 5 MB"],
      [new Uint8Array(0), "a.pdf", "application/pdf", "file.empty", "empty"],
      [report, "a.xyz", "", "file.kind_unknown", "does not take"],
      [report, "a.png", "image/png", "file.kind_mismatch", "not what its ending says"],
    ] as const
    for (const [bytes, name, type, refused, words] of attempts) {
      const answer = await give(bytes, { name, type })
      expect([answer.status, await answer.json()]).toEqual([422, { refused, message: expect.stringContaining(words) }])
    }
    expect([count("media"), count("mediaFile"), count("mediaChunk")]).toEqual([0, 0, 0])
    expect(giulia.received()).toEqual([])
  })

  test("is refused when the window is over, before it is read", async () => {
    await world.advance(hours(25))
    anna = await sitDown(world, "anna")
    const answer = await give(photo, { name: "a.jpg", type: "image/jpeg" })
    expect(await answer.json()).toMatchObject({ refused: "window.closed" })
    expect(count("mediaFile")).toBe(0)
  })

  test("waits while WhatsApp cannot be reached, and leaves nobody in doubt", async () => {
    world.network.down = true
    await give(photo, { name: "a.jpg", type: "image/jpeg" })
    await world.settle()
    expect(messages(world, place).at(-1)?.status).toBe("queued")
    world.network.down = false
    await world.advance(minutes(5))
    expect(giulia.received()).toHaveLength(1)
  })

  test("goes to the next customer without being uploaded again", async () => {
    await give(photo, { name: "a.jpg", type: "image/jpeg", clientId: "one" })
    await world.advance(seconds(10))
    await give(photo, { name: "a.jpg", type: "image/jpeg", clientId: "two" })
    await world.advance(seconds(10))
    expect(giulia.received()).toHaveLength(2)
    expect([count("mediaUpload"), count("mediaFile")]).toEqual([1, 1])
    expect(new Set(giulia.received().map(({ content }) => content.id)).size).toBe(1)
  })
})
