/** Two agents and a phone side by side: what people see and do, in Chromium. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000

describe.skipIf(!existsSync(CHROMIUM))("The first conversation", () => {
  let office: Office
  let anna: Page
  const list = (page: Page) => page.getByRole("list", { name: "Conversations" })
  const thread = (page: Page) => page.getByRole("log", { name: "Messages" })
  const field = (page: Page) => page.getByRole("textbox", { name: "Message" })

  beforeAll(async () => {
    office = await openOffice({ offerTimeoutSeconds: 4 })
    anna = (await office.signIn("anna")).page
    await anna.goto(`${office.url}/conversations`)
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
    "closing ends it, and the next message opens a new one",
    async () => {
      await anna.getByRole("button", { name: "Close", exact: true }).first().click()
      await anna.getByRole("dialog").getByRole("button", { name: "Close conversation" }).click()
      await list(anna).getByText("Giulia Lombardi").waitFor({ state: "detached" })
      office.simulator.phones.of("Giulia Lombardi").say("Ancora io")
      await list(anna).getByText("Ancora io").waitFor()
    },
    LONG,
  )

  test(
    "an agent on a break gets nothing; who does not open loses it to who is Ready",
    async () => {
      const marco = (await office.signIn("marco")).page
      await marco.goto(`${office.url}/conversations`)
      await marco.getByRole("button", { name: /Ready/ }).first().click()
      await marco.getByRole("button", { name: /Break/ }).first().click()
      await marco.getByRole("button", { name: /Break/ }).first().waitFor()
      expect(await list(marco).getByText("Giulia Lombardi").count()).toBe(0)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
