/** Signing in with a provider, each with its peculiar claims, and every wrong turn on the way: one sentence, no way in. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { PASSWORD } from "../support/cast.ts"
import { Newcomer, type Shown } from "../support/newcomer.ts"
import {
  CLIENT,
  type Claims,
  DIRECTORY_ID,
  openProvider,
  type PretendProvider,
  type ProviderKind,
} from "../support/provider.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const BACK = (kind: string, slug = "acme") => `http://127.0.0.1:8080/login/with/${kind}/${slug}`
const OID = "0b3c2f1e-1111-4222-8333-444455556666"
const ENTRA: Claims = {
  sub: "pairwise-1",
  oid: OID,
  tid: DIRECTORY_ID,
  preferred_username: "Paola@acme.test",
  email: "paola@acme.test",
}
const GOOGLE: Claims = { sub: "109876543210", email: "gino@acme.test", email_verified: true, hd: "acme.test" }
const SALESFORCE: Claims = {
  sub: "https://acme.my.salesforce.com/id/00D1/0051",
  user_id: "0051x",
  preferred_username: "sonia@acme.test",
  email: "sonia@acme.test",
  email_verified: true,
}

let providers: Record<ProviderKind, PretendProvider>
let world: World
beforeAll(async () => {
  const open = (kind: ProviderKind) => openProvider(kind, [BACK(kind), BACK(kind, "globex")])
  providers = { entra: await open("entra"), google: await open("google"), salesforce: await open("salesforce") }
})
afterAll(async () => {
  for (const one of Object.values(providers)) await one.close()
})

const setUp = (provider: ProviderKind, more: object = {}) => ({
  provider,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  issuer: providers[provider].issuer,
  ...(provider === "entra" ? { directoryId: DIRECTORY_ID } : {}),
  ...(provider === "salesforce" ? { myDomain: "acme.my.salesforce.com" } : {}),
  ...(provider === "google" ? { allowedDomains: ["acme.test"], linksByEmail: true } : {}),
  ...more,
})
const person = (username: string, more: object) => ({
  username,
  firstName: username,
  lastName: "Verdi",
  level: "agent",
  loginType: "external",
  skillsets: ["Sales"],
  email: `${username}@acme.test`,
  ...more,
})
const signIn = (...settings: object[]) => ({ tenants: [{ slug: "acme", signIn: { providers: settings } }] })

beforeEach(async () => {
  for (const one of Object.values(providers))
    Object.assign(one.state, { lie: null, stranger: false, down: false, declines: false })
  world = await openWorld()
  await world.apply({
    tenants: [
      {
        slug: "acme",
        users: [
          person("paola", { externalId: OID.toUpperCase() }),
          person("gino", {}),
          person("sonia", { externalId: "0051X" }),
          person("anna3", { loginType: "password", password: "correct horse battery", email: "twin@acme.test" }),
        ],
        signIn: { providers: [setUp("entra"), setUp("google"), setUp("salesforce")] },
      },
    ],
  })
})
afterEach(() => world.close())

async function depart(browser: Newcomer, provider: ProviderKind, company = "acme", next = "/profile"): Promise<Shown> {
  await browser.open(`/login?company=${company}`)
  return browser.send("/login/with", { provider, company, next, language: "", shownLanguage: "en" })
}
const addressOn = ({ text }: Shown) => (/href="(http:[^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&")
const inside = (address: string) => address.replace("http://127.0.0.1:8080", "")

async function arrive(provider: ProviderKind, who: Claims, browser = new Newcomer(world.appliance.answer)) {
  providers[provider].state.person = who
  const back = await providers[provider].visit(addressOn(await depart(browser, provider)))
  return { browser, back, shown: await browser.open(inside(back)) }
}
const saidOn = ({ text }: Shown) =>
  /role="(?:alert|status)".*?<strong[^>]*>(.*?)<\/strong>/s.exec(text)?.[1] ?? text.slice(0, 3_000)
const refusedWith = async ({ browser, shown }: { browser: Newcomer; shown: Shown }, sentence: string) => {
  expect(`${shown.path} ${saidOn(shown)}`).toContain(sentence)
  expect(shown.path).toBe("/login")
  expect(await browser.isIn()).toBeFalse()
  expect(rowsOf(world.database.path, "SELECT 1 FROM session")).toEqual([])
}
const acts = () =>
  rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry ORDER BY id").map(({ act }) => act)

test.each([
  ["entra", ENTRA, "Paola"],
  ["google", GOOGLE, "gino"],
  ["salesforce", SALESFORCE, "sonia"],
] as const)(
  "with %s a person whom an administrator made comes in, is linked once and found again",
  async (kind, who) => {
    const first = await arrive(kind, who)
    expect([first.shown.status, first.shown.path]).toEqual([200, "/profile"])
    expect(await first.browser.isIn()).toBeTrue()
    expect([
      first.shown.text.includes("with your company&#x27;s provider"),
      first.shown.text.includes("Change password"),
    ]).toEqual([true, false])
    // Another mail address at the provider: still the same person here, and no second one.
    const again = await arrive(kind, { ...who, email: "married@elsewhere.test", email_verified: false })
    expect(again.shown.path).toBe("/profile")
    expect(rowsOf(world.database.path, "SELECT user FROM externalIdentity")).toHaveLength(1)
    expect(acts().filter((act) => act === "sign_in.linked")).toHaveLength(1)
    expect(acts().filter((act) => act === "sign_in.succeeded")).toHaveLength(2)
  },
)

test("the address that is asked for is code flow with PKCE, a state and a nonce, and names this provider's own way back", async () => {
  const browser = new Newcomer(world.appliance.answer)
  const asked = new URL(addressOn(await depart(browser, "google"))).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    scope: "openid profile email",
    hd: "acme.test",
    redirect_uri: BACK("google"),
  })
  for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)).toMatch(/^[\w-]{43}$/)
})

test("who is to prove again who they are does so at the provider, which asks for the password, and comes back", async () => {
  await world.apply({ tenants: [{ slug: "acme", users: [{ username: "paola", level: "supervisor" }] }] })
  const { browser } = await arrive("entra", ENTRA)
  await world.advance(minutes(6))
  const asked = await browser.send("/customers/export", { format: "csv" })
  expect([asked.path, asked.text.includes('name="_proof"')]).toEqual(["/proof", false])
  const gone = await browser.send("/proof/elsewhere", { provider: "entra", next: "/customers" })
  expect(new URL(addressOn(gone)).searchParams.get("prompt")).toBe("login")
  const back = await browser.open(inside(await providers.entra.visit(addressOn(gone))))
  expect(back.path).toBe("/customers")
  const file = await browser.fetch("/customers/export", { format: "csv" })
  expect(file.headers.get("content-disposition")).toContain("attachment")
})

describe("whoever the provider is sure of, but the company is not, does not come in:", () => {
  test.each([
    [
      "nobody made a user for them",
      "google",
      { ...GOOGLE, sub: "5", email: "new@acme.test" },
      "No user here belongs to this Google account",
    ],
    [
      "a user with that address signs in with a password",
      "google",
      { ...GOOGLE, sub: "6", email: "twin@acme.test" },
      "No user here belongs",
    ],
    ["the address is not proved", "google", { ...GOOGLE, sub: "7", email_verified: false }, "No user here belongs"],
    ["the domain is another one", "google", { ...GOOGLE, hd: "evil.test" }, "is not of your company"],
    [
      "there is no domain",
      "google",
      { sub: "8", email: "gino@acme.test", email_verified: true },
      "is not of your company",
    ],
    [
      "a mail address at Entra ID proves nothing",
      "entra",
      { ...ENTRA, oid: "9", preferred_username: "x@acme.test" },
      "No user here belongs",
    ],
    [
      "they are of another directory",
      "entra",
      { ...ENTRA, tid: "00000000-0000-4000-8000-000000000000" },
      "could not be trusted",
    ],
    ["they are a guest", "entra", { ...ENTRA, acct: 1 }, "account is a guest"],
    ["they are a guest by name", "entra", { ...ENTRA, upn: "x_evil.test#EXT#@acme.test" }, "account is a guest"],
    [
      "the address at Salesforce is not the company's way",
      "salesforce",
      { ...SALESFORCE, user_id: "9", sub: "9" },
      "No user here belongs",
    ],
  ] as const)("%s", async (_, kind, who, sentence) => refusedWith(await arrive(kind, who as Claims), sentence))

  test("they are disabled, by a sentence of its own, and it is on record", async () => {
    const { browser } = await arrive("entra", ENTRA)
    expect(await browser.isIn()).toBeTrue()
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "paola", enabled: false }] }] })
    expect(await browser.isIn()).toBeFalse()
    await refusedWith(await arrive("entra", ENTRA), "Your user is disabled. Ask your administrator.")
    expect(acts()).toContain("sign_in.failed")
  })

  test("another account of the provider does not take a user over", async () => {
    await arrive("google", GOOGLE)
    await world.apply({ tenants: [{ slug: "acme", users: [{ username: "gino", email: "gino@acme.test" }] }] })
    const { shown } = await arrive("google", { ...GOOGLE, sub: "another-gino" })
    expect(shown.text).toContain("belongs to another Google account")
    expect(rowsOf(world.database.path, "SELECT 1 FROM externalIdentity")).toHaveLength(1)
  })

  test("they are in none of the groups, and come in once they are", async () => {
    await world.apply(signIn(setUp("entra", { allowedGroups: ["agents-group"] })))
    await refusedWith(await arrive("entra", { ...ENTRA, groups: ["others"] }), "is in no group that may sign in")
    expect((await arrive("entra", { ...ENTRA, groups: ["agents-group"] })).shown.path).toBe("/profile")
  })

  test.each([
    ["a custom permission", { custom_permissions: { Desk: "true", Reports: "false" } }],
    ["a custom permission, told as a list", { custom_permissions: ["Desk"] }],
    ["a custom attribute", { custom_attributes: { department: "Support" } }],
  ] as const)("at Salesforce %s stands for a group, and only as it is written", async (_what, told) => {
    await world.apply(signIn(setUp("salesforce", { allowedGroups: ["Desk", "department=Support"] })))
    const asked = new URL(addressOn(await depart(new Newcomer(world.appliance.answer), "salesforce"))).searchParams
    expect(asked.get("scope")).toBe("openid profile email custom_permissions")
    const others = { custom_permissions: { Desk: "false" }, custom_attributes: { department: "Sales", Desk: "true" } }
    for (const claims of [SALESFORCE, { ...SALESFORCE, ...others }, { ...SALESFORCE, groups: "Desk" }])
      await refusedWith(await arrive("salesforce", claims), "is in no group that may sign in")
    expect((await arrive("salesforce", { ...SALESFORCE, ...told })).shown.path).toBe("/profile")
  })

  test("Google tells no groups: a list of them is refused, by the page and by the file, and the page says why", async () => {
    const google = setUp("google", { issuer: null })
    await expect(world.apply(signIn({ ...google, allowedGroups: ["agents"] }))).rejects.toThrow()
    const dora = new Newcomer(world.appliance.answer)
    await dora.signIn("dora", PASSWORD)
    await world.apply(signIn(google))
    const page = await dora.open("/admin/ways-in/providers/google")
    expect([page.text.includes("Google tells no groups"), page.text.includes("Allowed groups")]).toEqual([true, false])
    const form = {
      enabled: "on",
      clientId: CLIENT.id,
      account: "",
      allowedDomains: "acme.test",
      allowedGroups: "agents",
    }
    const refused = await dora.send("/admin/ways-in/providers/google", { ...form, clientSecret: "" })
    expect([
      refused.status,
      rowsOf(world.database.path, "SELECT allowedGroups FROM signInProvider WHERE provider = 'google'"),
    ]).toEqual([422, [{ allowedGroups: "" }]])
    expect((await dora.open("/admin/ways-in/providers/salesforce")).text).toContain(
      "Allowed permissions and attributes",
    )
  })

  test("guests come in where the company lets them", async () => {
    await world.apply(signIn(setUp("entra", { guests: true })))
    expect((await arrive("entra", { ...ENTRA, acct: 1 })).shown.path).toBe("/profile")
  })
})

describe("what proves nothing lets nobody in:", () => {
  test.each([
    ["another nonce", (claims: object) => ({ ...claims, nonce: "of-another-visit" })],
    ["no nonce", ({ nonce: _, ...claims }: Record<string, unknown>) => claims],
    ["another audience", (claims: object) => ({ ...claims, aud: "another-client" })],
    ["another issuer", (claims: object) => ({ ...claims, iss: "https://accounts.evil.test" })],
    ["a token that is over", (claims: object) => ({ ...claims, iat: 1_600_000_000, exp: 1_600_003_600 })],
  ])("%s", async (_, lie) => {
    providers.google.state.lie = lie
    await refusedWith(await arrive("google", GOOGLE), "could not be trusted")
  })

  test("a signature of another key", async () => {
    providers.google.state.stranger = true
    await refusedWith(await arrive("google", GOOGLE), "could not be trusted")
  })

  test("another state, no state, two states", async () => {
    providers.google.state.person = GOOGLE
    for (const twist of ["state=x", "", "state=x&state=y"]) {
      const browser = new Newcomer(world.appliance.answer)
      const back = new URL(await providers.google.visit(addressOn(await depart(browser, "google"))))
      back.searchParams.delete("state")
      const shown = await browser.open(inside(`${back.href}&${twist}`))
      await refusedWith({ browser, shown }, "Start again with Google.")
    }
  })

  test("the way back of another browser", async () => {
    const { back } = await arrive("google", GOOGLE)
    const thief = new Newcomer(world.appliance.answer)
    await depart(thief, "google")
    expect((await thief.open(inside(back))).text).toContain("Start again with Google.")
    expect(await thief.isIn()).toBeFalse()
  })

  test("the same way back a second time, by whatever cookie", async () => {
    providers.google.state.person = GOOGLE
    const browser = new Newcomer(world.appliance.answer)
    const back = inside(await providers.google.visit(addressOn(await depart(browser, "google"))))
    const copy = browser.twin()
    expect((await browser.open(back)).path).toBe("/profile")
    expect((await copy.open(back)).text).toContain("Start again with Google.")
    expect(await copy.isIn()).toBeFalse()
  })

  test("a code that was used at the provider already", async () => {
    providers.google.state.person = GOOGLE
    const first = new Newcomer(world.appliance.answer)
    const code = new URL(await providers.google.visit(addressOn(await depart(first, "google")))).searchParams.get(
      "code",
    )
    const browser = new Newcomer(world.appliance.answer)
    const back = new URL(await providers.google.visit(addressOn(await depart(browser, "google"))))
    back.searchParams.set("code", code ?? "")
    await refusedWith({ browser, shown: await browser.open(inside(back.href)) }, "could not be trusted")
  })

  test("the way back of another provider, or of another company", async () => {
    await world.apply({ tenants: [{ slug: "globex", signIn: { providers: [setUp("google")] } }] })
    providers.google.state.person = GOOGLE
    for (const elsewhere of ["/login/with/entra/acme", "/login/with/google/globex"]) {
      const browser = new Newcomer(world.appliance.answer)
      const { search } = new URL(await providers.google.visit(addressOn(await depart(browser, "google"))))
      await refusedWith({ browser, shown: await browser.open(`${elsewhere}${search}`) }, "Start again with")
    }
  })

  test("ten minutes later", async () => {
    providers.google.state.person = GOOGLE
    const browser = new Newcomer(world.appliance.answer)
    const back = await providers.google.visit(addressOn(await depart(browser, "google")))
    await world.advance(minutes(10))
    await refusedWith({ browser, shown: await browser.open(inside(back)) }, "Start again with Google.")
  })

  test("a person who turns back there", async () => {
    providers.google.state.declines = true
    await refusedWith(await arrive("google", GOOGLE), "did not let you in, or you turned back")
  })
})

test("a provider that is down is said to be, before and after, and an administrator's password still opens", async () => {
  providers.google.state.person = GOOGLE
  const browser = new Newcomer(world.appliance.answer)
  const back = await providers.google.visit(addressOn(await depart(browser, "google")))
  providers.google.state.down = true
  await refusedWith(
    { browser, shown: await browser.open(inside(back)) },
    "Google does not answer. Try again in a moment",
  )
  await world.advance(minutes(11))
  await refusedWith({ browser, shown: await depart(browser, "google") }, "Google does not answer")
  expect((await browser.signIn("dora", "correct horse battery")).path).toBe("/profile")
})

test("a user of a provider has no password here, whatever was set before", async () => {
  const browser = new Newcomer(world.appliance.answer)
  await world.apply({ tenants: [{ slug: "acme", users: [{ username: "anna3", loginType: "external" }] }] })
  const shown = await browser.signIn("anna3", "correct horse battery")
  expect(shown.text).toContain("Wrong username or password")
})

test("the buttons stand there for whoever's company has them, and nothing tells one company from none", async () => {
  const strange = async (slug: string) => {
    const { text } = await new Newcomer(world.appliance.answer).open(`/login?company=${slug}`)
    return text.replaceAll(slug, "").replaceAll(/value="[\w-]{43}"/g, "")
  }
  expect(await strange("globex")).toBe(await strange("nowhere"))
  const browser = new Newcomer(world.appliance.answer)
  expect((await browser.open("/login")).text).not.toContain("Sign in with Google")
  expect((await browser.open("/login?company=acme")).text).toContain("Sign in with Google")
  expect((await browser.open("/login")).text).toContain("Sign in with Microsoft")
  expect((await browser.open("/login?company=")).text).not.toContain("Sign in with Google")
})

test("a second factor that the company asks for is asked for here, unless the provider's counts and was asked for", async () => {
  await world.apply({ tenants: [{ slug: "acme", settings: { secondFactorAgent: "required" } }] })
  expect((await arrive("entra", ENTRA)).shown.path).toBe("/login/second-factor")
  await world.apply(signIn(setUp("entra", { trustsFactor: true })))
  expect((await arrive("entra", ENTRA)).shown.path).toBe("/login/second-factor")
  providers.entra.state.lie = (claims) => ({ ...claims, amr: ["pwd", "mfa"] })
  expect((await arrive("entra", ENTRA)).shown.path).toBe("/profile")
})

test("the administrator sees no secret, hears what a test heard, and the file leaves alone what is so", async () => {
  const dora = new Newcomer(world.appliance.answer)
  await dora.signIn("dora", "correct horse battery")
  const page = await dora.open("/admin/ways-in/providers/google")
  expect([page.text.includes(BACK("google")), page.text.includes(CLIENT.secret)]).toEqual([true, false])
  expect(JSON.stringify(dump(world.database.path))).not.toContain(CLIENT.secret)
  const tested = () => dora.send("/admin/ways-in/providers/google/test", {})
  expect((await tested()).text).toContain("Google answers, and takes client and secret.")
  const form = { enabled: "on", clientId: CLIENT.id, account: "", allowedDomains: "acme.test", allowedGroups: "" }
  await dora.send("/admin/ways-in/providers/google", { ...form, clientSecret: "another" })
  expect((await tested()).text).toContain("does not take the client or its secret")
  providers.google.state.down = true
  expect((await tested()).text).toContain("Google does not answer.")
  const wrong = await dora.send("/admin/ways-in/providers/google", { ...form, allowedDomains: "", linksByEmail: "on" })
  expect([wrong.status, wrong.text.includes("only for them can Google prove an address")]).toEqual([422, true])
  const before = rowsOf(world.database.path, "SELECT count(*) AS n FROM auditEntry")
  await world.apply(signIn(setUp("entra")))
  expect(rowsOf(world.database.path, "SELECT count(*) AS n FROM auditEntry")).toEqual(before)
})

test.each([
  ["entra", { directoryId: "common" }],
  ["entra", { directoryId: "organizations" }],
  ["salesforce", { myDomain: "login.salesforce.com" }],
  ["google", { issuer: "http://10.0.0.1" }],
] as const)("%s with %o is refused: anybody could say whom they are", async (kind, wrong) => {
  expect(world.apply(signIn(setUp(kind, wrong)))).rejects.toThrow()
})
