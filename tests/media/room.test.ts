/** What is still taken in while the disk fills, and who is told. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import { scarcityOf } from "~/kernel/disk.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { AMPLE, withFree } from "../support/disk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const TYPES = { video: "video/mp4", document: "application/pdf", image: "image/jpeg" }

describe("While the disk fills", () => {
  let world: World
  let anna: Desk
  let giulia: Phone
  let place: number

  beforeEach(async () => {
    world = await openWorld({ document: { ...companyDocument(), platformAdmins: [PLATFORM] } })
    anna = await sitDown(world, "anna")
    giulia = world.simulator.phones.create(GIULIA)
    giulia.say("Buongiorno")
    await world.settle()
    place = conversation(world, giulia).id
    await anna.open(place)
    await world.settle()
  })
  afterEach(() => world.close())

  const states = () =>
    rowsOf<{ kind: string; state: string }>(
      world.database.path,
      "SELECT m.kind, media.state FROM media JOIN message m ON m.id = media.message ORDER BY m.id",
    ).map(({ kind, state }) => `${kind} ${state}`)
  let size = 100
  /** No two alike: what is here already is not fetched again. */
  async function comes(...kinds: ("video" | "document" | "image")[]): Promise<void> {
    for (const kind of kinds) giulia.send({ kind, file: { bytes: new Uint8Array(size++), mimeType: TYPES[kind] } })
    await world.settle()
  }

  test("films wait first, then documents, then every file; text goes on, and all of it comes when there is room", async () => {
    world.disk.room = withFree(3)
    await comes("video", "document", "image")
    expect(states()).toEqual(["video waiting", "document here", "image here"])
    world.disk.room = withFree(1.5)
    await comes("document", "image")
    expect(states().slice(3)).toEqual(["document waiting", "image here"])
    world.disk.room = withFree(0.5)
    await comes("image")
    giulia.say("Si sente?")
    expect(await anna.reply(place, "Sì")).toBeNull()
    await world.settle()
    expect(states().at(-1)).toBe("image waiting")
    expect(messages(world, place).map(({ text }) => text)).toEqual(expect.arrayContaining(["Si sente?", "Sì"]))
    expect(giulia.received().at(-1)?.words.text).toBe("Sì")
    expect(await anna.visitor.panel(`/conversations/${place}/thread`)).toContain(
      "Not fetched yet: the disk is nearly full",
    )
    await world.advance(hours(2))
    expect(states().filter((state) => state.endsWith("waiting"))).toHaveLength(3)
    world.disk.room = AMPLE
    await world.advance(minutes(7))
    expect(states().every((state) => state.endsWith("here"))).toBe(true)
  })

  test("what an agent attaches is refused by its kind, and the refusal says why", async () => {
    world.disk.room = withFree(0.5)
    const note = new TextEncoder().encode("Conto")
    const answer = await anna.visitor.upload(
      `/conversations/${place}/files?name=a.txt&type=text/plain&clientId=1`,
      note,
    )
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining("nearly full")])
    expect(rowsOf(world.database.path, "SELECT id FROM mediaFile")).toEqual([])
  })

  test("whoever runs the appliance is warned early, on their pages, in health and in the figures; nobody else is", async () => {
    const otto = await sitDown(world, "otto", { listening: false })
    const page = async (desk: Desk, path: string) => (await desk.visitor.get(path)).text()
    expect(await page(otto, "/admin/tenants")).not.toContain("The disk")
    world.disk.room = withFree(10)
    expect(await page(otto, "/admin/tenants")).toContain("The disk is filling up.")
    world.disk.room = withFree(3)
    expect(await page(otto, "/admin/health")).toContain("videos are not fetched any more")
    const health = await (await anna.visitor.get("/health")).json()
    expect(health).toMatchObject({ status: "ok", checks: { room: { ok: true, detail: { keptBack: "videos" } } } })
    expect(await page(anna, "/metrics")).toContain("disk_free_bytes 3000000000")
    const dora = await sitDown(world, "dora", { listening: false })
    expect(await page(dora, "/admin/users")).not.toContain("The disk")
  })

  test.each([
    [50, 100, "none"],
    [10, 100, "early"],
    [900, 10_000, "none"],
    [15, 10_000, "early"],
    [6.9, 100, "early"],
    [3.9, 100, "videos"],
    [1.9, 100, "documents"],
    [0.9, 100, "files"],
    [0.39, 10, "documents"],
  ] as const)("%d of %d gigabytes is %s", (free, total, scarcity) => {
    expect(scarcityOf({ freeBytes: free * 1e9, totalBytes: total * 1e9 })).toBe(scarcity)
  })
})

const PLATFORM = {
  username: "otto",
  password: "a house of many windows",
  email: "otto@appliance.test",
  firstName: "Otto",
  lastName: "Kern",
}
