/** Takes the README's picture of the console: `bun tests/browser/picture.ts`. The demo, its phones and Chromium. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Page } from "playwright-core"
import { DEMO_PASSWORD } from "~/demo/company.ts"
import { CHROMIUM } from "../support/office.ts"

const [PORT, PUBLIC_PORT, PHONES_PORT] = ["27480", "27481", "27482"]
const PICTURE = join(import.meta.dir, "pictures/console-light.png")

const data = mkdtempSync(join(tmpdir(), "sportello-picture-"))
const ports = ["--port", PORT, "--public-port", PUBLIC_PORT, "--simulator-port", PHONES_PORT]
const demo = Bun.spawn([process.execPath, "src/main.ts", "demo", "--data", data, ...ports], {
  ...{ cwd: join(import.meta.dir, "../.."), stdout: "pipe", stderr: "inherit" },
})
await demo.stdout.getReader().read()
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] })
const context = await browser.newContext({
  locale: "en-GB",
  viewport: { width: 1440, height: 900 },
  reducedMotion: "reduce",
})
const [phones, console] = [await context.newPage(), await context.newPage()]
await phones.goto(`http://127.0.0.1:${PHONES_PORT}/`)
await console.goto(`http://127.0.0.1:${PORT}/login`)
await console.getByRole("textbox", { name: "Username" }).fill("elena")
await console.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD)
await console.getByRole("button", { name: "Login" }).click()
await console.getByRole("navigation", { name: "Main" }).waitFor()

await writes(phones, "Tomás Ribeiro", "Boa tarde, é possível mudar a entrega para sexta?")
await opens(console, "Tomás Ribeiro")
await answers(console, "Claro! Friday morning, between 9 and 12. Is that all right?")
await writes(phones, "Giulia Lombardi", "Buongiorno! La macchina del caffè perde acqua da ieri.")
await opens(console, "Giulia Lombardi")
await answers(console, "Buongiorno Giulia, mi dispiace. Perde da sotto o dal serbatoio?")
await writes(phones, "Giulia Lombardi", "Da sotto, quando si scalda.")
await answers(console, "Allora è la guarnizione: passa un tecnico domani alle 11. Va bene?")
await writes(phones, "Giulia Lombardi", "Perfetto, grazie mille!")
await console.getByRole("log").getByText("Perfetto, grazie mille!").waitFor()
await writes(phones, "James", "Hi, is the grinder available in black too?")
await console.getByRole("list", { name: "Conversations" }).getByText("James").waitFor()
await console.bringToFront()
await console.reload()
await console.getByRole("log").getByText("Perfetto, grazie mille!").waitFor()
await console.screenshot({ path: PICTURE })

await browser.close()
demo.kill()
await demo.exited
rmSync(data, { recursive: true, force: true })

async function writes(page: Page, name: string, text: string): Promise<void> {
  page.setDefaultTimeout(6_000)
  const field = page.getByRole("region", { name, exact: true }).getByRole("textbox", { name: "Message" })
  await field.fill(text)
  await field.press("Enter")
}

async function opens(page: Page, name: string): Promise<void> {
  const offer = page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" })
  await offer.click()
  await page.getByRole("region", { name: `Conversation with ${name}` }).waitFor()
  await offer.waitFor({ state: "detached" })
}

async function answers(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text)
  await page.getByRole("button", { name: "Send", exact: true }).click()
  await page.getByRole("log").getByText(text).waitFor()
}
