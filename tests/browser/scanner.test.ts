/** The virus scanner and the filling disk, by hand and by eye: whoever runs the appliance, and the agent in the thread. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { type Clamd, HARM, hasClamd, openClamd } from "../support/clamd.ts"
import { withFree } from "../support/disk.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings, axeFindingsInBothThemes } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 120_000
const OTTO = { username: "otto", password: PASSWORD, email: "otto@appliance.test", firstName: "Otto", lastName: "Kern" }

describe.skipIf(!existsSync(CHROMIUM) || !hasClamd())("The virus scanner", () => {
  let office: Office
  let clamd: Clamd

  beforeAll(async () => {
    clamd = await openClamd()
    office = await openOffice({ document: { ...companyDocument(), platformAdmins: [OTTO] } })
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await clamd?.close()
  })

  const isClean = async (page: Page) => {
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    for (const { colorScheme, size } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize(size)
    }
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.setViewportSize(LOOKS[0].size)
  }

  test(
    "is named by whoever runs the appliance, tried, and said on the health page; so is the disk",
    async () => {
      const otto = (await office.signIn("otto")).page
      await otto.goto(`${office.url}/admin/appliance/scanner`)
      const address = otto.getByRole("textbox", { name: "Address" })
      await address.fill("nonsense")
      await otto.getByRole("button", { name: "Save" }).click()
      await otto.getByText("Write it like 127.0.0.1:3310").waitFor()
      expect(await address.inputValue()).toBe("nonsense")
      await address.fill(clamd.address)
      await otto.getByRole("button", { name: "Save" }).click()
      await otto.getByText("Saved.").waitFor()
      await otto.getByText("Everything that is kept has been looked at.").waitFor()
      await otto.getByRole("button", { name: "Try the scanner" }).click()
      await otto.getByText("It works: it found Eicar-Test-Signature").waitFor()
      await isClean(otto)
      office.disk.room = withFree(3)
      await otto.goto(`${office.url}/admin/health`)
      await otto.getByText("ClamAV").waitFor()
      await otto.getByText("The disk is nearly full: videos are not fetched any more.").first().waitFor()
      await isClean(otto)
    },
    LONG,
  )

  test(
    "keeps back what an agent must not open, says so in the thread, and lets the rest be seen",
    async () => {
      const anna = (await office.signIn("anna")).page
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Mando la fattura")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      const log = anna.getByRole("log")
      await log.getByText("Mando la fattura").waitFor()
      const bytes = (text: string) => new TextEncoder().encode(text)
      giulia.send({
        kind: "document",
        file: { bytes: bytes(`Fattura ${HARM}`), mimeType: "text/plain", filename: "fattura.txt" },
      })
      await log.getByText("In quarantine: a virus was found").waitFor()
      giulia.send({ kind: "document", file: { bytes: bytes("Conto"), mimeType: "text/plain", filename: "conto.txt" } })
      await log.getByRole("link", { name: /Save conto/ }).waitFor()
      giulia.send({ kind: "video" })
      await log.getByText("Not fetched yet: the disk is nearly full.").waitFor()
      await clamd.stop()
      giulia.send({ kind: "document", file: { bytes: bytes("Altro"), mimeType: "text/plain", filename: "altro.txt" } })
      await log.getByText("The virus scanner does not answer.").waitFor()
      expect(await log.getByRole("link", { name: /Save (fattura|altro)/ }).count()).toBe(0)
      await isClean(anna)
      await clamd.back()
      office.disk.room = withFree(80)
      office.clock.putAhead(11 * 60_000)
      await log.getByRole("link", { name: /Save altro/ }).waitFor({ timeout: 30_000 })
      await log.locator("video").waitFor({ timeout: 30_000 })
      // A form that is refused is an answer like any other; the browser's console counts it.
      expect(office.complaints.filter((one) => !one.includes("status of 422"))).toEqual([])
    },
    LONG,
  )

  test(
    "looks at what was kept before it was named, and its page says how far it is",
    async () => {
      const bytes = (text: string) => new TextEncoder().encode(text)
      const otto = (await office.signIn("otto")).page
      const name = async (address: string) => {
        await otto.goto(`${office.url}/admin/appliance/scanner`)
        await otto.getByRole("textbox", { name: "Address" }).fill(address)
        await otto.getByRole("button", { name: "Save" }).click()
        await otto.getByText("Saved.").waitFor()
      }
      await name("")
      const giulia = office.simulator.phones.of("Giulia Lombardi")
      for (const words of [`Vecchia fattura ${HARM}`, "Vecchio conto"])
        giulia.send({
          kind: "document",
          file: { bytes: bytes(words), mimeType: "text/plain", filename: "vecchio.txt" },
        })
      const anna = (await office.signIn("anna")).page
      await anna.getByRole("list", { name: "Conversations" }).getByText("Giulia Lombardi").click()
      const kept = anna.getByRole("log").getByRole("link", { name: /Save vecchio/ })
      await kept.nth(1).waitFor()
      await clamd.stop()
      await name(clamd.address)
      await otto.getByText("files that were kept before are still to be looked at.").waitFor()
      await otto.screenshot({ path: "/tmp/scanner-earlier.png", fullPage: true })
      await isClean(otto)
      await clamd.back()
      office.clock.putAhead(11 * 60_000)
      await otto.getByText("Viruses were found in 2 files. Nobody can open them.").waitFor({ timeout: 30_000 })
      await otto.getByText("files that were kept before").waitFor({ state: "detached", timeout: 30_000 })
      await isClean(otto)
      await anna.getByRole("log").getByText("In quarantine: a virus was found").nth(1).waitFor()
      expect(await kept.count()).toBe(1)
    },
    LONG,
  )
})
