/** What an administrator does with a number: credentials tried first, changes of two at once, switched off, let go. */
import { afterEach, describe, expect, test } from "bun:test"
import { hasFallenSilent, hourOf } from "~/channel/rules/health.ts"
import { changedDraft, draftOf, readDraft, refuseNeverOpen, timeTyped } from "~/channel/rules/hours-form.ts"
import { tenantFile } from "~/command/export/configuration.ts"
import { readHours, writeHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { days, hours } from "~/kernel/clock.ts"
import { conversations } from "../journeys/scene.ts"
import { ACME, companyDocument, office, withChannel } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/channels"
const { number } = ACME

let world: World
afterEach(() => world?.close())

const channelOf = () =>
  rowsOf<{ id: number; name: string; enabled: number; holdReason: string | null }>(
    world.database.path,
    "SELECT id, name, enabled, holdReason FROM channel WHERE phoneNumberId = ?",
    number.phoneNumberId,
  )[0]

async function dora() {
  return (await sitDown(world, "dora", { listening: false })).visitor
}
const NEW = {
  name: "Main",
  phoneNumberId: number.phoneNumberId,
  wabaId: number.wabaId,
  accessToken: number.accessToken,
  appSecret: number.appSecret,
}
const withoutNumbers = () => ({ tenants: companyDocument().tenants.map((tenant) => ({ ...tenant, channels: [] })) })
const skillset = (tenant = "acme") =>
  rowsOf<{ id: number }>(
    world.database.path,
    "SELECT s.id FROM skillset s JOIN tenant t ON t.id = s.tenant WHERE t.slug = ? AND s.name = 'Sales'",
    tenant,
  )[0]?.id ?? 0

describe("A new number", () => {
  test.each([
    ["accessToken", "EAAWRONG", "Meta does not accept this token"],
    ["phoneNumberId", "999999999999", "Meta knows no such number"],
    ["wabaId", "999999999999", "Meta knows no such account"],
    ["wabaId", "abc", "Digits only"],
  ])("with a wrong %s is not made, and it is said why", async (field, value, words) => {
    world = await openWorld({ document: withoutNumbers() })
    const admin = await dora()
    const response = await admin.post(PATH, { ...NEW, skillset: String(skillset()), [field]: value })
    expect([response.status, (await response.text()).includes(words)]).toEqual([422, true])
    expect(channelOf()).toBeUndefined()
  })

  test("while Meta cannot be reached is made all the same, and its page says that it was not checked", async () => {
    world = await openWorld({ document: withoutNumbers() })
    const admin = await dora()
    world.network.down = true
    const response = await admin.post(PATH, { ...NEW, skillset: String(skillset()) })
    expect(response.status).toBe(303)
    expect(await admin.panel(`${PATH}/${channelOf()?.id}`)).toContain("Meta could not be reached from here")
  })

  test("of another company is taken, whoever asks", async () => {
    const [acme, globex] = companyDocument().tenants
    world = await openWorld({
      document: {
        tenants: [
          { ...acme, channels: [] },
          { ...globex, channels: acme?.channels },
        ],
      },
    })
    const response = await (await dora()).post(PATH, { ...NEW, skillset: String(skillset()) })
    expect([response.status, (await response.text()).includes("connected already")]).toEqual([422, true])
  })
})

describe("A number", () => {
  test("switched off keeps what customers write, and says nothing by itself", async () => {
    world = await openWorld()
    const admin = await dora()
    await admin.post(`${PATH}/${channelOf()?.id}/enabling`, {})
    expect(channelOf()?.enabled).toBe(0)
    const giulia = world.simulator.phones.create({ name: "Giulia", phone: "+39 345 555 0172" })
    giulia.say("Siete aperti?", { to: number.phoneNumberId })
    await world.settle()
    expect(conversations(world).map(({ state }) => state)).toEqual(["queued"])
    expect(world.simulator.sends).toHaveLength(0)
    await admin.post(`${PATH}/${channelOf()?.id}/deletion`, {})
    expect(channelOf()?.name).toBe("Main")
  })

  test("that nobody talked through is deleted with all that was kept for it, and is on record", async () => {
    world = await openWorld()
    const admin = await dora()
    const id = channelOf()?.id
    await admin.post(`${PATH}/${id}/messages`, {
      before: "",
      on: "welcome",
      kind: "welcome",
      language: "en",
      text: "Hi",
    })
    expect((await admin.post(`${PATH}/${id}/deletion`, {})).status).toBe(303)
    expect(channelOf()).toBeUndefined()
    const acts = rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry ORDER BY id DESC LIMIT 1")
    expect(acts).toEqual([{ act: "channel.deleted" }])
  })

  test("whose token is replaced by one that Meta refuses keeps the one that works", async () => {
    world = await openWorld()
    const admin = await dora()
    const path = `${PATH}/${channelOf()?.id}`
    const form = { name: "Main", displayPhoneNumber: number.displayPhoneNumber, wabaId: number.wabaId }
    const before = JSON.stringify(Object.fromEntries(Object.entries(form).map(([key, value]) => [key, [value]])))
    const wrong = await admin.post(path, { ...form, before, accessToken: "EAAWRONG", appSecret: "" })
    expect(wrong.status).toBe(422)
    expect((await admin.post(`${path}/check`, {})).status).toBe(303)
    expect(await admin.panel(path)).toContain("Meta accepts it")
  })

  test("that another admin has changed meanwhile is not written over; saving again knows it", async () => {
    world = await openWorld()
    const admin = await dora()
    const path = `${PATH}/${channelOf()?.id}`
    const form = {
      displayPhoneNumber: number.displayPhoneNumber,
      wabaId: number.wabaId,
      appSecret: "",
      accessToken: "",
    }
    const seen = { name: ["Older"], displayPhoneNumber: [form.displayPhoneNumber], wabaId: [form.wabaId] }
    const response = await admin.post(path, { ...form, name: "Mine", before: JSON.stringify(seen) })
    expect(response.status).toBe(409)
    expect(channelOf()?.name).toBe("Main")
    const again = { ...seen, name: ["Main"] }
    expect((await admin.post(path, { ...form, name: "Mine", before: JSON.stringify(again) })).status).toBe(303)
    expect(channelOf()?.name).toBe("Mine")
  })

  test("is heard by its first webhook, and its secrets are on no page", async () => {
    world = await openWorld()
    const admin = await dora()
    const path = `${PATH}/${channelOf()?.id}`
    expect(await admin.panel(path)).toContain("Write to the number with your own phone")
    world.simulator.phones
      .create({ name: "Giulia", phone: "+39 345 555 0172" })
      .say("Ciao", { to: number.phoneNumberId })
    await world.settle()
    const page = await admin.panel(path)
    expect([page.includes("Heard "), page.includes(number.accessToken), page.includes(number.appSecret)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe("Silence", () => {
  const now = Date.UTC(2026, 0, 28, 12, 30)
  /** Heard from eight to six, every day of three weeks, until `lastAt`. */
  const heardUntil = (lastAt: number) => ({
    lastAt,
    hours: Array.from({ length: 24 * 22 }, (_, index) => hourOf(now) - hours(index)).filter(
      (hour) => hour <= lastAt && new Date(hour).getUTCHours() >= 8 && new Date(hour).getUTCHours() < 18,
    ),
  })
  test.each([
    ["an hour ago", now - hours(1), false],
    ["four hours ago, in the middle of the day", now - hours(4), true],
    ["yesterday evening, at eight in the morning", Date.UTC(2026, 0, 27, 17, 59), true],
    ["long ago: it is out of use", now - days(9), false],
  ])("last heard %s", (_, lastAt, isSilent) => expect(hasFallenSilent(heardUntil(lastAt), now)).toBe(isSilent))
  test("a night without a word is no silence", () => {
    const evening = Date.UTC(2026, 0, 27, 17, 59)
    expect(hasFallenSilent(heardUntil(evening), Date.UTC(2026, 0, 28, 7, 30))).toBe(false)
  })
  test("a number that was never heard is not silent", () =>
    expect(hasFallenSilent({ lastAt: null, hours: [] }, now)).toBe(false))
})

describe("A number that would never be open", () => {
  const hoursKept = () =>
    rowsOf<{ hours: string }>(world.database.path, "SELECT hours FROM channel WHERE id = ?", channelOf()?.id ?? 0)[0]
      ?.hours

  test("is not saved by the form, which says at the choice what to do; with a shift it is", async () => {
    world = await openWorld()
    const admin = await dora()
    const path = `${PATH}/${channelOf()?.id}/hours`
    const before = JSON.stringify({ kind: ["always"], timezone: [""], holidays: [] })
    const kept = hoursKept()
    const refused = await admin.post(path, { kind: "weekly", timezone: "", before })
    const page = await refused.text()
    expect([refused.status, page.includes("Add at least one shift, or choose “Around the clock”")]).toEqual([422, true])
    expect(hoursKept()).toBe(kept)
    const shift = { day: "mon", from: "09:00", to: "13:00" }
    expect((await admin.post(path, { kind: "weekly", timezone: "", before, ...shift })).status).toBe(303)
    expect(JSON.parse(hoursKept() ?? "")).toEqual({ weekly: { mon: ["09:00-13:00"] } })
  })

  test("is taken from a file that says so, and what is exported of it goes in again unchanged", async () => {
    world = await openWorld({ document: withChannel(office([{ username: "anna" }]), { hours: { weekly: {} } }) })
    const kept = hoursKept()
    const { tenant } = await sitDown(world, "anna", { listening: false })
    const exported = () => tenantFile(world.database.tenant(tenant).read, tenant)
    const file = exported()
    expect(file.tenants[0]?.channels[0]?.hours).toEqual({ weekly: {} })
    await world.apply(file)
    expect([hoursKept(), exported()]).toEqual([kept, file])
  })
})

describe("Hours in a form", () => {
  const written = {
    weekly: { mon: ["09:00-13:00", "14:00-24:00"], sat: ["22:00-02:00"] },
    holidays: [
      { date: "12-25", name: "Christmas", shifts: [] },
      { date: "2026-12-24", name: "Eve", shifts: ["09:00-12:30"] },
      { date: "easter+1", name: "Easter Monday", shifts: [] },
    ],
  }
  const read = (given: unknown) => readHours(given) as Hours
  const draft = draftOf(read(written))

  test("come back as they were, midnight, nights and holidays of each kind", () => {
    const again = readDraft(draft)
    expect("hours" in again && JSON.parse(writeHours(again.hours))).toEqual(written)
  })
  const shift = (from: string, to: string) => ({ day: "tue" as const, from, to })
  const holiday = (changes: object) => ({ kind: "once", date: "2026-05-01", name: "May Day", hours: "", ...changes })
  test.each([
    ["a time is missing", { shifts: [shift("09:00", "")] }, { tue: "hours.incomplete" }],
    ["nothing in between", { shifts: [shift("09:00", "09:00")] }, { tue: "hours.empty" }],
    ["two overlap", { shifts: [shift("09:00", "13:00"), shift("12:00", "14:00")] }, { tue: "hours.overlap" }],
    ["a day without a date", { holidays: [holiday({ date: "" })] }, { "holiday-0": "hours.holiday_date" }],
    ["a day without a name", { holidays: [holiday({ name: " " })] }, { "holiday-0": "hours.holiday_name" }],
    ["hours that are none", { holidays: [holiday({ hours: "nine" })] }, { "holiday-0": "hours.holiday_hours" }],
    ["a day twice", { holidays: [holiday({}), holiday({})] }, { "holiday-1": "hours.holiday_twice" }],
  ])("%s: it is said where", (_, changes, wanted) => {
    const result = readDraft({ kind: "weekly", shifts: [], holidays: [], ...changes })
    const errors = "errors" in result ? result.errors : {}
    expect(Object.fromEntries(Object.entries(errors).map(([key, { refused }]) => [key, refused]))).toEqual(wanted)
  })
  const DECEMBER_1 = Date.UTC(2026, 11, 1, 12)
  const eve = (date: string, shifts: readonly string[]) => ({ weekly: {}, holidays: [{ date, name: "Eve", shifts }] })
  test.each<[what: string, hours: unknown, refused: string | undefined]>([
    ["a week without a shift", { weekly: {} }, "hours.never_open"],
    ["closed holidays alone", eve("12-25", []), "hours.never_open"],
    ["a special day that is over", eve("2026-11-30", ["09:00-12:00"]), "hours.never_open"],
    ["a special day that comes", eve("2026-12-24", ["09:00-12:00"]), undefined],
    ["a special day that is today", eve("2026-12-01", ["09:00-18:00"]), undefined],
    ["one shift a week", { weekly: { sun: ["09:00-10:00"] } }, undefined],
    ["around the clock", "always", undefined],
  ])("%s: whether it is ever open", (_, written, refused) => {
    expect(refuseNeverOpen(read(written), "Europe/Rome", DECEMBER_1)?.refused).toBe(refused)
  })
  test("a whole day is from midnight to midnight", () => {
    const result = readDraft({ kind: "weekly", shifts: [shift("00:00", "00:00")], holidays: [] })
    expect("hours" in result && JSON.parse(writeHours(result.hours))).toEqual({ weekly: { tue: ["00:00-24:00"] } })
  })
  test.each([
    ["9", "09:00"],
    ["9.30", "09:30"],
    ["1345", "13:45"],
    ["noon", "noon"],
  ])("%s is %s", (typed, time) => expect(timeTyped(typed)).toBe(time))
  test("copying a working day fills the working days, and leaves the weekend", () => {
    const copied = changedDraft({ kind: "weekly", shifts: [shift("09:00", "13:00")], holidays: [] }, "copy:tue")
    expect(copied?.shifts.map(({ day }) => day).sort()).toEqual(["fri", "mon", "thu", "tue", "wed"])
  })
})
