/** Service numbers: secrets sealed, found by their number, open and closed by their hours. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { type ChannelDetails, createChannel, updateChannel } from "~/channel/actions.ts"
import { serviceStatus } from "~/channel/queries/service.ts"
import { channelByPhoneNumberId, channelDirectory, credentialsOf } from "~/channel/queries.ts"
import type { ChannelSecrets } from "~/channel/rules.ts"
import { loadChannel } from "~/channel/store.ts"
import type { TenantHandle } from "~/database/database.ts"
import { query, statement } from "~/database/statement.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { readHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { hours as hoursLong, nextTurn, VirtualClock } from "~/kernel/clock.ts"
import { followUp } from "~/reactions.ts"
import { createSkillset } from "~/skillset/actions.ts"
import { updateTenant } from "~/tenant/actions.ts"
import { openPair } from "../database/support.ts"

const OFFICE = readHours({ weekly: { mon: ["09:00-13:00", "14:00-18:00"] } }) as Hours
const ALWAYS: Hours = { kind: "always" }
const SECRETS: ChannelSecrets = { accessToken: "EAAtoken", appSecret: "secret", verifyToken: "verify" }

/** Monday 2026-01-05, 10:00 in Rome. */
async function world() {
  const clock = new VirtualClock()
  const facts: Fact[] = []
  const pair = await openPair({
    clock,
    followUp(tx, fact) {
      facts.push(fact)
      followUp(tx, fact)
    },
  })
  const { database } = pair
  const add = (handle: TenantHandle, given: Partial<ChannelDetails & ChannelSecrets> & { phoneNumberId: string }) =>
    handle.act(SYSTEM, (tx) => {
      const skillset = createSkillset(tx, `for ${given.name ?? given.phoneNumberId}`)
      return createChannel(tx, database.secrets, {
        name: given.phoneNumberId,
        displayPhoneNumber: "+39 06 555 0100",
        wabaId: "1",
        hours: ALWAYS,
        enabled: true,
        timezone: null,
        settings: {},
        ...SECRETS,
        skillsets: [skillset],
        ...given,
      })
    })
  const advance = (span: number) =>
    clock.advance(span, async () => {
      await database.idle()
      await nextTurn()
    })
  return { ...pair, facts, add, advance }
}

test("a channel's secrets are nowhere in the file as they are, and come back for the calls they are for", async () => {
  const { database, acme, add } = await world()
  const id = await add(acme, { phoneNumberId: "111" })
  expect(credentialsOf(acme.read, database.secrets, id)).toEqual({ phoneNumberId: "111", accessToken: "EAAtoken" })
  await database.close()
  const connection = new Database(database.path, { readonly: true })
  const row = connection
    .query("SELECT accessToken, appSecret, verifyToken FROM channel")
    .values()
    .flat() as Uint8Array[]
  expect(row).toHaveLength(3)
  for (const sealed of row)
    for (const secret of Object.values(SECRETS)) expect(Buffer.from(sealed).includes(secret)).toBeFalse()
  connection.close()
})

test("a channel always has a skillset, the first being its default, in their order", async () => {
  const { database, acme, add } = await world()
  await expect(add(acme, { phoneNumberId: "111", skillsets: [] })).rejects.toThrow("channel.needs_skillset")
  const [first, second] = await acme.act(SYSTEM, (tx) => [createSkillset(tx, "b"), createSkillset(tx, "a")])
  const id = await add(acme, { phoneNumberId: "222", skillsets: [second!, first!] })
  expect(loadChannel(acme.read, id)?.skillsets).toEqual([second!, first!])
  await expect(acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, id, { skillsets: [] }))).rejects.toThrow(
    "channel.needs_skillset",
  )
})

test("a number belongs to one channel of the whole appliance", async () => {
  const { database, acme, globex, add } = await world()
  const id = await add(acme, { phoneNumberId: "111" })
  await expect(add(acme, { phoneNumberId: "111", name: "again" })).rejects.toThrow("channel.number_taken")
  await expect(add(globex, { phoneNumberId: "111" })).rejects.toThrow()
  expect(channelByPhoneNumberId(database.appliance.read, "111")).toMatchObject({ id, tenant: acme.id })
  expect(channelByPhoneNumberId(database.appliance.read, "999")).toBeNull()
})

