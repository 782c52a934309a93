/** Several at one desk: who else looks, whose answer came first, the palette, and a conversation that leaves by real mail. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { companyWithDetails } from "../customer/scene.ts"
import { openSmtpHost } from "../mail/smtp-host.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Together at the desk", () => {
  let office: Office
  let post: Awaited<ReturnType<typeof openSmtpHost>>
  let anna: Page
  let carla: Page
  let giulia: Phone
  const field = (page = anna) => page.getByRole("textbox", { name: "Message", exact: true })
  const palette = (page = anna) => page.getByRole("dialog", { name: "Go to, find, do" })

  beforeAll(async () => {
    post = await openSmtpHost()
    const smtpUrl = `smtp://127.0.0.1:${post.port}`
    office = await openOffice({ document: companyWithDetails(), config: { smtpUrl, mailFrom: "desk@acme.test" } })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("My card is 4111 1111 1111 1111")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("My card is").waitFor()
    carla = (await office.signIn("carla")).page
    await carla.goto(anna.url())
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await post?.close()
  })

  test(
    "each sees who else is there, and what they do",
    async () => {
      await anna.getByText("Carla Rossi is looking").waitFor()
      await carla.getByRole("button", { name: "Internal note" }).click()
      await carla.getByRole("combobox", { name: "Internal note" }).pressSequentially("Careful")
      await anna.getByText("Carla Rossi is writing a note").waitFor()
      await field().pressSequentially("One mo")
      await carla.getByText("Anna Rossi is writing").waitFor()
      await look(anna, "onlookers")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await carla.goto(`${office.url}/waiting`)
      await anna.getByText("Carla Rossi is").waitFor({ state: "detached" })
      expect(await field().inputValue()).toBe("One mo")
      await field().fill("")
    },
    LONG,
  )

  test(
    "the palette goes to pages and people, and does what the page can do",
    async () => {
      await anna.keyboard.press("Control+k")
      await palette().getByRole("option", { name: "Transfer this conversation" }).waitFor()
      await look(anna, "palette")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.keyboard.type("note")
      await anna.keyboard.press("Enter")
      expect(await anna.getByRole("combobox", { name: "Internal note" }).evaluate((one) => one.matches(":focus"))).toBe(
        true,
      )
      await anna.getByRole("button", { name: "Reply", exact: true }).click()
      await carla.keyboard.press("Control+k")
      await carla.keyboard.type("lombárdi")
      await palette(carla)
        .getByRole("option", { name: /Giulia Lombardi/ })
        .waitFor()
      await carla.keyboard.press("Enter")
      await carla.getByRole("log").getByText("My card is").waitFor()
      await anna.keyboard.press("Control+k")
      await anna.keyboard.type("no such thing at all")
      await palette().getByText("Nothing fits.").waitFor()
      await anna.keyboard.press("Escape")
      await palette().waitFor({ state: "hidden" })
      await anna.getByRole("button", { name: /Search and commands/ }).click()
      await anna.keyboard.type("dark")
      await anna.keyboard.press("Enter")
      expect(await anna.locator("html").getAttribute("data-theme")).toBe("dark")
      await anna.keyboard.press("Control+k")
      await anna.keyboard.type("system")
      await anna.keyboard.press("Enter")
    },
    LONG,
  )

  test(
    "a conversation leaves by mail once its address was read again, and says so",
    async () => {
      await anna.getByRole("button", { name: "E-mail this conversation" }).click()
      const window = anna.getByRole("dialog", { name: "Send the conversation by e-mail" })
      await window.getByText("The number of a payment card.").waitFor()
      await look(anna, "mailing")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await window.getByRole("textbox", { name: "To", exact: true }).fill("office@acme")
      await window.getByRole("textbox", { name: "Words of your own" }).fill("Please check")
      await window.getByRole("button", { name: "Continue" }).click()
      await window.getByText("office@acme", { exact: true }).waitFor()
      await window.getByRole("button", { name: "Back" }).click()
      await window.getByRole("textbox", { name: "To", exact: true }).fill("office@acme.test")
      expect(await window.getByRole("textbox", { name: "Words of your own" }).inputValue()).toBe("Please check")
      await window.getByRole("button", { name: "Continue" }).click()
      await look(anna, "mailing-confirm")
      await window.getByRole("button", { name: "Send e-mail" }).click()
      await window.waitFor({ state: "hidden" })
      await anna.getByText("office@acme.test · Sent").waitFor()
      const [mail] = post.arrived
      expect([mail?.to, mail?.from]).toEqual([["office@acme.test"], "desk@acme.test"])
      expect(mail?.text).toContain("Please check")
      await look(anna, "mailed")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
