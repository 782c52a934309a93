/** Signing in with the company's directory, a real one: both ways of asking, TLS, groups, and every wrong turn. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { PASSWORD } from "../support/cast.ts"
import { BASE, hasSlapd, LDAP_PASSWORD, openDirectory, type PretendDirectory, SERVICE } from "../support/directory.ts"
import { Newcomer } from "../support/newcomer.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const isThere = hasSlapd()
let slapd: PretendDirectory
let world: World
beforeAll(async () => {
  if (isThere) slapd = await openDirectory()
})
afterAll(() => slapd?.close())
beforeEach(async () => {
  if (!isThere) return
  world = await openWorld()
  await world.apply({ tenants: [{ slug: "acme", users: [person("luca"), person("bianca"), person("gone")] }] })
  await set({})
})
afterEach(() => world?.close())

const person = (username: string, more: object = {}) => ({
  username,
  firstName: username,
  lastName: "Verdi",
  level: "agent",
  loginType: "ldap",
  skillsets: ["Sales"],
  ...more,
})
const asUser = () => ({ url: slapd.plain, way: "user", bindName: `uid={username},ou=people,${BASE}`, searchBase: "" })
const bySearch = () => ({
  url: slapd.plain,
  way: "search",
  serviceName: SERVICE.name,
  servicePassword: SERVICE.password,
  searchBase: `ou=people,${BASE}`,
  userFilter: "(&(objectClass=inetOrgPerson)(uid={username}))",
})
const set = (more: object) =>
  world.apply({
    tenants: [{ slug: "acme", signIn: { directory: { ...asUser(), startTls: false, certificate: null, ...more } } }],
  })

async function tried(username: string, password: string) {
  const browser = new Newcomer(world.appliance.answer)
  const shown = await browser.signIn(username, password)
  const said =
    shown.path !== "/login"
      ? ""
      : (/role="(?:alert|status)".*?<strong[^>]*>(.*?)<\/strong>/s.exec(shown.text)?.[1] ?? "nothing")
  return { isIn: await browser.isIn(), said, browser }
}
const WRONG = { isIn: false, said: "Wrong username or password." }
const DOWN = { isIn: false, said: "The directory of your company does not answer. Try again in a moment." }
const outcome = async (username: string, password: string) => {
  const { isIn, said } = await tried(username, password)
  return { isIn, said }
}

describe.if(isThere)("with the directory", () => {
  test.each([
    ["as the user", asUser],
    ["searched for first", bySearch],
    [
      "as the user, then looked up",
      () => ({ ...asUser(), searchBase: `ou=people,${BASE}`, userFilter: "(uid={username})" }),
    ],
    ["over StartTLS", () => ({ ...asUser(), startTls: true, certificate: slapd.authority })],
    ["over ldaps", () => ({ ...bySearch(), url: slapd.secure, certificate: slapd.authority })],
  ])("%s: the right password comes in, a wrong one and none do not", async (_, settings) => {
    await set(settings())
    expect(await outcome("luca", LDAP_PASSWORD)).toEqual({ isIn: true, said: "" })
    expect(await outcome("luca", "not that one, nor any other")).toEqual(WRONG)
    // A directory says yes to a name without a password.
    expect(await outcome("luca", "")).toEqual(WRONG)
    // Somebody an administrator made whom the directory does not know; somebody it knows whom nobody made.
    expect(await outcome("gone", LDAP_PASSWORD)).toEqual(WRONG)
    expect(await outcome("lucas", LDAP_PASSWORD)).toEqual(WRONG)
    expect(JSON.stringify(dump(world.database.path))).not.toContain(SERVICE.password)
  })

  test.each([
    ["luca", "*"],
    ["luca", "lu*"],
    ["luca", "*)(uid=luca"],
    ["luca", "luca)(|(objectClass=*"],
    ["luca", `luca,ou=people,${BASE}`],
    ["luca", "lucas,ou=people"],
    ["luca", "\\2a"],
  ])("whom %s is in the directory, written as %p, is a name and not a question", async (username, externalId) => {
    await world.apply({ tenants: [{ slug: "acme", users: [{ username, externalId }] }] })
    for (const settings of [asUser(), bySearch()]) {
      await set(settings)
      expect(await outcome(username, LDAP_PASSWORD)).toEqual(WRONG)
    }
  })

  test("the name there may be another than here", async () => {
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "gone", externalId: "lucas" }] }] })
    expect(await outcome("gone", LDAP_PASSWORD)).toEqual({ isIn: true, said: "" })
  })

  test.each([
    ["the certificate is of somebody else's authority", () => ({ url: slapd.secure, certificate: slapd.stranger })],
    ["the certificate is of no authority that is known", () => ({ url: slapd.secure })],
    ["StartTLS meets the same", () => ({ startTls: true, certificate: slapd.stranger })],
    ["there is nobody at the address", () => ({ url: "ldap://127.0.0.1:1" })],
    ["the service account is not taken", () => ({ ...bySearch(), servicePassword: "another" })],
    ["the place is none", () => ({ ...bySearch(), searchBase: `ou=nowhere,${BASE}` })],
    ["the filter fits several", () => ({ ...bySearch(), userFilter: "(|(uid={username})(uid=lucas))" })],
  ])("nobody comes in when %s", async (_, settings) => {
    await set(settings())
    expect(await outcome("luca", LDAP_PASSWORD)).toEqual(DOWN)
    expect((await outcome("dora", PASSWORD)).isIn).toBeTrue()
  })

  test("a directory that is down does not count as a wrong password; it is back when it is back", async () => {
    await slapd.stop()
    for (let attempt = 0; attempt < 7; attempt++) expect(await outcome("luca", LDAP_PASSWORD)).toEqual(DOWN)
    await slapd.back()
    expect((await outcome("luca", LDAP_PASSWORD)).isIn).toBeTrue()
  })

  test("guessing is slowed down as with passwords of ours", async () => {
    for (let attempt = 0; attempt < 5; attempt++) await outcome("luca", "a guess")
    expect((await outcome("luca", LDAP_PASSWORD)).said).toContain("Wait")
  })

  test("switched off, or a user disabled, nobody comes in", async () => {
    await set({ enabled: false })
    expect(await outcome("luca", LDAP_PASSWORD)).toEqual(WRONG)
    await set({ enabled: true })
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "luca", enabled: false }] }] })
    expect(await outcome("luca", LDAP_PASSWORD)).toEqual(WRONG)
  })

  const standing = (username: string) =>
    rowsOf<{ level: string; skillsets: string }>(
      world.database.path,
      `SELECT level, (SELECT group_concat(s.name, ',' ORDER BY s.name) FROM skillsetMember m JOIN skillset s ON s.id = m.skillset
        WHERE m.user = user.id) AS skillsets FROM user WHERE username = ?`,
      username,
    )[0]

  test.each([
    ["named by the entry", () => bySearch()],
    ["looked for where groups are", () => ({ ...asUser(), groupBase: `ou=groups,${BASE}` })],
  ])("groups, %s, decide level and skillsets at each sign-in", async (_, settings) => {
    const groupRules = [
      { group: "Team Leaders", level: "supervisor" },
      { group: `CN=Service desk, OU=groups, ${BASE}`, skillsets: ["Service"] },
    ]
    await set({ ...settings(), groupRules })
    expect((await tried("bianca", LDAP_PASSWORD)).isIn).toBeTrue()
    expect(standing("bianca")).toEqual({ level: "supervisor", skillsets: "Service" })
    await tried("luca", LDAP_PASSWORD)
    expect(standing("luca")).toEqual({ level: "agent", skillsets: "Service" })
    await set({
      ...settings(),
      groupRules: [{ group: "Directors", level: "tenant_admin" }],
      allowedGroups: ["Team leaders"],
    })
    await tried("bianca", LDAP_PASSWORD)
    expect(standing("bianca")).toEqual({ level: "agent", skillsets: "Service" })
    expect((await tried("luca", LDAP_PASSWORD)).said).toContain("in no group of the directory that may sign in")
  })

  test("the administrator tests it: what is wrong in plain words, what a person would be", async () => {
    await set({ ...bySearch(), groupRules: [{ group: "Team leaders", level: "supervisor", skillsets: ["Sales"] }] })
    const { browser } = await tried("dora", PASSWORD)
    await browser.open("/admin/ways-in/directory")
    const test = async (username: string, password: string) =>
      (await browser.send("/admin/ways-in/directory/test", { username, password })).text
    expect(await test("", "")).toContain("The directory answers.")
    expect(await test("bianca", "wrong")).toContain("does not know this name with this password")
    const known = await test("bianca", LDAP_PASSWORD)
    for (const words of [
      `uid=bianca,ou=people,${BASE}`,
      "Level at the next sign-in: Supervisor",
      "Skillsets at the next sign-in: Sales",
    ])
      expect(known).toContain(words)
    for (const [settings, said] of [
      [{ url: slapd.secure, certificate: slapd.stranger }, "The certificate is not trusted"],
      [{ startTls: true, certificate: slapd.stranger }, "The certificate is not trusted"],
      [{ url: "ldap://localhost:1" }, "Nothing answers at this address."],
      [{ ...bySearch(), searchBase: `ou=nowhere,${BASE}` }, "What is named as a place is not there."],
      [{ ...bySearch(), servicePassword: "another" }, "does not take the service account"],
    ] as const) {
      await set(settings)
      expect(await test("", "")).toContain(said)
    }
    const entries = () => rowsOf(world.database.path, "SELECT count(*) AS n FROM auditEntry")
    const before = entries()
    await set({ ...bySearch(), servicePassword: "another" })
    expect(entries()).toEqual(before)
  })
})
