/** A whole appliance behind real listeners, a pretend WhatsApp beside it, and Chromium in front: for browser tests. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { createPasswords } from "~/account/actions/passwords.ts"
import { startAppliance } from "~/app.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { type Config, readConfig } from "~/config.ts"
import { type Chance, SystemChance } from "~/kernel/chance.ts"
import { silentLog } from "~/kernel/log.ts"
import { createSimulator } from "~/simulator/simulator.ts"
import { GONE } from "../../scripts/lib/suites.ts"
import { COMPANIES, companyDocument, PASSWORD } from "./cast.ts"
import { AMPLE } from "./disk.ts"
import { ForwardClock } from "./forward-clock.ts"

export const CHROMIUM = "/usr/bin/chromium"
const LAUNCH = {
  executablePath: CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
}

export type Office = Awaited<ReturnType<typeof openOffice>>

export type OfficeOptions = {
  /** What `apply` makes of the appliance; null leaves it as it is on its first day. */
  document?: unknown
  chance?: Chance
  /** What the environment would say otherwise. */
  config?: Partial<Config>
  /** For Chromium: pretend devices and the like. */
  args?: readonly string[]
}

/** The appliance behind real listeners, and its pretend WhatsApp. */
export async function openPremises({
  document = companyDocument(),
  chance = new SystemChance(),
  config: said,
}: OfficeOptions) {
  const dataFolder = mkdtempSync(join(tmpdir(), "sportello-office-"))
  const clock = new ForwardClock()
  const listen = { hostname: "127.0.0.1", port: freePort() }
  const publicListen = said?.publicListen ?? { hostname: "127.0.0.1", port: freePort() }
  const webhooks = `http://${publicListen.hostname}:${publicListen.port}/webhooks/whatsapp`
  const simulator = createSimulator({
    clock,
    chance,
    log: silentLog,
    webhookUrl: webhooks,
    appSecret: "unused",
    verifyToken: "unused",
    numbers: COMPANIES.map(({ number }) => number),
    delays: { sent: 50, delivered: 100, read: 200 },
  })
  const graph = simulator.listen({ hostname: "127.0.0.1", port: 0 })
  const config: Config = {
    ...readConfig({}),
    dataFolder,
    keyFile: join(dataFolder, "master.key"),
    logLevel: "silent",
    graphUrl: graph.url,
    listen,
    publicListen,
    ...said,
  }
  const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
  const disk = { room: AMPLE }
  const start = () => startAppliance(config, { clock, chance, log: silentLog, passwords, disk: () => disk.room })
  let appliance = await start()
  let isUp = true
  const { setupUrl } = appliance
  if (document !== null)
    await applyDocument({ database: appliance.database, passwords, clock, chance }, { document, dryRun: false })
  return {
    simulator,
    clock,
    disk,
    url: appliance.url,
    setupUrl,
    /** The run that goes on now: another one after a restart. */
    appliance: () => appliance,
    /** Stops the appliance, and starts it again over the same data and on the same ports when `back` is called. */
    async goDown() {
      await appliance.stop()
      isUp = false
      return async function back() {
        appliance = await start()
        isUp = true
      }
    },
    async close() {
      simulator.stop()
      if (isUp) await appliance.stop()
      await graph.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export async function openOffice(options: OfficeOptions = {}) {
  const premises = await openPremises(options)
  const browser = await openBrowser(options.args)
  const complaints: string[] = []
  return {
    ...premises,
    browser,
    complaints,
    /** A browser of its own, signed in; `complaints` hears of errors and CSP reports. */
    signIn: (username: string, options: Parameters<Browser["newContext"]>[0] = {}) =>
      signIn(browser, premises.url, username, complaints, options),
    async close() {
      await browser.close()
      await premises.close()
    },
  }
}

/**
 * `executable`: Chromium, unless something stands before it. A browser that ends without having been closed is written
 * down: scripts/test runs its file once more, since that says nothing about the product.
 */
export async function openBrowser(args: readonly string[] = [], executable = CHROMIUM): Promise<Browser> {
  const browser = await chromium.launch({ ...LAUNCH, executablePath: executable, args: [...LAUNCH.args, ...args] })
  const close = browser.close.bind(browser)
  let isClosing = false
  browser.close = (options) => {
    isClosing = true
    return close(options)
  }
  browser.on("disconnected", () => {
    if (isClosing) return
    mkdirSync(dirname(GONE), { recursive: true })
    appendFileSync(GONE, `${relative(".", Bun.main)}\n`)
  })
  return browser
}

export async function signIn(
  browser: Browser,
  url: string,
  username: string,
  complaints: string[],
  options: Parameters<Browser["newContext"]>[0],
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  watch(page, username, complaints)
  await page.goto(`${url}/login`)
  await page.getByRole("textbox", { name: "Username" }).fill(username)
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD)
  await page.getByRole("button", { name: "Login" }).click()
  const main = page.getByRole("navigation", { name: "Main" })
  await main.waitFor()
  // Home is the dashboard; most work is done one click from it.
  const desk = main.getByRole("link", { name: "Conversations", exact: true })
  if ((await desk.count()) > 0) await page.goto(`${url}/conversations`)
  return { page, context }
}

/** Giulia has written, and the agent has her conversation open. */
export async function visitedBy(office: Office, agent: Page, words: string) {
  const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say(words)
  await agent.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
  await agent.getByRole("log").getByText(words).waitFor()
  return giulia
}

/** Well under the runner's own limit: a test that times out takes the browser with it. */
const PATIENCE_MS = 8_000

/** What a page had asked for when it was left; an answer that failed to come is heard as `net::ERR_…` besides. */
const LEFT_BEHIND = /^htmx: htmx:error: Failed to fetch/

export function watch(page: Page, who: string, complaints: string[]): void {
  page.setDefaultTimeout(PATIENCE_MS)
  page.on("console", (message) => {
    const isComplaint = message.type() === "error" && !LEFT_BEHIND.test(message.text())
    if (isComplaint) complaints.push(`${who}: ${message.text()}`)
  })
  page.on("pageerror", (error) => complaints.push(`${who}: ${error}`))
}

export function freePort(): number {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() })
  const { port } = server
  void server.stop(true)
  return port ?? 0
}
