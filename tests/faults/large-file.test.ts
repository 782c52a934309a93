/** A hundred megabytes each way through the real process: its memory stays small, a cut leaves nothing half, the backup has it. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { createHash } from "node:crypto"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { SeededChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import type { Phone } from "~/simulator/phone.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { ACME } from "../support/cast.ts"
import type { Visitor } from "../support/visitor.ts"
import { asItRuns, freePorts, furnishedFolder, run, type Server, signIn, startServer, until } from "./server.ts"

const PATIENCE_MS = 120_000
const MEGABYTE = 1_000_000
/** What the file may cost above what the process had before it came. */
const MOST_GROWTH_MEGABYTES = 32

let folder: string
let simulator: Simulator
let listening: ReturnType<Simulator["listen"]>
let server: Server
let anna: Visitor
let giulia: Phone
let conversation: number

/** No two pieces alike, and a PDF by its first bytes. */
function documentOf(bytes: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(bytes / 4)
  let state = seed
  for (let at = 0; at < words.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    words[at] = state
  }
  const document = new Uint8Array(words.buffer)
  document.set(new TextEncoder().encode("%PDF-1.7\n"))
  return document
}

/** The most that the process had in memory since it was last forgotten. */
const peakMegabytes = () =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1_024
const forgetPeak = () => writeFileSync(`/proc/${server.pid}/clear_refs`, "5")

const kept = () =>
  asItRuns(folder, (database) =>
    database
      .query<{ direction: string; state: string; size: number; status: string }, []>(
        "SELECT m.direction, media.state, f.size, m.status FROM media JOIN message m ON m.id = media.message LEFT JOIN mediaFile f ON f.id = media.file ORDER BY m.id",
      )
      .all(),
  )

const give = (body: Uint8Array<ArrayBuffer>, name: string) =>
  anna.upload(
    `/conversations/${conversation}/files?${new URLSearchParams({ clientId: name, name, type: "application/pdf", caption: "" })}`,
    body,
  )

beforeAll(async () => {
  folder = await furnishedFolder()
  const ports = await freePorts()
  simulator = createSimulator({
    clock: new SystemClock(),
    chance: new SeededChance(5),
    log: silentLog,
    appSecret: "",
    verifyToken: "",
    webhookUrl: `http://127.0.0.1:${ports.publicPort}/webhooks/whatsapp`,
    numbers: [ACME.number],
    delays: { sent: 10, delivered: 20, read: 30 },
  })
  listening = simulator.listen()
  server = await startServer(folder, { ...ports, graphUrl: listening.url })
  anna = await signIn(server)
  await anna.post("/presence", { status: "ready" })
  await anna.listen()
  giulia = simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say("Le mando il progetto")
  const offered = () =>
    asItRuns(folder, (database) =>
      database.query<{ id: number }, []>("SELECT id FROM conversation WHERE state = 'offered'").get(),
    )
  await until(() => offered() !== null)
  conversation = offered()?.id ?? 0
  expect((await anna.post(`/conversations/${conversation}/opening`)).status).toBe(303)
  // Whatever is loaded once, is loaded now.
  giulia.send({
    kind: "document",
    file: { bytes: documentOf(2 * MEGABYTE, 1), mimeType: "application/pdf", filename: "a.pdf" },
  })
  await until(() => kept().some(({ state }) => state === "here"))
  await give(documentOf(2 * MEGABYTE, 2), "b.pdf")
  await until(() => giulia.received().length === 1)
}, PATIENCE_MS)

afterAll(async () => {
  await anna?.leave()
  await server?.stop()
  simulator?.stop()
  await listening?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test(
  "comes from a customer, whole, and costs little memory",
  async () => {
    const project = documentOf(100 * MEGABYTE, 3)
    forgetPeak()
    const before = peakMegabytes()
    giulia.send({ kind: "document", file: { bytes: project, mimeType: "application/pdf", filename: "progetto.pdf" } })
    await until(() => kept().some(({ size }) => size === project.length))
    const [, message] = asItRuns(folder, (database) =>
      database
        .query<{ message: number }, []>(
          "SELECT message FROM media JOIN message ON id = message WHERE direction = 'in' ORDER BY id",
        )
        .all(),
    )
    const answer = await anna.get(`/media/${message?.message}`, { range: "bytes=99999990-" })
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([206, 10])
    const growth = peakMegabytes() - before
    Bun.write(Bun.stderr, `large-file: ${growth.toFixed(1)} MB more while 100 MB came in\n`)
    expect(growth).toBeLessThan(MOST_GROWTH_MEGABYTES)
  },
  PATIENCE_MS,
)

test(
  "goes to a customer, whole, and costs little memory",
  async () => {
    const offer = documentOf(100 * MEGABYTE, 4)
    const wanted = createHash("sha256").update(offer).digest("hex")
    forgetPeak()
    const before = peakMegabytes()
    expect((await give(offer, "offerta.pdf")).status).toBe(204)
    await until(() => giulia.received().length === 2)
    const growth = peakMegabytes() - before
    Bun.write(Bun.stderr, `large-file: ${growth.toFixed(1)} MB more while 100 MB went out\n`)
    expect(growth).toBeLessThan(MOST_GROWTH_MEGABYTES)
    const stored = asItRuns(folder, (database) =>
      database.query<{ sha256: Uint8Array }, []>("SELECT sha256 FROM mediaFile ORDER BY id DESC LIMIT 1").get(),
    )
    expect(Buffer.from(stored?.sha256 ?? []).toString("hex")).toBe(wanted)
  },
  PATIENCE_MS,
)

test(
  "cut in the middle leaves nothing half, and goes whole when it is given again",
  async () => {
    const offer = documentOf(20 * MEGABYTE, 5)
    const files = () =>
      asItRuns(folder, (database) => database.query<{ id: number }, []>("SELECT id FROM mediaFile").all().length)
    const before = files()
    const cut = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(offer.subarray(0, 5 * MEGABYTE))
      },
      pull(controller) {
        controller.error(new Error("the line is cut"))
      },
    })
    await anna
      .upload(
        `/conversations/${conversation}/files?clientId=cut&name=c.pdf&type=application%2Fpdf&caption=`,
        cut as never,
      )
      .catch(() => null)
    await until(() => files() === before)
    expect(giulia.received()).toHaveLength(2)
    expect((await give(offer, "c.pdf")).status).toBe(204)
    await until(() => giulia.received().length === 3)
  },
  PATIENCE_MS,
)

test(
  "is in the backup, and the backup is whole",
  async () => {
    const copy = `${folder}/copy.db`
    expect((await run(["backup", copy], folder)).code).toBe(0)
    expect((await run(["verify", copy], folder)).code).toBe(0)
    expect(Bun.file(copy).size).toBeGreaterThan(220 * MEGABYTE)
  },
  PATIENCE_MS,
)
