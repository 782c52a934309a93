/** A tenant written as a file, applied to an empty appliance, and written again: the same file. */
import { expect, test } from "bun:test"
import { readDocument } from "~/command/apply/document.ts"
import { EXAMPLE } from "~/command/apply/example.ts"
import { png } from "../support/picture.ts"
import { fileWith, newFolder, sportello } from "./support.ts"

/** Everything that a file can say, at least once: the last test holds it to that. */
const FULL = {
  platformAdmins: [
    {
      username: "root",
      firstName: "Rita",
      lastName: "Root",
      email: "root@acme.test",
      password: "correct horse battery",
    },
  ],
  appliance: {
    settings: { passwordCharacters: 16 },
    mailServer: {
      host: "mail.acme.test",
      sender: "office@acme.test",
      username: "office",
      password: "appliance-mail-password",
    },
  },
  tenants: [
    {
      slug: "acme",
      name: "Acme",
      timezone: "Europe/Rome",
      language: "it",
      settings: { offerTimeoutSeconds: 90, mayDecline: true, optOutWords: "BASTA" },
      skillsets: [
        { name: "Sales", strategy: "manual", priority: 4, overflow: { skillset: "Service", afterSeconds: 60 } },
        { name: "Service" },
      ],
      users: [
        {
          username: "anna",
          firstName: "Anna",
          lastName: "Rossi",
          level: "agent",
          password: "correct horse battery",
          skillsets: ["Service", "Sales"],
          isolated: true,
          externalId: "HR-1",
          email: "anna@acme.test",
        },
        { username: "old", firstName: "Old", lastName: "Hand", level: "supervisor", enabled: false, loginType: "ldap" },
      ],
      profiling: [
        { name: "Reasons", reasons: ["Price", { title: "Repair", mayStop: true, reasons: ["Late", "Broken"] }] },
      ],
      channels: [
        {
          name: "Main",
          phoneNumberId: "106540352242922",
          displayPhoneNumber: "+39 06 555 0100",
          wabaId: "102290129340398",
          accessToken: "token-of-meta",
          appSecret: "secret-of-meta",
          verifyToken: "verify-me",
          skillsets: ["Service", "Sales"],
          timezone: "Europe/London",
          profiling: "Reasons",
          hours: {
            weekly: { mon: ["09:00-13:00", "14:00-18:00"], fri: ["22:00-02:00"] },
            holidays: [{ date: "12-25", name: "Christmas", shifts: [] }],
          },
          settings: { profilingReason: "required", onlyKnownCustomers: true },
          messages: { welcome: { en: "Hello {customer.name|there}", it: "Salve" } },
          menu: {
            greeting: "What is it?",
            style: "list",
            wrongAnswer: "Please choose.",
            timeoutSkillset: "Sales",
            choices: [
              { title: "Buy", words: ["sales"], skillset: "Sales", priority: 2, answer: "One moment." },
              { title: "Other", answer: "Which?", choices: [{ title: "Repair", skillset: "Service" }] },
            ],
            talkToPerson: {
              title: "A person",
              words: ["person"],
              skillset: "Sales",
              priority: 1,
              answer: "One moment.",
            },
          },
        },
      ],
      retention: { conversationsDays: 730, mediaDays: 90, webhooksDays: 14, logsDays: 60, presenceDays: 400 },
      brand: {
        name: "Acme Assistenza",
        accent: "#7a1fa2",
        logo: `data:image/png;base64,${Buffer.from(png(64, 32)).toString("base64")}`,
      },
      speech: {
        engine: "server",
        url: "http://speech.test:8000/v1",
        model: "whisper-small",
        key: "secret-of-speech",
        languages: ["it", "pt-BR"],
      },
      predefinedMessages: [
        {
          category: "Greetings",
          title: "Hello",
          text: "Hello {customer.name}",
          language: "en",
          buttons: ["Yes", "No"],
        },
        {
          category: "Greetings",
          title: "List",
          text: "Choose",
          list: { opener: "Open", choices: ["A", "B"] },
          enabled: false,
        },
      ],
      locations: [{ name: "Shop", latitude: 45.1, longitude: 9.2, address: "Via Roma 1" }],
      customerProperties: [{ name: "Size", kind: "choice", choices: ["S", "L"], channels: ["Main"] }, { name: "Note" }],
      tags: ["vip", { name: "late", tone: "warn" }],
      signIn: {
        providers: [
          {
            provider: "entra",
            clientId: "11111111-2222-3333-4444-555555555555",
            clientSecret: "secret-of-entra",
            directoryId: "99999999-2222-3333-4444-555555555555",
            allowedDomains: ["acme.test"],
            guests: true,
          },
          {
            provider: "salesforce",
            clientId: "sales-client",
            clientSecret: "secret-of-sales",
            myDomain: "acme.my.salesforce.com",
          },
        ],
        directory: {
          url: "ldaps://ldap.acme.test",
          way: "search",
          serviceName: "cn=reader,dc=acme,dc=test",
          servicePassword: "directory-password",
          searchBase: "dc=acme,dc=test",
          groupBase: "ou=groups,dc=acme,dc=test",
          userFilter: "(uid={username})",
          allowedGroups: ["cn=desk,dc=acme,dc=test"],
          groupRules: [{ group: "cn=sales,dc=acme,dc=test", level: "agent", skillsets: ["Sales"] }],
        },
      },
      callServers: { urls: ["turn:turn.acme.test:3478"], secret: "secret-of-coturn" },
      callTemplate: "call_link",
      mailServer: { host: "10.0.0.5", sender: "acme@acme.test", username: "acme", password: "tenant-mail-password" },
      reportSchedules: [
        { report: "volumes", every: "week", recipients: ["boss@acme.test", "anna@acme.test"] },
        { report: "presence", rows: "agent", every: "day", recipients: ["boss@acme.test"], language: "en" },
        {
          report: "volumes",
          rows: "day",
          every: "month",
          recipients: ["boss@acme.test"],
          language: "en",
          skillset: "Service",
          agent: "anna",
          channel: "106540352242922",
        },
      ],
      templates: [
        {
          wabaId: "102290129340398",
          name: "hello_world",
          language: "en_US",
          enabled: true,
          fills: { "1": "customer.name" },
        },
      ],
    },
  ],
}

