/** Files by hand and by eye: chosen, pasted and dropped, refused with a reason, shown in the thread, opened large. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 60_000
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
const LOOKS = [
  { name: "light", colorScheme: "light", size: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", size: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", size: { width: 390, height: 844 } },
] as const
const SAMPLES = join(import.meta.dir, "../../src/simulator/samples")
const sample = (name: string) => join(SAMPLES, name)

/** Runs in the page: hands a file over by an event, as the system's clipboard and pointer would. */
const handOver = `(way) => {
  const transfer = new DataTransfer()
  transfer.items.add(new File(["words"], way + ".txt", { type: "text/plain" }))
  const shared = { bubbles: true, cancelable: true }
  document.querySelector("#composer-text").dispatchEvent(
    way === "paste"
      ? new ClipboardEvent("paste", { ...shared, clipboardData: transfer })
      : new DragEvent("drop", { ...shared, dataTransfer: transfer }),
  )
}`

describe.skipIf(!existsSync(CHROMIUM))("Files", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const folder = mkdtempSync(join(tmpdir(), "sportello-attached-"))
  const log = () => anna.getByRole("log")
  const attached = () => anna.getByRole("list", { name: "Files to send" })
  const send = () => anna.getByRole("button", { name: "Send" })

  beforeAll(async () => {
    office = await openOffice({ document: officeOf([{ username: "anna" }]) })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.say("Mando la foto del tavolo")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await log().getByText("Mando la foto").waitFor()
  }, LONG)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await office?.close()
  })

  test(
    "what a customer sends is in the thread: a picture that opens large, a sound and a film to play, a card to save",
    async () => {
      for (const kind of ["image", "voice", "video", "document", "sticker"] as const) giulia.send({ kind })
      const picture = log().getByRole("link", { name: "Photo" })
      await picture.getByRole("img").waitFor()
      await log()
        .getByRole("link", { name: /Save scontrino/ })
        .waitFor()
      await log().getByRole("img", { name: "Sticker" }).waitFor()
      expect(await log().locator("audio, video").count()).toBe(2)
      const isDrawn = '[...document.querySelectorAll(".medium img")].every((one) => one.naturalWidth > 0)'
      await anna.getByRole("log").evaluate((thread) => thread.scrollTo({ top: -9_999 }))
      await anna.waitForFunction(isDrawn)
      await picture.click()
      const dialog = anna.getByRole("dialog", { name: "Picture" })
      await dialog.getByRole("img", { name: "Photo" }).waitFor()
      await anna.keyboard.press("Escape")
      await dialog.waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "several files are chosen at once, one is taken away, and they arrive with the words under the first",
    async () => {
      await anna
        .locator("#attach-files")
        .setInputFiles([sample("photo.jpg"), sample("receipt.pdf"), sample("clip.mp4")])
      expect(await attached().getByRole("listitem").count()).toBe(3)
      await attached()
        .getByRole("listitem")
        .filter({ hasText: "clip.mp4" })
        .getByRole("button", { name: "Remove" })
        .click()
      await anna.getByRole("textbox", { name: "Message" }).fill("Ecco il preventivo")
      await send().click()
      await log().locator(".is-ours").getByText("Ecco il preventivo").waitFor()
      await log()
        .locator(".is-ours")
        .getByRole("link", { name: /Save receipt.pdf/ })
        .waitFor()
      await attached().waitFor({ state: "hidden" })
      expect(await anna.getByRole("textbox", { name: "Message" }).inputValue()).toBe("")
      await office.simulator.idle()
      expect(giulia.received().map(({ type }) => type)).toEqual(["image", "document"])
    },
    LONG,
  )

  test(
    "what is pasted or dropped is attached; what is too large says how large it may be and is not sent",
    async () => {
      writeFileSync(join(folder, "huge.jpg"), new Uint8Array(5_100_000))
      await anna.locator("#attach-files").setInputFiles(join(folder, "huge.jpg"))
      await attached().getByText("huge.jpg is too large: 5.1 MB. WhatsApp takes 5 MB.").waitFor()
      for (const way of ["paste", "drop"]) await anna.evaluate(`(${handOver})(${JSON.stringify(way)})`)
      await attached().getByText("drop.txt").waitFor()
      await send().click()
      await log()
        .getByRole("link", { name: /Save paste.txt/ })
        .waitFor()
      await log()
        .getByRole("link", { name: /Save drop.txt/ })
        .waitFor()
      await attached().getByText("huge.jpg is too large").waitFor()
    },
    LONG,
  )

  test.each(LOOKS)(
    "looks right and is accessible: $name",
    async ({ name, colorScheme, size }) => {
      await anna.setViewportSize(size)
      await anna.emulateMedia({ colorScheme })
      await anna.screenshot({ path: `/tmp/files-${name}.png` })
      const { violations } = await new AxeBuilder({ page: anna }).withTags(RULES).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
