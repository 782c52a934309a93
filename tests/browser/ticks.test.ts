/** How far a message has got: its tick on the screen, and every time behind it (S25). */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Locator, Page } from "playwright-core"
import { seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000
/** Far enough for every step to have a second of its own: WhatsApp counts in seconds. */
const A_MOMENT = seconds(5)

describe.skipIf(!existsSync(CHROMIUM))("Ticks and times", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const message = (text: string) =>
    anna.getByRole("log", { name: "Messages" }).getByRole("article").filter({ hasText: text })
  const foot = (text: string) => message(text).getByTitle("Times of this message")
  const legend = (text: string) => message(text).locator(".legend")
  const says = (text: string, word: string) => foot(text).getByText(word, { exact: true }).waitFor()
  const icon = (text: string) => foot(text).locator("use").getAttribute("href")
  const names = (shown: Locator) => shown.getByRole("term").allTextContents()
  const times = async (shown: Locator) => {
    const moments = await shown.locator("time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime")))
    return moments.map((moment) => Date.parse(moment ?? ""))
  }

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Siete aperti?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await message("Siete aperti?").waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "an answer waits with a clock, is sent, is delivered when the phone is on, and is read when the chat is opened",
    async () => {
      giulia.airplaneMode(true)
      giulia.opensByItself(false)
      office.simulator.faults.add({ fault: { kind: "slow-answer", delay: A_MOMENT }, on: "send", times: 1 })
      await anna.getByRole("textbox", { name: "Message" }).fill("Fino alle 19.")
      await anna.keyboard.press("Enter")
      await says("Fino alle 19.", "Being sent")
      expect(await icon("Fino alle 19.")).toEndWith("#clock")
      office.clock.putAhead(A_MOMENT)
      await says("Fino alle 19.", "Sent")
      expect(await icon("Fino alle 19.")).toEndWith("#check")
      office.clock.putAhead(A_MOMENT)
      giulia.airplaneMode(false)
      await says("Fino alle 19.", "Delivered")
      expect(await icon("Fino alle 19.")).toEndWith("#check-check")
      expect(await foot("Fino alle 19.").locator(".is-read").count()).toBe(0)
      office.clock.putAhead(A_MOMENT)
      giulia.open()
      await says("Fino alle 19.", "Read")
      expect(await icon("Fino alle 19.")).toEndWith("#check-check")
      expect(await foot("Fino alle 19.").locator(".is-read").count()).toBe(1)
    },
    LONG,
  )

  test(
    "a click on our tick shows when it was sent by the agent, sent, delivered and read; news does not shut it",
    async () => {
      const shown = legend("Fino alle 19.")
      expect(await shown.isVisible()).toBe(false)
      await foot("Fino alle 19.").click()
      await shown.waitFor()
      expect(await names(shown)).toEqual([
        "Sent by Anna Rossi at",
        "Sent by System at",
        "Delivered at",
        "Read by the customer at",
      ])
      const moments = await times(shown)
      expect(new Set(moments).size).toBe(4)
      expect(moments).toEqual(moments.toSorted((one, other) => one - other))
      expect(await shown.getByText(/^\d\d:\d\d:\d\d$/).count()).toBe(4)
      giulia.say("Perfetto")
      await message("Perfetto").waitFor()
      expect(await shown.isVisible()).toBe(true)
      await anna.keyboard.press("Escape")
      await shown.waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "the customer's message says when it was sent, delivered, and read by the system and by the agent",
    async () => {
      await foot("Siete aperti?").click()
      await legend("Siete aperti?").waitFor()
      expect(await names(legend("Siete aperti?"))).toEqual([
        "Sent at",
        "Delivered at",
        "Read by System at",
        "Read by Anna Rossi at",
      ])
      const moments = await times(legend("Siete aperti?"))
      expect(moments).toEqual(moments.toSorted((one, other) => one - other))
      await anna.getByText("Time zone:").locator("visible=true").waitFor()
      await anna.keyboard.press("Escape")
    },
    LONG,
  )

  test(
    "what could not be delivered says why and since when, and another attempt is one click",
    async () => {
      office.simulator.faults.add({ fault: { kind: "status-failed", code: 131026 }, times: 1 })
      await anna.getByRole("textbox", { name: "Message" }).fill("A domani!")
      await anna.keyboard.press("Enter")
      await says("A domani!", "Not delivered")
      expect(await icon("A domani!")).toEndWith("#circle-alert")
      await message("A domani!").getByText("This number cannot receive WhatsApp messages.").waitFor()
      await foot("A domani!").click()
      await legend("A domani!").waitFor()
      expect(await names(legend("A domani!"))).toContain("Failed at")
      await anna.keyboard.press("Escape")
      await message("A domani!").getByRole("button", { name: "Send again" }).click()
      await says("A domani!", "Delivered")
      expect(giulia.received().map(({ words }) => words.text)).toContain("A domani!")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
