/** What is wrong with a form is where one looks; whatever comes by itself takes nobody's place. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000
const HEIGHT = 900
/** Whether all of it stands in the window. */
async function inSight(page: Page, what: string): Promise<boolean> {
  const box = await page.locator(what).boundingBox()
  return box !== null && box.y >= 0 && box.y + box.height <= HEIGHT
}

describe.skipIf(!existsSync(CHROMIUM))("What is wrong", () => {
  let office: Office
  let dora: Page

  beforeAll(async () => {
    office = await openOffice()
    dora = (await office.signIn("dora")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "with a long form is shown where it is, although the button was at its end",
    async () => {
      await dora.goto(`${office.url}/admin/channels`)
      await dora.locator("tbody th a").first().click()
      await dora.getByRole("link", { name: "Behaviour", exact: true }).click()
      const other = await dora.context().newPage()
      const welcome = (page: Page) => page.getByLabel("Welcome again after")
      await welcome(dora).waitFor()
      await other.goto(dora.url())
      await welcome(other).fill("3")
      await other.getByRole("button", { name: "Save" }).click()
      await other.getByText("Saved.").waitFor()
      await other.close()
      await welcome(dora).fill("4")
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.locator(".conflict").waitFor()
      await dora.waitForFunction('document.querySelector(".conflict").getBoundingClientRect().top >= 0')
      expect(await inSight(dora, ".conflict")).toBe(true)
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.getByText("Saved.").waitFor()
      office.complaints.splice(0)
    },
    LONG,
  )

  test(
    "has the focus once: what the header hears of afterwards leaves it to whoever writes on",
    async () => {
      await dora.goto(`${office.url}/admin/locations/new`)
      await dora.getByRole("button", { name: "Create location" }).click()
      await dora.getByText("This is needed.").first().waitFor()
      const field = (name: string) => dora.locator(`[data-sheet] [name=${name}]`)
      expect(await field("name").evaluate((one) => one.matches(":focus"))).toBe(true)
      await field("longitude").focus()
      await dora.evaluate(
        `document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: { ctx: { sourceElement: document.body } } }))`,
      )
      expect(await field("longitude").evaluate((one) => one.matches(":focus"))).toBe(true)
    },
    LONG,
  )

  test(
    "leaves the map as it was, and coordinates that are nowhere move it nowhere",
    async () => {
      await dora.locator(".map-tiles > svg").first().waitFor({ state: "attached" })
      await dora.locator("[data-sheet] [name=latitude]").fill("999")
      await dora.locator("[data-sheet] [name=longitude]").fill("999")
      await dora.getByRole("button", { name: "Create location" }).click()
      await dora.getByText("From -180 to 180.").waitFor()
      await dora.locator(".map-tiles > svg").first().waitFor({ state: "attached" })
      expect(await dora.locator(".map-chosen").getAttribute("visibility")).toBe("hidden")
    },
    LONG,
  )
})
