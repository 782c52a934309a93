/** Opening and reading: where one begins, what news leave alone, times on the server's clock, and what was never heard of. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { rowsOf } from "../support/records.ts"

const LONG = 60_000
const THREE_HOURS_MS = 10_800_000

describe.skipIf(!existsSync(CHROMIUM))("Reading", () => {
  let office: Office
  let anna: Page
  const log = () => anna.getByRole("log", { name: "Messages" })
  const list = () => anna.getByRole("list", { name: "Conversations" })
  const phone = (name: string) => office.simulator.phones.of(name)
  const goTo = async (name: string) => {
    await list().getByText(name).click()
    await anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()
  }
  const comes = async (name: string, number: string) => {
    office.simulator.phones.create({ name, phone: number }).say("Buongiorno")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()
  }
  const unread = () =>
    rowsOf<{ unreadCount: number }>(
      office.appliance().database.path,
      "SELECT unreadCount FROM conversation ORDER BY id",
    ).map(({ unreadCount }) => unreadCount)

  beforeAll(async () => {
    office = await openOffice({ document: officeOf([{ username: "anna" }]) })
    const signed = await office.signIn("anna")
    anna = signed.page
    // This machine's clock is wrong by three hours.
    await anna.clock.install({ time: Date.now() + THREE_HOURS_MS })
    await anna.reload()
    await comes("Giulia Lombardi", "+39 345 555 0172")
    await comes("Katja Sommer", "+39 345 555 0173")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "waiting is counted on the server's clock, whatever this machine's says, and stops with the answer",
    async () => {
      phone("Giulia Lombardi").say("C'è qualcuno?")
      const waits = list().locator("li", { hasText: "Giulia Lombardi" }).locator("[data-since]")
      await waits.waitFor()
      expect(await waits.textContent()).toMatch(/^0:[0-5]\d$/)
      await anna.clock.fastForward(75_000)
      expect(await waits.textContent()).toMatch(/^1:[1-5]\d$/)
      await goTo("Giulia Lombardi")
      await anna.getByRole("textbox", { name: "Message", exact: true }).fill("Eccomi")
      await anna.keyboard.press("Enter")
      await log().locator(".is-ours").getByText("Eccomi").waitFor()
      await waits.waitFor({ state: "detached" })
    },
    LONG,
  )

  test(
    "a conversation opens at what one has not read, says how much is below, and counts as read at its end",
    async () => {
      await goTo("Giulia Lombardi")
      for (let line = 1; line <= 40; line++) {
        phone("Katja Sommer").say(`Riga ${line} ${"di parole ".repeat(12)}`)
        await office.simulator.idle()
      }
      await list().locator("li", { hasText: "Katja Sommer" }).getByText("Riga 40").waitFor()
      const before = unread()
      await goTo("Katja Sommer")
      const line = log().locator("#unread-line")
      await line.waitFor()
      const top = (await line.boundingBox())?.y ?? -1
      const of = (await log().boundingBox())?.y ?? 0
      expect(top).toBeGreaterThan(of)
      expect(top).toBeLessThan(of + 120)
      expect(
        await log()
          .getByText(/^Riga 1 /)
          .isVisible(),
      ).toBe(true)
      const pill = anna.getByRole("button", { name: "40 new messages" })
      await pill.waitFor()
      expect([before.includes(40), unread().includes(40)]).toEqual([true, true])
      await pill.click()
      await pill.waitFor({ state: "detached" })
      await list().locator("li", { hasText: "Katja Sommer" }).locator(".is-unread").waitFor({ state: "detached" })
      await goTo("Giulia Lombardi")
      await goTo("Katja Sommer")
      expect(await log().evaluate("document.querySelector('#thread').scrollTop")).toBe(0)
    },
    LONG,
  )

  test(
    "news leave alone what is open: a panel that is searched in, a dialog that is filled in, details that are unfolded",
    async () => {
      await anna.getByRole("button", { name: "Emoji", exact: true }).click()
      const emoji = anna.getByRole("searchbox", { name: /emoji/i })
      await emoji.fill("sol")
      phone("Katja Sommer").say("Intanto")
      await log().getByText("Intanto", { exact: true }).waitFor()
      expect([await emoji.inputValue(), await emoji.evaluate("document.activeElement.value")]).toEqual(["sol", "sol"])
      await anna.keyboard.press("Escape")
      await anna.getByRole("button", { name: "Transfer", exact: true }).click()
      const note = anna
        .getByRole("dialog", { name: /Transfer/ })
        .getByRole("textbox")
        .last()
      await note.fill("La cliente aspetta da ieri")
      phone("Katja Sommer").say("Ci siete?")
      await log().getByText("Ci siete?", { exact: true }).waitFor()
      expect(await note.inputValue()).toBe("La cliente aspetta da ieri")
      expect(await note.evaluate("document.activeElement.value")).toBe("La cliente aspetta da ieri")
      await anna.keyboard.press("Escape")
    },
    LONG,
  )

  test(
    "a ring that was never heard is made up for: what is shown is compared now and then, and only then fetched",
    async () => {
      await anna.evaluate(`(() => {
        const deafTo = (event) => globalThis.isDeaf && event.stopImmediatePropagation()
        globalThis.isDeaf = true
        for (const topic of ["conversations", "conversation-" + document.querySelector("#thread").dataset.conversation])
          addEventListener(topic, deafTo, true)
      })()`)
      phone("Katja Sommer").say("Chi mi sente?")
      await office.simulator.idle()
      await anna.evaluate("fetch('/conversations/list').then((answer) => answer.text())")
      expect(await anna.getByText("Chi mi sente?").count()).toBe(0)
      const compared = anna.waitForResponse(/conversations\/sums/)
      await anna.clock.fastForward(121_000)
      await compared
      await log().getByText("Chi mi sente?").waitFor()
      await list().getByText("Chi mi sente?").waitFor()
      await anna.evaluate("globalThis.isDeaf = false")
      phone("Katja Sommer").say("Bene")
      await log().getByText("Bene", { exact: true }).waitFor()
      await list().locator(".is-unread").waitFor({ state: "detached" })
      // Who has heard everything has the same sums, and fetches nothing.
      await anna.waitForFunction(`(async () => {
        const [list, thread] = ["#conversation-list", "#thread-items"].map((part) => document.querySelector(part).dataset.sum)
        const answer = await fetch("/conversations/sums?open=" + document.querySelector("#thread").dataset.conversation)
        return JSON.stringify(await answer.json()) === JSON.stringify({ list, thread })
      })()`)
    },
    LONG,
  )

  test("the browser has nothing to complain about", () => expect(office.complaints).toEqual([]))
})
