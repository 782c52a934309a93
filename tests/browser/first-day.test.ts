/** The first day of an appliance: whoever installs it makes its administrator, once. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindings, axeFindingsInBothThemes } from "./axe.ts"

const LONG = 40_000
const PASSWORD = "una frase abbastanza lunga"

describe.skipIf(!existsSync(CHROMIUM))("The first day", () => {
  let office: Office
  let installer: Page
  const field = (name: string) => installer.getByLabel(name, { exact: true })

  beforeAll(async () => {
    office = await openOffice({ document: null })
    const context = await office.browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
    installer = await context.newPage()
    watch(installer, "installer", office.complaints)
    await installer.goto(office.setupUrl ?? "")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "the page is clean in both themes and fits a telephone",
    async () => {
      expect(await axeFindingsInBothThemes(installer)).toEqual([])
      await installer.setViewportSize({ width: 390, height: 844 })
      expect(await axeFindings(installer)).toEqual([])
      expect(await installer.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBe(0)
      await installer.setViewportSize({ width: 1440, height: 900 })
    },
    LONG,
  )

  test(
    "what is wrong is said at its field, which has the focus; the rest stays filled in",
    async () => {
      await field("First name").fill("Dora")
      await field("Username").fill("dora")
      await field("Password").fill("short")
      await field("Password again").fill("short")
      await installer.getByRole("button", { name: "Create administrator" }).click()
      await installer.getByText(/^At least \d+ characters/).waitFor()
      expect(await field("Password").evaluate((element) => element.matches(":focus"))).toBe(true)
      expect(await field("First name").inputValue()).toBe("Dora")
      expect(await axeFindingsInBothThemes(installer)).toEqual([])
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "the administrator is made, signs in, and the page is closed for good",
    async () => {
      await field("Password").fill(PASSWORD)
      await field("Password again").fill(PASSWORD)
      await installer.getByRole("button", { name: "Create administrator" }).click()
      await field("Username").waitFor()
      await installer.waitForURL("**/login")
      await field("Username").fill("dora")
      await field("Password").fill(PASSWORD)
      await installer.getByRole("button", { name: "Login" }).click()
      await installer.getByRole("navigation", { name: "Main" }).waitFor()
      expect(await axeFindingsInBothThemes(installer)).toEqual([])
      expect(office.complaints).toEqual([])
      const response = await installer.goto(office.setupUrl ?? "")
      expect(response?.status()).toBe(404)
    },
    LONG,
  )

  test(
    "the first tenant is made in the browser, and its administrator makes a skillset and the first agent, who is let in",
    async () => {
      await installer.goto(`${office.url}/admin/tenants`)
      await installer.getByRole("link", { name: "New tenant" }).first().click()
      for (const [name, value] of Object.entries({
        "Company name": "Acme",
        "Short name": "acme",
        "First name": "Rosa",
      }))
        await field(name).fill(value)
      await field("Username").fill("rosa")
      await field("Password").fill(PASSWORD)
      await field("Language").selectOption({ label: "English" })
      await installer.getByRole("button", { name: "Create tenant" }).click()
      await installer.getByText("Acme is there.").waitFor()
      expect(await axeFindingsInBothThemes(installer)).toEqual([])

      const context = await office.browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
      const rosa = await context.newPage()
      watch(rosa, "rosa", office.complaints)
      await rosa.goto(`${office.url}/admin`)
      await rosa.getByRole("textbox", { name: "Username" }).fill("rosa")
      await rosa.getByLabel("Password", { exact: true }).fill(PASSWORD)
      await rosa.getByRole("button", { name: "Login" }).click()
      await rosa.getByRole("heading", { name: "Administration" }).waitFor()
      await rosa.getByRole("link", { name: "Skillsets: who does what" }).click()
      await rosa.getByRole("link", { name: "New skillset" }).first().click()
      await rosa.getByRole("textbox", { name: "Name", exact: true }).fill("Sales")
      await rosa.getByRole("button", { name: "Create skillset" }).click()
      await rosa.getByRole("row", { name: /Sales/ }).waitFor()
      await rosa.goto(`${office.url}/admin/users/new`)
      await rosa.getByRole("textbox", { name: "First name" }).fill("Anna")
      await rosa.getByRole("textbox", { name: "Username" }).fill("anna")
      await rosa.getByRole("checkbox", { name: "Sales" }).check()
      await rosa.getByRole("button", { name: "Create user" }).click()
      const [link, username, password] = await rosa.locator(".handed code").allTextContents()
      await rosa.goto(`${office.url}/admin`)
      expect(await rosa.locator(".start-steps > .is-done strong").allTextContents()).toEqual([
        "Skillsets: who does what",
        "Agents",
        "Members of skillsets",
      ])
      await context.close()

      const anna = await (await office.browser.newContext({ locale: "en-GB" })).newPage()
      watch(anna, "anna", office.complaints)
      await anna.goto(link ?? "")
      await anna.getByRole("textbox", { name: "Username" }).fill(username ?? "")
      await anna.getByLabel("Password", { exact: true }).fill(password ?? "")
      await anna.getByRole("button", { name: "Login" }).click()
      for (const name of ["New password", "New password again"])
        await anna.getByLabel(name, { exact: true }).fill(`${PASSWORD} mia`)
      await anna
        .getByRole("button", { name: /password/i })
        .last()
        .click()
      await anna.getByRole("navigation", { name: "Main" }).waitFor()
      expect(office.complaints.filter((line) => !line.includes("404"))).toEqual([])
    },
    LONG,
  )
})
