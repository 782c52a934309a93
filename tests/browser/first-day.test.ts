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
})
