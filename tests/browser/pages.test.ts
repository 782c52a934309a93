/** Every page in both themes and at phone width: axe finds nothing, and the browser has nothing to complain about. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindings } from "./axe.ts"

const LONG = 60_000
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const LOOKS = [
  { name: "light", colorScheme: "light", size: WIDE },
  { name: "dark", colorScheme: "dark", size: WIDE },
  { name: "phone", colorScheme: "light", size: PHONE },
] as const

describe.skipIf(!existsSync(CHROMIUM))("Pages", () => {
  let office: Office
  let anna: Page
  let stranger: Page

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    const visitor = await office.browser.newContext({ locale: "en-GB", viewport: WIDE })
    stranger = await visitor.newPage()
    watch(stranger, "stranger", office.complaints)
  }, LONG)
  afterAll(() => office?.close())

  const inspect = async (page: Page, path: string) => {
    const found: string[] = []
    for (const { name, colorScheme, size } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize(size)
      await page.goto(`${office.url}${path}`)
      for (const finding of await axeFindings(page)) found.push(`${path} ${name} ${finding}`)
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
      if (Number(overflow) > 0) found.push(`${path} ${name}: wider than its window by ${overflow}`)
    }
    await page.setViewportSize(WIDE)
    return found
  }

  test("the login is clean", async () => expect(await inspect(stranger, "/login")).toEqual([]), LONG)

  test(
    "every page of an agent without conversations is clean",
    async () => {
      const found: string[] = []
      for (const path of ["/conversations", "/waiting", "/profile", "/styleguide"]) {
        found.push(...(await inspect(anna, path)))
      }
      expect(found).toEqual([])
    },
    LONG,
  )

  test(
    "a thread with messages of both sides is clean",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, siete aperti oggi?")
      await anna.goto(`${office.url}/conversations`)
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("textbox", { name: "Message" }).fill("Sì, fino alle 19.")
      await anna.getByRole("button", { name: "Send" }).click()
      await anna.getByRole("log").getByText("Sì, fino alle 19.").waitFor()
      expect(await inspect(anna, new URL(anna.url()).pathname)).toEqual([])
    },
    LONG,
  )

  test("no page makes the browser complain, and nothing breaks the content policy", () =>
    expect(office.complaints).toEqual([]))

  test(
    "a page that does not exist says so, and is clean",
    async () => {
      expect(await inspect(anna, "/conversations/999999")).toEqual([])
      expect(await anna.getByRole("heading", { level: 1 }).count()).toBe(1)
    },
    LONG,
  )
})
