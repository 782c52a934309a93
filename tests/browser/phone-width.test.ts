/** The console on a telephone: one screen at a time, everything large enough for a finger. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000
const PHONE = { width: 390, height: 844 }
/** What is left when the keyboard of the telephone is on screen. */
const ABOVE_THE_KEYBOARD = { width: 390, height: 460 }

/**
 * Controls on screen that a finger would miss: anything under 44 × 44 CSS pixels, as whole ones: what moves is measured in
 * parts. A box that is ticked is touched wherever its words are.
 */
const TOO_SMALL = `[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.closest(".visually-hidden, .skip-link"))
  .map((control) => ({ control, box: (control.type === "checkbox" ? control.closest("label") ?? control : control).getBoundingClientRect() }))
  .filter(({ box }) => Math.round(box.width) < 44 || Math.round(box.height) < 44)
  .map(({ control, box }) => control.outerHTML.slice(0, 90) + " " + Math.round(box.width) + "×" + Math.round(box.height))`

describe.skipIf(!existsSync(CHROMIUM))("On a telephone", () => {
  let office: Office
  let anna: Page
  const list = () => anna.getByRole("list", { name: "Conversations" })
  const thread = () => anna.getByRole("log", { name: "Messages" })
  const details = () => anna.getByRole("complementary", { name: "Details" })
  const field = () => anna.getByRole("textbox", { name: "Message" })
  /** What does not fit: sideways, and for fingers. */
  const misfits = async () => {
    const wider = await anna.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
    return [...(wider > 0 ? [`wider by ${wider}`] : []), ...(await anna.evaluate<string[]>(TOO_SMALL))]
  }

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna", { viewport: PHONE, hasTouch: true, isMobile: true })).page
  }, LONG)
  afterAll(() => office?.close())

  test("an empty list fits, with the tabs below it", async () => expect(await misfits()).toEqual([]), LONG)

  test(
    "a pop-up comes within reach, and a tap opens the thread alone",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, è pronta la mia ordinazione?")
      await list().getByText("Giulia Lombardi").waitFor()
      const offer = anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" })
      await offer.waitFor()
      expect(await misfits()).toEqual([])
      await offer.tap()
      await thread().getByText("Buongiorno, è pronta la mia ordinazione?").waitFor()
      expect(await list().isVisible()).toBe(false)
      expect(await details().isVisible()).toBe(false)
      expect(await anna.getByRole("navigation", { name: "Main" }).isVisible()).toBe(false)
    },
    LONG,
  )

  test(
    "one answers there, also when the keyboard takes half of the screen",
    async () => {
      await field().fill("Sì, può ritirarla.\nSiamo aperti fino alle 19.")
      expect(await misfits()).toEqual([])
      await anna.setViewportSize(ABOVE_THE_KEYBOARD)
      for (const part of [field(), anna.getByRole("button", { name: "Send" })]) {
        const box = await part.boundingBox()
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(ABOVE_THE_KEYBOARD.height)
      }
      expect((await thread().boundingBox())?.height).toBeGreaterThan(100)
      await anna.getByRole("button", { name: "Send" }).tap()
      await thread().getByText("Sì, può ritirarla.").waitFor()
      await anna.setViewportSize(PHONE)
      expect(await misfits()).toEqual([])
    },
    LONG,
  )

  test(
    "the name has room, for what is used less is in a menu",
    async () => {
      const name = anna.getByRole("heading", { name: "Giulia Lombardi" }).first()
      expect(await name.evaluate((title) => title.scrollWidth - title.clientWidth)).toBeLessThanOrEqual(0)
      const search = anna.getByRole("button", { name: "Search in this conversation" })
      expect(await search.isVisible()).toBe(false)
      await anna.getByRole("button", { name: "More", exact: true }).tap()
      await anna.getByRole("button", { name: "Start video call" }).waitFor()
      expect(await misfits()).toEqual([])
      await search.tap()
      const field = anna.getByRole("searchbox", { name: "Search in this conversation" })
      await field.and(anna.locator(":focus")).waitFor()
      expect(await search.isVisible()).toBe(false)
      await field.press("Escape")
      await field.waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "the times of a message, the details and the dialog fit, and every one has a way back",
    async () => {
      await thread().getByTitle("Times of this message").last().tap()
      await anna.locator(".legend:popover-open").waitFor()
      expect(await misfits()).toEqual([])
      await anna.keyboard.press("Escape")
      await anna.getByRole("button", { name: "Details" }).tap()
      await details().getByText("Conversation information").waitFor()
      expect(await thread().isVisible()).toBe(false)
      expect(await misfits()).toEqual([])
      await anna.getByRole("button", { name: "Hide details" }).tap()
      await thread().waitFor()
      await anna.getByRole("button", { name: "Close", exact: true }).tap()
      await anna.getByRole("dialog", { name: "Close conversation" }).waitFor()
      expect(await misfits()).toEqual([])
      await anna.getByRole("button", { name: "Keep open" }).tap()
      await anna.getByRole("link", { name: "Back to the conversations" }).tap()
      await list().getByText("Giulia Lombardi").waitFor()
      expect(await thread().isVisible()).toBe(false)
      await list().getByText("Giulia Lombardi").tap()
      await thread().getByText("Sì, può ritirarla.").waitFor()
      await anna.goBack()
      await list().getByText("Giulia Lombardi").waitFor()
    },
    LONG,
  )

  test(
    "the menus of the header, what waits and the profile fit too",
    async () => {
      for (const name of [/^Status: /, /Menu of/]) {
        await anna.getByRole("button", { name }).tap()
        await anna.locator(".menu:popover-open").waitFor()
        expect(await misfits()).toEqual([])
        await anna.keyboard.press("Escape")
      }
      for (const place of ["/waiting", "/profile"]) {
        await anna.goto(`${office.url}${place}`)
        expect(await misfits()).toEqual([])
      }
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
