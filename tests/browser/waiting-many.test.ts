/** A supervisor and the wait queue of an agent who is away: all of it chosen at once, and handed over. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings } from "./axe.ts"

const LONG = 60_000
const NAMES = ["Giulia Lombardi", "Paolo Verdi", "Nadia Bruni"]
const WIDE = { width: 1440, height: 900 }
const LOOKS = [
  { name: "light", colorScheme: "light", size: WIDE },
  { name: "dark", colorScheme: "dark", size: WIDE },
  { name: "phone", colorScheme: "light", size: { width: 390, height: 844 } },
] as const

describe.skipIf(!existsSync(CHROMIUM))("Many that wait", () => {
  let office: Office
  let anna: Page
  let carla: Page

  beforeAll(async () => {
    const hands = [
      { username: "anna" },
      { username: "marco" },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]
    office = await openOffice({ document: officeOf(hands) })
    anna = (await office.signIn("anna")).page
    for (const [index, name] of NAMES.entries()) {
      office.simulator.phones.create({ name, phone: `+39 345 555 01${70 + index}` }).say("Siete aperti?")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("heading", { name }).first().waitFor()
      await anna.getByRole("button", { name: "Transfer", exact: true }).click()
      const dialog = anna.getByRole("dialog", { name: "Transfer conversation" })
      await dialog.getByRole("radio", { name: "Wait queue" }).check()
      await dialog.getByRole("radio", { name: "Personal" }).check()
      await dialog.getByRole("textbox", { name: /Note for the next agent/ }).fill(`${name} sends the papers`)
      await dialog.getByRole("button", { name: "Move to wait queue" }).click()
      await anna.getByText("Nothing here yet", { exact: true }).waitFor()
    }
    carla = (await office.signIn("carla")).page
    await carla.goto(`${office.url}/waiting`)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "an agent takes up what is theirs from the page of all, and others read why it waits and whose it is",
    async () => {
      await anna.goto(`${office.url}/waiting`)
      await anna.getByRole("button", { name: "Take up again: Nadia Bruni" }).waitFor()
      await carla.getByText("Nadia Bruni sends the papers").waitFor()
      await carla.getByText("Anna Rossi only").first().waitFor()
      expect(await carla.getByRole("button", { name: /^Take/ }).count()).toBe(0)
    },
    LONG,
  )

  test(
    "all of a group is chosen by one press, counted, and none any more once it is handed over",
    async () => {
      const all = carla.getByRole("checkbox", { name: "Choose all: For the customer" })
      await all.check()
      await carla.getByText("With those chosen: 3").waitFor()
      await carla.getByRole("checkbox", { name: "Choose the conversation with Nadia Bruni" }).uncheck()
      await carla.getByText("With those chosen: 2").waitFor()
      expect(await carla.locator("[data-tick-all]:indeterminate").count()).toBe(1)
      await all.check()
      expect(await looks(carla)).toEqual([])
      await carla.getByRole("combobox", { name: "Assign to" }).selectOption({ label: "Marco Rossi (0/5)" })
      await carla.getByRole("button", { name: "Assign", exact: true }).click()
      await carla.getByText("3 done").waitFor()
      await carla.getByText("Wait queue of Marco Rossi").first().waitFor()
      expect(await carla.locator("[name='conversation']:checked").count()).toBe(0)
      await anna.getByRole("button", { name: "Take up again: Nadia Bruni" }).waitFor({ state: "detached" })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  async function looks(page: Page): Promise<string[]> {
    const found: string[] = []
    for (const { name, colorScheme, size } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize(size)
      for (const finding of await axeFindings(page)) found.push(`${name} ${finding}`)
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
      if (Number(overflow) > 0) found.push(`${name}: wider than its window by ${overflow}`)
    }
    await page.emulateMedia({ colorScheme: "light" })
    await page.setViewportSize(WIDE)
    return found
  }
})
