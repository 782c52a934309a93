/** Signing in as a person does it: by a provider's button, by the directory's password, and an administrator's pages of both. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { createPasswords } from "~/account/actions/passwords.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { SystemChance } from "~/kernel/chance.ts"
import { minutes, SystemClock } from "~/kernel/clock.ts"
import { BASE, hasSlapd, LDAP_PASSWORD, openDirectory, type PretendDirectory } from "../support/directory.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { CLIENT, openProvider, type PretendProvider } from "../support/provider.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const person = (username: string, more: object) => ({
  username,
  firstName: username,
  lastName: "Verdi",
  level: "agent",
  skillsets: ["Sales"],
  ...more,
})

describe.skipIf(!existsSync(CHROMIUM))("Ways in", () => {
  let office: Office
  let google: PretendProvider
  let slapd: PretendDirectory | null = null

  beforeAll(async () => {
    office = await openOffice()
    google = await openProvider("google", [`${office.url}/login/with/google/acme`])
    google.state.person = { sub: "1098", email: "gino@acme.test", email_verified: true, hd: "acme.test" }
    if (hasSlapd()) slapd = await openDirectory()
    const provider = { provider: "google", clientId: CLIENT.id, clientSecret: CLIENT.secret, issuer: google.issuer }
    const directory = slapd && { url: slapd.plain, bindName: `uid={username},ou=people,${BASE}` }
    const users = [person("gino", { loginType: "external", externalId: "1098" }), person("luca", { loginType: "ldap" })]
    const document = { tenants: [{ slug: "acme", users, signIn: { providers: [provider], directory } }] }
    const { database } = office.appliance()
    const workplace = { database, passwords: createPasswords(), clock: new SystemClock(), chance: new SystemChance() }
    await applyDocument(workplace, { document, dryRun: false })
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await google?.close()
    await slapd?.close()
  })

  async function stranger(width = 1440): Promise<Page> {
    const context = await office.browser.newContext({ locale: "en-GB", viewport: { width, height: 900 } })
    const page = await context.newPage()
    watch(page, "a stranger", office.complaints)
    return page
  }

  test(
    "somebody names their company once, presses the provider's button and is in, in the language they chose",
    async () => {
      const page = await stranger()
      await page.goto(`${office.url}/login`)
      expect(await page.getByRole("button", { name: "Sign in with Google" }).count()).toBe(0)
      await page.getByText("Sign in with your company's account").click()
      await page.getByRole("textbox", { name: "Company" }).fill("acme")
      await page.getByRole("button", { name: "Go on" }).click()
      await page.getByRole("combobox", { name: "Language" }).selectOption("it")
      expect(await axeFindingsInBothThemes(page)).toEqual([])
      await page.getByRole("button", { name: "Sign in with Google" }).click()
      await page.getByRole("navigation", { name: "Principale" }).waitFor()
      await page.goto(`${office.url}/profile`)
      await page.getByRole("heading", { name: "gino Verdi" }).waitFor()
      expect(office.complaints).toEqual([])
      await page.context().close()
    },
    LONG,
  )

  test(
    "whoever turns back there reads why on the login page, and Enter in the form is still the password's",
    async () => {
      google.state.declines = true
      const page = await stranger()
      await page.goto(`${office.url}/login?company=acme`)
      await page.getByRole("button", { name: "Sign in with Google" }).click()
      await page.getByRole("alert").getByText("Google did not let you in, or you turned back.").waitFor()
      google.state.declines = false
      await page.getByRole("textbox", { name: "Username" }).fill("anna")
      await page.getByLabel("Password", { exact: true }).fill("correct horse battery")
      await page.keyboard.press("Enter")
      await page.getByRole("navigation", { name: "Main" }).waitFor()
      expect(office.complaints).toEqual([])
      await page.context().close()
    },
    LONG,
  )

  test(
    "a user of the directory signs in on the usual page",
    async () => {
      if (!slapd) return
      const page = await stranger()
      await page.goto(`${office.url}/login`)
      await page.getByRole("textbox", { name: "Username" }).fill("luca")
      await page.getByLabel("Password", { exact: true }).fill(LDAP_PASSWORD)
      await page.getByRole("button", { name: "Login" }).click()
      await page.getByRole("navigation", { name: "Main" }).waitFor()
      await page.context().close()
    },
    LONG,
  )

  const PAGES = ["", "/directory", "/providers/entra"]
  test.each(PAGES)(
    "the administrator's page %p is accessible in both themes, and fits a phone",
    async (path) => {
      const { page, context } = await office.signIn("dora")
      await page.goto(`${office.url}/admin/ways-in${path}`)
      expect(await axeFindingsInBothThemes(page)).toEqual([])
      await page.setViewportSize({ width: 390, height: 844 })
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
      expect(await page.evaluate(overflow)).toBe(0)
      expect(office.complaints).toEqual([])
      await context.close()
    },
    LONG,
  )

  test(
    "the administrator tests a provider and reads what it said",
    async () => {
      const { page, context } = await office.signIn("dora")
      await page.goto(`${office.url}/admin/ways-in/providers/google`)
      await page.getByRole("button", { name: "Test now" }).click()
      await page.getByText("Google answers, and takes client and secret.").waitFor()
      expect(office.complaints).toEqual([])
      await context.close()
    },
    LONG,
  )

  test(
    "who left the screen alone proves who they are before a provider is changed, and nothing typed is lost",
    async () => {
      const { page, context } = await office.signIn("dora")
      await page.goto(`${office.url}/admin/ways-in/providers/google`)
      await page.getByRole("textbox", { name: "Domains" }).fill("acme.test")
      office.clock.putAhead(minutes(6))
      await page.getByRole("button", { name: "Save" }).click()
      await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor()
      expect(await axeFindingsInBothThemes(page)).toEqual([])
      await page.keyboard.type("not this one at all")
      await page.keyboard.press("Enter")
      await page.getByRole("alert").getByText("This is not your password.").waitFor()
      await page.keyboard.type("correct horse battery")
      await page.keyboard.press("Enter")
      await page.getByText("Saved").waitFor()
      expect(await page.getByRole("textbox", { name: "Domains" }).inputValue()).toBe("acme.test")
      await page.goto(`${office.url}/admin/channels/new`)
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Second line")
      await page.getByLabel("Access token").fill("EAA-typed")
      await page.getByLabel("App secret").fill("typed as well")
      office.clock.putAhead(minutes(6))
      await page.getByRole("button", { name: "Connect" }).click()
      await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor()
      await page.getByLabel("Your password, to prove that it is you").fill("correct horse battery")
      await page.keyboard.press("Enter")
      const name = page.getByRole("textbox", { name: "Name", exact: true })
      await name.waitFor()
      expect(await name.inputValue()).toBe("Second line")
      expect(office.complaints.filter((line) => !line.includes("422"))).toEqual([])
      await context.close()
    },
    LONG,
  )
})
