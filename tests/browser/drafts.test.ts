/** What an agent types is theirs: it stays in its conversation, survives everything, and is sent once. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 60_000
const SEEDED = 200

describe.skipIf(!existsSync(CHROMIUM))("Drafts and reading", () => {
  let office: Office
  let anna: Page
  const thread = () => anna.getByRole("log", { name: "Messages" })
  const field = () => anna.getByRole("textbox", { name: "Message" })
  const label = (name: string) => anna.getByRole("list", { name: "Conversations" }).getByText(name)
  const phone = (name: string) => office.simulator.phones.of(name)
  const shows = (name: string) => anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()

  const open = async (name: string, number: string) => {
    office.simulator.phones.create({ name, phone: number }).say("Buongiorno")
    const offer = anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" })
    await offer.click()
    await shows(name)
    await offer.waitFor({ state: "detached" })
    await field().waitFor()
  }

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    await open("Giulia Lombardi", "+39 345 555 0172")
    await open("Katja Sommer", "+39 345 555 0173")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "a draft stays in its conversation, and is there again after another one and after a reload",
    async () => {
      await field().fill("Solo per Katja")
      await label("Giulia Lombardi").click()
      await shows("Giulia Lombardi")
      expect(await field().inputValue()).toBe("")
      await field().fill("Solo per Giulia")
      await label("Katja Sommer").click()
      await shows("Katja Sommer")
      expect(await field().inputValue()).toBe("Solo per Katja")
      await anna.reload()
      expect(await field().inputValue()).toBe("Solo per Katja")
      await label("Giulia Lombardi").click()
      await shows("Giulia Lombardi")
      expect(await field().inputValue()).toBe("Solo per Giulia")
    },
    LONG,
  )

  test(
    "a text that the server does not take stays, with the reason beside it",
    async () => {
      await anna.route("**/messages", (route) => route.abort())
      await field().press("Enter")
      await anna.getByText("Not sent – your text is kept here. Try again.").waitFor()
      expect(await field().inputValue()).toBe("Solo per Giulia")
      await anna.unroute("**/messages")
      await anna.route("**/messages", (route) =>
        route.continue({
          postData: (route.request().postData() ?? "").replace(/text=[^&]*/, `text=${"a".repeat(5_000)}`),
        }),
      )
      await field().press("Enter")
      await anna.getByText("The message has 5,000 characters; WhatsApp takes 4,096. Send it in parts.").waitFor()
      expect(await field().inputValue()).toBe("Solo per Giulia")
      await anna.unroute("**/messages")
      office.complaints.length = 0
    },
    LONG,
  )

  test(
    "what waits or was not taken shows in the list, and the reason is there for whoever comes back",
    async () => {
      const chip = (name: string, words: string) =>
        anna.getByRole("list", { name: "Conversations" }).getByRole("link", { name }).getByText(words, { exact: true })
      const reason = anna.locator("#composer-note").getByText("Not sent – your text is kept here. Try again.")
      const answer = Promise.withResolvers<void>()
      await anna.route("**/messages", async (route) => {
        await answer.promise
        await route.abort()
      })
      await field().fill("Non arriva")
      await field().press("Enter")
      await label("Katja Sommer").click()
      await shows("Katja Sommer")
      await chip("Giulia Lombardi", "Draft").waitFor()
      expect(await chip("Katja Sommer", "Draft").isVisible()).toBe(false)
      answer.resolve()
      await chip("Giulia Lombardi", "Not sent").waitFor()
      expect(await reason.count()).toBe(0)
      await anna.reload()
      await chip("Giulia Lombardi", "Not sent").waitFor()
      await anna.unroute("**/messages")
      await label("Giulia Lombardi").click()
      await shows("Giulia Lombardi")
      await reason.waitFor()
      await chip("Katja Sommer", "Draft").waitFor()
      await field().press("Enter")
      await thread().getByText("Non arriva").waitFor()
      await chip("Giulia Lombardi", "Not sent").waitFor({ state: "hidden" })
      await field().fill("Solo per Giulia")
      office.complaints.length = 0
    },
    LONG,
  )

  test(
    "pressing Enter twice, and sending again what had arrived, is one message",
    async () => {
      await field().press("Enter")
      await field().press("Enter")
      await thread().getByText("Solo per Giulia").waitFor()
      await field().fill("Una volta sola")
      await anna.route("**/messages", async (route) => {
        await route.fetch()
        await route.abort()
      })
      await field().press("Enter")
      await anna.getByText("Not sent – your text is kept here. Try again.").waitFor()
      await anna.unroute("**/messages")
      await field().press("Enter")
      await anna.locator("#composer-text:placeholder-shown").waitFor()
      await thread().getByText("Una volta sola").waitFor()
      phone("Giulia Lombardi").say("Ricevuto")
      await thread().getByText("Ricevuto").waitFor()
      expect(await thread().getByText("Una volta sola").count()).toBe(1)
      expect(await thread().getByText("Solo per Giulia").count()).toBe(1)
      office.complaints.length = 0
    },
    LONG,
  )

  test(
    "focus, caret and selection stay where they are while messages arrive",
    async () => {
      await field().fill("Un testo da correggere")
      await anna.evaluate("document.querySelector('#composer-text').setSelectionRange(3, 8)")
      phone("Giulia Lombardi").say("Intanto scrivo")
      await thread().getByText("Intanto scrivo").waitFor()
      const state = "((field) => [field.matches(':focus'), field.selectionStart, field.selectionEnd, field.value])"
      expect(await anna.evaluate<unknown>(`${state}(document.querySelector("#composer-text"))`)).toEqual([
        true,
        3,
        8,
        "Un testo da correggere",
      ])
      await field().fill("")
    },
    LONG,
  )

  test(
    "older messages load at the top, and who reads there is not moved by news, only told",
    async () => {
      for (let number = 1; number <= SEEDED; number += 1) {
        phone("Giulia Lombardi").say(`Riga ${number}.`)
        await office.simulator.idle()
      }
      await thread().getByText(`Riga ${SEEDED}.`, { exact: true }).waitFor({ timeout: 30_000 })
      await anna.reload()
      await thread().getByText(`Riga ${SEEDED}.`, { exact: true }).waitFor()
      await thread().hover()
      const first = thread().getByText("Riga 1.", { exact: true })
      while ((await first.count()) === 0) {
        await anna.evaluate("document.querySelector('#thread').scrollTo(0, -1e6)")
        await anna.evaluate("new Promise(requestAnimationFrame)")
      }
      const middle = thread().getByText("Riga 90.", { exact: true })
      await middle.scrollIntoViewIfNeeded()
      const before = (await middle.boundingBox())?.y
      phone("Giulia Lombardi").say("Una novità in fondo")
      const pill = anna.getByRole("button", { name: "1 new message" })
      await pill.waitFor()
      expect(Math.abs(((await middle.boundingBox())?.y ?? 0) - (before ?? 0))).toBeLessThan(1)
      await pill.click()
      await pill.waitFor({ state: "detached" })
      expect(await thread().getByText("Una novità in fondo").isVisible()).toBe(true)
    },
    LONG,
  )

  test("the browser has nothing to complain about", () => expect(office.complaints).toEqual([]))
})
