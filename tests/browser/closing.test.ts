/** Closing while the customer writes: nothing is closed unread, and the agent sees why not where they look. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000

describe.skipIf(!existsSync(CHROMIUM))("Closing", () => {
  let office: Office
  let anna: Page
  const thread = () => anna.getByRole("log", { name: "Messages" })
  const dialog = () => anna.getByRole("dialog", { name: "Close conversation" })
  const unread = (count: number) => anna.locator(`#thread-items[data-unread="${count}"]`).waitFor({ state: "attached" })

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a message that arrives while the dialog is open stops it, says so in the dialog, and is said when it opens again",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Siete aperti?")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await thread().getByText("Siete aperti?").waitFor()
      await unread(0)
      await anna.getByRole("button", { name: "Close", exact: true }).click()
      expect(await dialog().textContent()).not.toContain("not been read")

      await anna.evaluate("document.hasFocus = () => false")
      giulia.say("Ancora una cosa")
      await unread(1)
      await dialog().getByRole("button", { name: "Close conversation" }).click()
      await dialog().getByText("A new message has just arrived. Read it, then close.").waitFor()
      await dialog().getByRole("button", { name: "Keep open" }).click()

      giulia.say("Pronto?")
      await unread(2)
      await anna.getByRole("button", { name: "Close", exact: true }).click()
      expect(await dialog().textContent()).toContain("2 messages have not been read yet.")
      expect(await dialog().getByRole("alert").count()).toBe(0)
      await dialog().getByRole("button", { name: "Close conversation" }).click()
      await anna.getByRole("list", { name: "Conversations" }).waitFor({ state: "detached" })
    },
    LONG,
  )
})
