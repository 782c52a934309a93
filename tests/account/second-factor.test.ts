/** The second factor: RFC 6238 as authenticator apps have it, codes good once, recovery codes, and who has to have one. */
import { afterEach, describe, expect, test } from "bun:test"
import { TOTP } from "otpauth"
import { stepOfCode } from "~/account/actions/totp.ts"
import { userByUsername } from "~/account/queries.ts"
import { minutes, seconds } from "~/kernel/clock.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"
import { dump } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world?.close())
async function begin(settings: object = {}) {
  const [acme, globex] = companyDocument().tenants
  world = await openWorld({
    document: { tenants: [{ ...acme, settings: { ...acme?.settings, ...settings } }, globex] },
  })
}
const newcomer = () => new Newcomer(world.answer)
const secretIn = (page: string) => /<code class="code">([A-Z2-7 ]+)<\/code>/.exec(page)?.[1]?.replaceAll(" ", "") ?? ""
const recoveryIn = (page: string) => [...new Set(page.match(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/g))]

/** Anna turns it on from her profile. */
async function turnedOn() {
  const anna = newcomer()
  await anna.signIn("anna", PASSWORD)
  const page = await anna.send("/profile/second-factor", { proof: PASSWORD })
  const secret = secretIn(page.text)
  const codes = recoveryIn(
    (await anna.send("/profile/second-factor/confirmation", { code: codeFrom(page.text, world.clock) })).text,
  )
  const code = (later = 0) => new TOTP({ secret }).generate({ timestamp: world.clock.now() + later })
  return { anna, secret, codes, code }
}
const enter = async (code: string) => {
  const browser = newcomer()
  const asked = await browser.signIn("anna", PASSWORD)
  expect(asked.path).toBe("/login/code")
  return { browser, shown: await browser.send("/login/code", { code }) }
}

describe("A code", () => {
  test("is that of RFC 6238, of now or a half minute beside it", () => {
    const secret = Buffer.from("12345678901234567890").toString("hex")
    const base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    expect(secret.length).toBe(40)
    for (const [at, code] of [
      [59, "287082"],
      [1_111_111_109, "081804"],
      [1_111_111_111, "050471"],
      [1_234_567_890, "005924"],
      [2_000_000_000, "279037"],
      [20_000_000_000, "353130"],
    ] as const) {
      const step = Math.floor(at / 30)
      expect(stepOfCode(base32, code, seconds(at))).toBe(step)
      expect(stepOfCode(base32, code, seconds(at + 30))).toBe(step)
      expect(stepOfCode(base32, code, seconds(at + 90))).toBeNull()
    }
    for (const odd of ["", "12345", "1234567", "abcdef", "٢٨٧٠٨٢"])
      expect(stepOfCode(base32, odd, seconds(59))).toBeNull()
  })
})

