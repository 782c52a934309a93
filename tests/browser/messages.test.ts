/** What is done with single messages: answered, reacted to, copied, found again however long ago; cards sent and kept. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Locator, Page } from "playwright-core"
import { userByUsername } from "~/account/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { insertReceived } from "~/message/store.ts"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { rowsOf } from "../support/records.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const MANY = 5_000

describe.skipIf(!existsSync(CHROMIUM))("Single messages", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const log = () => anna.getByRole("log", { name: "Messages" })
  const bubble = (text: string): Locator => log().locator("article.message", { hasText: text }).last()
  const field = () => anna.getByRole("textbox", { name: "Message", exact: true })
  const act = async (text: string, name: string) => {
    await bubble(text).hover()
    await bubble(text).getByRole("button", { name: "What to do with this message" }).click()
    await anna.locator("#message-acts").getByRole("button", { name }).click()
  }
  const shown = (text: string) => log().getByText(text, { exact: true }).first().waitFor()

  beforeAll(async () => {
    office = await openOffice({
      document: officeOf([{ username: "anna" }, { username: "marco" }]),
    })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Buongiorno, *quanto* costa?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await log().locator("b", { hasText: "quanto" }).waitFor()
  }, LONG)
  afterAll(() => office?.close())

  test(
    "one is answered: the bar says which, belongs to the draft, and Escape takes it away",
    async () => {
      await act("costa?", "Reply")
      const bar = anna.getByRole("region", { name: "Answer to" })
      await bar.getByText("Buongiorno, quanto costa?").waitFor()
      await anna.keyboard.type("Sono 68 €")
      await anna.reload()
      await bar.getByText("Buongiorno").waitFor()
      expect(await field().inputValue()).toBe("Sono 68 €")
      await field().press("Escape")
      expect([await bar.isVisible(), await field().inputValue()]).toEqual([false, "Sono 68 €"])
      await act("costa?", "Reply")
      await field().press("Enter")
      await bubble("Sono 68 €").locator(".quote").getByText("Buongiorno").waitFor()
      await anna.waitForFunction('document.querySelector("#composer-reply").hidden')
      expect(giulia.received().at(-1)?.quoted).toBe(giulia.chat()[0]?.id ?? "")
    },
    LONG,
  )

  test(
    "one is reacted to, otherwise, and no more; the customer's reaction comes to ours",
    async () => {
      await act("costa?", "React with 👍")
      await bubble("costa?").getByRole("img", { name: "We reacted with 👍" }).waitFor()
      await act("costa?", "React with ❤️")
      await bubble("costa?").getByRole("img", { name: "We reacted with ❤️" }).waitFor()
      await act("costa?", "React with ❤️")
      await bubble("costa?").locator(".reactions:not([hidden])").waitFor({ state: "detached" })
      giulia.react(giulia.received().find(({ type }) => type === "text")?.id ?? "", "🙏")
      await bubble("Sono 68 €").getByRole("img", { name: "Giulia Lombardi reacted with 🙏" }).waitFor()
      expect(await log().locator("article.message").count()).toBe(2)
    },
    LONG,
  )

  test(
    "its menu is opened by the keyboard, gives the focus back, and shows when it was sent",
    async () => {
      await bubble("Sono 68 €").focus()
      await anna.keyboard.press("Enter")
      const menu = anna.locator("#message-acts")
      await menu.waitFor()
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await menu.waitFor({ state: "hidden" })
      await act("Sono 68 €", "Times of this message")
      await bubble("Sono 68 €").locator(".legend").getByText("Delivered at").waitFor()
      await anna.keyboard.press("Escape")
      await bubble("costa?").focus()
      await anna.keyboard.press("r")
      await anna.getByRole("region", { name: "Answer to" }).waitFor()
      await field().press("Escape")
    },
    LONG,
  )

  test(
    "what the customer changes shows what it said; what they delete is gone",
    async () => {
      const first = giulia.say("Alle 11")
      const second = giulia.say("La carta è 1234")
      await shown("La carta è 1234")
      giulia.send({ kind: "edit", message: first, text: "Alle 12" })
      giulia.send({ kind: "delete", message: second })
      await shown("Alle 12")
      await bubble("Alle 12")
        .getByText(/^Edited/)
        .click()
      await bubble("Alle 12").getByText("Alle 11").waitFor()
      await log().getByText("Deleted by the customer").waitFor()
      expect(await log().getByText("La carta").count()).toBe(0)
      expect(await anna.getByRole("list", { name: "Conversations" }).getByText("La carta").count()).toBe(0)
    },
    LONG,
  )

  test(
    "somebody's card is sent, found by name; one that came becomes a customer, once",
    async () => {
      await anna.getByRole("button", { name: "Share a contact" }).click()
      const dialog = anna.getByRole("dialog", { name: "Send a contact" })
      await dialog.getByRole("searchbox", { name: "Name or number" }).fill("marco")
      await dialog.getByRole("region", { name: "Our numbers" }).waitFor({ state: "detached" })
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await dialog.getByRole("button", { name: /Marco/ }).click()
      await log().locator(".contact-card").waitFor()
      giulia.send({ kind: "contact", name: "Paolo Lombardi", phone: "+39 347 555 0119" })
      const card = log().locator(".contact-card", { hasText: "Paolo" })
      await card.getByRole("button", { name: "Save as customer" }).click()
      const { database } = office.appliance()
      const saved = () =>
        rowsOf<{ name: string }>(database.path, "SELECT name FROM customer WHERE phone = '393475550119'")
      for (let turn = 0; turn < 50 && saved().length === 0; turn++)
        await anna.evaluate("new Promise(requestAnimationFrame)")
      expect(saved()).toEqual([{ name: "Paolo Lombardi" }])
      await card.getByRole("button", { name: "Save as customer" }).click()
      await anna.getByText("Paolo Lombardi is a customer already.").waitFor()
    },
    LONG,
  )

  test(
    "one of five thousand is a press away: by its quote, by its words, by its day; and the way back has no jump",
    async () => {
      const start = Date.now() - MANY * 300_000
      const { database } = office.appliance()
      const [row] = rowsOf<{ id: number; channel: number }>(database.path, "SELECT id, channel FROM conversation")
      const { tenant } = userByUsername(database.appliance.read, "anna")!
      await database.tenant(tenant).act(SYSTEM, (tx) => {
        for (let index = 0; index < MANY; index++)
          insertReceived(tx, {
            id: tx.newId(),
            conversation: row!.id,
            channel: row!.channel,
            direction: "in",
            kind: "text",
            at: start + index * 300_000,
            text: index === 5 ? "Molto tempo fa" : `Riga ${index}`,
            content: null,
            status: "received",
            wamid: `old-${index}`,
            receivedAt: start,
            sentAt: null,
            replyToWamid: index === MANY - 5 ? "old-1000" : null,
          })
      })
      await anna.reload()
      await bubble(`Riga ${MANY - 5}`)
        .locator(".quote-link")
        .click()
      await anna.locator("article.is-found", { hasText: "Riga 1000" }).waitFor()
      await log().focus()
      await anna.mouse.move(700, 450)
      for (let turn = 0; turn < 8; turn++) {
        await anna.mouse.wheel(0, 600)
        await anna.evaluate("new Promise((done) => setTimeout(done, 80))")
      }
      // Eight turns of the wheel are some eighty messages: the next page came below without moving what was on screen.
      const lines = await anna.evaluate<number[]>(`[...document.querySelectorAll("#thread article")].flatMap((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        const [, line] = /Riga (\\d+)$/.exec(one.querySelector(".message-text")?.textContent ?? "") ?? []
        return line && top > 100 && bottom < 760 ? [Number(line)] : []
      })`)
      expect(lines.length).toBeGreaterThan(5)
      expect(lines).toEqual(lines.map((_, index) => (lines[0] ?? 0) + index))
      expect(lines[0]).toBeGreaterThan(1_030)
      expect(lines[0]).toBeLessThan(1_120)
      await anna.keyboard.press("Control+f")
      await anna.getByRole("searchbox", { name: "Search in this conversation" }).fill("molto tempo")
      await shown("Molto tempo fa")
      const day = new Date(start + 2_500 * 300_000).toISOString().slice(0, 10)
      await anna.getByLabel("Jump to a day").fill(day)
      await anna.locator(`.day-line[data-day="${day}"]`).waitFor()
      expect(await anna.locator("#thread article").count()).toBeLessThan(400)
    },
    LONG,
  )

  test(
    "fits a phone",
    async () => {
      await anna.setViewportSize({ width: 390, height: 844 })
      await anna.reload()
      await log().waitFor()
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0)
      // Away from the day that stays on top while one scrolls: it would cover a part of what can be pressed.
      await anna.evaluate("document.querySelector('.edited > summary').scrollIntoView({ block: 'center' })")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      // The one that was refused: a card that is a customer already.
      expect(office.complaints.filter((line) => !line.includes("409"))).toEqual([])
    },
    LONG,
  )
})