const exported = async (data: string, ...words: string[]) => {
  const { code, result, messages } = await sportello(["export-config", ...words], { data })
  return { code, text: result.join("\n"), messages }
}

test("export, apply on an empty appliance, export: the same file; applied where it came from it changes nothing", async () => {
  const first = newFolder()
  const second = newFolder()
  expect((await sportello(["apply", fileWith(FULL)], { data: first })).code).toBe(0)
  const written = await exported(first, "--with-secrets")
  expect(written.code).toBe(0)
  const again = await sportello(["apply", fileWith(JSON.parse(written.text))], { data: first })
  expect(again.messages).toEqual([expect.stringMatching(/^0 created, 0 changed, \d+ left alone$/)])
  expect((await sportello(["apply", fileWith(JSON.parse(written.text))], { data: second })).code).toBe(0)
  expect((await exported(second, "--with-secrets")).text).toBe(written.text)
  expect(JSON.parse(written.text)).toMatchObject({ appliance: FULL.appliance, platformAdmins: [{ username: "root" }] })
  expect(JSON.parse(written.text).tenants[0]).toMatchObject({
    settings: FULL.tenants[0]?.settings,
    timezone: "Europe/Rome",
    callServers: FULL.tenants[0]?.callServers,
    mailServer: FULL.tenants[0]?.mailServer,
    callTemplate: "call_link",
    reportSchedules: [
      { report: "volumes", rows: "day", language: "it" },
      ...(FULL.tenants[0]?.reportSchedules.slice(1) ?? []),
    ],
    channels: [{ accessToken: "token-of-meta", messages: { welcome: { it: "Salve" } }, profiling: "Reasons" }],
  })
}, 60_000)

/** What an exported file never says. */
const NEVER = [
  "platformAdmins[].password",
  "tenants[].users[].password",
  "tenants[].channels[].menu.talkToPerson.choices",
]
/** Read whole by the rules of their nouns. */
const OPAQUE = ["hours", "messages", "settings", "fills"]

/** `document` to be read; every field a reader asks for is noted, by its place without numbers. */
function watched(document: unknown, place: string, note: (place: string, isThere: boolean) => void): unknown {
  if (typeof document !== "object" || document === null) return document
  if (Array.isArray(document)) return document.map((item) => watched(item, `${place}[]`, note))
  return new Proxy(document, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name)
      if (typeof name !== "string") return value
      const inside = place === "" ? name : `${place}.${name}`
      note(inside.replace(/(\.(?:choices|reasons)\[\])+/g, "$1"), value !== undefined)
      return OPAQUE.includes(name) ? value : watched(value, inside, note)
    },
  })
}

test("there is no field that apply reads and export-config does not write", async () => {
  const data = newFolder()
  await sportello(["apply", fileWith(FULL)], { data })
  const secrets = [
    "token-of-meta",
    "secret-of-coturn",
    "secret-of-entra",
    "directory-password",
    "tenant-mail-password",
    "appliance-mail-password",
  ]
  const open = (await exported(data)).text
  expect(secrets.filter((secret) => open.includes(secret))).toEqual([])
  const { text } = await exported(data, "--with-secrets")
  expect(secrets.filter((secret) => !text.includes(secret))).toEqual([])
  const asked = new Set<string>()
  const there = new Set<string>()
  const problems = readDocument(
    watched(JSON.parse(text), "", (place, isThere) => {
      asked.add(place)
      if (isThere) there.add(place)
    }),
  )
  expect(problems).not.toHaveProperty("problems")
  expect(asked.size).toBeGreaterThan(90)
  expect([...asked].filter((place) => !there.has(place)).sort()).toEqual(NEVER.toSorted())
}, 60_000)

test("secrets are left out unless they are asked for, which is said; passwords are never there", async () => {
  const data = newFolder()
  await sportello(["apply", fileWith(JSON.parse(EXAMPLE))], { data })
  const { text, messages } = await exported(data)
  for (const secret of ["from-meta", "a-word-of-your-own", "choose a long sentence", "argon2"])
    expect(text).not.toContain(secret)
  expect(messages.join()).toContain("left out")
  const all = await exported(data, "--with-secrets")
  expect(all.text).toContain("from-meta")
  expect(all.text).not.toContain("argon2")
  expect(all.messages.join()).toContain("keep it as you keep passwords")
}, 60_000)

test("a tenant that does not exist, and a word too many, are said", async () => {
  const data = newFolder()
  await sportello(["apply", fileWith(JSON.parse(EXAMPLE))], { data })
  expect(await exported(data, "nobody")).toEqual({ code: 2, text: "", messages: ["There is no tenant nobody."] })
  expect((await exported(data, "acme", "globex")).code).toBe(2)
}, 60_000)
