/** The 24 hours are over while something was being written: a template goes out from there, and the draft stays. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { SAMPLES } from "~/simulator/samples.ts"
import { wantSync } from "~/template/actions.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { companyWithTemplates, TEMPLATES } from "../template/scene.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const LEFT = minutes(1)
const DRAFT = "Le mando il preventivo"

describe.skipIf(!existsSync(CHROMIUM))("A conversation whose 24 hours are over", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const field = () => anna.getByRole("textbox", { name: "Message" })
  const dialog = () => anna.getByRole("dialog", { name: "Choose a template" })

  beforeAll(async () => {
    office = await openOffice({ document: companyWithTemplates() })
    for (const seed of TEMPLATES) office.simulator.templates.add(ACME.number.wabaId, structuredClone(seed))
    const { database, outbox } = office.appliance()
    const anyone = userByUsername(database.appliance.read, "anna")
    await database.tenant(anyone!.tenant).act(SYSTEM, (tx) => wantSync(tx, ACME.number.wabaId))
    anna = (await office.signIn("anna")).page
    await outbox.idle()
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Quanto costa?", { at: office.clock.now() - hours(24) + LEFT })
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log", { name: "Messages" }).getByText("Quanto costa?").waitFor()
    await field().fill(DRAFT)
    office.clock.putAhead(LEFT)
    await field().press("Enter")
    await anna.getByText("Only a template may be sent now.").waitFor()
    office.complaints.splice(0)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "offers the templates, which are searched, filled in and sent; the draft stays in its field",
    async () => {
      await anna.getByRole("button", { name: "Choose a template" }).first().click()
      await dialog().getByRole("searchbox").fill("order")
      await dialog()
        .getByRole("radio", { name: /Order ready/ })
        .check({ force: true })
      expect(await dialog().getByRole("radio", { name: /Offer/ }).isVisible()).toBe(false)
      expect(await dialog().getByRole("textbox", { name: "First name" }).inputValue()).toBe("Giulia")
      await dialog().getByRole("textbox", { name: "Order" }).fill("4827")
      await dialog().getByText("Your draft stays in the message field.").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await dialog().getByRole("button", { name: "Send template" }).click()
      await anna.getByRole("log", { name: "Messages" }).getByText("Ciao Giulia, il tuo ordine 4827 è pronto.").waitFor()
      expect(await field().inputValue()).toBe(DRAFT)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "a file on top is brought while one looks at it, and goes along",
    async () => {
      await anna.getByRole("button", { name: "Choose a template" }).first().click()
      await dialog()
        .getByRole("radio", { name: /Picture/ })
        .check({ force: true })
      const { bytes, mimeType } = SAMPLES.photo()
      await dialog()
        .getByLabel("Picture", { exact: true })
        .setInputFiles({ name: "photo.jpg", mimeType, buffer: Buffer.from(bytes) })
      await dialog().getByText("Ready", { exact: true }).waitFor()
      await dialog().getByRole("button", { name: "Send template" }).click()
      await anna.getByRole("log", { name: "Messages" }).getByText("Our new model is here.").waitFor()
      await office.appliance().outbox.idle()
      const template = giulia.received().at(-1)!
      expect(template.words.text).toBe("Our new model is here.")
      expect(await field().inputValue()).toBe(DRAFT)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