test("a webhook leads to a channel only when it was signed with that channel's own secret", async () => {
  const { database, acme, globex, add } = await world()
  const directory = channelDirectory(database)
  expect(directory.appSecrets()).toEqual([])
  const one = await add(acme, { phoneNumberId: "111", appSecret: "acme-secret", wabaId: "7" })
  const two = await add(globex, { phoneNumberId: "222", appSecret: "globex-secret", wabaId: "7", verifyToken: "other" })
  expect(directory.appSecrets()).toEqual(["acme-secret", "globex-secret"])
  expect(directory.verifyTokens()).toEqual(["verify", "other"])
  expect(directory.route("111", "acme-secret")).toMatchObject({ tenant: acme.id, channel: one })
  expect(directory.route("222", "globex-secret")).toMatchObject({ tenant: globex.id, channel: two })
  expect(directory.route("222", "acme-secret")).toBeNull()
  expect(directory.route("333", "acme-secret")).toBeNull()
  expect(directory.routesOfAccount("7", "acme-secret").map(({ channel }) => channel)).toEqual([one])
})

test("the directory follows every change at once: another secret; a number that is switched off is still written to", async () => {
  const { database, acme, add } = await world()
  const directory = channelDirectory(database)
  const id = await add(acme, { phoneNumberId: "111" })
  expect(directory.appSecrets()).toEqual(["secret"])
  await acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, id, { appSecret: "rotated" }))
  expect(directory.appSecrets()).toEqual(["rotated"])
  await acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, id, { enabled: false }))
  expect(directory.route("111", "rotated")).toMatchObject({ channel: id })
  expect(directory.route("111", "secret")).toBeNull()
})

test("a change that changes nothing says so, secrets included", async () => {
  const { database, acme, add } = await world()
  const id = await add(acme, { phoneNumberId: "111" })
  const change = (changes: Parameters<typeof updateChannel>[3]) =>
    acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, id, changes))
  expect(await change({ ...SECRETS, name: "111", hours: ALWAYS, enabled: true })).toBeFalse()
  expect(await change({ accessToken: "EAAnew" })).toBeTrue()
  expect(await change({ hours: OFFICE })).toBeTrue()
  expect(await change({ hours: OFFICE })).toBeFalse()
})

test("the service status is open, mixed or closed over the tenant's own numbers, each with its hours", async () => {
  const { database, acme, globex, add, advance } = await world()
  expect(serviceStatus(acme.read).status).toBe("closed")
  await add(globex, { phoneNumberId: "999" })
  await add(acme, { phoneNumberId: "111", hours: OFFICE, name: "Office" })
  expect(serviceStatus(acme.read)).toEqual({
    status: "open",
    usualUntil: "12:00",
    channels: [
      {
        id: expect.any(Number),
        name: "Office",
        displayPhoneNumber: "+39 06 555 0100",
        open: true,
        today: ["09:00-13:00", "14:00-18:00"],
        nextChange: Date.UTC(2026, 0, 5, 12),
        holiday: null,
        missingHolidays: null,
        ownTimezone: null,
        forced: null,
      },
    ],
  })
  const always = await add(acme, { phoneNumberId: "222", name: "Round the clock" })
  expect(serviceStatus(acme.read).status).toBe("open")
  await advance(hoursLong(3.5))
  expect(serviceStatus(acme.read).status).toBe("mixed")
  expect(serviceStatus(acme.read).channels[1]).toMatchObject({ open: true, today: null, nextChange: null })
  await acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, always, { enabled: false }))
  expect(serviceStatus(acme.read)).toMatchObject({ status: "closed", channels: [{ name: "Office" }] })
})

const timers = statement(() => query.selectFrom("timer").selectAll().where("kind", "=", "hours_change"))

test("at every change of the hours the house is told, and the next change is already awaited", async () => {
  const { database, acme, facts, add, advance } = await world()
  await database.start()
  const id = await add(acme, { phoneNumberId: "111", hours: OFFICE })
  facts.length = 0
  await advance(hoursLong(9))
  expect(facts.map(({ type }) => type)).toEqual(
    Array.from({ length: 3 }, () => ["timer.hours_change", "channel.hours_changed"]).flat() as never,
  )
  expect(acme.read.all(timers)).toEqual([
    { tenant: acme.id, subject: id, kind: "hours_change", faults: 0, at: Date.UTC(2026, 0, 12, 8) } as never,
  ])
  await acme.act(SYSTEM, (tx) => updateChannel(tx, database.secrets, id, { hours: ALWAYS }))
  expect(acme.read.all(timers)).toEqual([])
})

test("when the tenant's timezone changes, every number's next change moves with it", async () => {
  const { database, acme, add } = await world()
  await add(acme, { phoneNumberId: "111", hours: OFFICE })
  expect(acme.read.all(timers).map(({ at }) => at)).toEqual([Date.UTC(2026, 0, 5, 12)])
  await database.appliance.act((tx) => updateTenant(tx, SYSTEM, acme.id, { timezone: "Asia/Kathmandu" }))
  expect(acme.read.all(timers).map(({ at }) => at)).toEqual([Date.UTC(2026, 0, 5, 12, 15)])
})
