/** Predefined messages under an agent's fingers: a slash, some letters, Enter – and what is missing stands out. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { companyWith, MESSAGES } from "../predefined-message/scene.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { standsAbove, standsWithin } from "../support/standing.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Predefined messages", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const field = () => anna.getByRole("textbox", { name: "Message", exact: true })
  const panel = () => anna.getByRole("dialog", { name: "Predefined messages" })
  const options = () => panel().getByRole("option")

  beforeAll(async () => {
    office = await openOffice({ document: companyWith(MESSAGES) })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Buongiorno")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Buongiorno").waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a slash opens them, letters filter without accents, Enter puts the text into the field with its buttons, and all is sent",
    async () => {
      await field().click()
      await anna.keyboard.type("/CHÓOSE")
      await panel().getByText("Saturday 09:30").waitFor()
      expect(await standsAbove(panel(), field())).toBe(true)
      expect(await standsWithin(panel().locator(".search-frame > .icon"), panel().locator(".input"))).toBe(true)
      expect(await options().filter({ visible: true }).count()).toBe(1)
      await anna.keyboard.press("Enter")
      await panel().waitFor({ state: "hidden" })
      expect(await field().inputValue()).toBe("Which one suits you, Giulia?")
      await anna.keyboard.type(" Please choose.")
      await anna.reload()
      await anna.locator(".composer-choices").getByText("Saturday 11:00").waitFor()
      await field().press("Enter")
      const thread = anna.getByRole("log", { name: "Messages" })
      await thread.getByText("Which one suits you, Giulia? Please choose.").waitFor()
      await office.appliance().outbox.idle()
      giulia.tap(giulia.received().at(-1)!.id, "Saturday 11:00")
      await thread.getByRole("img", { name: "Chosen" }).waitFor()
      expect(await anna.locator(".composer-choices").isVisible()).toBe(false)
    },
    LONG,
  )

  test(
    "what still wants a value is selected to be typed over, and nothing is sent before",
    async () => {
      await anna.getByRole("button", { name: "Predefined messages" }).click()
      await options().first().waitFor()
      await anna.getByRole("radio", { name: /Booking/ }).check({ force: true })
      await options().filter({ hasText: "Free slot" }).click()
      expect(await field().inputValue()).toBe("We have a slot on {day}.")
      await anna.getByText("Fill in {day} to send").waitFor()
      expect(await anna.locator(".composer-marks mark").textContent()).toBe("{day}")
      await field().press("Enter")
      await anna.keyboard.type("Monday")
      expect(await field().inputValue()).toBe("We have a slot on Monday.")
      await field().press("Enter")
      await anna.getByRole("log").getByText("We have a slot on Monday.").waitFor()
    },
    LONG,
  )

  test(
    "the buttons can be left out, arrows choose, and Escape leaves a slash for whoever wanted one",
    async () => {
      await field().click()
      await anna.keyboard.type("/choose")
      await panel().getByText("Saturday 09:30").waitFor()
      await anna.keyboard.press("Enter")
      await anna.getByRole("button", { name: "Send without the choices" }).click()
      expect(await anna.locator(".composer-choices").isVisible()).toBe(false)
      await field().fill("")
      await anna.keyboard.type("/")
      await options().first().waitFor()
      const first = await panel().locator('[aria-selected="true"]').getAttribute("id")
      await anna.keyboard.press("ArrowDown")
      expect(await panel().locator('[aria-selected="true"]').getAttribute("id")).not.toBe(first)
      await anna.keyboard.press("Escape")
      expect([await field().inputValue(), await panel().isVisible()]).toEqual(["/", false])
      await field().fill("")
    },
    LONG,
  )

  test.each(["wide", "phone"] as const)(
    "nothing is wrong with them at %s width in either theme",
    async (size) => {
      await anna.setViewportSize(size === "wide" ? { width: 1440, height: 900 } : { width: 390, height: 844 })
      await anna.getByRole("button", { name: "Predefined messages" }).click()
      await options().first().waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      await anna.keyboard.press("Escape")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
