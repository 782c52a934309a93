/**
 * A new colleague in Chromium, with a real mail server: invited by the admin, in with the one-time password, Italian
 * chosen, a password of their own, a second factor, out, forgotten, reset by the link; and every wrong turn in one sentence.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { TOTP } from "otpauth"
import type { Page } from "playwright-core"
import { openSmtpHost } from "../mail/smtp-host.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000
const OWN = "una frase tutta mia, lunga"
const NEXT = "un'altra frase, più lunga"

type Host = Awaited<ReturnType<typeof openSmtpHost>>

describe.skipIf(!existsSync(CHROMIUM))("A new colleague", () => {
  let office: Office
  let mail: Host
  let paolo: Page
  let secret = ""
  let recovery: string[] = []
  const code = (later = 0) => new TOTP({ secret }).generate({ timestamp: office.clock.now() + later })

  beforeAll(async () => {
    mail = await openSmtpHost()
    office = await openOffice({
      config: { smtpUrl: `smtp://127.0.0.1:${mail.port}`, mailFrom: "Sportello <sportello@company.test>" },
    })
    const context = await office.browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } })
    paolo = await context.newPage()
    watch(paolo, "paolo", office.complaints)
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await mail?.close()
  })

  /** The last letter, when it is there: its plain part, as a mail program shows it. */
  async function letter(count: number): Promise<string> {
    while (mail.arrived.length < count) await paolo.waitForTimeout(50)
    const text = mail.arrived.at(-1)?.text ?? ""
    const plain = text.slice(text.indexOf("text/plain"))
    return Buffer.from(plain.replaceAll(/=\r?\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, hex) => `%${hex}`)).toString()
  }
  /** A screen is clean in both themes, and fits a desk and a phone. */
  async function lookedAt(name: string) {
    expect([name, await axeFindingsInBothThemes(paolo)]).toEqual([name, []])
    for (const { name: look, colorScheme, size } of LOOKS) {
      await paolo.setViewportSize(size)
      await paolo.emulateMedia({ colorScheme })
      const surplus = await paolo.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
      expect([name, look, surplus]).toEqual([name, look, 0])
    }
    await paolo.setViewportSize(LOOKS[0].size)
    await paolo.emulateMedia({ colorScheme: "light" })
  }
  async function signIn(password: string, language?: string) {
    await paolo.goto(`${office.url}/login`)
    await paolo.locator("[name=username]").fill("paolo")
    await paolo.locator("[name=password]").fill(password)
    if (language) await paolo.locator("[name=language]").selectOption(language)
    await paolo.locator("main button[type=submit]").click()
  }
  async function signOut() {
    await paolo.locator("[popovertarget=user-menu]").click()
    await paolo.locator("#logout-item button").click()
    await paolo.waitForURL("**/login**")
  }
  const says = (sentence: string | RegExp) => paolo.getByText(sentence).first().waitFor()

  test(
    "is registered by the admin, and the mail arrives",
    async () => {
      const { page: dora, context } = await office.signIn("dora")
      await dora.goto(`${office.url}/admin/users/new`)
      await dora.getByLabel("First name", { exact: true }).fill("Paolo")
      await dora.locator("[name=lastName]").fill("Marini")
      await dora.locator("[name=email]").fill("paolo@acme.test")
      await dora.locator("[name=username]").fill("paolo")
      await dora.locator(".sheet-foot button[type=submit]").click()
      expect(await letter(1)).toContain("paolo")
      await context.close()
      expect(mail.arrived[0]?.to).toEqual(["paolo@acme.test"])
    },
    LONG,
  )

  test(
    "comes in with the one-time password, chooses Italian, and must set a password of their own",
    async () => {
      const oneTime = /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(await letter(1))?.[0] ?? ""
      await paolo.goto(`${office.url}/login`)
      await lookedAt("login")
      await signIn("something else entirely")
      await paolo.locator(".banner").first().waitFor()
      await signIn(oneTime, "it")
      await paolo.waitForURL("**/login/password")
      await lookedAt("forced-password")
      await paolo.locator("[name=password]").fill("corta")
      await paolo.locator("[name=repeated]").fill("corta")
      await paolo.locator("main button[type=submit]").click()
      await says(/Almeno 15 caratteri/)
      await paolo.locator("[name=password]").fill(OWN)
      await paolo.locator("[name=repeated]").fill(OWN)
      await paolo.locator("main button[type=submit]").click()
      await paolo.getByRole("navigation", { name: "Principale" }).waitFor()
      expect(await paolo.locator("html").getAttribute("lang")).toBe("it")
    },
    LONG,
  )

  test(
    "turns on the second factor, keeps the recovery codes, and signs out",
    async () => {
      await paolo.goto(`${office.url}/profile`)
      await lookedAt("profile")
      await paolo.locator("[name=proof]").fill(OWN)
      await paolo.locator("form[action='/profile/second-factor'] button").first().click()
      await paolo.locator("svg.qr").waitFor()
      secret = ((await paolo.locator("code.code").textContent()) ?? "").replaceAll(" ", "")
      await lookedAt("second-factor")
      await paolo.locator("[name=code]").fill("000000")
      await paolo.locator("form[action='/profile/second-factor/confirmation'] button[type=submit]").click()
      await paolo.locator(".field-error, .banner").first().waitFor()
      await paolo.locator("[name=code]").fill(code())
      await paolo.locator("form[action='/profile/second-factor/confirmation'] button[type=submit]").click()
      await paolo.getByRole("heading", { name: "Codici di recupero" }).waitFor()
      recovery = [
        ...new Set(((await paolo.locator("main").textContent()) ?? "").match(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/g) ?? []),
      ]
      expect(recovery).toHaveLength(10)
      await lookedAt("recovery-codes")
      await paolo.goto(`${office.url}/profile`)
      await lookedAt("sessions")
      await signOut()
      await signIn(OWN)
      await paolo.waitForURL("**/login/code")
      await lookedAt("code")
      await paolo.locator("[name=code]").fill("000000")
      await paolo.locator("main button[type=submit]").click()
      await paolo.locator(".field-error, .banner").first().waitFor()
      await paolo.locator("[name=code]").fill(recovery[0] ?? "")
      await paolo.locator("main button[type=submit]").click()
      await paolo.getByRole("navigation", { name: "Principale" }).waitFor()
    },
    LONG,
  )

  test(
    "forgets the password and resets it by the link; a second use is refused, and the second factor is asked for still",
    async () => {
      await signOut()
      await paolo.goto(`${office.url}/password/forgotten`)
      await lookedAt("forgotten")
      const before = mail.arrived.length
      await paolo.locator("[name=known]").fill("paolo")
      await paolo.locator("main button[type=submit]").click()
      const link = /http:\S+\/password\/reset\/[\w-]{43}/.exec(decodeURIComponent(await letter(before + 1)))?.[0] ?? ""
      await paolo.goto(link)
      await lookedAt("reset")
      await paolo.locator("[name=password]").fill(NEXT)
      await paolo.locator("[name=repeated]").fill(NEXT)
      await paolo.locator("main button[type=submit]").click()
      await paolo.waitForURL("**/login**")
      await paolo.goto(link)
      await lookedAt("reset-over")
      await signIn(OWN)
      await paolo.locator(".banner").first().waitFor()
      await signIn(NEXT)
      await paolo.waitForURL("**/login/code")
      await paolo.locator("[name=code]").fill(code(30_000))
      await paolo.locator("main button[type=submit]").click()
      await paolo.getByRole("navigation", { name: "Principale" }).waitFor()
    },
    LONG,
  )

  test("the browser had nothing to complain of but what was refused", () => {
    expect(office.complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
  })
})
