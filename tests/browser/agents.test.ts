/** A supervisor at work: who is where, a status set for somebody, a number closed by hand; and an agent who goes home. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { minutes, seconds } from "~/kernel/clock.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }

describe.skipIf(!existsSync(CHROMIUM))("A supervisor", () => {
  let office: Office
  let carla: Page
  let anna: Page

  beforeAll(async () => {
    office = await openOffice()
    carla = (await office.signIn("carla")).page
    anna = (await office.signIn("anna")).page
  }, LONG)
  afterAll(() => office?.close())

  const row = (name: RegExp) => carla.getByRole("row", { name })
  const isClean = async (page: Page) => {
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(WIDE)
  }

  test(
    "sees without reloading how agents stand, sets one on Break, and the agent sees who did it",
    async () => {
      await carla.getByRole("link", { name: "Agents" }).click()
      await row(/Anna/).getByText("Ready").first().waitFor()
      await anna.getByRole("button", { name: "Status: Ready" }).click()
      await anna.getByRole("button", { name: "Back office" }).click()
      await row(/Anna/).getByText("Back office").first().waitFor()
      await row(/Anna/).getByRole("button", { name: "Set status of Anna Rossi" }).press("Enter")
      await carla.keyboard.press("Tab")
      await carla.keyboard.press("Tab")
      await carla.keyboard.press("Tab")
      await carla.keyboard.press("Enter")
      await row(/Anna/).getByText("set by Carla Rossi").waitFor()
      await anna.getByRole("button", { name: "Status: Break" }).getByText("set by Carla Rossi").waitFor()
      await anna.getByRole("button", { name: "Notices, 1 new" }).click()
      await anna.getByText("Carla Rossi set you to Break.").first().waitFor()
      await anna.keyboard.press("Escape")
      await isClean(carla)
    },
    LONG,
  )

  test(
    "finds agents by what is typed and chosen; the address says it, and a reload keeps it",
    async () => {
      await carla.getByRole("searchbox", { name: "Search agents" }).fill("iv")
      await row(/Anna/).waitFor({ state: "detached" })
      await row(/Ivo/).waitFor()
      await carla.getByRole("combobox", { name: "Status" }).selectOption("Signed out")
      await carla.waitForURL(/status=signed_out/)
      expect(new URL(carla.url()).searchParams.get("q")).toBe("iv")
      await carla.reload()
      await row(/Ivo/).waitFor()
      expect(await carla.getByRole("searchbox", { name: "Search agents" }).inputValue()).toBe("iv")
      await carla.getByRole("searchbox", { name: "Search agents" }).fill("nobody like that")
      await carla.getByRole("link", { name: "Show all agents" }).click()
      await row(/Anna/).waitFor()
    },
    LONG,
  )

  test(
    "reads where somebody's afternoon went",
    async () => {
      await carla.getByRole("link", { name: "Anna Rossi" }).click()
      await carla.getByText("Back office → Break, set by Carla Rossi").waitFor()
      await anna.getByRole("button", { name: "Status: Break" }).click()
      await anna.getByRole("button", { name: "Ready" }).click()
      await carla.getByText("Break → Ready", { exact: true }).waitFor()
      await isClean(carla)
    },
    LONG,
  )

  test(
    "closes a number until a time; everybody sees by whom, and it opens by itself",
    async () => {
      const soon = new Date(office.clock.now() + minutes(90))
      const until = soon.toLocaleTimeString("en-GB", { timeZone: "Europe/Rome", hour: "2-digit", minute: "2-digit" })
      await carla.getByRole("button", { name: "1 service open" }).click()
      const dialog = carla.getByRole("dialog", { name: "Service status" })
      await dialog.getByText("Open or close by hand").click()
      await dialog.getByLabel("Until").fill(until)
      await dialog.getByRole("button", { name: "Close now" }).click()
      await dialog.getByText("Closed by Carla Rossi until").waitFor()
      expect(await axeFindingsInBothThemes(carla)).toEqual([])
      await anna.getByRole("button", { name: "All services closed" }).click()
      const seen = anna.getByRole("dialog", { name: "Service status" })
      await seen.getByText("Closed by Carla Rossi until").waitFor()
      expect(await seen.getByText("Open or close by hand").count()).toBe(0)
      office.clock.putAhead(minutes(90) + seconds(1))
      await seen.getByText("Always open").waitFor()
      await seen.getByText("Closed by Carla Rossi").waitFor({ state: "detached" })
      await anna.keyboard.press("Escape")
      await carla.keyboard.press("Escape")
    },
    LONG,
  )

  test(
    "sees the agent leave, who was told what stays behind",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, siete aperti oggi?")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("log").getByText("siete aperti").waitFor()
      await anna.getByRole("button", { name: "Menu of Anna Rossi" }).click()
      await anna.getByRole("link", { name: "Logout" }).click()
      await anna.getByText("You leave 1 conversation behind.").waitFor()
      expect(await anna.getByRole("link", { name: "Transfer the conversation with Giulia Lombardi" }).count()).toBe(1)
      await isClean(anna)
      await anna.getByRole("link", { name: "Stay" }).click()
      await anna.getByRole("list", { name: "Conversations" }).getByText("Giulia Lombardi").waitFor()
      await anna.getByRole("button", { name: "Menu of Anna Rossi" }).click()
      await anna.getByRole("link", { name: "Logout" }).click()
      await anna.getByRole("button", { name: "Logout anyway" }).click()
      await anna.getByRole("button", { name: "Login" }).waitFor()
      await carla.goto(`${office.url}/agents`)
      await row(/Anna/).getByText("Signed out").first().waitFor()
    },
    LONG,
  )

  test("nothing of this makes the browser complain", () => expect(office.complaints).toEqual([]))
})
