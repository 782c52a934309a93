/** Takes the README's picture of the console: `bun tests/browser/picture.ts`. The demo as it begins, and Chromium. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { DEMO_PASSWORD } from "~/demo/company.ts"
import { CHROMIUM } from "../support/office.ts"

const PORT = "27480"
const PUBLIC_PORT = "27481"
const PHONES_PORT = "27482"
const PICTURE = join(import.meta.dir, "pictures/console-light.png")

const data = mkdtempSync(join(tmpdir(), "sportello-picture-"))
const ports = ["--port", PORT, "--public-port", PUBLIC_PORT, "--simulator-port", PHONES_PORT]
const demo = Bun.spawn([process.execPath, "src/main.ts", "demo", "--data", data, ...ports], {
  cwd: join(import.meta.dir, "../.."),
  stdout: "pipe",
  stderr: "inherit",
})
await demo.stdout.getReader().read()
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] })
const context = await browser.newContext({
  locale: "en-GB",
  viewport: { width: 1440, height: 900 },
  reducedMotion: "reduce",
})
const console = await context.newPage()
await console.goto(`http://127.0.0.1:${PORT}/login`)
await console.getByRole("textbox", { name: "Username" }).fill("elena")
await console.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD)
await console.getByRole("button", { name: "Login" }).click()
await console.getByRole("list", { name: "Conversations" }).getByText("Giulia Lombardi").click()
await console.getByRole("log").getByText("Devo portare la ricevuta del lavaggio?").waitFor()
await console.getByRole("textbox", { name: "Message" }).fill("No, il numero dell'ordine basta. A domani!")
await console.getByText("Nadia Bruni").first().waitFor()
await console.screenshot({ path: PICTURE })

await browser.close()
demo.kill()
await demo.exited
rmSync(data, { recursive: true, force: true })
