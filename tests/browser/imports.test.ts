/** An administrator brings customers in from a file; a supervisor joins two of them and parts them again. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { companyWithDetails } from "../customer/scene.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 90_000
const FILE = [
  "Name;Phone;E-mail;Vehicle;Tags",
  "Giulia Lombardi;345 555 0172;giulia@example.com;Aurora E2;VIP",
  "Studio Lombardi;345 555 0199;giulia@example.com;;",
  "Nobody;12;not an address;Tractor;",
].join("\r\n")

describe.skipIf(!existsSync(CHROMIUM))("Customers from a file", () => {
  let office: Office
  let dora: Page

  beforeAll(async () => {
    office = await openOffice({ document: companyWithDetails() })
    dora = (await office.signIn("dora")).page
  }, LONG)
  afterAll(() => office?.close())

  const narrowly = async (name: string) => {
    await dora.setViewportSize({ width: 390, height: 844 })
    expect(await dora.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    await look(dora, `${name}-phone`)
    await dora.setViewportSize({ width: 1440, height: 900 })
  }

  test(
    "are brought in from the list's own page, and tried before they are written",
    async () => {
      await dora.goto(`${office.url}/customers`)
      await dora.getByRole("link", { name: "Import", exact: true }).click()
      await dora.getByRole("heading", { name: "Import customers" }).waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "import-start")
      await narrowly("import-start")
      await dora
        .getByLabel("Choose a file")
        .setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) })
      await dora.getByRole("heading", { name: "What the columns are" }).waitFor()
      expect(await dora.getByLabel("Phone", { exact: true }).inputValue()).toBe("phone")
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "import-columns")
      await narrowly("import-columns")
      await dora.getByRole("button", { name: "Check the file" }).click()
      await dora.getByRole("heading", { name: "What the import would do" }).waitFor()
      expect(await dora.locator("[data-count=created]").textContent()).toBe("2")
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "import-checked")
    },
    LONG,
  )

  test(
    "say which rows were refused and why, and the others come in",
    async () => {
      await dora.getByRole("link", { name: "See the refused row" }).click()
      await dora
        .getByRole("cell", { name: "This is not a telephone number" })
        .or(dora.getByRole("cell", { name: "12", exact: true }))
        .first()
        .waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "import-problems")
      await narrowly("import-problems")
      await dora.getByRole("navigation", { name: "Where you are" }).getByRole("link", { name: "customers.csv" }).click()
      await dora.getByRole("button", { name: "Import", exact: true }).click()
      await dora.getByText("Imported,").waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "import-done")
      await narrowly("import-done")
      await dora.getByRole("link", { name: "Show customers" }).click()
      await dora.getByRole("link", { name: "Studio Lombardi" }).waitFor()
    },
    LONG,
  )

  test(
    "who have the same address are suggested, joined, and parted again",
    async () => {
      await dora.getByRole("link", { name: "Giulia Lombardi" }).click()
      const suggested = dora.getByRole("region", { name: "Could be the same person" })
      await suggested.waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "customer-suggestion")
      await suggested.getByRole("link", { name: "Compare" }).click()
      await dora.getByRole("heading", { name: "Join with another customer" }).waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "customer-joining")
      await narrowly("customer-joining")
      await dora.getByRole("radio", { name: "Studio Lombardi" }).check()
      await dora.getByRole("button", { name: "Join", exact: true }).click()
      await dora.getByRole("heading", { name: "Studio Lombardi", level: 1 }).waitFor()
      const known = dora.getByRole("region", { name: "Also known as" })
      await known.getByText("+39 345 555 0199").waitFor()
      await look(dora, "customer-joined")
      await known.getByRole("link", { name: "Separate" }).click()
      await dora.getByRole("heading", { name: "Separate a number" }).waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "customer-separating")
      await narrowly("customer-separating")
      await dora.getByRole("button", { name: "Undo the joining" }).click()
      await dora.getByRole("heading", { name: "Giulia Lombardi", level: 1 }).waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
