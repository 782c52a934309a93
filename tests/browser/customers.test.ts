/** The customers' pages: looking for somebody, what is known of them, an old conversation to be read. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { companyWithDetails } from "../customer/scene.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Customers", () => {
  let office: Office
  let anna: Page

  beforeAll(async () => {
    office = await openOffice({ document: companyWithDetails() })
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Is the blue Aurora here?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("button", { name: "Close", exact: true }).click()
    await anna.getByRole("button", { name: "Close conversation" }).click()
    await anna.getByRole("listitem").first().waitFor({ state: "detached" })
  }, LONG)
  afterAll(() => office?.close())

  test(
    "are found while one types, and one is opened from there",
    async () => {
      await anna.getByRole("link", { name: "Customers", exact: true }).click()
      await anna.getByRole("heading", { name: "Customers" }).waitFor()
      await anna.getByRole("searchbox").fill("lombroso")
      await anna
        .getByText("No hits")
        .or(anna.getByText("Nothing fits"))
        .or(anna.locator(".empty-state"))
        .first()
        .waitFor()
      await anna.getByRole("searchbox").fill("lomb")
      await anna.getByRole("link", { name: "Giulia Lombardi" }).waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await look(anna, "customers")
      await anna.getByRole("link", { name: "Giulia Lombardi" }).click()
      await anna.getByRole("heading", { name: "Giulia Lombardi", level: 1 }).waitFor()
      expect(new URL(anna.url()).searchParams.get("q")).toBe("lomb")
    },
    LONG,
  )

  test(
    "are edited there, and the page follows",
    async () => {
      await anna.getByRole("button", { name: "Edit" }).click()
      await anna.getByLabel("Name", { exact: true }).fill("Giulia Conti")
      await anna.getByLabel("Vehicle").selectOption("Aurora E2")
      await anna.getByRole("dialog", { name: "Edit customer" }).getByRole("button", { name: "Save" }).click()
      await anna.getByRole("heading", { name: "Giulia Conti", level: 1 }).waitFor()
      await anna.getByRole("definition").getByText("Aurora E2").waitFor()
    },
    LONG,
  )

  test(
    "show a conversation to be read, found by a word",
    async () => {
      await anna.getByRole("searchbox", { name: "Words in conversations" }).fill("aurora")
      await anna.getByText("Is the blue Aurora here?").first().waitFor()
      await anna.locator("#history-list a").first().click()
      await anna.locator("#beside-title").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await look(anna, "customer")
      await anna.setViewportSize({ width: 390, height: 844 })
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
      await look(anna, "customer-phone-beside")
      await anna.getByRole("button", { name: "Back to the details" }).click()
      await look(anna, "customer-phone")
      await anna.getByRole("link", { name: "Customers", exact: true }).first().click()
      await anna.getByRole("heading", { name: "Customers" }).waitFor()
      await look(anna, "customers-phone")
      await anna.setViewportSize({ width: 1440, height: 900 })
    },
    LONG,
  )

  test(
    "are entered by hand, with what is wrong beside its field",
    async () => {
      await anna.goto(`${new URL(anna.url()).origin}/customers/new`)
      await anna.getByLabel("Name", { exact: true }).fill("Irene Colombo")
      await anna.getByLabel("Phone").fill("many")
      await anna.getByRole("button", { name: "Create customer" }).click()
      await anna.getByText("Enter a phone number").waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await look(anna, "customer-new")
      await anna.getByLabel("Phone").fill("+39 347 555 0118")
      await anna.getByRole("button", { name: "Create customer" }).click()
      await anna.getByRole("heading", { name: "Irene Colombo", level: 1 }).waitFor()
    },
    LONG,
  )

  test("leave nothing to complain about", () =>
    expect(office.complaints.filter((words) => !words.includes("422 ("))).toEqual([]))
})
