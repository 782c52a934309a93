/** Being called: once whatever the number of tabs, on the desktop, quiet on a break but for one's own customers. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { BrowserContext, Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

/** Nobody looks at these pages, and every sound is counted for all of them. */
const NOBODY_LOOKS = `
  Document.prototype.hasFocus = () => false
  HTMLMediaElement.prototype.play = async function () {
    localStorage.plays = String(Number(localStorage.plays ?? 0) + 1)
    localStorage.loudness = String(this.volume)
  }`

describe.skipIf(!existsSync(CHROMIUM))("Being called", () => {
  let office: Office
  let anna: Page
  let context: BrowserContext
  let giulia: Phone
  const sounds = async (page = anna) => Number(await page.evaluate("localStorage.plays ?? 0"))
  const onDesktop = async (): Promise<string[]> => {
    const [worker] = context.serviceWorkers()
    return (await worker?.evaluate(
      "self.registration.getNotifications().then((all) => all.map(({ title }) => title))",
    )) as string[]
  }
  const until = async (holds: () => Promise<boolean>) => {
    for (let tries = 0; tries < 80 && !(await holds()); tries++) await anna.waitForTimeout(50)
    expect(await holds()).toBe(true)
  }

  beforeAll(async () => {
    office = await openOffice()
    ;({ page: anna, context } = await office.signIn("anna", { permissions: ["notifications"] }))
    await context.addInitScript(NOBODY_LOOKS)
    const other = await context.newPage()
    await other.goto(`${office.url}/waiting`)
    await anna.goto(`${office.url}/wait-queue`)
    for (const page of [anna, other]) await page.locator("html[data-live=open]").waitFor({ state: "attached" })
    await until(async () => context.serviceWorkers().length === 1)
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a new conversation sounds once in all tabs and stands on the desktop; a click opens it",
    async () => {
      giulia.say("Buongiorno")
      await anna.getByRole("region", { name: "Notifications" }).getByText("Giulia Lombardi").waitFor()
      await until(async () => (await onDesktop()).length === 1)
      expect([await onDesktop(), await sounds()]).toEqual([["New conversation: Giulia Lombardi"], 1])
      await context
        .serviceWorkers()[0]!
        .evaluate(
          "self.registration.getNotifications().then(([one]) => self.dispatchEvent(new NotificationEvent('notificationclick', { notification: one })))",
        )
      await until(async () => context.pages().some((page) => /\/conversations\/\d+$/.test(page.url())))
      expect(await onDesktop()).toEqual([])
    },
    LONG,
  )

  test(
    "the title counts what I have not read; on a break an own customer's answer is heard, and names can be hidden",
    async () => {
      await anna.goto(`${office.url}/conversations`)
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("log").getByText("Buongiorno").waitFor()
      await anna
        .getByRole("button", { name: /^Your menu|Anna Rossi/ })
        .first()
        .click()
      const names = anna.getByRole("checkbox", { name: "Hide names in notifications" })
      await names.check()
      await anna.getByRole("checkbox", { name: "Repeat the sound until opened" }).check()
      await anna.getByRole("slider", { name: "Sound volume" }).fill("30")
      await look(anna, "notification-menu")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await anna.getByRole("button", { name: /Status/ }).click()
      await anna.getByRole("button", { name: "Break" }).click()
      await anna.locator("#header-state[data-status=break]").waitFor()
      const before = await sounds()
      giulia.say("Are you there?")
      await until(async () => (await sounds()) === before + 1)
      expect(await anna.evaluate("localStorage.loudness")).toBe("0.3")
      await until(async () => (await onDesktop()).includes("Sportello: somebody needs you"))
      await until(async () => (await anna.title()).startsWith("(1) "))
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "what was read leaves the desktop by itself",
    async () => {
      await anna.evaluate("Document.prototype.hasFocus = () => true; window.dispatchEvent(new Event('focus'))")
      await anna.locator(".conversation-label", { hasText: "Giulia Lombardi" }).click()
      await until(async () => (await onDesktop()).length === 0)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "the sound goes on until the conversation is opened, where that was asked for",
    async () => {
      for (const page of context.pages()) await page.close()
      const page = await context.newPage()
      await page.clock.install()
      await page.goto(`${office.url}/wait-queue`)
      await page.locator("html[data-live=open]").waitFor({ state: "attached" })
      await page.getByRole("button", { name: /Status/ }).click()
      await page.getByRole("button", { name: "Ready" }).click()
      await page.locator("#header-state[data-status=ready]").waitFor()
      const before = await sounds(page)
      office.simulator.phones.create({ name: "Bruno Riva", phone: "+39 345 555 0173" }).say("Salve")
      const popup = page.getByRole("region", { name: "Notifications" })
      await popup.getByText("Bruno Riva").waitFor()
      await page.waitForFunction(`localStorage.plays === "${before + 1}"`)
      await page.clock.runFor(11_000)
      await page.waitForFunction(`localStorage.plays === "${before + 2}"`)
      await popup.getByRole("button", { name: "Hide" }).click()
      await page.clock.runFor(21_000)
      expect(await sounds(page)).toBe(before + 2)
    },
    LONG,
  )
})
