/** The phones page in a real browser: what a person sees and does there. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import AxeBuilder from "@axe-core/playwright"
import type { Browser, Page } from "playwright-core"
import { SeededChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import type { JsonObject } from "~/simulator/json.ts"
import type { Listening } from "~/simulator/server.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { loadAssets } from "~/web/assets.ts"
import { MAIN, SALES, textTo } from "../simulator/bench.ts"
import { CHROMIUM, openBrowser } from "../support/office.ts"

describe.skipIf(!existsSync(CHROMIUM))("The phones page", () => {
  let browser: Browser
  let page: Page
  let simulator: Simulator
  let server: Listening
  const complaints: string[] = []
  const heard: JsonObject[] = []

  const business = async (body: JsonObject) => {
    const response = await fetch(`${server.url}/v26.0/${MAIN.phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${MAIN.accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ messaging_product: "whatsapp", to: "393455550172", ...body }),
    })
    expect(response.status).toBe(200)
  }
  const giulia = () => page.getByRole("region", { name: "Giulia Lombardi" })

  beforeAll(async () => {
    browser = await openBrowser()
    simulator = createSimulator({
      clock: new SystemClock(),
      chance: new SeededChance(3),
      log: silentLog,
      numbers: [MAIN, SALES],
      webhookUrl: "http://product.test/webhooks/whatsapp",
      appSecret: "app secret",
      verifyToken: "verify me",
      delays: { sent: 0, delivered: 0, read: 0 },
      customers: [
        { name: "Giulia Lombardi", phone: "+39 345 555 0172" },
        { name: "James Walker", phone: null, username: "james" },
      ],
      deliver: async (_url, init) => {
        heard.push(JSON.parse(init.body ?? "{}"))
        return new Response()
      },
      assets: (request) => loadAssets().answer(request),
    })
    server = simulator.listen()
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(String(error)))
    await page.goto(server.url)
  })

  afterAll(async () => {
    await browser.close()
    simulator.stop()
    await server.stop()
  })

  test("a message typed on a phone reaches the product, and its answer appears without reloading", async () => {
    await giulia().getByRole("textbox", { name: "Message" }).fill("Buongiorno, siete aperti?")
    await giulia().getByRole("button", { name: "Send", exact: true }).click()
    await giulia().getByText("Buongiorno, siete aperti?").waitFor()
    expect(JSON.stringify(heard)).toContain("Buongiorno, siete aperti?")
    await business(textTo("393455550172", "Sì, fino alle 19."))
    await giulia().getByRole("log").getByText("Sì, fino alle 19.").waitFor()
    await page.getByRole("region", { name: "On the wire" }).getByText("send text").waitFor()
  })

  test("what has been typed survives news", async () => {
    const field = giulia().getByRole("textbox", { name: "Message" })
    await field.fill("Half a sent")
    await business(textTo("393455550172", "Ecco una notizia."))
    await giulia().getByText("Ecco una notizia.").waitFor()
    expect(await field.inputValue()).toBe("Half a sent")
    expect(await field.evaluate((element) => element.matches(":focus"))).toBe(true)
    await field.fill("")
  })

  test("a button is tapped and a list row chosen, once", async () => {
    const reply = (title: string) => ({ type: "reply", reply: { id: title, title } })
    const buttons = { buttons: [reply("09:30"), reply("11:00")] }
    await business({ type: "interactive", interactive: { type: "button", body: { text: "Quando?" }, action: buttons } })
    await giulia().getByRole("button", { name: "11:00" }).click()
    await giulia().locator(".mine").getByText("11:00", { exact: true }).waitFor()
    expect(await giulia().getByRole("button", { name: "09:30" }).isDisabled()).toBe(true)

    const sections = [{ title: "Servizio", rows: [{ id: "repair", title: "Riparazione" }] }]
    const action = { button: "Scegli", sections }
    await business({ type: "interactive", interactive: { type: "list", body: { text: "Di cosa?" }, action } })
    await giulia().getByRole("button", { name: "Scegli" }).click()
    await giulia().getByRole("radio", { name: "Riparazione" }).check()
    await giulia().getByRole("form", { name: "Scegli" }).getByRole("button", { name: "Send" }).click()
    await giulia().locator(".mine").getByText("Riparazione").waitFor()
    expect(JSON.stringify(heard)).toContain('"list_reply":{"id":"repair"')
  })

  test("attachments, reactions and replies go out from the phone", async () => {
    await giulia().getByRole("button", { name: "Attach" }).click()
    await giulia().getByRole("button", { name: "Photo", exact: true }).click()
    await giulia().getByRole("img", { name: "Photo" }).waitFor()
    const answer = giulia().locator(".theirs", { hasText: "fino alle 19" })
    await answer.hover()
    await answer.getByRole("button", { name: "Message actions" }).click()
    await page.getByRole("button", { name: "React with 👍" }).click()
    await answer.getByText("👍").waitFor()
    await answer.hover()
    await answer.getByRole("button", { name: "Message actions" }).click()
    await page.getByRole("button", { name: "Reply" }).click()
    await giulia().getByRole("textbox", { name: "Message" }).fill("Perfetto")
    await page.keyboard.press("Enter")
    await giulia().locator(".mine .quote").getByText("Sì, fino alle 19.").waitFor()
  })

  test("airplane mode holds a message back until it is over", async () => {
    const more = giulia().getByRole("button", { name: "More for Giulia Lombardi" })
    await more.click()
    await giulia().getByRole("checkbox", { name: "Airplane mode" }).check()
    await page.keyboard.press("Escape")
    await giulia().getByRole("textbox", { name: "Message" }).fill("Dall'aereo")
    await page.keyboard.press("Enter")
    await giulia().getByText("No connection: sent when it is back").waitFor()
    expect(JSON.stringify(heard)).not.toContain("Dall'aereo")
    await more.click()
    await giulia().getByRole("checkbox", { name: "Airplane mode" }).uncheck()
    await giulia().getByText("No connection: sent when it is back").waitFor({ state: "detached" })
    expect(JSON.stringify(heard)).toContain("Dall'aereo")
    await page.keyboard.press("Escape")
  })

  test("a fault is ticked, strikes, and is shown on the wire", async () => {
    const answered = () => page.waitForResponse("**/api/faults/webhook-duplicate")
    await Promise.all([answered(), page.getByRole("checkbox", { name: "Duplicate webhooks" }).check()])
    await giulia().getByRole("textbox", { name: "Message" }).fill("Due volte?")
    await page.keyboard.press("Enter")
    await page.getByRole("region", { name: "On the wire" }).getByText("same message again").first().waitFor()
    await Promise.all([answered(), page.getByRole("checkbox", { name: "Duplicate webhooks" }).uncheck()])
    expect(simulator.faults.list()).toEqual([])
  })

  test("a new customer gets a phone beside the others", async () => {
    await page.getByRole("button", { name: "New customer" }).click()
    const dialog = page.getByRole("dialog", { name: "New customer" })
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Anna Rossi")
    await dialog.getByLabel("Phone number").fill("+39 345 555 0199")
    await dialog.getByRole("button", { name: "Create" }).click()
    await page.getByRole("region", { name: "Anna Rossi" }).waitFor()
    expect(await giulia().isVisible()).toBe(true)
  })

  test.each(["light", "dark"] as const)("axe finds nothing in the %s theme", async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([])
  })

  test("at phone width there is one phone at a time, and Italian is complete", async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${server.url}/?lang=it`)
    const width = await giulia().evaluate((element) => element.getBoundingClientRect().width)
    expect(width).toBe(390)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390)
    await page.getByRole("button", { name: "Nuovo cliente" }).waitFor()
  })
  test("the browser found nothing to complain about: no error, no breach of the content policy", () => {
    expect(complaints).toEqual([])
  })
})
