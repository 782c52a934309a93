/** Everything that opens over a page, in both themes: axe finds nothing, and Escape puts it away. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Locator, Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Dialogs, menus and banners", () => {
  let office: Office
  let anna: Page
  const button = (name: string | RegExp) => anna.getByRole("button", { name })

  /** Opens by the button, looks, and puts away by the keyboard. */
  async function findingsOf(opener: Locator, opened: Locator): Promise<string[]> {
    await opener.click()
    await opened.waitFor()
    const findings = await axeFindingsInBothThemes(anna)
    await anna.keyboard.press("Escape")
    await opened.waitFor({ state: "hidden" })
    return findings
  }

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Buongiorno, siete aperti oggi?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "the pop-up is clean, and so is the thread that waits to be opened",
    async () => {
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.getByRole("list", { name: "Conversations" }).getByText("Giulia Lombardi").click()
      await anna.getByText("This conversation is given to you").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.locator("#composer-gate[data-mode=ready]").waitFor({ state: "attached" })
    },
    LONG,
  )

  test(
    "the legend of times is clean",
    async () => {
      await anna.getByRole("textbox", { name: "Message" }).fill("Sì, fino alle 19.")
      await anna.keyboard.press("Enter")
      const times = anna.getByRole("button", { name: /Read$/ })
      expect(await findingsOf(times, anna.locator(".legend:popover-open"))).toEqual([])
    },
    LONG,
  )

  test(
    "the dialogs are clean: closing, services, shortcuts",
    async () => {
      const dialog = (name: string) => anna.getByRole("dialog", { name })
      const close = anna.getByRole("button", { name: "Close", exact: true })
      expect(await findingsOf(close, dialog("Close conversation"))).toEqual([])
      expect(await findingsOf(button("1 service open"), dialog("Service status"))).toEqual([])
      await button(/Menu of/).click()
      expect(await findingsOf(button("Keyboard shortcuts"), dialog("Keyboard shortcuts"))).toEqual([])
    },
    LONG,
  )

  test(
    "the menus are clean: status, user",
    async () => {
      const menu = anna.locator(".menu:popover-open")
      expect(await findingsOf(button(/^Status: /), menu)).toEqual([])
      expect(await findingsOf(button(/Menu of/), menu)).toEqual([])
    },
    LONG,
  )

  test(
    "a refusal in words is clean, and is dismissed",
    async () => {
      await anna.route("**/closing", (route) =>
        route.continue({ postData: (route.request().postData() ?? "").replace(/seenUnread=\d+/, "seenUnread=many") }),
      )
      await anna.getByRole("button", { name: "Close", exact: true }).click()
      await button("Close conversation").click()
      await anna.getByRole("alert").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await button("Dismiss").click()
      await anna.getByRole("alert").waitFor({ state: "detached" })
      await anna.keyboard.press("Escape")
      await anna.unroute("**/closing")
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "the banner of a lost connection is clean",
    async () => {
      expect(office.complaints).toEqual([])
      const back = await office.goDown()
      const lost = anna.getByRole("status").getByText("Connection lost – reconnecting")
      await lost.waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await back()
      await button("Try now").click()
      await lost.waitFor({ state: "hidden" })
    },
    LONG,
  )
})
