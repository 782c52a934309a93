/** Retention, a legal hold and the erasing of a customer, by the hand of the tenant's admin. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { companyWithDetails } from "../customer/scene.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Retention", () => {
  let office: Office
  let dora: Page

  beforeAll(async () => {
    office = await openOffice({ document: companyWithDetails() })
    const { page: anna, context } = await office.signIn("anna")
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Is the blue Aurora here?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    giulia.send({ kind: "image" })
    await anna.getByRole("log").getByRole("img").first().waitFor()
    await anna.getByRole("button", { name: "Close", exact: true }).click()
    await anna.getByRole("button", { name: "Close conversation" }).click()
    await anna.getByRole("listitem").first().waitFor({ state: "detached" })
    await context.close()
    dora = (await office.signIn("dora")).page
  }, LONG)
  afterAll(() => office?.close())

  const customer = async () => {
    await dora.goto(`${office.url}/customers`)
    await dora.getByRole("link", { name: "Giulia Lombardi" }).click()
    await dora.getByRole("heading", { name: "Giulia Lombardi", level: 1 }).waitFor()
  }

  test(
    "is chosen with a count of what would go, corrected, saved, and run by hand",
    async () => {
      await dora.goto(`${office.url}/admin`)
      await dora.getByRole("link", { name: "Retention", exact: true }).click()
      await dora.getByRole("heading", { name: "Retention", level: 1 }).waitFor()
      await dora.getByText("Nothing: everything is kept for ever").waitFor()
      await dora.getByLabel("Closed conversations").fill("3")
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.getByText("At least 7 days, or 0 for ever.").waitFor()
      await dora.getByLabel("Closed conversations").fill("365")
      await dora.getByLabel("Files in conversations").fill("90")
      await dora.getByRole("button", { name: "Count with these values" }).click()
      await dora.getByText("These values are not saved yet.").waitFor()
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.getByText("The retention is saved.").waitFor()
      await dora.getByText("Today this would remove 0 conversations").waitFor()
      expect(dora.url()).not.toContain("_csrf")
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "retention")
      await dora.getByRole("button", { name: "Remove it now" }).click()
      await dora.getByText("The removal has begun").waitFor()
      await dora.getByRole("heading", { name: "The last removal" }).waitFor()
    },
    LONG,
  )

  test(
    "spares what is under a hold, which everybody who steers can see, and which stands in the way of erasing",
    async () => {
      await customer()
      await dora.getByRole("button", { name: "Legal hold", exact: true }).click()
      const dialog = dora.getByRole("dialog")
      await dialog.getByLabel("Reason").fill("Lawsuit 12/2026")
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await dialog.getByRole("button", { name: "Set the hold" }).click()
      await dora.locator(".customer-chips").getByText("Legal hold").waitFor()
      await dora.getByRole("link", { name: "Erase…" }).click()
      await dora.getByText("A legal hold is set on this customer").waitFor()
      expect(await dora.getByRole("button", { name: "Erase for good" }).count()).toBe(0)
      await dora.goto(`${office.url}/admin/retention`)
      const holds = dora.getByRole("region", { name: "Legal holds" })
      await holds.getByText("Lawsuit 12/2026").waitFor()
      await look(dora, "retention-held")
      await holds.getByRole("button", { name: "Lift the hold" }).click()
      await holds.getByText("No legal hold").waitFor()
    },
    LONG,
  )

  test(
    "fits a phone",
    async () => {
      await dora.setViewportSize({ width: 390, height: 844 })
      await customer()
      const path = `${new URL(dora.url()).pathname}/erasure`
      for (const [name, place] of [
        ["retention-phone", "/admin/retention"],
        ["erasure-phone", path],
      ] as const) {
        await dora.goto(`${office.url}${place}`)
        await dora.getByRole("heading", { level: 1 }).waitFor()
        await look(dora, name)
        expect([name, await dora.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([name, true])
        expect(await axeFindingsInBothThemes(dora)).toEqual([])
      }
      await dora.setViewportSize({ width: 1440, height: 900 })
    },
    LONG,
  )

  test(
    "a customer is erased after their name was typed, and is nowhere afterwards",
    async () => {
      await customer()
      await dora.getByRole("link", { name: "Erase…" }).click()
      await dora.getByRole("heading", { name: "Erase Giulia Lombardi" }).waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "erasure")
      await dora.getByLabel("Name or number of the customer").fill("Giulia")
      await dora.getByRole("button", { name: "Erase for good" }).click()
      await dora.getByText("That is not the name or the number").first().waitFor()
      await dora.getByLabel("Name or number of the customer").fill("giulia lombardi")
      await dora.getByLabel("Name or number of the customer").press("Enter")
      await dora.getByText("Everything is erased since").waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await look(dora, "erasure-over")
      await dora.goto(`${office.url}/customers`)
      await dora.locator(".empty-state").first().waitFor()
      expect(await dora.getByText("Giulia").count()).toBe(0)
      expect(office.complaints.filter((one) => !/status of (409|422)/.test(one))).toEqual([])
    },
    LONG,
  )
})
