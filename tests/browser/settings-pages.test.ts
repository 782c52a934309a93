/** What an administrator sets in a browser: holidays of a year, the look of the company, known customers only; in Italian too. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 120_000
const ROOT = { username: "root", firstName: "Rita", lastName: "Root", password: PASSWORD }

describe.skipIf(!existsSync(CHROMIUM))("An administrator's settings", () => {
  let office: Office
  let dora: Page
  let root: Page
  beforeAll(async () => {
    const { tenants } = companyDocument()
    const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    const week = { hours: { weekly: Object.fromEntries(days.map((day) => [day, ["00:00-24:00"]])) } }
    const weekly = tenants.map((one) => ({
      ...one,
      channels: one.channels.map((channel) => ({ ...channel, ...week })),
    }))
    office = await openOffice({ document: { tenants: weekly, platformAdmins: [ROOT] } })
    dora = (await office.signIn("dora")).page
    root = (await office.signIn("root")).page
  }, LONG)
  afterAll(() => office?.close())

  const inspect = async (page: Page, path: string) => {
    const found: string[] = []
    for (const { name, colorScheme, size } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize(size)
      await page.goto(`${office.url}${path}`)
      for (const finding of await axeFindings(page)) found.push(`${path} ${name} ${finding}`)
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
      if (Number(overflow) > 0) found.push(`${path} ${name}: wider than its window by ${overflow}`)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    return found
  }

  test(
    "the pages are clean in both themes and on a phone, those of whoever runs the appliance too",
    async () => {
      const found: string[] = []
      for (const path of [
        "/admin",
        "/admin/standing",
        "/admin/branding",
        "/admin/channels/holidays?country=IT",
        "/unmanaged",
      ])
        found.push(...(await inspect(dora, path)))
      for (const path of ["/admin/tenants", "/admin/health"]) found.push(...(await inspect(root, path)))
      expect(found).toEqual([])
    },
    LONG,
  )

  test(
    "the first page's steps lead where they are done",
    async () => {
      await dora.goto(`${office.url}/admin`)
      const steps = dora.locator(".start-steps a")
      const leads = await steps.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))
      expect(leads).toEqual([
        "/admin/skillsets",
        "/admin/users",
        "/admin/skillsets",
        "/admin/channels",
        "/all-conversations",
        "/admin/channels",
        "/admin/profiling",
        "/admin/users?level=tenant_admin",
      ])
      for (const path of leads) expect((await dora.goto(`${office.url}${path}`))?.status()).toBe(200)
    },
    LONG,
  )

  test(
    "holidays come from a calendar file, are looked at, and stand in the hours afterwards",
    async () => {
      await dora.goto(`${office.url}/admin/channels/holidays`)
      const ics =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270629\r\nSUMMARY:San Pietro\r\nEND:VEVENT\r\nEND:VCALENDAR"
      await dora
        .getByLabel("Calendar file (.ics) or text")
        .setInputFiles({ name: "roma.ics", mimeType: "text/calendar", buffer: Buffer.from(ics) })
      await dora.getByLabel("Year").fill("2027")
      await dora.getByRole("textbox", { name: "Days" }).waitFor()
      await dora.waitForFunction("document.querySelector('#field-list').value.includes('San Pietro')")
      await dora.getByRole("button", { name: "Preview the list" }).click()
      await dora.getByText("29 Jun 2027").waitFor()
      await dora.getByRole("button", { name: "Add to the number" }).click()
      await dora.waitForURL(/\/hours/)
      expect(await dora.locator('input[name="holidayName"]').first().inputValue()).toBe("San Pietro")
    },
    LONG,
  )

  test(
    "a colour and a picture are on every page at once, readable in both themes; a text is no picture",
    async () => {
      await dora.goto(`${office.url}/admin/branding`)
      await dora.getByLabel("Name shown").fill("Acme Care")
      await dora.getByText("A colour of our own").click()
      await dora.getByLabel("Colour of buttons and links").fill("#7a1fa2")
      await dora.getByRole("button", { name: "Save" }).click()
      await dora.locator(".app-header").getByText("Acme Care").waitFor()
      const shown = () =>
        dora.evaluate("getComputedStyle(document.querySelector('.button.is-primary')).backgroundColor")
      await dora.emulateMedia({ colorScheme: "light" })
      expect(await shown()).toBe("rgb(122, 31, 162)")
      expect(await inspect(dora, "/admin/branding")).toEqual([])
      const file = dora.getByLabel("New picture")
      await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture") })
      await dora.getByText("Only PNG, JPEG and WebP pictures can be shown.").waitFor()
      const picture = await dora.screenshot({ clip: { x: 0, y: 0, width: 160, height: 48 } })
      await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: picture })
      await dora.locator(".app-header .logo-picture").waitFor()
    },
    LONG,
  )

  test(
    "its login page looks so before anybody is signed in",
    async () => {
      const stranger = await (await office.browser.newContext({ locale: "en-GB" })).newPage()
      await stranger.goto(`${office.url}/login?company=acme`)
      await stranger.locator(".gate .logo").getByText("Acme Care").waitFor()
      expect(await axeFindings(stranger)).toEqual([])
    },
    LONG,
  )

  test(
    "the language is changed where one is, and what is written in the thread stays",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      const anna = (await office.signIn("anna")).page
      giulia.say("Buongiorno")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("textbox", { name: "Message" }).fill("Un attimo")
      const { pathname } = new URL(anna.url())
      await anna.getByRole("button", { name: /Anna Rossi/ }).click()
      await anna.locator("#user-menu").getByRole("button", { name: "Italiano" }).click()
      await anna.getByRole("navigation", { name: "Principale" }).waitFor()
      expect(new URL(anna.url()).pathname).toBe(pathname)
      expect(await anna.getByRole("textbox", { name: "Messaggio" }).inputValue()).toBe("Un attimo")
    },
    LONG,
  )

  test("no browser had anything to complain about", () =>
    expect(office.complaints.filter((one) => !one.includes("422") && !one.includes("409"))).toEqual([]))
})
