/** Transferring, by hand and by eye: the dialog stays true while one chooses, and the other's screen tells what came. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 60_000
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
const LOOKS = [
  { name: "light", colorScheme: "light", size: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", size: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", size: { width: 390, height: 844 } },
] as const

describe.skipIf(!existsSync(CHROMIUM))("Transferring", () => {
  let office: Office
  let anna: Page
  let marco: Page
  const dialog = () => anna.getByRole("dialog", { name: "Transfer conversation" })
  const popups = (page: Page) => page.getByRole("region", { name: "Notifications" })
  const setStatus = async (page: Page, status: string) => {
    await page.getByRole("button", { name: /^Status:/ }).click()
    await page.getByRole("button", { name: status, exact: true }).click()
    await page.getByRole("button", { name: `Status: ${status}` }).waitFor()
  }

  beforeAll(async () => {
    const hands = [
      { username: "anna" },
      { username: "marco" },
      { username: "vito", skillsets: ["Service", "Sales"] },
      { username: "carla", level: "supervisor", skillsets: [] },
    ]
    office = await openOffice({ document: officeOf(hands) })
    anna = (await office.signIn("anna")).page
    office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("Siete aperti?")
    await popups(anna).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Siete aperti?").waitFor()
    marco = (await office.signIn("marco")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "the window lists who is there, warns, and stays true while one chooses and types",
    async () => {
      await anna.getByRole("textbox", { name: "Message" }).fill("Order 4827, wants Saturday.")
      await anna.getByRole("button", { name: "Transfer", exact: true }).click()
      await dialog()
        .getByRole("radio", { name: /^Marco Rossi/ })
        .check()
      await dialog().getByRole("button", { name: "Transfer to Marco Rossi" }).waitFor()
      await dialog().getByRole("button", { name: "Use my draft as note" }).click()
      const note = dialog().getByRole("textbox", { name: /Note for the next agent/ })
      expect(await note.inputValue()).toBe("Order 4827, wants Saturday.")
      await note.press("End")
      await note.pressSequentially(" Please")
      await setStatus(marco, "Break")
      await dialog().getByText("Marco Rossi is on a break").waitFor()
      expect(await note.inputValue()).toBe("Order 4827, wants Saturday. Please")
      expect(
        await dialog()
          .getByRole("radio", { name: /^Marco Rossi/ })
          .isChecked(),
      ).toBeTrue()
      await dialog().getByRole("radio", { name: "Exclusive" }).check()
      await dialog().getByText("The conversation waits for them.").waitFor()
      await dialog().getByRole("searchbox", { name: "Search" }).fill("vito")
      await dialog()
        .getByRole("radio", { name: /^Vito Rossi/ })
        .waitFor()
      await dialog().getByRole("searchbox", { name: "Search" }).fill("")
      await dialog()
        .getByRole("radio", { name: /^Anna Rossi/ })
        .waitFor()
    },
    LONG,
  )

  test(
    "it is clean in both themes and at phone width, every tab of it",
    async () => {
      const found: string[] = []
      for (const tab of ["Skillset", "User"]) {
        await dialog().getByRole("radio", { name: tab, exact: true }).check({ force: true })
        await dialog().locator(`[data-to=${tab.toLowerCase()}]`).waitFor()
        for (const { name, colorScheme, size } of LOOKS) {
          await anna.emulateMedia({ colorScheme, reducedMotion: "reduce" })
          await anna.setViewportSize(size)
          const { violations } = await new AxeBuilder({ page: anna }).withTags(RULES).analyze()
          for (const { id, nodes } of violations) found.push(`${tab} ${name} ${id}: ${nodes.map(({ html }) => html)}`)
        }
      }
      await anna.setViewportSize(LOOKS[0].size)
      await anna.emulateMedia({ colorScheme: "light" })
      expect(found).toEqual([])
    },
    LONG,
  )

  test(
    "it leaves the sender's list at once; the receiver's pop-up tells by whom and why, and they answer",
    async () => {
      await dialog().getByRole("radio", { name: "Immediate" }).check()
      await dialog().getByRole("button", { name: "Transfer to Marco Rossi" }).click()
      await anna.getByRole("list", { name: "Conversations" }).waitFor({ state: "detached" })
      await popups(marco).getByText("Transferred by Anna Rossi").waitFor()
      await popups(marco).getByText("Order 4827, wants Saturday. Please").waitFor()
      await popups(marco).getByRole("button", { name: "Open" }).click()
      await marco.getByText("Note from Anna Rossi").waitFor()
      await marco.getByRole("textbox", { name: "Message" }).fill("Buongiorno, sono Marco")
      await marco.getByRole("button", { name: "Send" }).click()
      await marco.getByRole("log").getByText("Buongiorno, sono Marco").waitFor()
      const received = office.simulator.phones.of("Giulia Lombardi").received()
      expect(received.map(({ words }) => words.text)).toEqual(["Buongiorno, sono Marco"])
    },
    LONG,
  )

  test(
    "an exclusive one waits for its user; its sender releases it, and everybody's screen follows",
    async () => {
      await setStatus(anna, "Break")
      const thread = marco.url()
      await marco.getByRole("button", { name: "Transfer", exact: true }).click()
      const window = marco.getByRole("dialog", { name: "Transfer conversation" })
      await window.getByRole("radio", { name: /^Vito Rossi/ }).check()
      await window.getByText("Vito Rossi is signed out").waitFor()
      await window.getByRole("radio", { name: "Exclusive" }).check()
      await window.getByRole("button", { name: "Transfer to Vito Rossi" }).click()
      await marco.waitForURL("**/conversations")
      await marco.goto(thread)
      await marco.getByText("Waits for Vito Rossi only").first().waitFor()
      await setStatus(marco, "Ready")
      await marco.getByRole("button", { name: "Release" }).click()
      await popups(marco).getByRole("button", { name: "Open" }).waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
