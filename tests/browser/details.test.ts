/** Beside a conversation: what is known of the customer, tags, notes between colleagues, earlier conversations. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { companyWithDetails } from "../customer/scene.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Beside a conversation", () => {
  let office: Office
  let anna: Page
  let carla: Page
  let giulia: Phone
  const details = () => anna.getByRole("complementary", { name: "Details" })
  const thread = (page = anna) => page.getByRole("log", { name: "Messages" })
  const note = (page = anna) => page.getByRole("combobox", { name: "Internal note" })
  const writeNote = (page = anna) => page.getByRole("button", { name: "Internal note" })

  beforeAll(async () => {
    office = await openOffice({ document: companyWithDetails() })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Is the blue Aurora here?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("button", { name: "Close", exact: true }).click()
    await anna.getByRole("button", { name: "Close conversation" }).click()
    await anna.getByRole("listitem").first().waitFor({ state: "detached" })
    giulia.say("Buongiorno")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await thread().getByText("Buongiorno").waitFor()
    carla = (await office.signIn("carla")).page
    await carla.goto(anna.url())
    await thread(carla).getByText("Buongiorno").waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "what two people change at once is shown to the second, who decides",
    async () => {
      for (const page of [anna, carla]) {
        await page.getByRole("button", { name: "Edit customer" }).click()
        await page.getByLabel("Name", { exact: true }).waitFor()
      }
      const save = (page: Page) =>
        page.getByRole("dialog", { name: "Edit customer" }).getByRole("button", { name: /Save/ }).click()
      await anna.getByLabel("Name", { exact: true }).fill("Giulia Lombardi-Conti")
      await anna.getByLabel("Vehicle").selectOption("Aurora E2")
      await save(anna)
      await anna.getByRole("dialog", { name: "Edit customer" }).waitFor({ state: "hidden" })
      await details().getByRole("heading", { name: "Giulia Lombardi-Conti" }).waitFor()
      await carla.getByLabel("Name", { exact: true }).fill("G. Lombardi")
      await carla.getByLabel("Customer no.").fill("many")
      await save(carla)
      await carla.getByText("Anna Rossi changed this to «Giulia Lombardi-Conti» meanwhile.").waitFor()
      await carla.getByText("Enter a number, like 12 or 12.5.").waitFor()
      expect(await carla.getByLabel("Name", { exact: true }).inputValue()).toBe("G. Lombardi")
      await look(carla, "customer-conflict")
      await carla.getByLabel("Customer no.").fill("10482")
      await carla.getByRole("button", { name: "Save anyway" }).click()
      await details().getByText("10482").waitFor()
      await details().getByRole("definition").getByText("Aurora E2").waitFor()
      await details().getByRole("heading", { name: "G. Lombardi" }).waitFor()
    },
    LONG,
  )

  test(
    "tags are found by typing, made by Enter, and stand under the name",
    async () => {
      await details().getByRole("button", { name: "Tags of the customer" }).click()
      const window = anna.getByRole("dialog", { name: "Tags" })
      const typed = window.getByRole("textbox", { name: "Find or make a tag" })
      await typed.fill("vip")
      expect(await window.getByRole("listitem").filter({ visible: true }).count()).toBe(1)
      await typed.press("Enter")
      await window.getByRole("button", { name: "VIP", pressed: true }).waitFor()
      await typed.fill("Fiera <b>2026</b>")
      await typed.press("Enter")
      await window.getByRole("button", { name: "Fiera <b>2026</b>", pressed: true }).waitFor()
      await look(anna, "tags")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await anna.locator("#details-facts").getByText("Fiera <b>2026</b>").waitFor()
    },
    LONG,
  )

  test(
    "a note calls a colleague, is seen by everybody here, and never leaves for the customer",
    async () => {
      await writeNote(carla).click()
      await note(carla).pressSequentially("Discount is fine, @an")
      await carla.getByRole("option", { name: /Anna Rossi/ }).waitFor()
      await look(carla, "note-calling")
      await carla.keyboard.press("Enter")
      expect(await note(carla).inputValue()).toBe("Discount is fine, @anna ")
      await note(carla).press("Enter")
      await thread().getByText("Discount is fine, @anna").waitFor()
      await anna.getByRole("button", { name: "Notices, 1 new" }).waitFor()
      expect(await note(carla).inputValue()).toBe("")
      await office.appliance().outbox.idle()
      expect(giulia.received().map(({ words }) => words.text)).toEqual([])
      await look(anna, "details")
      await anna.keyboard.press("Control+f")
      await anna.keyboard.type("discount")
      await anna.getByText("1 of 1").waitFor()
      await anna.keyboard.press("Escape")
      await writeNote().click()
      await note().fill("half a note")
      await anna.getByRole("button", { name: "Reply", exact: true }).click()
      expect(await anna.getByRole("textbox", { name: "Message", exact: true }).inputValue()).toBe("")
      await anna.reload()
      expect(await note().inputValue()).toBe("half a note")
      await note().fill("")
      await anna.getByRole("button", { name: "Reply", exact: true }).click()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
    },
    LONG,
  )

  test(
    "an old conversation is found by its words and read beside this one",
    async () => {
      await details().getByRole("searchbox", { name: "Words in earlier conversations" }).fill("áurora")
      await details().getByText("Is the blue Aurora here?").waitFor()
      await details().locator(".past-conversations a").first().click()
      const beside = anna.getByRole("region", { name: /Conversation of/ })
      await beside.getByText("Is the blue Aurora here?").waitFor()
      expect(await thread().getByText("Buongiorno").isVisible()).toBe(true)
      expect(await beside.getByRole("textbox").count()).toBe(0)
      await look(anna, "beside")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await beside.waitFor({ state: "detached" })
      await details().getByRole("searchbox", { name: "Words in earlier conversations" }).fill("nowhere")
      await details().getByText("No earlier conversation fits.").waitFor()
    },
    LONG,
  )

  test(
    "a part that was folded away stays so",
    async () => {
      await details().getByText("Timeline", { exact: true }).click()
      await details().getByText("Conversation information").click()
      await anna.reload()
      await details().getByText("Timeline", { exact: true }).waitFor()
      expect(await details().locator("#details-timeline").getAttribute("open")).toBe("")
      expect(await details().locator("#details-conversation").getAttribute("open")).toBeNull()
      await look(anna, "timeline")
      await details().getByText("Conversation information").click()
    },
    LONG,
  )

  test(
    "on a phone the details are a screen, with nothing cut off",
    async () => {
      await anna.setViewportSize({ width: 390, height: 844 })
      await anna.getByRole("button", { name: "Details" }).click()
      await details().waitFor()
      expect(await anna.evaluate("document.documentElement.scrollWidth")).toBe(390)
      await look(anna, "details-phone")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await details().getByRole("button", { name: "Edit customer" }).click()
      await anna.getByLabel("Name", { exact: true }).waitFor()
      await look(anna, "customer-phone")
      await anna.keyboard.press("Escape")
      await anna.setViewportSize({ width: 1440, height: 900 })
    },
    LONG,
  )

  test(
    "a supervisor blocks: what is open ends, and what is written goes to nobody",
    async () => {
      await carla.reload()
      await carla.getByRole("button", { name: "Block…" }).click()
      await carla.getByRole("textbox", { name: "Reason" }).fill("Insults")
      await look(carla, "block")
      await carla.getByRole("button", { name: "Block", exact: true }).click()
      await carla.getByText("Closed: the customer is blocked").first().waitFor()
      giulia.say("Let me in")
      await thread(carla).getByText("Let me in").waitFor()
      expect(await anna.locator(".popup").count()).toBe(0)
      // The conflict is answered as one, which a browser mentions.
      expect(office.complaints.filter((words) => !words.includes("409 (Conflict)"))).toEqual([])
    },
    LONG,
  )
})
