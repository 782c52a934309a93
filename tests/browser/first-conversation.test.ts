/** Two agents and a phone side by side: what people see and do, in Chromium. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { minutes } from "~/kernel/clock.ts"
import { office as company } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000
const OFFER = minutes(3)

describe.skipIf(!existsSync(CHROMIUM))("The first conversation", () => {
  let office: Office
  let anna: Page
  let marco: Page
  const list = (page: Page) => page.getByRole("list", { name: "Conversations" })
  const thread = (page: Page) => page.getByRole("log", { name: "Messages" })
  const offers = (page: Page) => page.getByRole("region", { name: "Notifications" })
  const field = (page: Page) => page.getByRole("textbox", { name: "Message" })
  const status = async (page: Page, to: string) => {
    await page.getByRole("button", { name: /^Status: / }).click()
    await page
      .getByRole("region", { name: /^Status: / })
      .getByRole("button", { name: to })
      .click()
    await page.getByRole("button", { name: `Status: ${to}` }).waitFor()
    await page.getByRole("region", { name: /^Status: / }).waitFor({ state: "hidden" })
  }

  beforeAll(async () => {
    office = await openOffice({ document: company([{ username: "anna" }, { username: "marco" }]) })
    anna = (await office.signIn("anna")).page
    marco = (await office.signIn("marco")).page
    await status(marco, "Back office")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a customer's message appears on the agent's screen at once, and the answer goes back",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, siete aperti oggi?")
      await anna.getByRole("region", { name: "Notifications" }).getByText("Giulia Lombardi").waitFor()
      await list(anna).getByText("Giulia Lombardi").click()
      await anna.getByRole("button", { name: "Open", exact: true }).first().click()
      await thread(anna).getByText("Buongiorno, siete aperti oggi?").waitFor()
      await field(anna).fill("Sì, fino alle 19.")
      await anna.getByRole("button", { name: "Send" }).click()
      await thread(anna).getByText("Sì, fino alle 19.").waitFor()
      expect(await field(anna).inputValue()).toBe("")
      await thread(anna)
        .getByText("Sì, fino alle 19.")
        .locator("xpath=ancestor::article")
        .getByText(/Read/)
        .first()
        .waitFor({ state: "attached" })
      expect(giulia.received().map((message) => message.words.text ?? "")).toEqual(["Sì, fino alle 19."])
      giulia.say("Perfetto, arrivo.")
      await thread(anna).getByText("Perfetto, arrivo.").waitFor()
    },
    LONG,
  )

  test(
    "what is being typed survives news, and every line break",
    async () => {
      const giulia = office.simulator.phones.of("Giulia Lombardi")
      await field(anna).click()
      await anna.keyboard.type("Half a")
      await anna.keyboard.press("Shift+Enter")
      await anna.keyboard.type("sentence")
      giulia.say("Una cosa ancora")
      await thread(anna).getByText("Una cosa ancora").waitFor()
      expect(await field(anna).inputValue()).toBe("Half a\nsentence")
      expect(await field(anna).evaluate((element) => element.matches(":focus"))).toBe(true)
      await anna.reload()
      expect(await field(anna).inputValue()).toBe("Half a\nsentence")
      await field(anna).click()
      await anna.keyboard.press("Enter")
      await thread(anna).getByText("Half a").waitFor()
      expect(await field(anna).inputValue()).toBe("")
    },
    LONG,
  )

  test(
    "closing ends it, and the customer's next message opens a new one, with the old one a click away",
    async () => {
      await anna.getByRole("button", { name: "Close", exact: true }).click()
      await anna.getByRole("dialog").getByRole("button", { name: "Close conversation" }).click()
      await list(anna).getByText("Giulia Lombardi").waitFor({ state: "detached" })
      office.simulator.phones.of("Giulia Lombardi").say("Ancora io")
      await offers(anna).getByRole("button", { name: "Open" }).click()
      await thread(anna).getByText("Ancora io").waitFor()
      expect(await thread(anna).getByText("Perfetto, arrivo.").count()).toBe(0)
      const history = anna.getByRole("complementary", { name: "Details" }).getByRole("listitem")
      expect(await history.count()).toBe(1)
      await history.getByRole("link").click()
      const beside = anna.getByRole("region", { name: /Conversation of/ })
      await beside.getByText("Perfetto, arrivo.").waitFor()
      expect(await beside.getByRole("textbox").count()).toBe(0)
    },
    LONG,
  )

  test(
    "an agent on a break gets nothing",
    async () => {
      await status(marco, "Break")
      office.simulator.phones.create({ name: "Katja Sommer", phone: "+39 345 555 0173" }).say("Guten Tag")
      await offers(anna).getByText("Katja Sommer").waitFor()
      expect(await offers(marco).getByRole("article").count()).toBe(0)
      await marco.getByText("You are on a break: nothing is given to you.").waitFor()
      await status(marco, "Ready")
    },
    LONG,
  )

  test(
    "who does not open an offer in time loses it, in the pop-up and in the list, to who is Ready",
    async () => {
      await list(anna).getByText("Katja Sommer").waitFor()
      office.clock.putAhead(OFFER)
      await offers(marco).getByText("Katja Sommer").waitFor()
      await list(marco).getByText("Katja Sommer").waitFor()
      await offers(anna).getByText("Katja Sommer").waitFor({ state: "detached" })
      await list(anna).getByText("Katja Sommer").waitFor({ state: "detached" })
      await list(anna).getByText("Giulia Lombardi").waitFor()
      await offers(marco).getByRole("button", { name: "Open" }).click()
      await thread(marco).getByText("Guten Tag").waitFor()
      await thread(marco).getByText("Anna Rossi did not open it in time").waitFor()
      office.clock.putAhead(OFFER)
      office.simulator.phones.of("Katja Sommer").say("Sind Sie da?")
      await thread(marco).getByText("Sind Sie da?").waitFor()
      expect(await offers(anna).getByRole("article").count()).toBe(0)
    },
    LONG,
  )

  test("the browser has nothing to complain about", () => expect(office.complaints).toEqual([]))
})
