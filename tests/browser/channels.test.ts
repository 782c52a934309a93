/** A service number by the screens alone: connected, tried, given hours, texts and a menu, until its first message. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { ACME, companyDocument } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const { number } = ACME

/** Acme's people and skillsets, and no number. */
function withoutNumbers() {
  const { tenants } = companyDocument()
  return { tenants: tenants.map((tenant) => ({ ...tenant, channels: [] })) }
}

describe.skipIf(!existsSync(CHROMIUM))("A service number in the browser", () => {
  let office: Office
  let dora: Page
  let anna: Page
  const field = (name: string) =>
    dora
      .locator("form")
      .getByLabel(name, { exact: true })
      .and(dora.locator("input, textarea, select"))
      .and(dora.locator(":not([type=checkbox])"))
  const save = () => dora.getByRole("button", { name: "Save", exact: true }).click()
  const section = async (name: string) => {
    await dora.getByRole("navigation", { name: "Sections of the number" }).getByRole("link", { name }).click()
    await dora
      .getByRole("heading", { name: name === "Connection" ? "Set-up" : name })
      .first()
      .waitFor()
  }
  const fitsTelephone = async () => {
    await dora.setViewportSize({ width: 390, height: 844 })
    const tooWide = await dora.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
    await dora.setViewportSize({ width: 1440, height: 900 })
    return tooWide <= 0
  }
  const isFine = async () => {
    expect(await axeFindingsInBothThemes(dora)).toEqual([])
    expect(await fitsTelephone()).toBe(true)
  }

  beforeAll(async () => {
    office = await openOffice({ document: withoutNumbers() })
    const headers = { authorization: `Bearer ${number.accessToken}` }
    const apps = `http://graph.test/${number.wabaId}/subscribed_apps`
    await office.simulator.fetch(new Request(apps, { method: "DELETE", headers }))
    dora = (await office.signIn("dora")).page
    anna = (await office.signIn("anna")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a wrong token is said at its field, in plain words and Meta's own, and what was typed stays",
    async () => {
      await dora.goto(`${office.url}/admin/channels`)
      await dora.getByRole("strong").getByText("No service number yet").waitFor()
      await isFine()
      await dora.getByRole("link", { name: "New service number" }).first().click()
      await field("Name").fill("Main")
      await field("Phone number ID").fill(number.phoneNumberId)
      await field("WhatsApp Business Account ID").fill(number.wabaId)
      await field("Access token").fill("EAAWRONG")
      await field("App secret").fill(number.appSecret)
      await dora.getByRole("button", { name: "Check and connect" }).click()
      await dora.getByText("Meta does not accept this token.").waitFor()
      await dora.getByText(/^Meta does not accept the access token: it is wrong/).waitFor()
      expect(await field("Name").inputValue()).toBe("Main")
      expect(await dora.content()).not.toContain("EAAWRONG")
      await isFine()
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "with the right one it is connected, and each step says what is right and what to do",
    async () => {
      await field("Access token").fill(number.accessToken)
      await field("App secret").fill(number.appSecret)
      await dora.getByRole("button", { name: "Check and connect" }).click()
      await dora.getByText(/^Meta accepts it; checked/).waitFor()
      await dora.getByText("+39065550100 · Acme · quality GREEN").waitFor()
      await dora.getByText("No app receives this account's webhooks: nothing will arrive.").waitFor()
      await dora.getByRole("button", { name: "Subscribe the app" }).click()
      await dora.getByText("This account's webhooks go to: Pretend app.").waitFor()
      const token = (await dora.locator(".copyable code").nth(1).textContent()) ?? ""
      const callback = (await dora.locator(".copyable code").first().textContent()) ?? ""
      const asked = `${callback}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`
      expect((await fetch(asked)).status).toBe(200)
      await dora.getByText(/^Meta has found the address/).waitFor()
      await isFine()
    },
    LONG,
  )

  test(
    "a test message reaches a phone, and its answer ticks off the last step and stands in an agent's list",
    async () => {
      const phone = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      await field("Your phone").fill("345 555 0172")
      await dora.getByRole("button", { name: "Send", exact: true }).click()
      await dora.getByText("Meta has taken the message.").waitFor()
      expect(office.simulator.sends.at(-1)).toMatchObject({ body: { type: "template" } })
      await anna.goto(`${office.url}/conversations`)
      phone.say("Eccomi")
      await dora.getByText(/^Heard/).waitFor()
      await anna.getByText("Giulia Lombardi").first().waitFor()
      await anna.getByText("Eccomi").first().waitFor()
    },
    LONG,
  )

  test(
    "hours: shifts are added and copied, what overlaps is said at its day, and what follows is said under them",
    async () => {
      await section("Hours")
      await dora.getByText("By the week").click()
      await dora.getByRole("button", { name: "Add a shift to Monday" }).click()
      await dora.getByRole("button", { name: "Add a shift to Monday" }).click()
      await dora.getByLabel("Monday, from").nth(1).fill("12:30")
      await save()
      await dora.getByText("Two shifts overlap.").waitFor()
      await dora.getByLabel("Monday, from").nth(1).fill("14:00")
      await dora.getByRole("button", { name: "Copy Monday to the other days" }).click()
      await dora.getByText(/40 h 0 min a week/).waitFor()
      await dora.getByRole("button", { name: "Day", exact: true }).click()
      await dora.getByLabel("How it comes back").selectOption("easter+1")
      await dora.getByLabel("Name", { exact: true }).fill("Easter Monday")
      await save()
      await dora.getByText("Saved").first().waitFor()
      expect(await dora.getByLabel("Friday, from").count()).toBe(2)
      await isFine()
      office.complaints.splice(0)
    },
    LONG,
  )

  test(
    "messages: an unknown placeholder is refused, one from the list goes in by a press and reads as the customer reads it",
    async () => {
      await section("Messages")
      await dora.getByRole("button", { name: "Add a text: Welcome" }).click()
      await dora.getByLabel("Text", { exact: true }).fill("Hello {nobody}")
      await save()
      await dora.getByText("«nobody» is no placeholder.").waitFor()
      await dora.getByLabel("Text", { exact: true }).fill("Hello ")
      await dora.getByRole("button", { name: "Customer's name" }).click()
      await dora.getByText("Hello Giulia").waitFor()
      await save()
      await dora.getByText("Saved").first().waitFor()
      await isFine()
      office.complaints.splice(0)
    },
    LONG,
  )

  test(
    "menu: what cannot be is said at its choice; it is tried on a pretend phone before anybody sees it",
    async () => {
      await section("Menu")
      const titles = dora.getByLabel("Title", { exact: true })
      await titles.nth(0).fill("Sales")
      await titles.nth(1).fill("Sales")
      await dora.getByRole("switch", { name: /This number asks with a menu/ }).check()
      await save()
      await dora.getByText("«sales» already answers another choice of this question.").waitFor()
      await titles.nth(1).fill("Service")
      await dora.getByRole("combobox", { name: "Skillset" }).nth(1).selectOption({ label: "Service" })
      const phone = dora.getByRole("region", { name: "Pretend phone" })
      await phone.getByRole("button", { name: "From the beginning" }).click()
      await phone.getByRole("button", { name: "Service" }).click()
      await phone.getByText("It goes to: Service.").waitFor()
      await phone.getByRole("button", { name: "From the beginning" }).click()
      await phone.getByLabel("Type an answer").fill("0")
      await phone.getByRole("button", { name: "Send" }).click()
      await phone.getByText("A person was asked for.").waitFor()
      await isFine()
      await save()
      await dora.getByText("Saved").first().waitFor()
      office.complaints.splice(0)
      const customer = office.simulator.phones.create({ name: "Paolo Verdi", phone: "+39 345 555 0173" })
      customer.say("Salve")
      await office.appliance().outbox.idle()
    },
    LONG,
  )

  test(
    "behaviour, skillsets and profiling are saved; in use, a number is switched off instead of deleted",
    async () => {
      await section("Behaviour")
      await field("To the wait queue after").fill("15")
      await save()
      await dora.getByText("Saved").first().waitFor()
      expect(await field("To the wait queue after").inputValue()).toBe("15")
      await isFine()
      await section("Skillsets")
      await dora.getByRole("button", { name: "Add a skillset" }).click()
      await dora.getByRole("button", { name: "Move Service up" }).click()
      await save()
      await dora.getByText("Saved").first().waitFor()
      await isFine()
      await section("Profiling")
      await isFine()
      await section("Connection")
      await dora.getByRole("link", { name: "Delete" }).click()
      await dora.getByText("It cannot be deleted").waitFor()
      await isFine()
      await dora.getByRole("link", { name: "Cancel" }).click()
      await dora.getByRole("button", { name: "Switch off" }).click()
      await dora.getByText("This number is switched off").waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
