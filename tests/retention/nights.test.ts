/** What is old enough goes in the night, step by step; what is open or under a hold stays, and so do the figures. */
import { afterEach, describe, expect, test } from "bun:test"
import { days, hours, minutes } from "~/kernel/clock.ts"
import { conversation, textsIn } from "../journeys/scene.ts"
import { GLOBEX } from "../support/cast.ts"
import { checkCounters } from "../support/counters.ts"
import { sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import { count, openScene, pdf, type Scene, swept, WORDS } from "./scene.ts"

let scene: Scene
afterEach(() => scene?.world.close())

type Run = Record<
  "conversations" | "messages" | "files" | "bytes" | "webhooks" | "logs" | "presenceChanges",
  number
> & {
  askedBy: number | null
  endedAt: number | null
}
/** Sessions end; the months of these tests do not. */
const admin = () => sitDown(scene.world, "dora", { listening: false })
const runs = () => rowsOf<Run>(scene.world.database.path, "SELECT * FROM retentionRun ORDER BY id")
const choose = async (choices: Record<string, string>) =>
  (await admin()).visitor.post("/admin/retention", {
    before: JSON.stringify(written()),
    conversationsDays: "0",
    mediaDays: "0",
    webhooksDays: "0",
    logsDays: "0",
    presenceDays: "0",
    ...choices,
  })
const FIELDS = ["conversationsDays", "mediaDays", "webhooksDays", "logsDays", "presenceDays"]
const written = () => {
  const [row] = rowsOf<{ settings: string }>(
    scene.world.database.path,
    "SELECT settings FROM retention WHERE tenant = 1",
  )
  const chosen = JSON.parse(row?.settings ?? "{}") as Record<string, number>
  return Object.fromEntries(FIELDS.map((field) => [field, [String(chosen[field] ?? 0)]]))
}
/** What customers wrote is counted once, whatever becomes of it. */
const counters = () =>
  rowsOf(
    scene.world.database.path,
    "SELECT * FROM reportCounter WHERE measure = 'messages_in' ORDER BY 1, 2, 3, 4, 5, 6",
  )

describe("Retention", () => {
  test("removes nothing until somebody chooses", async () => {
    scene = await openScene()
    const { world, giulia, talk, later } = scene
    await talk(giulia, pdf(1))
    const messages = count(world, "message")
    for (let month = 0; month < 12; month++) await later(days(30))
    expect([count(world, "message"), runs(), count(world, "retention")]).toEqual([messages, [], 0])
  })

  test("in the night takes conversations closed long enough ago, whole, and nothing that is open or newer", async () => {
    scene = await openScene({ retention: { conversationsDays: 7 } })
    const { world, giulia, paolo, anna, talk, later } = scene
    const old = await talk(giulia, pdf(1, 700_000))
    paolo.say("Resto aperta")
    await world.settle()
    const open = conversation(world, paolo)
    await anna.open(open.id)
    await later(days(4))
    const newer = await talk(giulia, pdf(2))
    const before = counters()
    const globex = dump(world.database.path, 2)
    await later(days(4))
    await swept(world)
    expect(count(world, "conversation", `WHERE id = ${old.id}`)).toBe(0)
    expect(count(world, "message", `WHERE conversation = ${old.id}`)).toBe(0)
    expect(count(world, "conversation", `WHERE id IN (${open.id}, ${newer.id})`)).toBe(2)
    expect(textsIn(world, open.id)).toContain("Resto aperta")
    expect(count(world, "mediaFile")).toBe(1)
    expect(count(world, "customer", `WHERE id = ${old.customer}`)).toBe(1)
    expect(runs().filter(({ conversations }) => conversations > 0)).toMatchObject([
      { askedBy: null, conversations: 1, files: 1, bytes: 700_000 },
    ])
    expect(counters()).toEqual(before)
    checkCounters(world)
    expect(dump(world.database.path, 2).message).toEqual(globex.message)
    const acts = rowsOf<{ act: string; actorKind: string; changes: string }>(
      world.database.path,
      "SELECT act, actorKind, changes FROM auditEntry WHERE act = 'retention.removed'",
    )
    expect(acts.map(({ actorKind }) => actorKind)).toEqual(["system"])
    expect(JSON.parse(acts[0]!.changes)).toMatchObject({ conversations: { after: 1 } })
  })

  test("what is under a hold stays, the customer's all or the one conversation, until it is lifted", async () => {
    scene = await openScene({ retention: { conversationsDays: 7 } })
    const { world, giulia, paolo, talk, later } = scene
    const one = await talk(giulia, pdf(1))
    const other = await talk(paolo, pdf(2))
    expect(await (await admin()).post(`/conversations/${one.id}/hold`, { reason: "Lawsuit" })).toBeNull()
    expect(await (await admin()).post(`/customers/${other.customer}/hold`, { reason: "Audit" })).toBeNull()
    expect(await (await admin()).post(`/customers/${other.customer}/hold`, { reason: "Again" })).toMatchObject({
      refused: "hold.set_already",
    })
    await later(days(9))
    await swept(world)
    expect(count(world, "conversation")).toBe(2)
    const held = await (await admin()).visitor.panel("/admin/retention/preview")
    expect(held).toContain("2 conversations are old enough and stay")
    const [hold] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM hold WHERE conversation IS NOT NULL")
    expect(await (await admin()).post(`/admin/retention/holds/${hold?.id}/lifting`)).toBeNull()
    await later(days(1))
    await swept(world)
    expect(rowsOf(world.database.path, "SELECT id FROM conversation")).toEqual([{ id: other.id }])
    checkCounters(world)
  })

  test("files go alone where they are kept for less: the bubble stays, and says why", async () => {
    scene = await openScene({ retention: { mediaDays: 3 } })
    const { world, giulia, talk, later } = scene
    const { id } = await talk(giulia, pdf(1, 600_000))
    await later(days(4))
    await swept(world)
    expect([count(world, "mediaFile"), count(world, "mediaChunk"), count(world, "conversation")]).toEqual([0, 0, 1])
    const thread = await (await admin()).visitor.panel(`/conversations/${id}/thread`)
    expect(thread).toContain("The file was removed")
    expect(thread).not.toContain("/fetching")
    const [medium] = rowsOf<{ message: number }>(world.database.path, "SELECT message FROM media")
    const anna = await sitDown(world, "anna", { listening: false })
    expect((await anna.visitor.get(`/media/${medium?.message}`)).status).toBe(404)
    expect(await anna.post(`/media/${medium?.message}/fetching`)).toMatchObject({ refused: "media.expired" })
    checkCounters(world)
  })

  test("webhooks lose their bodies and keep their marks, those of other companies stay as they came", async () => {
    scene = await openScene({ retention: { webhooksDays: 7 } })
    const { world, giulia, talk, later } = scene
    await talk(giulia, pdf(1))
    const foreign = world.simulator.phones.create({ name: "Gustavo", phone: "+39 345 555 0999" })
    foreign.say("Per l'altra", { to: GLOBEX.number.phoneNumberId })
    await world.settle()
    const sizes = () =>
      rowsOf<{ id: number; size: number }>(
        world.database.path,
        "SELECT id, length(body) AS size FROM envelope ORDER BY id",
      )
    const before = sizes()
    expect(before.every(({ size }) => size > 0)).toBe(true)
    await later(days(9))
    await swept(world)
    const after = sizes()
    expect(after.map(({ id }) => id).slice(0, before.length)).toEqual(before.map(({ id }) => id))
    expect(after.filter(({ size }) => size === 0).length).toBeGreaterThan(3)
    expect(runs().reduce((sum, { webhooks }) => sum + webhooks, 0)).toBe(after.filter(({ size }) => size === 0).length)
    expect(textsIn(world, conversation(world, giulia).id)).toContain(WORDS.said)
  })

  test("notices, sent mails and changes of presence go, and the reports hold without them", async () => {
    scene = await openScene({ retention: { logsDays: 7, presenceDays: 7 } })
    const { world, giulia, anna, talk, later } = scene
    await talk(giulia, pdf(1))
    for (const status of ["break", "back_office", "ready"] as const) {
      await world.advance(minutes(20))
      expect(await anna.status(status)).toBeNull()
    }
    anna.leave()
    await world.advance(minutes(5))
    const changes = count(world, "presenceChange")
    expect([changes > 3, count(world, "mail")]).toEqual([true, 1])
    await later(days(9))
    await swept(world)
    expect(count(world, "mail")).toBe(0)
    expect(count(world, "presenceChange")).toBeLessThan(changes)
    checkCounters(world)
    await anna.comeBack()
    await world.advance(minutes(30))
    await anna.status("break")
    checkCounters(world)
    const removed = runs().reduce((sum, run) => sum + run.presenceChanges, 0)
    await later(days(1))
    await swept(world)
    expect(runs().reduce((sum, run) => sum + run.presenceChanges, 0)).toBe(removed)
  })

  test("a pass that was killed in the middle goes on where it was", async () => {
    scene = await openScene({ retention: { conversationsDays: 7 } })
    const { world, giulia, anna, talk } = scene
    await talk(giulia, pdf(1, 5_000_000))
    for (let index = 0; index < 250; index++) giulia.say(`${WORDS.said} ${index}`)
    await world.settle()
    const { id } = conversation(world, giulia)
    await anna.open(id)
    expect(await anna.close(id)).toBeNull()
    await world.advance(days(8))
    expect(await (await admin()).post("/admin/retention/run")).toBeNull()
    let kills = 0
    for (let step = 0; step < 40 && count(world, "retentionRun", "WHERE endedAt IS NULL") > 0; step++) {
      await world.advance(25)
      await world.kill()
      kills += 1
    }
    await swept(world)
    expect(kills).toBeGreaterThan(1)
    expect([count(world, "conversation"), count(world, "message"), count(world, "mediaChunk")]).toEqual([0, 0, 0])
    checkCounters(world)
  })

  test("one that is set for the night begins at three by the tenant's clocks, once", async () => {
    scene = await openScene({ retention: { conversationsDays: 7 } })
    const { world } = scene
    const started = () => rowsOf<{ startedAt: number }>(world.database.path, "SELECT startedAt FROM retentionRun")
    for (let part = 0; part < 8; part++) await world.advance(hours(6))
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Rome", timeStyle: "short" })
    expect(started().map(({ startedAt }) => clock.format(startedAt))).toEqual(["03:00", "03:00"])
  })
})

describe("The page", () => {
  test("counts what would go today without touching anything, with what is typed and not saved yet too", async () => {
    scene = await openScene()
    const { world, giulia, paolo, talk, later } = scene
    await talk(giulia, pdf(1, 700_000))
    await talk(paolo, pdf(1, 700_000))
    await later(days(31))
    const dora = await admin()
    const before = dump(world.database.path)
    const nothing = await dora.visitor.panel("/admin/retention/preview")
    expect(nothing).toContain("everything is kept for ever")
    const typed = await dora.visitor.panel("/admin/retention/preview?conversationsDays=30&webhooksDays=30")
    for (const words of ["Today this would remove 2 conversations", "1 · 700 kB", "not saved yet"])
      expect(typed).toContain(words)
    expect(dump(world.database.path)).toEqual(before)
    await choose({ conversationsDays: "30" })
    expect(await (await admin()).visitor.panel("/admin/retention/preview")).toContain("Remove it now")
    expect(await (await admin()).post("/admin/retention/run")).toBeNull()
    await swept(world)
    expect(runs()).toMatchObject([{ conversations: 2, files: 1, bytes: 700_000 }])
    const page = await (await (await admin()).visitor.get("/admin/retention")).text()
    for (const words of ["The last removal", "2", "Begun by"]) expect(page).toContain(words)
  })

  test("says what is wrong at its field, keeps what was typed, and does not overwrite somebody else's choice", async () => {
    scene = await openScene()
    const short = await choose({ conversationsDays: "3" })
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining("At least 7 days, or 0 for ever")])
    const odd = await choose({ conversationsDays: "many" })
    expect([odd.status, (await odd.text()).includes('value="many"')]).toEqual([422, true])
    const stale = { ...written() }
    expect((await choose({ conversationsDays: "365" })).status).toBe(303)
    const late = await (await admin()).visitor.post("/admin/retention", {
      before: JSON.stringify(stale),
      conversationsDays: "90",
      mediaDays: "0",
      webhooksDays: "0",
      logsDays: "0",
      presenceDays: "0",
    })
    expect(late.status).toBe(409)
    expect(written().conversationsDays).toEqual(["365"])
    expect(await (await admin()).post("/admin/retention/run")).toBeNull()
    const acts = rowsOf<{ act: string }>(
      scene.world.database.path,
      "SELECT act FROM auditEntry WHERE act LIKE 'retention.%' ORDER BY id",
    )
    expect(acts.map(({ act }) => act)).toEqual(["retention.changed", "retention.started"])
  })

  test("a removal by hand is refused where nothing is chosen", async () => {
    scene = await openScene()
    expect(await (await admin()).post("/admin/retention/run")).toMatchObject({ refused: "retention.nothing_chosen" })
  })

  test("is an admin's alone; supervisors see the mark of a hold, agents nothing of it", async () => {
    scene = await openScene()
    const { world, giulia, talk } = scene
    const { id, customer } = await talk(giulia, pdf(1))
    await (await admin()).post(`/customers/${customer}/hold`, { reason: "Lawsuit 12/2026" })
    await (await admin()).post(`/conversations/${id}/hold`, { reason: "Lawsuit 13/2026" })
    for (const [who, sees] of [
      ["dora", true],
      ["carla", true],
      ["anna", false],
    ] as const) {
      const desk = await sitDown(world, who, { listening: false })
      for (const path of [`/customers/${customer}`, `/conversations/${id}/details`])
        expect([who, path, (await (await desk.visitor.get(path)).text()).includes("Lawsuit 1")]).toEqual([
          who,
          path,
          sees,
        ])
      const paths = [
        "/admin/retention",
        "/admin/retention/preview",
        `/customers/${customer}/erasure`,
        `/customers/${customer}/hold`,
      ]
      for (const path of paths)
        expect([who, path, (await desk.visitor.get(path)).status]).toEqual([who, path, expect.any(Number)])
      if (who !== "dora") for (const path of paths) expect((await desk.visitor.get(path)).status).toBe(403)
    }
    const foreign = await sitDown(world, "dora2", { listening: false })
    expect(await (await foreign.visitor.get("/admin/retention")).text()).not.toContain("Lawsuit")
    const [hold] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM hold")
    expect((await foreign.visitor.post(`/admin/retention/holds/${hold?.id}/lifting`)).status).toBe(404)
  })
})
