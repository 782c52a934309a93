/** Whoever chooses Italian at the login reads Italian everywhere. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { en } from "views/locales/en.ts"
import { it } from "views/locales/it.ts"
import type { Phone } from "~/simulator/phone.ts"
import { PASSWORD } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"

const LONG = 40_000

/** Phrases that are other words in Italian. */
const ENGLISH: ReadonlySet<string> = new Set(
  Object.entries(en).flatMap(([key, phrase]) =>
    typeof phrase === "string" && phrase !== it[key as keyof typeof it] ? [phrase] : [],
  ),
)
/** What the company itself called its service number. */
const ITS_OWN_NAME = "Main"
/** Everything that the page says, seen or heard: what is not open yet, too. */
const WORDS = `(() => {
  const said = []
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (nodes.nextNode()) said.push(nodes.currentNode.data.trim())
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
    for (const name of ["aria-label", "title", "placeholder"]) said.push(element.getAttribute(name) ?? "")
  return said
})()`

describe.skipIf(!existsSync(CHROMIUM))("In Italian", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const english = async () =>
    (await anna.evaluate<string[]>(WORDS)).filter((words) => ENGLISH.has(words) && words !== ITS_OWN_NAME)
  const language = () => anna.getAttribute("html", "lang")
  const signIn = async (password: string) => {
    await anna.locator("[name=username]").fill("anna")
    await anna.locator("[name=password]").fill(password)
    await anna.locator("[name=password]").press("Enter")
  }

  beforeAll(async () => {
    office = await openOffice()
    const context = await office.browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
    anna = await context.newPage()
    watch(anna, "anna", office.complaints)
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  }, LONG)
  afterAll(() => office?.close())

  test(
    "it is chosen at the login, once, even if the password is wrong at first",
    async () => {
      await anna.goto(`${office.url}/login`)
      expect(await language()).toBe("en")
      await anna.getByLabel("Language").selectOption({ label: "Italiano" })
      await signIn("sbagliata")
      await anna.getByRole("alert").waitFor()
      expect(await anna.getByLabel("Lingua").inputValue()).toBe("it")
      await signIn(PASSWORD)
      await anna.getByRole("navigation", { name: "Principale" }).waitFor()
      expect(await language()).toBe("it")
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "an empty console and its menus are in Italian",
    async () => {
      await anna.getByRole("link", { name: "Conversazioni", exact: true }).click()
      await anna.getByText("Sei Pronto. La prossima appare qui da sola, con un suono.").waitFor()
      await anna.getByRole("button", { name: "Stato: Pronto" }).waitFor()
      expect(await anna.title()).toStartWith("Conversazioni")
      expect((await english()).filter((word) => word !== "Shift")).toEqual([])
    },
    LONG,
  )

  test(
    "so are the pop-up, the thread with its days and times, the details and the closing",
    async () => {
      giulia.say("Buongiorno!")
      const popup = anna.getByRole("region", { name: "Notifiche" })
      await popup.getByText("Nuova conversazione").waitFor()
      expect((await english()).filter((word) => word !== "Shift")).toEqual([])
      await popup.getByRole("button", { name: "Apri" }).click()
      const thread = anna.getByRole("log", { name: "Messaggi" })
      await thread.getByText("Buongiorno!").waitFor()
      await thread.getByText("Aperta da Anna Rossi").waitFor()
      await thread.getByText(/^Oggi, /).waitFor()
      await anna.getByPlaceholder("Scrivi un messaggio…").fill("Buongiorno a Lei")
      await anna.getByText("Bozza conservata").waitFor()
      await anna.keyboard.press("Enter")
      await thread.getByRole("button", { name: /Letto/ }).click()
      await thread.getByText("Letto dal cliente alle").waitFor()
      await anna.keyboard.press("Escape")
      expect((await english()).filter((word) => word !== "Shift")).toEqual([])
    },
    LONG,
  )

  test(
    "so are refusals, with numbers as Italians write them",
    async () => {
      const field = anna.getByRole("textbox", { name: "Messaggio" })
      await field.fill("a".repeat(14_097))
      await anna.getByText("10.001 caratteri di troppo").waitFor()
      await field.press("Enter")
      await anna.getByText("Il messaggio ha 14.097 caratteri; WhatsApp ne accetta 4096.").waitFor()
      await field.fill("")
      const [answered] = [anna.waitForResponse("**/thread?**"), giulia.say("Ancora una cosa")]
      await answered
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("4")])
      expect((await english()).filter((word) => word !== "Shift")).toEqual([])
    },
    LONG,
  )

  test(
    "the other pages are in Italian too, also the one that says that nothing is there",
    async () => {
      for (const path of ["/", "/reports", "/waiting", "/profile", "/conversations/999999"]) {
        await anna.goto(`${office.url}${path}`)
        expect((await english()).filter((word) => word !== "Shift")).toEqual([])
      }
      expect(office.complaints).toEqual([expect.stringContaining("404")])
    },
    LONG,
  )
})
