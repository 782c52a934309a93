/** The engine by hand: set and tried by the admin; the browser's own recognition, and its vendor's. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { BrowserContext, Page } from "playwright-core"
import { SpeechServer } from "../speech/server.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000

/** A browser that understands speech by itself (`local`), by its vendor, or says it does and never begins. */
const recognition = (local: string, remote: string, begins: boolean) => `
  globalThis.SpeechRecognition = class extends EventTarget {
    static available = async ({ processLocally }) => (processLocally ? ${JSON.stringify(local)} : ${JSON.stringify(remote)})
    start() {
      globalThis.heard = this
      if (${begins}) setTimeout(() => this.onaudiostart?.())
    }
    stop() {
      setTimeout(() => this.onend?.())
    }
  }`
const saying = (words: string) =>
  `heard.onresult({ resultIndex: 0, results: [Object.assign([{ transcript: ${JSON.stringify(words)} }], { isFinal: true })] })`

describe.skipIf(!existsSync(CHROMIUM))("Speech recognition", () => {
  let office: Office
  let dora: Page
  const engine = new SpeechServer()
  let http: ReturnType<typeof Bun.serve>

  beforeAll(async () => {
    http = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => engine.answer(request) })
    office = await openOffice({
      document: officeOf([{ username: "anna" }, { username: "dora", level: "tenant_admin", skillsets: [] }]),
    })
    dora = (await office.signIn("dora")).page
    const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    const { page: anna, context } = await office.signIn("anna")
    giulia.say("Mi può scrivere?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Mi può scrivere?").waitFor()
    await context.close()
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await http?.stop(true)
  })

  async function choose(kind: string, more: Record<string, string> = {}) {
    await dora.goto(`${office.url}/admin/speech`)
    await dora.getByText(kind, { exact: true }).click()
    for (const [label, value] of Object.entries(more)) await dora.getByLabel(label, { exact: true }).fill(value)
    await dora.getByRole("button", { name: "Save" }).click()
    await dora.getByText("The settings are saved").waitFor()
  }

  async function atDesk(script: string | null, use: (anna: Page) => Promise<void>) {
    const { page, context }: { page: Page; context: BrowserContext } = await office.signIn("anna")
    if (script) await page.addInitScript(script)
    await page.goto(`${office.url}/conversations`)
    await page.getByRole("list", { name: "Conversations" }).getByRole("link").first().click()
    await page.getByRole("log").getByText("Mi può scrivere?").waitFor()
    await use(page)
    await context.close()
  }
  const tool = (page: Page) => page.locator(".dictation-tool")
  const message = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true })

  test(
    "by an own server is set, tried, and says what is wrong with it",
    async () => {
      await choose("Own server", {
        "Address of the server": `http://127.0.0.1:${http.port}/v1`,
        Model: "whisper-small",
        Key: "s3cret",
        "Languages agents choose from": "it, en, pt-br",
      })
      await dora.getByRole("button", { name: "Start the test" }).click()
      await dora.getByText("The server works").waitFor()
      expect(engine.asked).toMatchObject([{ language: "it", key: "Bearer s3cret" }])
      engine.mood = "wrong key"
      await dora.getByRole("button", { name: "Start the test" }).click()
      await dora.getByText("refuses the key").waitFor()
      expect(await dora.getByLabel("Languages agents choose from").inputValue()).toBe("it, en, pt-BR")
    },
    LONG,
  )

  test.each(LOOKS)(
    "looks right and is accessible: $name",
    async ({ name, colorScheme, size }) => {
      await dora.setViewportSize(size)
      await dora.emulateMedia({ colorScheme })
      await dora.goto(`${office.url}/admin/speech`)
      await dora.screenshot({ path: `/tmp/speech-settings-${name}.png`, fullPage: true })
      expect(await axeFindings(dora)).toEqual([])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "by the browser itself is offered only where it is truly there",
    async () => {
      await choose("The browser itself")
      await dora
        .getByText(/the button is not shown$/)
        .first()
        .waitFor()
      await atDesk(null, async (anna) => {
        expect(await tool(anna).isVisible()).toBe(false)
      })
      await atDesk(recognition("downloadable", "available", true), async (anna) => {
        expect(await tool(anna).isVisible()).toBe(false)
      })
      await atDesk(recognition("available", "unavailable", true), async (anna) => {
        await anna.getByRole("button", { name: "Dictate" }).click()
        await anna.getByRole("group", { name: "Dictation" }).getByText("Listening").waitFor()
        await anna.evaluate(saying("Arriviamo domani"))
        expect(await message(anna).inputValue()).toBe("Arriviamo domani")
        expect(await anna.evaluate("heard.processLocally")).toBe(true)
        await anna.getByRole("button", { name: "Stop dictating" }).click()
        await anna.getByRole("group", { name: "Dictation" }).waitFor({ state: "hidden" })
        await message(anna).fill("")
      })
    },
    LONG,
  )

  test(
    "by a browser that never begins ends by itself, and says so",
    async () => {
      await atDesk(recognition("available", "unavailable", false), async (anna) => {
        await message(anna).fill("Intanto")
        await anna.getByRole("button", { name: "Dictate" }).click()
        await anna.getByText("does not answer").waitFor({ timeout: 12_000 })
        expect(await message(anna).inputValue()).toBe("Intanto")
        await message(anna).fill("")
      })
    },
    LONG,
  )

  test(
    "by the browser's vendor begins after the agent was told, once",
    async () => {
      await choose("The browser's vendor")
      const vendor = recognition("downloadable", "available", true)
      await atDesk(vendor, async (anna) => {
        await anna.getByRole("button", { name: "Dictate" }).click()
        const notice = anna.getByRole("dialog", { name: "Who hears what you dictate" })
        await notice.waitFor()
        expect(await axeFindings(anna)).toEqual([])
        await anna.screenshot({ path: "/tmp/speech-notice.png" })
        await notice.getByRole("button", { name: "Cancel" }).last().click()
        expect(await anna.evaluate("globalThis.heard === undefined")).toBe(true)
        await anna.getByRole("button", { name: "Dictate" }).click()
        await notice.getByRole("button", { name: "I understand, dictate" }).click()
        await anna.getByRole("group", { name: "Dictation" }).getByText("Listening").waitFor()
        expect(await anna.evaluate("heard.processLocally")).toBe(false)
        await anna.evaluate("heard.onerror({ error: 'network' })")
        await anna.getByText("cannot be reached").waitFor()
      })
      await atDesk(vendor, async (anna) => {
        await anna.getByRole("button", { name: "Dictate" }).click()
        await anna.getByRole("group", { name: "Dictation" }).getByText("Listening").waitFor()
      })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
