/** On a slow line: what is on its way goes on while one looks elsewhere, arrives once, and what does not arrive is said. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 60_000
const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
const sample = (name: string) => join(import.meta.dir, "../../src/simulator/samples", name)

describe.skipIf(!existsSync(CHROMIUM))("On a slow line", () => {
  let office: Office
  let anna: Page
  let [giulia, katja]: Phone[] = []
  const log = () => anna.getByRole("log", { name: "Messages" })
  const field = () => anna.getByRole("textbox", { name: "Message", exact: true })
  const send = () => anna.locator("#composer-form").getByRole("button", { name: "Send", exact: true }).first()
  const note = (words: string) => anna.locator("#composer-note").getByText(words)
  const goTo = async (name: string) => {
    await anna.getByRole("list", { name: "Conversations" }).getByText(name).click()
    await anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()
  }
  const comes = async (name: string, phone: string) => {
    const customer = office.simulator.phones.create({ name, phone })
    customer.say("Buongiorno")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("region", { name: `Conversation with ${name}` }).waitFor()
    await field().waitFor()
    return customer
  }
  /** What goes to this address waits until it is let go; answers how many there were. */
  async function held(address: string) {
    const asked = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    let count = 0
    await anna.route(address, async (route) => {
      count++
      asked.resolve()
      await gate.promise
      await route.continue().catch(() => {})
    })
    return {
      asked: asked.promise,
      async letGo() {
        const waited = count
        gate.resolve()
        await anna.unroute(address)
        return waited
      },
    }
  }
  /** It is on the phone: a bubble stands in the thread before. */
  const arrived = (text: string) =>
    log().locator("article.is-ours:is(.is-delivered, .is-read)", { hasText: text }).waitFor()
  const kinds = (phone: Phone | undefined) => phone?.received().map(({ type }) => type)

  beforeAll(async () => {
    office = await openOffice({ document: officeOf([{ username: "anna" }]), args: MICROPHONE })
    anna = (await office.signIn("anna")).page
    giulia = await comes("Giulia Lombardi", "+39 345 555 0172")
    katja = await comes("Katja Sommer", "+39 345 555 0173")
  }, LONG)
  afterAll(() => office?.close())

  test(
    "files go on to the customer they were for while one answers another, once, and leave what was begun there alone",
    async () => {
      await goTo("Giulia Lombardi")
      const line = await held("**/files?*")
      await anna.locator("#attach-files").setInputFiles([sample("photo.jpg"), sample("receipt.pdf")])
      await field().fill("Ecco le foto")
      await send().click()
      await line.asked
      expect(await send().getAttribute("aria-busy")).toBe("true")
      await send().click()
      await goTo("Katja Sommer")
      expect(await send().getAttribute("aria-busy")).toBe("false")
      await anna.locator("article.message", { hasText: "Buongiorno" }).focus()
      await anna.keyboard.press("r")
      await anna.keyboard.type("Per Katja")
      expect(await line.letGo()).toBe(1)
      await anna.getByRole("list", { name: "Conversations" }).getByText("receipt.pdf").waitFor()
      expect(await field().inputValue()).toBe("Per Katja")
      expect(await anna.getByRole("region", { name: "Answer to" }).isVisible()).toBe(true)
      await field().press("Enter")
      await log().locator(".is-ours .quote").waitFor()
      await goTo("Giulia Lombardi")
      expect(await field().inputValue()).toBe("")
      expect(await log().getByText("Ecco le foto").count()).toBe(1)
      await log().locator("article.is-ours:is(.is-delivered, .is-read)").nth(1).waitFor()
      expect([kinds(giulia), kinds(katja)]).toEqual([["image", "document"], ["text"]])
    },
    LONG,
  )

  test(
    "who comes back before it has arrived finds it on its way, goes on writing, and keeps what is new",
    async () => {
      await goTo("Giulia Lombardi")
      const line = await held("**/messages")
      await field().fill("Arrivo subito")
      await field().press("Enter")
      await line.asked
      await goTo("Katja Sommer")
      expect(await note("Sending").count()).toBe(0)
      await goTo("Giulia Lombardi")
      expect(await field().inputValue()).toBe("Arrivo subito")
      expect(await send().getAttribute("aria-busy")).toBe("true")
      await field().press("Enter")
      await field().fill("Arrivo subito, e poi")
      expect(await line.letGo()).toBe(1)
      await log().locator(".is-ours").getByText("Arrivo subito", { exact: true }).waitFor()
      await anna.waitForFunction('document.querySelector("#composer-text").value === ", e poi"')
      await field().fill("")
      await arrived("Arrivo subito")
      expect(giulia?.received().filter(({ type }) => type === "text")).toHaveLength(1)
    },
    LONG,
  )

  test(
    "a voice note goes on to the customer it was spoken for",
    async () => {
      await goTo("Katja Sommer")
      const line = await held("**/voice-notes?*")
      const bar = anna.getByRole("group", { name: "Voice note" })
      await anna.getByRole("button", { name: "Record a voice note" }).click()
      await bar.getByText("0:01").waitFor()
      await bar.getByRole("button", { name: "Send", exact: true }).click()
      await line.asked
      await goTo("Giulia Lombardi")
      expect(await bar.isVisible()).toBe(false)
      expect(await line.letGo()).toBe(1)
      await goTo("Katja Sommer")
      await log().locator("article.is-delivered audio, article.is-read audio").waitFor()
      expect([kinds(katja)?.at(-1), kinds(giulia)?.includes("audio")]).toEqual(["audio", false])
    },
    LONG,
  )

  test(
    "an answer that does not come is said, and pressing Send again is one message",
    async () => {
      await anna.evaluate(`AbortSignal.timeout = () => {
        const patience = new AbortController()
        globalThis.loseIt = () => patience.abort(new DOMException("", "TimeoutError"))
        return patience.signal
      }`)
      await goTo("Giulia Lombardi")
      const line = await held("**/messages")
      await field().fill("Una sola volta")
      await field().press("Enter")
      await line.asked
      await note("Still sending: the connection is slow…").waitFor()
      await anna.evaluate("loseIt()")
      await note("No answer yet.").waitFor()
      expect(await field().inputValue()).toBe("Una sola volta")
      expect(await line.letGo()).toBe(1)
      await field().press("Enter")
      await arrived("Una sola volta")
      expect(
        giulia?.received().filter(({ content }) => JSON.stringify(content).includes("Una sola volta")),
      ).toHaveLength(1)
    },
    LONG,
  )

  test("the browser has nothing to complain about", () => expect(office.complaints).toEqual([]))
})