describe("The second factor", () => {
  test("is set up with the password and a first code, and from then on nobody gets in without one", async () => {
    await begin()
    const { code, secret, codes } = await turnedOn()
    expect(codes).toHaveLength(10)
    const kept = JSON.stringify(dump(world.database.path))
    expect([kept.includes(secret), codes.some((one) => kept.includes(one))]).toEqual([false, false])
    await world.advance(seconds(60))
    const { browser, shown } = await enter("000000")
    expect([shown.status, shown.text.includes("This code is wrong or was used already")]).toEqual([422, true])
    expect(await browser.isIn()).toBeFalse()
    await browser.open("/login/code")
    expect((await browser.send("/login/code", { code: code() })).path).toBe("/profile")
  })

  test("takes no code twice", async () => {
    await begin()
    const { code } = await turnedOn()
    await world.advance(seconds(60))
    const used = code()
    expect((await enter(used)).shown.path).toBe("/profile")
    expect((await enter(used)).shown.status).toBe(422)
    await world.advance(seconds(30))
    expect((await enter(used)).shown.status).toBe(422)
    expect((await enter(code())).shown.path).toBe("/profile")
  })

  test("opens for a recovery code, once each, however it is typed", async () => {
    await begin()
    const { codes } = await turnedOn()
    const [first = "", second = ""] = codes
    expect((await enter(first.toUpperCase().replaceAll("-", " "))).shown.path).toBe("/profile")
    expect((await enter(first)).shown.status).toBe(422)
    const { browser, shown } = await enter(second)
    expect(shown.path).toBe("/profile")
    expect((await browser.open("/profile")).text).toContain("On. 8 recovery codes are left.")
    const renewed = await browser.send("/profile/second-factor/codes", { proof: PASSWORD })
    expect(recoveryIn(renewed.text)).toHaveLength(10)
    expect((await enter(codes[2] ?? "")).shown.status).toBe(422)
  })

  test("cannot be guessed: after five wrong codes one waits, whoever guesses", async () => {
    await begin()
    const { code } = await turnedOn()
    await world.advance(minutes(2))
    const browser = newcomer()
    await browser.signIn("anna", PASSWORD)
    for (let times = 0; times < 5; times++) await browser.send("/login/code", { code: `00000${times}` })
    expect((await browser.send("/login/code", { code: code() })).status).toBe(429)
    expect((await enter(code())).shown.status).toBe(429)
  })

  test("is turned off with the password alone, unless the company demands it", async () => {
    await begin()
    const { anna } = await turnedOn()
    await anna.open("/profile")
    expect((await anna.send("/profile/second-factor/ending", { proof: "wrong" })).text).toContain(
      "This is not your password",
    )
    expect((await anna.send("/profile/second-factor/ending", { proof: PASSWORD })).text).toContain(
      "The second factor is off.",
    )
    expect((await newcomer().signIn("anna", PASSWORD)).path).toBe("/profile")
  })

  test("that is demanded cannot be turned off; whoever has none sets one up before coming in", async () => {
    await begin({ secondFactorAgent: "required", secondFactorSupervisor: "off" })
    const anna = newcomer()
    const page = await anna.signIn("anna", PASSWORD)
    expect(page.path).toBe("/login/second-factor")
    expect(await anna.isIn()).toBeFalse()
    await anna.open("/login/second-factor")
    await anna.send("/login/second-factor", { code: codeFrom(page.text, world.clock) })
    expect(await anna.isIn()).toBeTrue()
    const refused = await anna.send("/profile/second-factor/ending", { proof: PASSWORD })
    expect(refused.text).toContain("asks everybody of your level")
    const carla = newcomer()
    await carla.signIn("carla", PASSWORD)
    expect((await carla.open("/profile")).text).not.toContain("Second factor")
    expect((await carla.send("/profile/second-factor", { proof: PASSWORD })).status).toBe(409)
  })

  test("of somebody who lost the phone is taken away by the administrator, on record", async () => {
    await begin()
    await turnedOn()
    const dora = await sitDown(world, "dora", { listening: false })
    const anna = userByUsername(world.database.appliance.read, "anna")?.id ?? 0
    expect(await dora.post(`/admin/users/${anna}/second-factor/reset`)).toBeNull()
    expect((await newcomer().signIn("anna", PASSWORD)).path).toBe("/profile")
    const kept = dump(world.database.path, 1).auditEntry ?? []
    expect(kept.map(({ act }) => act)).toContain("second_factor.reset")
  })

  test("makes eight characters enough for a password", async () => {
    await begin()
    const { anna } = await turnedOn()
    await anna.open("/profile")
    const short = { current: PASSWORD, password: "ke7 wud9", repeated: "ke7 wud9" }
    expect((await anna.send("/profile/password", short)).path).toBe("/profile")
    const marco = newcomer()
    await marco.signIn("marco", PASSWORD)
    expect((await marco.send("/profile/password", short)).text).toContain("At least 15 characters")
  })
})

describe("What a company demands", () => {
  test("one session only: signing in elsewhere ends the first", async () => {
    await begin({ singleSession: true })
    const first = newcomer()
    const second = newcomer()
    await first.signIn("anna", PASSWORD)
    await second.signIn("anna", PASSWORD)
    expect([await first.isIn(), await second.isIn()]).toEqual([false, true])
  })

  test("a session ends when nobody does anything for as long as the company says, and after its whole life", async () => {
    await begin({ sessionIdleMinutes: 30, sessionLifeHours: 1 })
    const anna = newcomer()
    await anna.signIn("anna", PASSWORD)
    await world.advance(minutes(29))
    expect(await anna.isIn()).toBeTrue()
    await world.advance(minutes(29))
    expect(await anna.isIn()).toBeTrue()
    await world.advance(minutes(3))
    expect(await anna.isIn()).toBeFalse()
    const marco = newcomer()
    await marco.signIn("marco", PASSWORD)
    await world.advance(minutes(30))
    expect(await marco.isIn()).toBeFalse()
  })

  test("from its own network only: others hear why, and a session that is carried out is none there", async () => {
    await begin({ allowedNetworks: "10.20.0.0/16, 2001:db8::/32" })
    const from = (peer: string) => new Newcomer((request) => world.appliance.answer(request, peer))
    const inside = from("10.20.4.31")
    expect((await inside.signIn("anna", PASSWORD)).path).toBe("/profile")
    expect((await from("2001:db8::7").signIn("anna", PASSWORD)).path).toBe("/profile")
    const outside = await from("192.0.2.9").signIn("anna", PASSWORD)
    expect([outside.status, outside.text.includes("from its own network only")]).toEqual([403, true])
    expect((await from("192.0.2.9").signIn("anna", "wrong password")).text).not.toContain("from its own network")
    expect((await from("192.0.2.9").signIn("anna2", PASSWORD)).path).toBe("/profile")
  })
})
