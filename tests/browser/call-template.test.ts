/** The 24 hours are over: the administrator chooses a template, and one click sends the link with it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import type { TemplateSeed } from "~/simulator/templates.ts"
import { wantSync } from "~/template/actions.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { companyWithTemplates } from "../template/scene.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }
const LEFT = minutes(1)
const SEEDS: TemplateSeed[] = [
  {
    name: "call_link",
    language: "it",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Vorremmo parlarti: {{1}}. A presto." }],
  },
]

describe.skipIf(!existsSync(CHROMIUM))("A video call after the 24 hours", () => {
  let office: Office
  let anna: Page
  let dora: Page
  let giulia: Phone
  const callWindow = () => anna.getByRole("region", { name: "Video call with Giulia Lombardi" })
  const open = async () => {
    await anna.getByRole("button", { name: "Start video call" }).click()
    await callWindow().waitFor()
  }

  beforeAll(async () => {
    office = await openOffice({
      document: companyWithTemplates(SEEDS),
      args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    })
    for (const seed of SEEDS) office.simulator.templates.add(ACME.number.wabaId, structuredClone(seed))
    const { database, outbox } = office.appliance()
    const anyone = userByUsername(database.appliance.read, "anna")
    await database.tenant(anyone!.tenant).act(SYSTEM, (tx) => wantSync(tx, ACME.number.wabaId))
    anna = (await office.signIn("anna")).page
    dora = (await office.signIn("dora")).page
    await outbox.idle()
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Can you show me how it works?", { at: office.clock.now() - hours(24) + LEFT })
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log", { name: "Messages" }).getByText("Can you show me how it works?").waitFor()
    office.clock.putAhead(LEFT)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "cannot be started while nothing was chosen for it: the window says so",
    async () => {
      await open()
      await callWindow().getByText("no template is chosen for the link").waitFor()
      expect(await callWindow().getByRole("button", { name: "Send the link and start" }).isDisabled()).toBeTrue()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await callWindow().getByRole("button", { name: "Cancel" }).click()
    },
    LONG,
  )

  test(
    "the administrator chooses one of those that fit",
    async () => {
      await dora.goto(`${office.url}/admin/calls`)
      const card = dora.getByRole("region", { name: "After the 24 hours" })
      await card.getByRole("combobox", { name: "Template with the link" }).selectOption("call_link")
      await card.getByRole("button", { name: "Save" }).click()
      await dora.getByText("The template for video calls is saved.").waitFor()
      expect(await card.getByRole("combobox").inputValue()).toBe("call_link")
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await dora.setViewportSize(PHONE)
      expect(await dora.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
      await dora.setViewportSize(WIDE)
    },
    LONG,
  )

  test(
    "then one click sends it with the link, and the customer's page knows the call",
    async () => {
      await open()
      await callWindow().getByText("the link goes out with the template «Call link»").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await callWindow().getByRole("button", { name: "Send the link and start" }).click()
      await callWindow().getByText("Waiting for Giulia Lombardi").waitFor()
      const sent = anna
        .getByRole("log")
        .getByText(/Vorremmo parlarti: http/)
        .first()
      const link = /http\S+\/call\/[\w-]{43}/.exec((await sent.textContent()) ?? "")?.[0]
      const guest = await (await office.browser.newContext({ locale: "it-IT" })).newPage()
      await guest.goto(link!)
      await guest.getByRole("heading", { name: "Anna ti aspetta" }).waitFor()
      await callWindow().getByRole("button", { name: "End call" }).click()
      await callWindow().getByText("The call has ended").waitFor()
      await guest.reload()
      await guest.getByText("Questa chiamata è terminata").waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
