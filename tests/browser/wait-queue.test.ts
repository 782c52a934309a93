/** Into the wait queue and back, and a supervisor's hand on what waits, by hand and by eye. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings } from "./axe.ts"

const LONG = 60_000
const WIDE = { width: 1440, height: 900 }
const LOOKS = [
  { name: "light", colorScheme: "light", size: WIDE },
  { name: "dark", colorScheme: "dark", size: WIDE },
  { name: "phone", colorScheme: "light", size: { width: 390, height: 844 } },
] as const

describe.skipIf(!existsSync(CHROMIUM))("The wait queue", () => {
  let office: Office
  let anna: Page
  let carla: Page
  const phone = (name: string, number: number) =>
    office.simulator.phones.create({ name, phone: `+39 345 555 0${number}` })
  const inspect = async (page: Page) => {
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

  beforeAll(async () => {
    const hands = [
      { username: "anna", most: 1 },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]
    office = await openOffice({ document: officeOf(hands) })
    anna = (await office.signIn("anna")).page
    phone("Giulia Lombardi", 172).say("Siete aperti?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Siete aperti?").waitFor()
    carla = (await office.signIn("carla")).page
    await carla.goto(`${office.url}/waiting`)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "an agent moves it there with a note, takes it up by the keyboard, and it comes back when the customer writes",
    async () => {
      const dialog = anna.getByRole("dialog", { name: "Transfer conversation" })
      const park = async () => {
        await anna.getByRole("button", { name: "Transfer", exact: true }).click()
        await dialog.getByRole("radio", { name: "Wait queue" }).check()
        await dialog.getByRole("radio", { name: "Personal" }).check()
      }
      await park()
      await dialog.getByRole("textbox", { name: /Note for the next agent/ }).fill("Wants Saturday")
      expect(await inspect(anna)).toEqual([])
      await dialog.getByRole("button", { name: "Move to wait queue" }).click()
      await carla.getByText("Wait queue of Anna Rossi").waitFor()
      await anna.getByRole("link", { name: "My wait queue" }).click()
      const takeUp = anna.getByRole("button", { name: "Take up again: Giulia Lombardi" })
      await takeUp.waitFor()
      expect(await inspect(anna)).toEqual([])
      await takeUp.press("Enter")
      await anna.getByText("Wants Saturday").waitFor()
      await park()
      await dialog.getByRole("button", { name: "Move to wait queue" }).click()
      await anna.getByText("Nothing here yet", { exact: true }).waitFor()
      office.simulator.phones.of("Giulia Lombardi").say("Eccomi")
      await anna.getByRole("list", { name: "Conversations" }).getByText("Giulia Lombardi").waitFor()
    },
    LONG,
  )

  test(
    "a supervisor chooses some of what waits; news do not undo the choice; closing asks first",
    async () => {
      phone("Paolo Verdi", 173).say("C'è qualcuno?")
      const paolo = carla.getByRole("checkbox", { name: "Choose the conversation with Paolo Verdi" })
      await paolo.check()
      phone("Nadia Bruni", 174).say("Buongiorno")
      const nadia = carla.getByRole("checkbox", { name: "Choose the conversation with Nadia Bruni" })
      await nadia.waitFor()
      expect(await paolo.isChecked()).toBe(true)
      expect(await inspect(carla)).toEqual([])
      await carla.getByRole("button", { name: "Take over" }).click()
      await carla.getByText("1 done").waitFor()
      await paolo.waitFor({ state: "detached" })

      await nadia.check()
      await carla.getByRole("button", { name: "Close…" }).click()
      const dialog = carla.getByRole("dialog", { name: "Close conversations" })
      await dialog.getByText("Nadia Bruni").waitFor()
      await dialog.getByRole("button", { name: "Close 1 conversation" }).click()
      await dialog.getByText("1 done").waitFor()
      await nadia.waitFor({ state: "detached" })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
