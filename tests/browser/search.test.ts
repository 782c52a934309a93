/** Ctrl+F in a thread: hits counted, marked and stepped through, up to messages that were not on the page. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { insertReceived } from "~/message/store.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { rowsOf } from "../support/records.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Search in a conversation", () => {
  let office: Office
  let anna: Page
  const field = () => anna.getByRole("searchbox", { name: "Search in this conversation" })
  const count = (words: string) => anna.locator(".thread-search-count", { hasText: words }).waitFor()
  const marked = (name: string) => anna.evaluate<number>(`CSS.highlights.get("${name}")?.size ?? 0`)

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Perché il freno fischia? Un freno nuovo?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("fischia").waitFor()
    const { database } = office.appliance()
    const [row] = rowsOf<{ id: number; channel: number }>(database.path, "SELECT id, channel FROM conversation")
    const { tenant } = userByUsername(database.appliance.read, "anna")!
    await database.tenant(tenant).act(SYSTEM, (tx) => {
      for (let index = 0; index < 90; index++)
        insertReceived(tx, {
          id: tx.newId(),
          conversation: row!.id,
          channel: row!.channel,
          direction: "in",
          kind: "text",
          at: 1_000 + index * 60_000,
          text: index === 5 ? "Il FRÉNO di una volta" : `Riga ${index}`,
          content: null,
          status: "received",
          wamid: `old-${index}`,
          replyToWamid: null,
          receivedAt: 1_000,
          sentAt: null,
        })
    })
    await anna.reload()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "counts and marks the hits, goes up to one that was not loaded, and back",
    async () => {
      await anna.getByRole("log").waitFor()
      await anna.keyboard.press("Control+f")
      await field().fill("freno")
      await count("1 of 2")
      await anna.waitForFunction('(CSS.highlights.get("hit")?.size ?? 0) === 2')
      await field().press("Enter")
      await count("2 of 2")
      const old = anna.getByRole("log").getByText("Il FRÉNO di una volta")
      await old.waitFor()
      await anna.waitForFunction('(CSS.highlights.get("hit")?.size ?? 0) === 1')
      expect(await marked("hits")).toBe(2)
      expect(
        await old.evaluate(
          (one) =>
            Math.abs(
              (one as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top - 450,
            ) < 350,
        ),
      ).toBe(true)
      await anna.getByRole("button", { name: "Later hit" }).click()
      await count("1 of 2")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await field().fill("nessuno dice così")
      await count("Nothing found")
      await field().press("Escape")
      expect([await field().isVisible(), await marked("hit"), await marked("hits")]).toEqual([false, 0, 0])
    },
    LONG,
  )

  test(
    "fits a phone",
    async () => {
      await anna.setViewportSize({ width: 390, height: 844 })
      await anna.getByRole("button", { name: "More", exact: true }).click()
      await anna.getByRole("button", { name: "Search in this conversation" }).click()
      await field().fill("freno")
      await count("1 of 2")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
