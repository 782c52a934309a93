/** News reaches the screen whatever is under way when it comes: one stream for all tabs, and nothing falls in between. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { BrowserContext, Page } from "playwright-core"
import { SystemChance } from "~/kernel/chance.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"

const LONG = 60_000
const TABS = 10

/** Browsers are told to come back after the shortest time there is: attempts follow each other faster than patience ends. */
const SOONEST = Object.assign(new SystemChance(), { below: () => 0 })

describe.skipIf(!existsSync(CHROMIUM))("News", () => {
  let office: Office
  let anna: Page
  let context: BrowserContext
  const thread = (page: Page) => page.getByRole("log", { name: "Messages" })
  const list = (page: Page) => page.getByRole("list", { name: "Conversations" })
  const says = (name: string, text: string) => office.simulator.phones.of(name).say(text)
  const isLive = (page: Page) => page.locator("html[data-live=open]").waitFor({ state: "attached" })

  const open = async (name: string, phone: string) => {
    office.simulator.phones.create({ name, phone }).say("Buongiorno")
    const offer = anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" })
    await offer.click()
    await thread(anna).getByText("Buongiorno").waitFor()
    await offer.waitFor({ state: "detached" })
  }

  beforeAll(async () => {
    office = await openOffice({ chance: SOONEST })
    ;({ page: anna, context } = await office.signIn("anna"))
    await open("Giulia Lombardi", "+39 345 555 0172")
    await open("Katja Sommer", "+39 345 555 0173")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a message that arrives while its thread is on the way to the screen is there when the thread is",
    async () => {
      await isLive(anna)
      await anna.route("**/pane", async (route) => {
        const response = await route.fetch()
        says("Giulia Lombardi", "Nel frattempo")
        await list(anna).getByText("Nel frattempo").waitFor()
        await route.fulfill({ response })
      })
      await list(anna).getByText("Giulia Lombardi").click()
      await thread(anna).getByText("Nel frattempo").waitFor()
      await anna.unroute("**/pane")
    },
    LONG,
  )

  test(
    "a message that arrives while a page is still loading its scripts is there when the page is",
    async () => {
      await list(anna).getByText("Giulia Lombardi").click()
      await anna.getByRole("region", { name: "Conversation with Giulia Lombardi" }).waitFor()
      const other = await context.newPage()
      watch(other, "other tab", office.complaints)
      await other.route("**/bundles/sportello.js*", async (route) => {
        says("Giulia Lombardi", "Prima degli script")
        await thread(anna).getByText("Prima degli script").waitFor()
        await route.continue()
      })
      await other.goto(anna.url())
      await thread(other).getByText("Prima degli script").waitFor()
      await other.close()
    },
    LONG,
  )

  test(
    "ten tabs are all live over one stream",
    async () => {
      const tabs = await Promise.all(
        Array.from({ length: TABS - 1 }, async (_, index) => {
          const page = await context.newPage()
          watch(page, `tab ${index}`, office.complaints)
          await page.goto(anna.url())
          await isLive(page)
          return page
        }),
      )
      expect(office.appliance().streams.count).toBe(1)
      says("Giulia Lombardi", "A tutte le schede")
      for (const page of [anna, ...tabs]) await thread(page).getByText("A tutte le schede").waitFor()
      for (const page of tabs.slice(1)) await page.close()
    },
    LONG,
  )

  test(
    "when the appliance goes down it is said within seconds; when it is back, what was missed is shown by itself",
    async () => {
      const lost = anna.getByText("Connection lost – reconnecting")
      const complaints = office.complaints.length
      const back = await office.goDown()
      await lost.waitFor()
      await back()
      says("Giulia Lombardi", "Dopo il riavvio")
      await lost.waitFor({ state: "hidden", timeout: 20_000 })
      await thread(anna).getByText("Dopo il riavvio").waitFor()
      for (const complaint of office.complaints.splice(complaints)) expect(complaint).toMatch(/ERR_|Failed to fetch/)
    },
    LONG,
  )

  test(
    "signing out in one tab takes every tab to the login",
    async () => {
      const [, other] = context.pages()
      await anna.getByRole("button", { name: /Menu of/ }).click()
      await anna.getByRole("link", { name: "Logout" }).click()
      await anna.getByRole("button", { name: "Logout anyway" }).click()
      await anna.waitForURL("**/login**")
      await other?.waitForURL("**/login**")
      expect(office.appliance().streams.count).toBe(0)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
