/** What customers write and call themselves is text: on every screen that shows it, nothing of it ever runs. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"

const LONG = 60_000
const HOSTILE = [
  `<img src=x onerror="window.ran=1">`,
  `"><script>window.ran=1</script>`,
  `'" onmouseover="window.ran=1" x="`,
  `<svg/onload=window.ran=1>`,
  `</textarea></title><iframe srcdoc="<script>parent.ran=1</script>">`,
  `{{constructor.constructor('window.ran=1')()}}`,
  `<a hx-get="/logout" hx-trigger="load">x</a>`,
  `javascript:window.ran=1//`,
  "\u202Eevil\u202C \u2067right to left\u2069",
]

describe.skipIf(!existsSync(CHROMIUM))("Hostile customers", () => {
  let office: Office
  let anna: Page
  const thread = () => anna.getByRole("log", { name: "Messages" })
  const ran = () => anna.evaluate("window.ran ?? null")

  beforeAll(async () => {
    office = await openOffice()
    anna = (await office.signIn("anna")).page
    await anna.goto(`${office.url}/conversations`)
  }, LONG)
  afterAll(() => office?.close())

  test(
    "markup in messages and in a name is shown as it was written",
    async () => {
      const phone = office.simulator.phones.create({ name: HOSTILE.join(" ").slice(0, 200), phone: "+39 345 555 0172" })
      phone.say(HOSTILE[0] ?? "")
      const popups = anna.getByRole("region", { name: "Notifications" })
      await popups.getByText("<img src=x").first().waitFor()
      await popups.getByRole("button", { name: "Open" }).click()
      for (const text of HOSTILE.slice(1)) phone.say(text)
      for (const text of HOSTILE) await thread().getByText(text.trim(), { exact: false }).last().waitFor()
      expect(await thread().locator(".bubble img, .bubble script, .bubble iframe, .bubble svg[onload]").count()).toBe(0)
      for (const path of ["/waiting", "/conversations", new URL(anna.url()).pathname]) {
        await anna.goto(`${office.url}${path}`)
        expect(await ran()).toBeNull()
      }
      expect(await anna.locator("[onerror], [onload], [onmouseover], [hx-get='/logout']").count()).toBe(0)
    },
    LONG,
  )

  test(
    "a name of 64 kilobytes neither breaks the page nor makes it wide",
    async () => {
      const phone = office.simulator.phones.create({ name: "W".repeat(65_536), phone: "+39 345 555 0199" })
      phone.say("Un nome lungo")
      await anna.getByRole("list", { name: "Conversations" }).getByText("Un nome lungo").waitFor()
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    },
    LONG,
  )

  test("the browser has nothing to complain about", () => expect(office.complaints).toEqual([]))
})
