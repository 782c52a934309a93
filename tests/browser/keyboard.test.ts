/** A whole conversation without a mouse: nothing in it is out of the keyboard's reach. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { PASSWORD } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"

const LONG = 40_000

describe.skipIf(!existsSync(CHROMIUM))("By keyboard alone", () => {
  let office: Office
  let anna: Page
  const thread = () => anna.getByRole("log", { name: "Messages" })
  const focused = () => anna.locator(":focus")
  const press = (key: string) => anna.keyboard.press(key)
  const isAt = (selector: string) => anna.locator(`${selector}:focus`).waitFor({ state: "attached" })
  const shows = (name: string) => anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()

  /** Goes on with Tab until it is on what is wanted; no page has more stops than this. */
  async function tabTo(role: "button" | "textbox", name: string | RegExp, key = "Tab"): Promise<void> {
    const wanted = anna.getByRole(role, { name, exact: true }).and(focused())
    for (let stops = 0; stops < 60; stops += 1) {
      await press(key)
      if ((await wanted.count()) > 0) return
    }
    throw new Error(`${key} does not reach «${name}»`)
  }

  const arrives = (name: string, phone: string) => {
    office.simulator.phones.create({ name, phone }).say(`Sono ${name}`)
    return anna.getByRole("region", { name: "Notifications" }).getByText(name, { exact: true }).waitFor()
  }

  beforeAll(async () => {
    office = await openOffice()
    const context = await office.browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
    anna = await context.newPage()
    watch(anna, "anna", office.complaints)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "somebody signs in: the first field has the focus, Enter sends the form",
    async () => {
      await anna.goto(`${office.url}/login`)
      await isAt("[name=username]")
      await anna.keyboard.type("anna")
      await press("Tab")
      await anna.keyboard.type(PASSWORD)
      await press("Enter")
      await anna.getByRole("navigation", { name: "Main" }).waitFor()
    },
    LONG,
  )

  test(
    "the first stop of a page skips to its content",
    async () => {
      await press("Tab")
      expect(await focused().textContent()).toBe("Skip to the content")
      await anna.getByRole("link", { name: "Skip to the content" }).and(anna.locator(":focus")).waitFor()
      const box = await focused().boundingBox()
      expect(box?.y).toBeGreaterThanOrEqual(0)
      await press("Enter")
      await isAt("main")
    },
    LONG,
  )

  test(
    "an offer is opened from its pop-up, answered with Enter, and closed",
    async () => {
      await arrives("Giulia Lombardi", "+39 345 555 0172")
      await tabTo("button", "Open")
      await press("Enter")
      await shows("Giulia Lombardi")
      await thread().getByText("Sono Giulia Lombardi").waitFor()
      await tabTo("textbox", "Message")
      await anna.keyboard.type("Buongiorno Giulia")
      await press("Enter")
      await thread().getByText("Buongiorno Giulia").waitFor()
      await isAt("#composer-text")
      await tabTo("button", "Close", "Shift+Tab")
      await press("Enter")
      await anna.getByRole("dialog", { name: "Close conversation" }).waitFor()
      await press("Escape")
      await anna.getByRole("dialog", { name: "Close conversation" }).waitFor({ state: "hidden" })
      await isAt("[commandfor=close-dialog]")
      await press("Enter")
      await tabTo("button", "Close conversation")
      await press("Enter")
      await anna.getByText("Nothing open").waitFor()
    },
    LONG,
  )

  test(
    "F6 goes from pane to pane and around, Shift+F6 goes back",
    async () => {
      await arrives("Katja Sommer", "+39 345 555 0173")
      await tabTo("button", "Open")
      await press("Enter")
      await shows("Katja Sommer")
      await thread().getByText("Sono Katja Sommer").waitFor()
      const pane = () =>
        anna.evaluate<string | null>(
          "document.activeElement.closest('[data-pane]')?.getAttribute('aria-label') ?? null",
        )
      const panes = ["Conversations", "Conversation with Katja Sommer", "Details", "Conversations"]
      for (const name of panes) {
        await press("F6")
        expect(await pane()).toBe(name)
      }
      for (const name of panes.toReversed().slice(1)) {
        await press("Shift+F6")
        expect(await pane()).toBe(name)
      }
    },
    LONG,
  )

  test(
    "Alt with an arrow goes to the next conversation and back, and whoever was writing writes on there",
    async () => {
      await arrives("Omar Benali", "+39 345 555 0174")
      await tabTo("button", "Open")
      await press("Enter")
      await shows("Omar Benali")
      await tabTo("textbox", "Message")
      await anna.keyboard.type("Per Omar")
      await press("Alt+ArrowDown")
      await shows("Katja Sommer")
      await isAt("#composer-text")
      await anna.keyboard.type("Per Katja")
      await press("Alt+ArrowUp")
      await shows("Omar Benali")
      await isAt("#composer-text")
      expect(await focused().inputValue()).toBe("Per Omar")
    },
    LONG,
  )

  test(
    "arrows move in the list and among the messages, and Escape goes back to the message field",
    async () => {
      await press("F6")
      await press("F6")
      await isAt(".conversation-label")
      const name = () => focused().locator(".label-title").textContent()
      await press("Home")
      const first = await name()
      await press("ArrowDown")
      expect(await name()).not.toBe(first)
      await press("ArrowUp")
      expect(await name()).toBe(first)
      await press("Escape")
      await isAt("#composer-text")
      await tabTo("button", /Received/, "Shift+Tab")
      await press("Enter")
      await anna.locator(".legend:popover-open").waitFor()
      await press("Escape")
      await anna.locator(".legend:popover-open").waitFor({ state: "detached" })
      await press("Escape")
      await isAt("#composer-text")
    },
    LONG,
  )

  test(
    "a question mark shows the shortcuts, unless it is being written",
    async () => {
      const shortcuts = anna.getByRole("dialog", { name: "Keyboard shortcuts" })
      await press("?")
      expect(await focused().inputValue()).toBe("Per Omar?")
      expect(await shortcuts.isVisible()).toBe(false)
      await press("F6")
      await press("?")
      await shortcuts.getByText("Next pane").waitFor()
      await press("Escape")
      await shortcuts.waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "the status is chosen from its menu, and the focus stays with it",
    async () => {
      await tabTo("button", "Status: Ready", "Shift+Tab")
      await press("Enter")
      await tabTo("button", "Break")
      await press("Enter")
      await anna.getByRole("button", { name: "Status: Break" }).and(anna.locator(":focus")).waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
