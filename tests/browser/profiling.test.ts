/** Closing with a reason of contact: by the keyboard, by searching, by touch on a phone; and opening again. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { companyWith } from "../profiling/scene.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Closing with a reason", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const dialog = () => anna.getByRole("dialog", { name: "Close conversation" })
  const column = (name: string) => dialog().getByRole("group", { name, exact: true })
  const search = () => dialog().getByRole("searchbox", { name: "Search a reason in all levels" })
  const start = async (words: string) => {
    giulia.say(words)
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText(words).waitFor()
    await anna.locator('#thread-items[data-unread="0"]').waitFor({ state: "attached" })
  }
  const openDialog = async () => {
    await anna.getByRole("button", { name: "Close", exact: true }).click()
    await search().waitFor()
  }

  beforeAll(async () => {
    office = await openOffice({ document: companyWith({ profilingReason: "required", profilingNotes: "optional" }) })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  }, LONG)
  afterAll(() => office?.close())

  test(
    "is refused without one, in the window; arrows choose through the columns, and the thread says it",
    async () => {
      await start("Buongiorno")
      await openDialog()
      await dialog().getByRole("button", { name: "Close conversation" }).click()
      await dialog().getByText("choose a reason of contact, then close").waitFor()
      await search().press("ArrowDown")
      await anna.keyboard.press("Space")
      await column("Service").waitFor()
      await anna.keyboard.press("ArrowRight")
      await anna.keyboard.press("ArrowRight")
      await anna.keyboard.press("ArrowDown")
      expect(await dialog().locator(".profiling-chosen").textContent()).toBe("Service › Booking › Moved")
      await dialog().getByRole("textbox", { name: /Notes/ }).fill("Sabato, ore 11")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await dialog().getByRole("button", { name: "Close conversation" }).click()
      await dialog().waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "by mistake is undone with one press, and what was said stays in the history",
    async () => {
      await start("Ancora io")
      await openDialog()
      await search().fill("nót for")
      await search().press("Enter")
      await anna.keyboard.press("Shift+Tab")
      await dialog().getByRole("button", { name: "Close conversation" }).click()
      await dialog().waitFor({ state: "hidden" })
      await anna.goBack()
      await anna.getByRole("button", { name: "Open again" }).click()
      const thread = anna.getByRole("log", { name: "Messages" })
      await thread.getByText("Opened again by Anna Rossi").waitFor()
      await thread.getByText("Closed by Anna Rossi – Not for us").waitFor()
      await anna.getByRole("complementary", { name: "Details" }).getByText("Service › Booking › Moved").waitFor()
    },
    LONG,
  )

  test(
    "on a phone is one level at a time, with a way back",
    async () => {
      await anna.setViewportSize({ width: 390, height: 844 })
      await openDialog()
      await column("Reasons").getByRole("radio", { name: "Service" }).check()
      await column("Service").waitFor()
      expect(await column("Reasons").isVisible()).toBe(false)
      await dialog().getByRole("button", { name: "Back to Service" }).click()
      await column("Reasons").getByRole("radio", { name: "Service" }).check()
      await column("Service").getByRole("radio", { name: "Booking" }).check()
      await column("Booking").getByRole("radio", { name: "Moved" }).check()
      expect(await dialog().locator(".profiling-chosen").textContent()).toBe("Service › Booking › Moved")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      expect(office.complaints.filter((line) => !line.includes("409"))).toEqual([])
    },
    LONG,
  )

  test(
    "of several at once is chosen once, by a supervisor, in the same way",
    async () => {
      const carla = (await office.signIn("carla")).page
      for (const [at, name] of ["Bruno Riva", "Chiara Neri"].entries())
        office.simulator.phones.create({ name, phone: `+39 345 555 018${at}` }).say("Salve")
      await carla.goto(`${office.url}/waiting`)
      for (const name of ["Bruno Riva", "Chiara Neri"])
        await carla.getByRole("checkbox", { name: `Choose the conversation with ${name}` }).check()
      await carla.getByRole("button", { name: "Close…" }).click()
      const closing = carla.getByRole("dialog", { name: "Close conversations" })
      const field = closing.getByRole("searchbox", { name: "Search a reason in all levels" })
      await field.waitFor()
      await closing.getByRole("button", { name: "Close 2 conversations" }).click()
      await closing.getByText("choose a reason of contact, then close").waitFor()
      expect(await axeFindingsInBothThemes(carla)).toEqual([])
      await field.fill("warr")
      await field.press("Enter")
      await carla.keyboard.type("In blocco")
      expect(await closing.getByRole("textbox", { name: /Notes/ }).inputValue()).toBe("In blocco")
      await closing.getByRole("button", { name: "Close 2 conversations" }).click()
      await closing.getByText("2 done").waitFor()
    },
    LONG,
  )
})
