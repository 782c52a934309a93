/** What a number says by itself, on the agent's screen: there for whoever reads the thread, and no news in the lists. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { company } from "../automatic-message/scene.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Automatic messages", () => {
  let office: Office
  let anna: Page

  beforeAll(async () => {
    office = await openOffice({ document: company() })
    anna = (await office.signIn("anna")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "stand in the thread as the System's, with their ticks; the pop-up and the list show the customer's words",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("La bici non frena")
      const popup = anna.getByRole("region", { name: "Notifications" })
      await popup.getByText("La bici non frena").waitFor()
      await popup.getByRole("button", { name: "Open" }).click()
      const welcome = anna
        .getByRole("log", { name: "Messages" })
        .getByRole("article")
        .filter({ hasText: "Hello Giulia Lombardi, welcome to Acme." })
      await welcome.getByText("System", { exact: true }).waitFor()
      await welcome.getByRole("button", { name: /Read/ }).waitFor()
      const list = anna.getByRole("list", { name: "Conversations" })
      expect(await list.getByText("La bici non frena").count()).toBe(1)
      expect(await list.getByText("welcome to Acme").count()).toBe(0)
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
