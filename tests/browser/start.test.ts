/** Start Conversation and the closed window under an agent's fingers: whom, which template, what is filled, and sent. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import type { Phone } from "~/simulator/phone.ts"
import { wantSync } from "~/template/actions.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { companyWithTemplates, TEMPLATES } from "../template/scene.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Start Conversation", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const dialog = () => anna.getByRole("dialog", { name: "Start Conversation" })

  beforeAll(async () => {
    office = await openOffice({ document: companyWithTemplates() })
    for (const seed of TEMPLATES) office.simulator.templates.add(ACME.number.wabaId, structuredClone(seed))
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    const { database, outbox } = office.appliance()
    const anyone = userByUsername(database.appliance.read, "anna")
    await database.tenant(anyone!.tenant).act(SYSTEM, (tx) => wantSync(tx, ACME.number.wabaId))
    anna = (await office.signIn("anna")).page
    await outbox.idle()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a number typed by hand gets a template, filled and previewed as it will arrive; it waits in Template messages sent",
    async () => {
      await anna.getByRole("button", { name: "Start Conversation" }).click()
      await dialog().getByRole("searchbox", { name: "To" }).fill("345 555 0172")
      await dialog()
        .getByRole("radio", { name: /345 555 0172/ })
        .check()
      await dialog()
        .getByRole("textbox", { name: /Save as customer/ })
        .fill("Giulia L.")
      await dialog()
        .getByRole("radio", { name: /Order ready/ })
        .check({ force: true })
      await dialog().getByRole("textbox", { name: "First name" }).fill("Giulia")
      await dialog().getByRole("textbox", { name: "Order" }).fill("4827")
      expect(await dialog().locator(".template-paper .message-text").textContent()).toBe(
        "Ciao Giulia, il tuo ordine 4827 è pronto.",
      )
      await dialog().getByRole("button", { name: "Send" }).click()
      await anna.getByRole("log").getByText("Ciao Giulia, il tuo ordine 4827 è pronto.").waitFor()
      await anna.getByText("A template was sent").waitFor()
      await anna.getByRole("link", { name: "Template messages sent" }).click()
      await anna.getByRole("link", { name: "Giulia L." }).waitFor()
      await office.appliance().outbox.idle()
      giulia.tap(giulia.received().at(-1)!.id, "Domani")
      await anna.getByText("Nothing waits for an answer").waitFor()
    },
    LONG,
  )

  test.each(["wide", "phone"] as const)(
    "nothing is wrong with it at %s width in either theme",
    async (size) => {
      await anna.setViewportSize(size === "wide" ? { width: 1440, height: 900 } : { width: 390, height: 844 })
      await anna.goto(`${office.url}/start`)
      await anna.getByRole("searchbox", { name: "To" }).fill("+39 345 555 0199")
      await anna.getByRole("radio", { name: /345 555 0199/ }).check()
      await anna.getByRole("radio", { name: /Reminder/ }).check({ force: true })
      await anna.locator(".template-paper").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
