/** The bell of the header: it counts by itself, opening it is looking, and it stays open while it is drawn anew. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 40_000

describe.skipIf(!existsSync(CHROMIUM))("Notices", () => {
  let office: Office
  let anna: Page
  const bell = (name: string) => anna.getByRole("button", { name, exact: true })
  const tell = async (words: string) => {
    const { database } = office.appliance()
    const { id, tenant } = userByUsername(database.appliance.read, "anna")!
    const notice = { kind: "offer_declined_because", by: id, words } as const
    await database.tenant(tenant).act(SYSTEM, (tx) => tx.raise({ type: "notice.due", to: { users: [id] }, notice }))
  }

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    await anna.locator("html[data-live=open]").waitFor({ state: "attached" })
  }, LONG)
  afterAll(() => office?.close())

  test(
    "arrive by themselves, are read by opening the list, and the list stays open while more arrive",
    async () => {
      await tell("Not my product")
      await bell("Notices, 1 new").click()
      const list = anna.getByRole("region", { name: "Notices" })
      await list.getByText("Not my product").waitFor()
      await bell("Notices").waitFor()
      await tell("Nor mine")
      await list.getByText("Nor mine").waitFor()
      await bell("Notices, 1 new").waitFor()
      const { violations } = await new AxeBuilder({ page: anna }).analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
      await anna.setViewportSize({ width: 390, height: 844 })
      expect(await list.isVisible()).toBeTrue()
      await anna.setViewportSize({ width: 1440, height: 900 })
      await anna.keyboard.press("Escape")
      await list.waitFor({ state: "hidden" })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
