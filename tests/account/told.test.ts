/** Whoever's way in is otherwise hears of it by mail, in their language; of another address at the one that was theirs. */
import { afterEach, expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { userByUsername } from "~/account/queries.ts"
import { setPasswordOf } from "~/command/user/operations.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"
import { CLIENT, openProvider } from "../support/provider.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())
const letters = async () => {
  await world.settle()
  return world.mailbox.letters.map(({ to, subject, text }) => ({ to, subject, said: text.split("\n\n")[1] ?? "" }))
}
const idOf = (username: string) => userByUsername(world.database.appliance.read, username)?.id ?? 0

test("an account of a provider that is linked, the first time and not again, and parted by an administrator", async () => {
  const google = await openProvider("google", ["http://127.0.0.1:8080/login/with/google/acme"])
  try {
    world = await openWorld()
    const gino = { username: "gino", firstName: "Gino", lastName: "Verdi", level: "agent", loginType: "external" }
    const users = [{ ...gino, externalId: "1098", email: "gino@acme.test", language: "it" }]
    const provider = { provider: "google", clientId: CLIENT.id, clientSecret: CLIENT.secret, issuer: google.issuer }
    await world.apply({ tenants: [{ slug: "acme", users, signIn: { providers: [provider] } }] })
    google.state.person = { sub: "1098", email: "gino@acme.test", email_verified: true, hd: "acme.test" }
    for (let times = 0; times < 2; times++) {
      const browser = new Newcomer(world.appliance.answer)
      await browser.open("/login?company=acme")
      const form = { provider: "google", company: "acme", next: "/profile", language: "", shownLanguage: "en" }
      const { text } = await browser.send("/login/with", form)
      const back = await google.visit((/href="(http:[^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&"))
      expect((await browser.open(back.replace("http://127.0.0.1:8080", ""))).path).toBe("/profile")
    }
    const linked = { to: "gino@acme.test", subject: "Il tuo accesso a Sportello è cambiato" }
    const [first, ...more] = await letters()
    expect([first, more]).toEqual([
      { ...linked, said: expect.stringMatching(/^dal .+ gino può entrare con un account Google\.$/) },
      [],
    ])
    const dora = await sitDown(world, "dora", { listening: false })
    await dora.post(`/admin/users/${idOf("gino")}/provider/unlinking`)
    expect((await letters()).at(-1)?.said).toContain("gino è stato separato dall'account di un altro fornitore")
  } finally {
    await google.close()
  }
})

test("a second factor turned on, renewed, turned off, and taken away", async () => {
  world = await openWorld()
  const anna = new Newcomer(world.answer)
  await anna.signIn("anna", PASSWORD)
  const setUp = async () => {
    const page = await anna.send("/profile/second-factor", { proof: PASSWORD })
    await anna.send("/profile/second-factor/confirmation", { code: codeFrom(page.text, world.clock) })
    await anna.open("/profile")
  }
  await setUp()
  await anna.send("/profile/second-factor/codes", { proof: PASSWORD })
  await anna.open("/profile")
  await anna.send("/profile/second-factor/ending", { proof: PASSWORD })
  await setUp()
  const dora = await sitDown(world, "dora", { listening: false })
  await dora.post(`/admin/users/${idOf("anna")}/second-factor/reset`)
  const told = await letters()
  expect(told.map(({ said }) => said)).toEqual([
    expect.stringContaining("was turned on"),
    expect.stringContaining("new recovery codes were made"),
    expect.stringContaining("was turned off"),
    expect.stringContaining("was turned on"),
    expect.stringContaining("an administrator took away the second factor of anna"),
  ])
  expect(new Set(told.map(({ to }) => to))).toEqual(new Set(["anna@company.test"]))
  expect(await anna.isIn()).toBeFalse()
})

test("a password that is set on the machine, or by a file", async () => {
  world = await openWorld()
  const { database, chance, clock } = world
  const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
  await setPasswordOf(
    { database, passwords, chance, clock },
    { username: "anna", password: "a sentence of the operator" },
  )
  await world.apply({
    tenants: [{ slug: "acme", users: [{ username: "marco", password: "another one of the operator" }] }],
  })
  expect(await letters()).toEqual([
    {
      to: "anna@company.test",
      subject: "Your Sportello password was changed",
      said: expect.stringContaining("whoever runs Sportello set another password for anna on"),
    },
    {
      to: "marco@company.test",
      subject: "Your Sportello password was changed",
      said: expect.stringContaining("another password for marco"),
    },
  ])
})

test("another mail address: the old one hears of it, once, and neither of a word that is written otherwise", async () => {
  world = await openWorld()
  const change = (email: string | null) =>
    world.apply({ tenants: [{ slug: "acme", users: [{ username: "anna", email }] }] })
  await change("Anna@company.test")
  expect(await letters()).toEqual([])
  await change("anna.rossi@company.test")
  expect(await letters()).toEqual([
    {
      to: "Anna@company.test",
      subject: "Your way into Sportello has changed",
      said: expect.stringContaining("another mail address is kept for anna"),
    },
  ])
  await change(null)
  expect((await letters()).at(-1)?.to).toBe("anna.rossi@company.test")
  await change("anna@company.test")
  expect(await letters()).toHaveLength(2)
})

test("nobody who has no address, and the mail waits where no server is set", async () => {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({ mail: false, document: { tenants: [acme, globex] } })
  await world.apply({ tenants: [{ slug: "acme", users: [{ username: "marco", email: null }] }] })
  await world.apply({
    tenants: [{ slug: "acme", users: [{ username: "marco", password: "another one of the operator" }] }],
  })
  expect(rowsOf(world.database.path, "SELECT kind, recipient, state FROM mail")).toEqual([
    { kind: "way_in_changed", recipient: "marco@company.test", state: "queued" },
  ])
})
