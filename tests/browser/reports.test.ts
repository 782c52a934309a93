/** Figures in Chromium: an agent's home page, the supervisor's, the wallboard, the reports. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { minutes } from "~/kernel/clock.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }

describe.skipIf(!existsSync(CHROMIUM))("Figures", () => {
  let office: Office
  let carla: Page
  let anna: Page

  beforeAll(async () => {
    office = await openOffice()
    carla = (await office.signIn("carla")).page
    anna = (await office.signIn("anna")).page
  }, LONG)
  afterAll(() => office?.close())

  async function isClean(page: Page): Promise<void> {
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(WIDE)
  }

  const bar = (page: Page, name: string) => {
    const named = page.locator("dt", { hasText: new RegExp(`^${name}`) })
    return page.locator(".bars > div").filter({ has: named }).locator(".bars-number").textContent()
  }

  test(
    "whoever signs in is at home: an agent sees their own day, and it changes while they look",
    async () => {
      await anna.goto(office.url)
      await anna.getByRole("heading", { name: "Dashboard" }).waitFor()
      expect(await bar(anna, "Active")).toBe("0")
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, avete ancora la bici argento?")
      await anna.getByRole("button", { name: "Open", exact: true }).first().click()
      await anna.getByRole("textbox", { name: "Message" }).fill("Buongiorno, certo")
      await anna.getByRole("button", { name: "Send", exact: true }).click()
      await anna.getByRole("link", { name: "Dashboard" }).click()
      await anna.getByRole("heading", { name: "Conversations today" }).waitFor()
      expect([await bar(anna, "Total"), await bar(anna, "Active"), await bar(anna, "Closed")]).toEqual(["1", "1", "0"])
      await anna.locator("line-chart canvas").waitFor()
      const before = await anna.locator(".report-live").textContent()
      office.clock.putAhead(minutes(2))
      await anna.getByRole("button", { name: "Refresh" }).click()
      await anna.waitForFunction(`document.querySelector(".report-live").textContent !== ${JSON.stringify(before)}`)
      await anna.locator("line-chart canvas").waitFor()
      await anna.getByText("Show as table").click()
      await anna.getByRole("table", { name: "My conversations by hour" }).waitFor()
      await isClean(anna)
    },
    LONG,
  )

  test(
    "a supervisor sees the queue of each skillset and every agent's day, and opens what waits for longest",
    async () => {
      await carla.getByRole("link", { name: "Dashboard" }).click()
      await carla.getByRole("table", { name: "Queue now, by skillset" }).waitFor()
      const paolo = office.simulator.phones.create({ name: "Paolo Verdi", phone: "+39 345 555 0173" })
      paolo.say("C'è qualcuno?")
      await carla.locator(".kpis div", { hasText: "Awaiting Transfer" }).getByRole("link", { name: "1" }).waitFor()
      await carla
        .getByRole("table", { name: "Agents today" })
        .getByRole("row", { name: /Anna Rossi/ })
        .waitFor()
      await isClean(carla)
      await carla.locator(".kpis div", { hasText: "Longest wait" }).getByRole("link").click()
      await carla.getByRole("log", { name: "Messages" }).getByText("C'è qualcuno?").waitFor()
      await carla.goto(`${office.url}/`)
    },
    LONG,
  )

  test(
    "the wallboard names no customer, and nothing stands around it",
    async () => {
      await carla.getByRole("link", { name: "Wallboard" }).click()
      await carla.getByRole("heading", { name: "Acme · live" }).waitFor()
      expect(await carla.locator("#main").textContent()).not.toContain("Paolo")
      expect(await carla.getByRole("navigation", { name: "Main" }).isVisible()).toBe(false)
      await isClean(carla)
      await carla.getByRole("link", { name: "Back to the dashboard" }).click()
      await carla.getByRole("navigation", { name: "Main" }).waitFor()
    },
    LONG,
  )

  test(
    "every report is told by days and by rows, one agent's alone too, and goes into a spreadsheet",
    async () => {
      await carla.getByRole("link", { name: "Reports" }).click()
      await carla.getByRole("heading", { name: "Reports" }).waitFor()
      for (const name of [
        "Waiting",
        "First response",
        "Handling",
        "Transfers",
        "Offers",
        "Presence",
        "Templates",
        "Volumes",
      ]) {
        await carla.getByRole("navigation", { name: "Reports" }).getByRole("link", { name }).click()
        await carla.getByRole("link", { name, exact: true }).and(carla.locator("[aria-current=page]")).waitFor()
      }
      await carla.getByLabel("Rows by").selectOption("agent")
      await carla.getByRole("button", { name: "Show" }).click()
      await carla.getByRole("table", { name: "By agent" }).getByRole("link", { name: "Anna Rossi" }).waitFor()
      await isClean(carla)
      const download = carla.waitForEvent("download")
      await carla.getByRole("button", { name: "Export to Excel" }).click()
      expect((await download).suggestedFilename()).toMatch(/^Volumes .*\.xlsx$/)
      await carla.getByRole("table", { name: "By agent" }).getByRole("link", { name: "Anna Rossi" }).click()
      await carla.getByRole("link", { name: "Everybody" }).waitFor()
    },
    LONG,
  )

  test(
    "of an agent on a number, what they have in common is counted while one waits",
    async () => {
      await carla.goto(`${office.url}/reports?report=volumes&period=today`)
      await carla.getByLabel("Agent", { exact: true }).selectOption({ label: "Anna Rossi" })
      await carla.getByLabel("Service number", { exact: true }).selectOption({ label: "Main" })
      await carla.getByRole("button", { name: "Show", exact: true }).click()
      const table = carla.getByRole("table", { name: "By day" })
      await table.waitFor()
      expect(await carla.locator(".report-only").textContent()).toContain("Anna Rossi Main")
      expect(await table.locator("tfoot td.is-number").first().textContent()).toBe("1")
      await isClean(carla)
    },
    LONG,
  )

  test("nobody's browser complained", () => expect(office.complaints).toEqual([]))
})
