import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { ensureSetupToken } from "~/account/actions/setup.ts"
import { userByUsername } from "~/account/queries.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { minutes } from "~/kernel/clock.ts"
import { type Appliance, Browser, openAppliance, PASSWORD } from "./appliance.tsx"

let appliance: Appliance
beforeEach(async () => {
  appliance = await openAppliance()
})
afterEach(() => appliance.close())

const admin = { username: "root", firstName: "Rita", lastName: "Neri", password: PASSWORD, repeated: PASSWORD }
const token = () => ensureSetupToken(appliance.database, appliance.chance)
const users = applianceStatement(() => applianceQuery.selectFrom("user").select(["username", "level"]))
const everybody = () => appliance.database.appliance.read.all(users)

describe("the first run", () => {
  test("makes the first admin by a link that works once", async () => {
    const link = `/setup/${await token()}`
    const browser = new Browser(appliance)
    expect((await browser.get(link)).status).toBe(200)
    const answer = await browser.post(link, { form: admin })
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login"])
    expect(everybody()).toEqual([{ username: "root", level: "platform_admin" }])
    expect((await browser.signIn("root")).status).toBe(303)
    const second = new Browser(appliance)
    await second.get("/login")
    expect((await second.get(link)).status).toBe(404)
    expect((await second.post(link, { form: { ...admin, username: "second" } })).status).toBe(404)
  })

  test("makes one admin even when fifty people use the link at the same moment", async () => {
    const link = `/setup/${await token()}`
    const browsers = Array.from({ length: 50 }, () => new Browser(appliance))
    for (const browser of browsers) await browser.get(link)
    const answers = await Promise.all(
      browsers.map((browser, one) => browser.post(link, { form: { ...admin, username: `root${one}` } })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(49)
    expect(everybody()).toHaveLength(1)
  })

  test("offers nothing without the link, with another one, or after half an hour", async () => {
    const link = `/setup/${await token()}`
    const browser = new Browser(appliance)
    for (const path of ["/setup", "/setup/", "/setup/x", "/setup/null", `${link}x`])
      expect([path, (await browser.get(path)).status]).toEqual([path, 404])
    await appliance.clock.advance(minutes(30))
    expect((await browser.get(link)).status).toBe(404)
  })

  test("gives a new link at each start, and the one before ends", async () => {
    const first = await token()
    const second = await token()
    const browser = new Browser(appliance)
    expect((await browser.get(`/setup/${first}`)).status).toBe(404)
    expect((await browser.get(`/setup/${second}`)).status).toBe(200)
  })

  test("has no link once anybody can sign in", async () => {
    await appliance.user(await appliance.tenant("acme"), "anna")
    expect(await token()).toBeNull()
  })

  test("says which field is wrong, keeps what was typed, and the link still works", async () => {
    const link = `/setup/${await token()}`
    const browser = new Browser(appliance)
    await browser.get(link)
    const cases: [change: Partial<typeof admin>, field: string, refused: string][] = [
      [{ password: "short", repeated: "short" }, "password", "password.too_short"],
      [{ repeated: `${PASSWORD}.` }, "repeated", "password.not_repeated"],
      [{ username: "ro ot" }, "username", "username.malformed"],
      [{ firstName: " " }, "firstName", "field.required"],
    ]
    for (const [change, field, refused] of cases) {
      const answer = await browser.post(link, { form: { ...admin, ...change } })
      const page = await answer.text()
      const errors = JSON.parse(/data-errors="([^"]*)"/.exec(page)?.[1]?.replaceAll("&quot;", '"') ?? "{}")
      expect([answer.status, errors[field]?.refused]).toEqual([422, refused])
      expect(page).toContain(`value="${change.username ?? "root"}"`)
      expect(page).not.toContain(PASSWORD)
    }
    expect((await browser.post(link, { form: admin })).status).toBe(303)
    expect(userByUsername(appliance.database.appliance.read, "root")).not.toBeNull()
  })
})
