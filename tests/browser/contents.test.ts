/** What a tenant keeps for its agents, by hand: messages, trees of reasons, properties, tags. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 200_000
const KEPT = {
  predefinedMessages: [
    {
      category: "Booking",
      title: "Which day?",
      text: "Which day suits you, {customer.firstName}?",
      buttons: ["Monday"],
    },
  ],
  profiling: [{ name: "Aurora", reasons: [{ title: "Service", reasons: ["Booked", "Moved"] }, "Parts"] }],
  customerProperties: [{ name: "Contract" }, { name: "Size", kind: "choice", choices: ["Small", "Large"] }],
  tags: [{ name: "urgent", tone: "bad" }, "VIP"],
}
const PAGES = ["predefined-messages", "profiling", "properties", "tags"] as const

describe.skipIf(!existsSync(CHROMIUM))("What is kept for agents", () => {
  let office: Office
  let dora: Page
  const field = (name: string) => dora.locator("[data-sheet]").getByLabel(name, { exact: true })
  const go = (path: string) => dora.goto(new URL(path, dora.url()).href)

  beforeAll(async () => {
    const document = officeOf([{ username: "dora", level: "tenant_admin", skillsets: [] }])
    const [acme, ...others] = document.tenants
    office = await openOffice({ document: { tenants: [{ ...acme, ...KEPT }, ...others] } })
    dora = (await office.signIn("dora")).page
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a message is written with its placeholder and its buttons, and shows what the customer will get",
    async () => {
      await go("/admin/predefined-messages/new")
      await field("Category").fill("Greetings")
      await field("Title").fill("Hello")
      await field("Text").fill("Hello ")
      await dora.getByRole("button", { name: "{customer.firstName}" }).click()
      await dora.locator("[data-sheet]").getByText("Buttons", { exact: true }).click()
      await field("Replies").fill("Yes\nNo\nMaybe\nNever")
      await dora.locator("[data-preview-choices] li").nth(3).waitFor()
      expect(await dora.locator("[data-preview-text] mark").textContent()).toBe("{customer.firstName}")
      await dora.getByRole("button", { name: "Create message" }).click()
      await dora.getByText("At most 3 replies.").waitFor()
      await field("Replies").fill("Yes\nNo")
      await dora.getByRole("button", { name: "Create message" }).click()
      await dora.getByText("Created.").waitFor()
      await dora.getByRole("link", { name: "Hello" }).waitFor()
    },
    LONG,
  )

  test(
    "reasons are added, moved and retired with the keyboard and the mouse",
    async () => {
      await go("/admin/profiling")
      await dora.getByRole("link", { name: "Aurora" }).click()
      const titles = dora.getByRole("textbox", { name: "Label of the reason" })
      const labels = async () =>
        (await Promise.all((await titles.all()).map((one) => one.inputValue()))).filter(Boolean)
      await titles.first().waitFor()
      await titles.nth(4).fill("Sales")
      await dora.locator(".reason-row").nth(0).getByRole("button", { name: "Move down" }).click()
      expect(await labels()).toEqual(["Parts", "Service", "Booked", "Moved", "Sales"])
      await titles.nth(3).hover()
      await dora.locator(".reason-row").nth(3).getByRole("button", { name: "Retire" }).click()
      await titles.nth(3).press("Enter")
      await dora.keyboard.type("Test drive")
      await dora.locator(".reason-row").nth(4).getByRole("combobox").selectOption("2")
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.getByText("Saved.").waitFor()
      expect(await labels()).toEqual(["Parts", "Service", "Booked", "Sales", "Test drive"])
      await dora.getByText("1 retired reason").click()
      await dora.getByText("Service › Moved").waitFor()
    },
    LONG,
  )

  test(
    "two tags become one, a property changes its place",
    async () => {
      await go("/admin/tags")
      await dora.getByRole("link", { name: "VIP" }).click()
      await dora.getByRole("link", { name: "Merge…" }).click()
      await dora.locator("select[name=into]").selectOption({ label: "urgent" })
      await dora.getByRole("button", { name: "Merge", exact: true }).click()
      await dora.getByText("Saved.").waitFor()
      expect(await dora.getByRole("link", { name: "VIP" }).count()).toBe(0)
      await go("/admin/properties")
      await dora.getByRole("link", { name: "Size" }).click()
      await dora.getByRole("button", { name: "Move up" }).click()
      await dora.locator("tbody tr", { hasText: "Size" }).first().getByText("1", { exact: true }).waitFor()
    },
    LONG,
  )

  test(
    "pass axe in every look, list and form, and nothing is complained of",
    async () => {
      for (const look of LOOKS) {
        await dora.setViewportSize(look.size)
        await dora.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" })
        for (const name of PAGES) {
          await go(`/admin/${name}`)
          await dora.locator("tbody th a").first().click()
          await dora.locator("[data-sheet]").waitFor()
          expect([look.name, name, await axeFindings(dora)]).toEqual([look.name, name, []])
          const width = await dora.evaluate<number>("document.documentElement.scrollWidth")
          expect([look.name, name, width]).toEqual([look.name, name, look.size.width])
        }
      }
      // What was refused above is answered with 422, which browsers mention.
      expect(office.complaints.filter((words) => !words.includes("422"))).toEqual([])
    },
    LONG,
  )
})
