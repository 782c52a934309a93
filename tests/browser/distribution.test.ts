/** Nobody opens what is given: the agent is on Break and told so, a supervisor reads why a customer waits. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { minutes } from "~/kernel/clock.ts"
import { office as company } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }
const HANDS = [{ username: "anna" }, { username: "carla", level: "supervisor", skillsets: [] }]

describe.skipIf(!existsSync(CHROMIUM))("An offer that nobody opens", () => {
  let office: Office
  let anna: Page
  let carla: Page

  beforeAll(async () => {
    office = await openOffice({ document: company(HANDS, { settings: { missedOffersUntilBreak: 1 } }) })
    anna = (await office.signIn("anna")).page
    carla = (await office.signIn("carla")).page
  }, LONG)
  afterAll(() => office?.close())

  const isClean = async (page: Page) => {
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(WIDE)
  }
  const onBreak = () => anna.getByText("You are on Break")

  test(
    "sets the agent on Break, who sees it wherever they are and why",
    async () => {
      office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("Buongiorno")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).waitFor()
      office.clock.putAhead(minutes(3) + 1)
      await onBreak().waitFor()
      await anna.getByRole("button", { name: /^Status: Break/ }).click()
      await anna.getByText("Set because conversations given to you").waitFor()
      await anna.keyboard.press("Escape")
      await isClean(anna)
    },
    LONG,
  )

  test(
    "leaves the customer waiting, and a supervisor reads why without reloading",
    async () => {
      await carla.getByRole("button", { name: "Notices, 1 new" }).waitFor()
      await carla.getByRole("link", { name: /Waiting conversations/ }).click()
      await carla.getByRole("link", { name: "Giulia Lombardi" }).first().click()
      await carla.getByRole("link", { name: "Why does it wait? Giulia Lombardi" }).click()
      await carla
        .getByRole("row", { name: /Anna Rossi/ })
        .getByText("Break")
        .waitFor()
      await isClean(carla)
    },
    LONG,
  )

  test(
    "comes again with one click, and the supervisor's page says that the waiting is over",
    async () => {
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Ready" }).click()
      await onBreak().waitFor({ state: "detached" })
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("textbox", { name: "Message" }).waitFor()
      await carla.getByText("It does not wait for an agent any more.").waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
