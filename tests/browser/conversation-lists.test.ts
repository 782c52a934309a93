/** The lists of conversations: one's own history, and for supervisors all there are. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Lists of conversations", () => {
  let office: Office
  let anna: Page
  let carla: Page
  const overflow = (page: Page) => page.evaluate("document.documentElement.scrollWidth - innerWidth")

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Is the blue Aurora here?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("button", { name: "Close", exact: true }).click()
    await anna.getByRole("button", { name: "Close conversation" }).click()
    await anna.getByRole("listitem").first().waitFor({ state: "detached" })
    carla = (await office.signIn("carla")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "one's own history opens one to be read",
    async () => {
      await anna.getByRole("link", { name: "Conversations history" }).click()
      await anna.getByRole("heading", { name: "Conversations history" }).waitFor()
      await anna.getByRole("rowheader").getByRole("link").click()
      await anna.getByText("Is the blue Aurora here?").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await look(anna, "history")
      await anna.setViewportSize({ width: 390, height: 844 })
      expect(await overflow(anna)).toBe(0)
      await look(anna, "history-phone")
    },
    LONG,
  )

  test(
    "a supervisor narrows all of them down, and keeps the filter by name",
    async () => {
      await carla.getByRole("link", { name: "All conversations" }).click()
      await carla.getByText("No conversation here").waitFor()
      await carla.getByRole("link", { name: "All", exact: true }).click()
      await carla.getByText("Giulia Lombardi").waitFor()
      await carla.getByRole("button", { name: "Filter", exact: true }).click()
      await carla.getByLabel("From").fill("2001-01-01")
      await carla.getByText("From:").waitFor()
      const asked = new URL(carla.url()).searchParams
      expect([asked.get("view"), asked.get("from")]).toEqual(["all", "2001-01-01"])
      await carla.keyboard.press("Escape")
      await carla.getByRole("button", { name: "Saved filters" }).click()
      await carla.getByLabel("Save as").fill("Since 2001")
      await look(carla, "saved-filters")
      await carla.getByRole("button", { name: "Save this filter" }).click()
      await carla.locator(".list-saved", { hasText: "Since 2001" }).waitFor({ state: "attached" })
      await carla.getByRole("link", { name: "All conversations" }).click()
      await carla.getByText("No conversation here").waitFor()
      await carla.getByRole("button", { name: "Saved filters" }).click()
      await carla.getByRole("link", { name: "Since 2001" }).click()
      await carla.getByText("Giulia Lombardi").waitFor()
      await carla.getByRole("rowheader").getByRole("link").click()
      await carla.getByText("Is the blue Aurora here?").waitFor()
      expect(await axeFindingsInBothThemes(carla)).toEqual([])
      await look(carla, "all-conversations")
      await carla.setViewportSize({ width: 390, height: 844 })
      expect(await overflow(carla)).toBe(0)
    },
    LONG,
  )

  test("nothing is left to complain about", () => expect(office.complaints).toEqual([]))
})
