/** The virus scanner on the way of every file, with a real clamd; the disk that fills. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { afterEarlierScan, afterScan } from "~/media/rules/scanning.ts"
import type { PhoneContent } from "~/simulator/inbound.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Clamd, EICAR, HARM, hasClamd, openClamd } from "../support/clamd.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

describe("What the scanner says", () => {
  test.each([
    ["clean", { result: "clean" }, "hold", { scan: "clean", says: null, wait: null }],
    ["infected", { result: "infected", virus: "Eicar" }, "pass", { scan: "infected", says: "Eicar", wait: null }],
    ["gone", { result: "off" }, "hold", { scan: "unscanned", says: null, wait: null }],
    [
      "silent, let through",
      { result: "none", trouble: "silent" },
      "pass",
      { scan: "unscanned", says: "silent", wait: null },
    ],
    [
      "silent, held",
      { result: "none", trouble: "silent" },
      "hold",
      { scan: "waiting", says: "silent", wait: seconds(5) },
    ],
  ] as const)("%s", (_, verdict, whenDown, expected) => {
    expect(afterScan(verdict, 1, whenDown)).toEqual(expected)
  })
  test("it is asked ever less often, and every ten minutes at the least", () => {
    const waits = [1, 2, 3, 40].map(
      (tries) => afterScan({ result: "none", trouble: "unreachable" }, tries, "hold").wait,
    )
    expect(waits).toEqual([seconds(5), seconds(10), seconds(20), minutes(10)])
  })
})

describe("What it says of a file that was kept before", () => {
  test.each([
    ["clean", { result: "clean" }, 1, { scan: "clean", says: null }],
    ["infected", { result: "infected", virus: "Eicar" }, 1, { scan: "infected", says: "Eicar" }],
    ["not there", { result: "none", trouble: "unreachable" }, 40, null],
    ["too large for it", { result: "none", trouble: "refused" }, 1, { scan: "unscanned", says: "refused" }],
    ["broken off once", { result: "none", trouble: "broken" }, 1, { scan: "unscanned", says: "broken" }],
    ["broken off each time", { result: "none", trouble: "broken" }, 3, { scan: "unscanned", says: "refused" }],
    ["gone", { result: "off" }, 1, null],
  ] as const)("%s", (_, verdict, tries, expected) => {
    expect(afterEarlierScan(verdict, tries)).toEqual(expected)
  })
})

const isPossible = hasClamd()

describe.skipIf(!isPossible)("With clamd", () => {
  let clamd: Clamd
  let world: World
  let anna: Desk
  let giulia: Phone
  let place: number

  beforeAll(async () => {
    clamd = await openClamd()
  })
  afterAll(() => clamd.close())
  beforeEach(async () => {
    world = await openWorld({ document: scanned() })
    anna = await sitDown(world, "anna")
    giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    place = conversation(world, giulia).id
    expect(await anna.open(place)).toBeNull()
    await world.settle()
  })
  afterEach(() => world.close())

  const scanned = (settings: object = {}) => ({
    ...companyDocument(),
    appliance: { settings: { virusScanner: clamd.address, ...settings } },
    platformAdmins: [PLATFORM],
  })
  const bytes = (text: string) => new TextEncoder().encode(text)
  const infected = bytes(`An invoice, with ${HARM} in it`)
  const clean = bytes("An invoice, and nothing else")
  const file = (content: Uint8Array<ArrayBuffer>): PhoneContent => ({
    kind: "document",
    file: { bytes: content, mimeType: "text/plain", filename: "fattura.txt" },
  })
  /** The scanner is a process of its own: it answers when it answers. */
  async function looked(): Promise<void> {
    await world.settle()
    await world.appliance.outbox.idle()
    await world.settle()
  }
  async function comes(content: Uint8Array<ArrayBuffer>): Promise<number> {
    giulia.send(file(content))
    await looked()
    return messages(world, place).at(-1)?.id ?? 0
  }
  const give = (content: Uint8Array<ArrayBuffer>, clientId: string) =>
    anna.visitor.upload(`/conversations/${place}/files?name=fattura.txt&type=text/plain&clientId=${clientId}`, content)
  const thread = async () => (await anna.visitor.get(`/conversations/${place}/thread`)).text()
  const statusOf = async (message: number) => (await anna.visitor.get(`/media/${message}`)).status
  const lastSent = () =>
    messages(world, place)
      .filter(({ direction }) => direction === "out")
      .at(-1)
  const got = () => giulia.received().filter(({ type }) => type === "document").length
  const noticesOf = (username: string) =>
    rowsOf<{ id: number }>(
      world.database.path,
      "SELECT n.id FROM notice n JOIN user u ON u.id = n.user WHERE n.kind = 'file_infected' AND u.username = ?",
      username,
    ).length

  const scansKept = () =>
    rowsOf<{ scan: string | null }>(world.database.path, "SELECT scan FROM mediaFile ORDER BY id").map(
      ({ scan }) => scan,
    )

  test("what a customer sends is opened once it was looked at, and never when a virus is in it", async () => {
    const good = await comes(clean)
    expect(await statusOf(good)).toBe(200)
    const bad = await comes(infected)
    expect(await statusOf(bad)).toBe(404)
    const page = await thread()
    expect(page).toContain("In quarantine: a virus was found (Pretend-Harm.UNOFFICIAL)")
    expect(page).not.toContain(`/media/${bad}"`)
    expect([noticesOf("anna"), noticesOf("carla"), noticesOf("dora")]).toEqual([1, 1, 1])
    const acts = rowsOf<{ act: string }>(
      world.database.path,
      "SELECT act FROM auditEntry WHERE act = 'file.quarantined'",
    )
    expect(acts).toHaveLength(1)
    // The same bytes again, which WhatsApp announces by their checksum: nobody fetches them, and everybody is told.
    const again = await comes(infected)
    expect(await statusOf(again)).toBe(404)
    expect(noticesOf("anna")).toBe(2)
  })

  test("what an agent attaches leaves once it was looked at, and fails when a virus is in it; what comes behind goes on", async () => {
    expect((await give(clean, "one")).status).toBe(204)
    await looked()
    expect([lastSent()?.status, got()]).toEqual(["sent", 1])
    expect((await give(EICAR.slice(), "two")).status).toBe(204)
    await anna.reply(place, "Ecco")
    await looked()
    await world.advance(seconds(30))
    await looked()
    const [file, text] = messages(world, place)
      .filter(({ direction }) => direction === "out")
      .slice(-2)
    expect([file?.status, file?.failureReason, text?.status]).toEqual(["failed", "file_infected", "read"])
    expect(got()).toBe(1)
    expect(await thread()).toContain("The virus scanner found a virus in the file: it was not sent.")
  })

  test("while the scanner is down files are held back both ways, text goes on, and all of it goes through when it is back", async () => {
    await clamd.stop()
    const message = await comes(clean)
    expect(await statusOf(message)).toBe(404)
    expect(await thread()).toContain("The virus scanner does not answer. It will be asked again.")
    expect((await give(bytes("Another invoice"), "three")).status).toBe(204)
    await looked()
    expect([lastSent()?.status, got()]).toEqual(["queued", 0])
    const reports = await (await anna.visitor.get("/health")).json()
    expect(reports).toMatchObject({ status: "ok", checks: { files: { detail: { waitingForScanner: 2 } } } })
    giulia.say("Ha ricevuto?")
    await world.restart()
    await clamd.back()
    await world.advance(minutes(11))
    await looked()
    const there = await sitDown(world, "anna")
    expect((await there.visitor.get(`/media/${message}`)).status).toBe(200)
    expect([lastSent()?.status, got()]).toEqual(["read", 1])
  })

  test("where the operator lets files through, a scanner that is down keeps nothing back", async () => {
    await world.apply(scanned({ whenScannerDown: "pass" }))
    await clamd.stop()
    expect(await statusOf(await comes(clean))).toBe(200)
    await clamd.back()
  })

  test("files larger than it takes wait as well, and are let go when there is no scanner any more", async () => {
    const small = await openClamd({ mostMegabytes: 1 })
    await world.apply(scanned({ virusScanner: small.address }))
    const message = await comes(new Uint8Array(2_000_000).fill(7))
    expect(await statusOf(message)).toBe(404)
    await small.close()
    await world.apply(scanned({ virusScanner: "" }))
    await world.advance(minutes(11))
    await looked()
    expect(await statusOf(message)).toBe(200)
  })

  test("what was kept before it was named is looked at in the background: open until then, and after a restart too", async () => {
    await world.apply(scanned({ virusScanner: "" }))
    const good = await comes(clean)
    const bad = await comes(infected)
    expect([await statusOf(good), await statusOf(bad), noticesOf("carla")]).toEqual([200, 200, 0])
    await clamd.stop()
    await world.apply(scanned())
    await looked()
    expect([await statusOf(bad), scansKept()]).toEqual([200, [null, null]])
    const otto = await sitDown(world, "otto", { listening: false })
    const earlier = async () => await (await otto.visitor.get("/admin/appliance/scanner")).text()
    expect(await earlier()).toContain("2 files that were kept before are still to be looked at.")
    await world.restart()
    await clamd.back()
    await world.advance(minutes(11))
    await looked()
    expect(scansKept()).toEqual(["clean", "infected"])
    anna = await sitDown(world, "anna")
    expect([await statusOf(good), await statusOf(bad)]).toEqual([200, 404])
    expect(await thread()).toContain("In quarantine: a virus was found (Pretend-Harm.UNOFFICIAL)")
    expect([noticesOf("anna"), noticesOf("carla"), noticesOf("dora")]).toEqual([1, 1, 1])
    const again = await sitDown(world, "otto", { listening: false })
    const panel = await again.visitor.panel("/admin/appliance/scanner/earlier")
    expect(panel).toContain("A virus was found in 1 file.")
    expect(panel).not.toContain("every 3s")
  })

  test("what it takes no more of is looked at once, the rest goes on; what was let through is looked at when it is back", async () => {
    const small = await openClamd({ mostMegabytes: 1 })
    await world.apply(scanned({ virusScanner: small.address, whenScannerDown: "pass" }))
    await small.stop()
    await comes(clean)
    await comes(new Uint8Array(2_000_000).fill(7))
    await comes(infected)
    expect(scansKept()).toEqual(["unscanned", "unscanned", "unscanned"])
    await small.back()
    await world.advance(minutes(11))
    await looked()
    expect(scansKept()).toEqual(["clean", "unscanned", "infected"])
    const tries = rowsOf<{ scanTries: number }>(world.database.path, "SELECT scanTries FROM mediaFile ORDER BY id")
    await world.advance(minutes(60))
    await looked()
    expect(rowsOf<{ scanTries: number }>(world.database.path, "SELECT scanTries FROM mediaFile ORDER BY id")).toEqual(
      tries,
    )
    await small.close()
  })

  test("whoever runs the appliance names it, tries it, and sees on the health page how it does", async () => {
    const otto = await sitDown(world, "otto", { listening: false })
    const post = async (path: string, fields: Record<string, string> = {}) => {
      const response = await otto.visitor.post(path, fields)
      return { status: response.status, text: await response.text() }
    }
    const page = "/admin/appliance/scanner"
    const before = JSON.stringify({ virusScanner: [clamd.address], whenScannerDown: ["hold"] })
    expect((await post(page, { before, virusScanner: "nonsense", whenScannerDown: "hold" })).status).toBe(422)
    expect((await post(`${page}/trial`)).text).toContain("It works: it found Eicar-Test-Signature.UNOFFICIAL.")
    expect(await (await otto.visitor.get("/admin/health")).text()).toContain("ClamAV 1")
    await post(page, { before, virusScanner: clamd.socket, whenScannerDown: "pass" })
    expect((await post(`${page}/trial`)).text).toContain("It works")
    expect((await post(page, { before, virusScanner: "", whenScannerDown: "hold" })).status).toBe(409)
    await clamd.stop()
    expect((await post(`${page}/trial`)).text).toContain("Nobody answers at this address.")
    expect(await (await otto.visitor.get("/admin/health")).text()).toContain("Nobody answers at this address.")
    await clamd.back()
  })
})

const PLATFORM = {
  username: "otto",
  password: "a house of many windows",
  email: "otto@appliance.test",
  firstName: "Otto",
  lastName: "Kern",
}
