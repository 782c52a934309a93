/** Finding what was said: from the list of customers, from all conversations, from the palette; and the way to it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }

describe.skipIf(!existsSync(CHROMIUM))("Words", () => {
  let office: Office
  let anna: Page
  let carla: Page
  const overflow = (page: Page) => page.evaluate("document.documentElement.scrollWidth - innerWidth")
  const hit = (page: Page, words: string) => page.locator(".found-words mark", { hasText: words })

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say(
      "Is the blue Aurora here? I ordered it three weeks ago, order 4471, and nobody has told me anything since",
    )
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Is the blue Aurora here?").waitFor()
    carla = (await office.signIn("carla")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "lead from the list of customers to the message",
    async () => {
      await anna.getByRole("link", { name: "Customers", exact: true }).click()
      await anna.getByRole("heading", { name: "Customers" }).waitFor()
      await anna.getByRole("searchbox").fill("zeppelin")
      await anna.locator(".empty-state").waitFor()
      await look(anna, "words-none")
      await anna.getByRole("searchbox").fill("order 4471 auro")
      await hit(anna, "Aurora").waitFor()
      expect(await anna.locator(".found-words mark").allTextContents()).toEqual(["Aurora", "order", "4471"])
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await look(anna, "words-customers")
      await anna.setViewportSize(PHONE)
      expect(await overflow(anna)).toBe(0)
      await look(anna, "words-customers-phone")
      await anna.setViewportSize(DESK)
      await anna.locator(".found-words").focus()
      await anna.keyboard.press("Enter")
      await anna.getByRole("log").locator("article.is-found", { hasText: "order 4471" }).waitFor()
    },
    LONG,
  )

  test(
    "lead from all conversations to the sheet, at the message",
    async () => {
      await carla.getByRole("link", { name: "All conversations" }).click()
      await carla.getByRole("heading", { name: "All conversations" }).waitFor()
      await carla.getByRole("searchbox").fill('"blue aurora')
      await hit(carla, "blue Aurora").waitFor()
      await look(carla, "words-all")
      await carla.setViewportSize(PHONE)
      expect(await overflow(carla)).toBe(0)
      await look(carla, "words-all-phone")
      await carla.setViewportSize(DESK)
      await carla.locator(".found-words").click()
      await carla.locator(".conversation-sheet article.is-found", { hasText: "blue Aurora" }).waitFor()
      expect(await axeFindingsInBothThemes(carla)).toEqual([])
      await look(carla, "words-sheet")
    },
    LONG,
  )

  test(
    "are looked for from wherever one is",
    async () => {
      await anna.keyboard.press("Control+k")
      await anna.locator("#palette-words").fill("three weeks")
      await anna.getByRole("option", { name: "Look for “three weeks” in messages" }).waitFor()
      await look(anna, "words-palette")
      await anna.keyboard.press("Enter")
      await hit(anna, "weeks").waitFor()
      expect(new URL(anna.url()).searchParams.get("q")).toBe("three weeks")
    },
    LONG,
  )

  test(
    "are found in a customer's earlier conversations",
    async () => {
      await anna.getByRole("link", { name: "Giulia Lombardi" }).first().click()
      await anna.getByRole("searchbox", { name: "Words in conversations" }).fill("aurora")
      await hit(anna, "Aurora").waitFor()
      await look(anna, "words-history")
      await anna.setViewportSize(PHONE)
      expect(await overflow(anna)).toBe(0)
      await look(anna, "words-history-phone")
      await anna.setViewportSize(DESK)
    },
    LONG,
  )

  test("leave nothing to complain about", () => expect(office.complaints).toEqual([]))
})
