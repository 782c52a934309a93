/** The 24 hours end while an agent is typing: nothing leaves, nothing is lost, and the screen says why. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { hours, minutes } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000
const LEFT = minutes(1)
const DRAFT = "Le mando il preventivo"

describe.skipIf(!existsSync(CHROMIUM))("The end of the 24 hours", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const field = () => anna.getByRole("textbox", { name: "Message" })
  const send = () => anna.getByRole("button", { name: "Send" })
  const isOver = () => anna.getByText("Only a template may be sent now.").waitFor()

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Quanto costa?", { at: office.clock.now() - hours(24) + LEFT })
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log", { name: "Messages" }).getByText("Quanto costa?").waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "an answer that comes too late is refused in words, beside the draft that stays",
    async () => {
      await field().fill(DRAFT)
      office.clock.putAhead(LEFT)
      await field().press("Enter")
      await anna
        .getByText("24 hours have passed since the customer's last message: only templates may be sent.")
        .waitFor()
      await isOver()
      expect(await field().inputValue()).toBe(DRAFT)
      expect(await send().isDisabled()).toBe(true)
      expect(giulia.received()).toEqual([])
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("409")])
    },
    LONG,
  )

  test(
    "the draft is there after a reload, and is sent when the customer has written again",
    async () => {
      await anna.reload()
      await isOver()
      expect(await field().inputValue()).toBe(DRAFT)
      expect(await send().isDisabled()).toBe(true)
      giulia.say("È ancora lì?")
      await anna.locator("#composer-gate[data-mode=ready]").waitFor({ state: "attached" })
      expect(await field().inputValue()).toBe(DRAFT)
      await send().click()
      await anna.getByRole("log", { name: "Messages" }).getByText(DRAFT).waitFor()
      await anna.locator("#composer-text:placeholder-shown").waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
