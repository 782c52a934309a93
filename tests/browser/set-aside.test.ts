/** The admin and what could not be placed; a supervisor and whose 24 hours are nearly over: by eye, in both themes. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { hours } from "~/kernel/clock.ts"
import { sign } from "~/whatsapp/signature.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings, axeFindingsInBothThemes } from "./axe.ts"

const LONG = 120_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }

describe.skipIf(!existsSync(CHROMIUM))("What somebody has to look at", () => {
  let office: Office

  beforeAll(async () => {
    office = await openOffice()
  }, LONG)
  afterAll(() => office?.close())

  const isClean = async (page: Page) => {
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize(WIDE)
  }

  test(
    "what nobody could place: the admin finds the way to it, reads it as it came, and removes it",
    async () => {
      const dora = (await office.signIn("dora")).page
      const body = new TextEncoder().encode("not what WhatsApp sends")
      const headers = { "x-hub-signature-256": sign(ACME.number.appSecret, body) }
      const hook = `${office.appliance().publicUrl}/webhooks/whatsapp`
      expect((await fetch(hook, { method: "POST", body, headers })).status).toBe(200)
      await dora.getByRole("button", { name: "Notices, 1 new" }).click()
      await dora.getByRole("link", { name: /could not be placed/ }).click()
      await dora.getByText("Not what WhatsApp sends").waitFor()
      await dora.getByText("As it came").click()
      await isClean(dora)
      await dora.getByRole("button", { name: "Remove" }).click()
      await dora.getByText("Nothing is set aside").waitFor()
    },
    LONG,
  )

  test(
    "24 hours nearly over: the supervisor comes to it from what waits",
    async () => {
      office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("Buongiorno")
      const carla = (await office.signIn("carla")).page
      await carla.goto(`${office.url}/waiting`)
      await carla.getByRole("link", { name: "Giulia Lombardi", exact: true }).waitFor()
      office.clock.putAhead(hours(21))
      const again = (await office.signIn("carla")).page
      await again.goto(`${office.url}/waiting`)
      await again.getByRole("link", { name: "24 hours nearly over: 1 customer" }).click()
      await again.getByText("The customer waits for an answer").waitFor()
      await isClean(again)
      office.simulator.phones.of("Giulia Lombardi").say("C'è qualcuno?")
      await again.getByText("Nobody's 24 hours end soon").waitFor({ timeout: 40_000 })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
