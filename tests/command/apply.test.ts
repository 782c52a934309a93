/** A tenant as a file: the same appliance however often it is applied, or nothing at all. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { EXAMPLE } from "~/command/apply/example.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { InputInvalid } from "~/command/command.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { tenantBySlug } from "~/tenant/store.ts"
import { openTestDatabase } from "../database/support.ts"
import { fileWith, newFolder, PASSWORD, sample, sportello } from "./support.ts"

const apply = (content: unknown, data: string, ...words: string[]) =>
  sportello(["apply", fileWith(content), ...words], { data })

const rows = (data: string, sql: string) => {
  const connection = new Database(join(data, "sportello.db"), { readonly: true })
  const found = connection.query(sql).all() as Record<string, unknown>[]
  connection.close()
  return found
}

const ALL = [
  "tenant acme",
  "skillset Sales of acme",
  "skillset Service of acme",
  "user anna of acme",
  "channel 106540352242922 of acme",
  "platform admin root",
]
const each = (outcome: string) => ALL.map((object) => `${outcome.padEnd(10)}  ${object}`)

test("the contract's file creates everything; applied again it leaves everything alone", async () => {
  const data = newFolder()
  expect(await apply(sample(), data)).toEqual({
    code: 0,
    result: each("created"),
    messages: ["6 created, 0 changed, 0 left alone"],
  })
  const before = rows(data, "SELECT * FROM user ORDER BY id")
  expect(await apply(sample(), data)).toEqual({
    code: 0,
    result: each("left alone"),
    messages: ["0 created, 0 changed, 6 left alone"],
  })
  expect(rows(data, "SELECT * FROM user ORDER BY id")).toEqual(before)
  expect(before.map(({ username, level, maxConversations }) => [username, level, maxConversations])).toEqual([
    ["anna", "agent", 5],
    ["root", "platform_admin", 0],
  ])
  expect(before.map(({ passwordHash }) => Bun.password.verifySync(PASSWORD, String(passwordHash)))).toEqual([
    true,
    true,
  ])
  expect(rows(data, "SELECT settings FROM tenant WHERE slug = 'acme'")).toEqual([
    { settings: '{"offerTimeoutSeconds":120}' },
  ])
  expect(rows(data, "SELECT s.name FROM skillsetMember m JOIN skillset s ON s.id = m.skillset")).toEqual([
    { name: "Sales" },
  ])
  expect(
    rows(data, "SELECT s.name FROM channelSkillset c JOIN skillset s ON s.id = c.skillset ORDER BY position"),
  ).toEqual([{ name: "Sales" }, { name: "Service" }])
})

test("only what differs is changed, and what the file does not mention stays", async () => {
  const data = newFolder()
  await apply(sample(), data)
  const changed = {
    tenants: [
      {
        slug: "acme",
        settings: { repeatOfferPauseSeconds: 60 },
        users: [{ username: "Anna", skillsets: ["Service", "Sales"] }],
        channels: [{ phoneNumberId: "106540352242922", hours: { weekly: { mon: ["09:00-13:00"] } } }],
      },
    ],
  }
  const { code, result } = await apply(changed, data)
  expect({ code, result }).toEqual({
    code: 0,
    result: ["changed     tenant acme", "changed     user anna of acme", "changed     channel 106540352242922 of acme"],
  })
  expect(rows(data, "SELECT name, settings FROM tenant WHERE slug = 'acme'")).toEqual([
    { name: "Acme", settings: '{"offerTimeoutSeconds":120,"repeatOfferPauseSeconds":60}' },
  ])
  expect(rows(data, "SELECT name, hours FROM channel")).toEqual([
    { name: "Main", hours: '{"weekly":{"mon":["09:00-13:00"]}}' },
  ])
  expect(rows(data, "SELECT firstName, enabled FROM user WHERE username = 'anna'")).toEqual([
    { firstName: "Anna", enabled: 1 },
  ])
  expect((await apply(changed, data)).messages).toEqual(["0 created, 0 changed, 3 left alone"])
})

test("a new password ends the user's sessions; the same one does not touch them", async () => {
  const data = newFolder()
  await apply(sample(), data)
  const connection = new Database(join(data, "sportello.db"))
  connection.run(
    "INSERT INTO session (tokenHash, tenant, user, csrfToken, createdAt, lastSeenAt) SELECT randomblob(32), tenant, id, 'csrf', 1, 1 FROM user WHERE username = 'anna'",
  )
  connection.close()
  const sessions = () => rows(data, "SELECT count(*) AS count FROM session")
  await apply(sample(), data)
  expect(sessions()).toEqual([{ count: 1 }])
  const renewed = { tenants: [{ slug: "acme", users: [{ username: "anna", password: "another horse entirely" }] }] }
  expect((await apply(renewed, data)).result).toEqual(["left alone  tenant acme", "changed     user anna of acme"])
  expect(sessions()).toEqual([{ count: 0 }])
})

test("a dry run says the same and changes nothing", async () => {
  const empty = join(newFolder(), "never-made")
  const { code, result, messages } = await apply(sample(), empty, "--dry-run")
  expect({ code, result }).toEqual({ code: 0, result: each("created") })
  expect(messages).toEqual(["6 created, 0 changed, 0 left alone (dry run: nothing was changed)"])
  expect(existsSync(empty)).toBeFalse()
  const data = newFolder()
  await apply(sample(), data)
  const before = [rows(data, "SELECT * FROM tenant"), rows(data, "SELECT * FROM user"), readdirSync(data)]
  const other = {
    tenants: [
      { slug: "acme", name: "Other" },
      { slug: "new", name: "New", timezone: "UTC" },
    ],
  }
  expect((await apply(other, data, "--dry-run")).result).toEqual(["changed     tenant acme", "created     tenant new"])
  expect([rows(data, "SELECT * FROM tenant"), rows(data, "SELECT * FROM user"), readdirSync(data)]).toEqual(before)
})

test("a file may come by standard input", async () => {
  const { code, result } = await sportello(["apply", "-"], { data: newFolder(), input: JSON.stringify(sample()) })
  expect({ code, result }).toEqual({ code: 0, result: each("created") })
})

type Sample = ReturnType<typeof sample>
const tenant = (file: Sample) => file.tenants[0]!
const user = (file: Sample) => (tenant(file).users as Record<string, unknown>[])[0]!
const channel = (file: Sample) => (tenant(file).channels as Record<string, unknown>[])[0]!

const invalid: [what: string, spoil: (file: Sample) => void, sentence: string][] = [
  [
    "an unknown field",
    (file) => Object.assign(user(file), { maxConversation: 1 }),
    "tenants[0].users[0].maxConversation is not known; did you mean maxConversations?",
  ],
  ["a missing identity", (file) => delete user(file).username, "tenants[0].users[0].username is missing"],
  ["a list that is none", (file) => Object.assign(file, { tenants: {} }), "tenants must be a list"],
  ["a tenant that is none", (file) => Object.assign(file, { tenants: ["acme"] }), "tenants[0] must be an object"],
  ["a text that is none", (file) => Object.assign(tenant(file), { name: 7 }), "tenants[0].name must be a text"],
  ["an empty name", (file) => Object.assign(tenant(file), { name: " " }), "tenants[0].name must not be empty"],
  [
    "an odd slug",
    (file) => Object.assign(tenant(file), { slug: "Acme Ltd" }),
    "tenants[0].slug must be lower-case letters",
  ],
  ["the reserved slug", (file) => Object.assign(tenant(file), { slug: "appliance" }), "tenants[0].slug is reserved"],
  [
    "a timezone that is none",
    (file) => Object.assign(tenant(file), { timezone: "Europe/Roma" }),
    "tenants[0].timezone must be an IANA timezone",
  ],
  [
    "a language we do not speak",
    (file) => Object.assign(tenant(file), { language: "tlh" }),
    "tenants[0].language must be one of en, it",
  ],
  [
    "a setting out of range",
    (file) => Object.assign(tenant(file), { settings: { offerTimeoutSeconds: 0 } }),
    "tenants[0].settings.offerTimeoutSeconds must be a whole number from",
  ],
  [
    "an unknown setting",
    (file) => Object.assign(tenant(file), { settings: { offerTimeout: 60 } }),
    "tenants[0].settings.offerTimeout is not a setting",
  ],
  [
    "a short password",
    (file) => Object.assign(user(file), { password: "short" }),
    "tenants[0].users[0].password must have at least 15 characters",
  ],
  [
    "a password that is the username",
    (file) => Object.assign(user(file), { username: "annarossi-of-acme", password: "AnnaRossi-of-acme" }),
    "tenants[0].users[0].password is hardly more than the username",
  ],
  [
    "an odd username",
    (file) => Object.assign(user(file), { username: "anna rossi" }),
    "tenants[0].users[0].username must be 1 to 64",
  ],
  [
    "a mail address that is none",
    (file) => Object.assign(user(file), { email: "anna" }),
    "tenants[0].users[0].email must be a mail address",
  ],
  [
    "a level that is none",
    (file) => Object.assign(user(file), { level: "platform_admin" }),
    "tenants[0].users[0].level must be one of agent, supervisor",
  ],
  [
    "a number that is none",
    (file) => Object.assign(user(file), { maxConversations: "5" }),
    "tenants[0].users[0].maxConversations must be a whole number from 0 to 100",
  ],
  [
    "a yes or no that is neither",
    (file) => Object.assign(user(file), { isolated: 1 }),
    "tenants[0].users[0].isolated must be true or false",
  ],
  [
    "a skillset that does not exist",
    (file) => Object.assign(user(file), { skillsets: ["Sales", "Magic"] }),
    "tenants[0].users[0].skillsets[1] names a skillset that does not exist: Magic",
  ],
  [
    "a new user without a name",
    (file) => delete user(file).lastName,
    "tenants[0].users[0].lastName is needed for a new user",
  ],
  [
    "a new user without a level",
    (file) => delete user(file).level,
    "tenants[0].users[0].level is needed for a new user",
  ],
  [
    "a new tenant without a timezone",
    (file) => delete tenant(file).timezone,
    "tenants[0].timezone is needed for a new tenant",
  ],
  [
    "a new channel without a secret",
    (file) => delete channel(file).appSecret,
    "tenants[0].channels[0].appSecret is needed for a new channel",
  ],
  [
    "a number id that is none",
    (file) => Object.assign(channel(file), { phoneNumberId: "+39 06" }),
    "tenants[0].channels[0].phoneNumberId must be Meta's id: digits only",
  ],
  [
    "a channel without a skillset",
    (file) => Object.assign(channel(file), { skillsets: [] }),
    "tenants[0].channels[0].skillsets must name at least one skillset",
  ],
  [
    "a holiday that no calendar has",
    (file) =>
      Object.assign(channel(file), { hours: { weekly: {}, holidays: [{ date: "02-30", name: "A day too far" }] } }),
    'tenants[0].channels[0].hours.holidays[0].date must be a day like "2026-12-24", "12-25" (every year) or "easter+1"',
  ],
  [
    "hours that are none",
    (file) => Object.assign(channel(file), { hours: { weekly: { mon: ["9-13"] } } }),
    'tenants[0].channels[0].hours.weekly.mon[0] must be a shift like "09:00-13:00"',
  ],
  [
    "the same user twice",
    (file) => (tenant(file).users as unknown[]).push({ ...user(file), username: "ANNA" }),
    "tenants[0].users[1] is the same as tenants[0].users[0]",
  ],
  [
    "the same tenant twice",
    (file) => file.tenants.push({ slug: "acme" }),
    "tenants[1].slug is the same as tenants[0].slug",
  ],
  [
    "the same number in two tenants",
    (file) => file.tenants.push({ slug: "b", channels: [channel(file)] }),
    "tenants[1].channels[0] is the same as tenants[0].channels[0]",
  ],
  [
    "an admin who is a user",
    (file) => Object.assign(file.platformAdmins[0]!, { username: "anna" }),
    "platformAdmins[0] is the same as tenants[0].users[0]",
  ],
  [
    "an admin with a level",
    (file) => Object.assign(file.platformAdmins[0]!, { level: "agent" }),
    "platformAdmins[0].level is not known",
  ],
]

const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })

test.each(invalid)("%s: nothing is changed, and the path and the reason are named", async (_, spoil, sentence) => {
  const database = openTestDatabase()
  const workplace = { database, passwords, clock: new VirtualClock(), chance: new SeededChance(1) }
  const file = sample()
  spoil(file)
  const outcome = await applyDocument(workplace, { document: file, dryRun: false }).catch((error) => error)
  expect(outcome).toBeInstanceOf(InputInvalid)
  expect(outcome.lines[0]).toStartWith(sentence)
  expect(tenantBySlug(database.appliance.read, "acme")).toBeNull()
  expect(await applyDocument(workplace, { document: sample(), dryRun: false })).toHaveLength(ALL.length)
})

test.each<[list: string, added: (file: Sample) => object[]]>([
  ["skillsets", () => [{ name: "Moon" }, { name: "MOON" }]],
  [
    "profiling",
    () => [
      { name: "Moon", reasons: ["Full"] },
      { name: "MOON", reasons: ["New"] },
    ],
  ],
  ["locations", () => ["Moon", "MOON"].map((name) => ({ name, latitude: 0, longitude: 0 }))],
  ["customerProperties", () => [{ name: "Moon" }, { name: "MOON" }]],
  ["channels", (file) => [{ ...channel(file), name: "MAIN", phoneNumberId: "106540352242999" }]],
])("%s of one name in other capitals: told at the second of them", async (list, added) => {
  const database = openTestDatabase()
  const workplace = { database, passwords, clock: new VirtualClock(), chance: new SeededChance(1) }
  const file = sample()
  const all = [...((tenant(file) as Record<string, unknown[]>)[list] ?? []), ...added(file)]
  Object.assign(tenant(file), { [list]: all })
  const outcome = await applyDocument(workplace, { document: file, dryRun: false }).catch((error) => error)
  expect(outcome).toBeInstanceOf(InputInvalid)
  expect(outcome.lines).toEqual([
    `tenants[0].${list}[${all.length - 1}] has the name of another, in other capitals perhaps`,
  ])
  expect(tenantBySlug(database.appliance.read, "acme")).toBeNull()
})

test("everything that is wrong is named at once", async () => {
  const file = sample()
  Object.assign(user(file), { level: "boss", colour: "red" })
  Object.assign(tenant(file), { timezone: "Rome" })
  expect((await apply(file, newFolder())).messages).toHaveLength(3)
})

test("what is not JSON, or not there, is said so", async () => {
  const broken = await apply('{ "tenants": [', newFolder())
  expect(broken.code).toBe(2)
  expect(broken.messages[0]).toContain("is not JSON")
  const absent = await sportello(["apply", "/nowhere/file.json"], { data: newFolder() })
  expect({ code: absent.code, messages: absent.messages }).toEqual({
    code: 2,
    messages: ["/nowhere/file.json cannot be read."],
  })
  expect((await apply([], newFolder())).messages).toEqual(["the file must be an object"])
})

test("usernames and numbers of one tenant cannot be taken by another", async () => {
  const data = newFolder()
  await apply(sample(), data)
  const thief = sample()
  Object.assign(tenant(thief), { slug: "thief" })
  const { code, messages } = await apply({ tenants: thief.tenants }, data)
  expect(code).toBe(2)
  expect(messages).toEqual([
    "tenants[0].users[0].username is taken by a user of another tenant",
    "tenants[0].channels[0].phoneNumberId belongs to another tenant",
  ])
  expect(rows(data, "SELECT count(*) AS count FROM tenant WHERE slug = 'thief'")).toEqual([{ count: 0 }])
})

test("the example that help prints is taken as it stands", async () => {
  const { code, messages } = await sportello(["apply", fileWith(EXAMPLE), "--dry-run"], { data: newFolder() })
  expect({ code, messages }).toEqual({ code: 0, messages: [expect.stringContaining("0 changed, 0 left alone")] })
  expect((await sportello(["help", "apply"])).result.join("\n")).toContain(EXAMPLE)
})
