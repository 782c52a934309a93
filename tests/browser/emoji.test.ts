/** Emoji by hand: searched in the reader's language, walked over with the arrows, put where the caret is. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { standsAbove, standsWithin } from "../support/standing.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Emoji", () => {
  let office: Office
  let anna: Page
  const panel = () => anna.getByRole("dialog", { name: "Emoji" })
  const field = () => anna.getByRole("textbox", { name: "Message" })
  const open = () => anna.getByRole("button", { name: "Emoji" }).click()

  beforeAll(async () => {
    office = await openOffice({ document: officeOf([{ username: "anna" }]) })
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Grazie mille!")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Grazie mille").waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "are found by their names and put where the caret is, with the keyboard alone",
    async () => {
      await field().fill("Buon viaggio!")
      await field().evaluate((one) =>
        (one as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(4, 4),
      )
      await open()
      await panel().getByRole("option", { name: "grinning face", exact: true }).first().waitFor()
      expect(await standsAbove(panel(), field())).toBe(true)
      expect(await standsWithin(panel().locator(".search-frame > .icon"), panel().getByRole("searchbox"))).toBe(true)
      await anna.keyboard.type("rocket")
      await panel().getByRole("option", { name: "rocket" }).waitFor()
      await anna.keyboard.press("Enter")
      expect(await field().inputValue()).toBe("Buon🚀 viaggio!")
      await anna.keyboard.press("Escape")
      await panel().waitFor({ state: "hidden" })
      await open()
      await panel().getByRole("group", { name: "Used lately" }).getByRole("option", { name: "rocket" }).waitFor()
      await anna.keyboard.press("ArrowDown")
      await anna.keyboard.press("ArrowDown")
      await anna.keyboard.press("Enter")
      expect([...(await field().inputValue())].length).toBe(15)
      await anna.keyboard.press("Escape")
    },
    LONG,
  )

  test(
    "have skin tones, which are remembered",
    async () => {
      await open()
      await panel().getByRole("radio", { name: "Skin tone 3" }).check({ force: true })
      await panel().getByRole("searchbox").fill("thumbs up")
      await panel().getByRole("option", { name: "thumbs up" }).getByText("👍🏽").waitFor()
      await anna.reload()
      await open()
      await panel().getByRole("searchbox").fill("thumbs up")
      await panel().getByRole("option", { name: "thumbs up" }).click()
      expect(await field().inputValue()).toContain("👍🏽")
      await panel().getByRole("searchbox").fill("nothing is called so")
      await panel().getByText("No emoji fits.").waitFor()
      await anna.keyboard.press("Escape")
    },
    LONG,
  )

  test.each(LOOKS)(
    "look right and are accessible: $name",
    async ({ name, colorScheme, size }) => {
      await anna.setViewportSize(size)
      await anna.emulateMedia({ colorScheme })
      await open()
      await panel().getByRole("option", { name: "grinning face", exact: true }).first().waitFor()
      await anna.screenshot({ path: `/tmp/emoji-${name}.png` })
      // All of them are alike, and there are two thousand.
      await panel().getByRole("searchbox").fill("cat")
      await panel().getByRole("option", { name: "cat face", exact: true }).waitFor()
      expect(await axeFindings(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
