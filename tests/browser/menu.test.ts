/** A customer in a menu, on a supervisor's screen: seen as it goes, assigned with one press, taken with another. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { createPasswords } from "~/account/actions/passwords.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { SystemChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { companyWith, MENU } from "../menu/scene.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

describe.skipIf(!existsSync(CHROMIUM))("A menu", () => {
  let office: Office
  let carla: Page
  let marco: Page

  beforeAll(async () => {
    office = await openOffice()
    const { database } = office.appliance()
    const workplace = { database, passwords: createPasswords(), clock: new SystemClock(), chance: new SystemChance() }
    const [tenant] = companyWith(MENU).tenants
    const document = { tenants: [{ slug: tenant?.slug, channels: tenant?.channels }] }
    await applyDocument(workplace, { document, dryRun: false })
    carla = (await office.signIn("carla")).page
    marco = (await office.signIn("marco")).page
  }, LONG)
  afterAll(() => office?.close())

  const row = (name: string) => carla.getByRole("row", { name: new RegExp(name) })
  /** Somebody writes to Acme; the menu's question is on their phone when this is over. */
  const writes = async (name: string, phone: string): Promise<Phone> => {
    const customer = office.simulator.phones.create({ name, phone })
    customer.say("Buongiorno")
    await row(name).getByText("nothing yet").waitFor()
    await office.appliance().outbox.idle()
    return customer
  }
  const presses = (customer: Phone, title: string) => customer.tap(customer.received().at(-1)!.id, title)

  test(
    "goes on under the supervisor's eyes, until it is assigned and rings where it belongs",
    async () => {
      await carla.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Unmanaged" }).click()
      await carla.getByText("Nobody is unmanaged").waitFor()
      const giulia = row("Giulia Lombardi")
      presses(await writes("Giulia Lombardi", "+39 345 555 0172"), "Sales")
      await giulia.getByRole("cell", { name: "Sales", exact: true }).waitFor()
      await giulia.getByRole("button", { name: "Assign the conversation with Giulia Lombardi" }).click()
      await carla.getByRole("button", { name: "Service", exact: true }).click()
      await giulia.waitFor({ state: "detached" })
      await marco.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      const thread = marco.getByRole("log", { name: "Messages" })
      await thread.getByRole("list", { name: "Choices" }).first().getByText("Repairs").waitFor()
      await thread.getByRole("img", { name: "Chosen" }).waitFor()
      await thread.getByText("Chosen in the menu: Sales").waitFor()
    },
    LONG,
  )

  test(
    "is taken by the supervisor, who answers in its place",
    async () => {
      await carla.goto(`${office.url}/unmanaged`)
      const katja = await writes("Katja Sommer", "+39 345 555 0173")
      await carla.getByRole("button", { name: "Take the conversation with Katja Sommer" }).click()
      await carla.getByRole("textbox", { name: "Message" }).fill("Guten Tag, Carla hier.")
      await carla.getByRole("button", { name: "Send", exact: true }).click()
      await carla.getByRole("log").getByText("Guten Tag, Carla hier.").waitFor()
      await office.appliance().outbox.idle()
      expect(katja.received().map(({ words }) => words.text)).toEqual([MENU.greeting, "Guten Tag, Carla hier."])
    },
    LONG,
  )

  test(
    "is listed cleanly in both themes and at phone width, the choice of skillsets too",
    async () => {
      await carla.goto(`${office.url}/unmanaged`)
      presses(await writes("Lucia Pereira", "+39 345 555 0174"), "Sales")
      await row("Lucia Pereira").getByRole("cell", { name: "Sales", exact: true }).waitFor()
      for (const size of Object.values(WIDTHS)) {
        await carla.setViewportSize(size)
        await carla.reload()
        await carla.getByRole("button", { name: /^Assign/ }).click()
        await carla.getByRole("button", { name: "Service", exact: true }).waitFor()
        expect(await axeFindingsInBothThemes(carla)).toEqual([])
        expect(await carla.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      }
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
