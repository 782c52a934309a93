/** Templates under an admin's fingers: written with Meta's rules beside them, reviewed, changed, deleted. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { wantSync } from "~/template/actions.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { companyWithTemplates, TEMPLATES } from "../template/scene.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Templates, by their admin", () => {
  let office: Office
  let dora: Page
  const rules = () => dora.getByRole("region", { name: "Meta's rules" })
  const atMeta = (name: string) =>
    office.simulator.templates.of(ACME.number.wabaId).find((template) => template.name === name)

  beforeAll(async () => {
    office = await openOffice({ document: companyWithTemplates() })
    for (const seed of TEMPLATES) office.simulator.templates.add(ACME.number.wabaId, structuredClone(seed))
    const { database, outbox } = office.appliance()
    const anyone = userByUsername(database.appliance.read, "dora")
    await database.tenant(anyone!.tenant).act(SYSTEM, (tx) => wantSync(tx, ACME.number.wabaId))
    dora = (await office.signIn("dora")).page
    await outbox.idle()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "one is written, its rules and its preview follow what is typed, and it goes to Meta",
    async () => {
      await dora.goto(`${office.url}/admin/templates`)
      await dora.getByRole("link", { name: "New template" }).click()
      await dora.getByRole("textbox", { name: "Name" }).fill("winter_check")
      await dora.getByText("Text", { exact: true }).first().click()
      await dora.getByRole("textbox", { name: "Words of the heading" }).fill("Winter")
      const body = dora.getByRole("textbox", { name: "Words of the message" })
      await body.fill("Hello {{first_name}}, your place is on {{day}}")
      await rules().getByText("The text may not end with a variable.").waitFor()
      await dora.getByRole("textbox", { name: "Example for first_name" }).fill("Giulia")
      await dora.getByRole("textbox", { name: "Example for day" }).fill("Monday")
      await body.fill("Hello {{first_name}}, your place is on {{day}} in the morning.")
      await dora.getByRole("textbox", { name: "Words of button 1" }).fill("I will come")
      await dora.getByRole("textbox", { name: "Words of button 2" }).waitFor()
      expect(await dora.getByRole("textbox", { name: "Words of button 3" }).isVisible()).toBe(false)
      await rules().getByText("The text has room around its variables").waitFor()
      await dora.locator(".template-paper").getByText("I will come").waitFor()
      expect(await dora.locator(".template-paper .message-text").textContent()).toBe(
        "Hello Giulia, your place is on Monday in the morning.",
      )
      expect(await rules().locator(".is-broken").count()).toBe(0)
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await dora.getByRole("button", { name: "Send to Meta for approval" }).click()
      await dora.getByText("On its way to Meta.").waitFor()
      await dora.locator("#template-standing").getByText("In review").waitFor()
      expect(atMeta("winter_check")?.status).toBe("PENDING")
    },
    LONG,
  )

  test(
    "Meta's news change its standing where it is open and in the list, and what is being typed stays",
    async () => {
      await dora.getByRole("textbox", { name: "In place of first name, if unknown" }).fill("there")
      office.simulator.templates.review(atMeta("winter_check")!, "APPROVED")
      await dora.locator("#template-standing").getByText("Approved").waitFor()
      await dora
        .getByRole("row", { name: /Winter check/ })
        .getByText("Approved")
        .waitFor()
      expect(await dora.getByRole("textbox", { name: "In place of first name, if unknown" }).inputValue()).toBe("there")
    },
    LONG,
  )

  test(
    "one is deleted after a question, by keyboard as well",
    async () => {
      await dora.getByRole("link", { name: "Delete" }).press("Enter")
      await dora.getByText("Meta keeps the name for 30 days").waitFor()
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
      await dora.getByRole("button", { name: "Delete “Winter check”" }).press("Enter")
      await dora.getByRole("row", { name: /Winter check/ }).waitFor({ state: "detached" })
      await office.appliance().outbox.idle()
      expect(atMeta("winter_check")).toBeUndefined()
    },
    LONG,
  )

  test.each(["wide", "phone"] as const)(
    "nothing is wrong with the pages at %s width in either theme",
    async (size) => {
      await dora.setViewportSize(size === "wide" ? { width: 1440, height: 900 } : { width: 390, height: 844 })
      for (const path of ["/admin/templates", "/admin/templates?q=nothing+like+it", "/admin/templates/new"]) {
        await dora.goto(`${office.url}${path}`)
        expect(await axeFindingsInBothThemes(dora)).toEqual([])
        expect(await dora.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      }
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
