/** The administration under an administrator's fingers: users, skillsets, settings, lists, files. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindings, axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(!existsSync(CHROMIUM))("The administration", () => {
  let office: Office
  let dora: Page

  beforeAll(async () => {
    office = await openOffice()
    const options = { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true }
    dora = (await office.signIn("dora", options)).page
  }, LONG)
  afterAll(() => office?.close())

  const sheet = (page = dora) => page.locator("[data-sheet]")
  const field = (name: string, page = dora) => sheet(page).getByRole("textbox", { name: new RegExp(`^${name}`) })
  const row = (name: string) => dora.getByRole("row", { name: new RegExp(name) })
  const open = async (name: string) => {
    await dora.getByRole("link", { name, exact: true }).first().click()
    await sheet().getByRole("heading", { name }).waitFor()
  }
  const save = (page = dora) => sheet(page).getByRole("button", { name: "Save", exact: true }).click()
  /** Answers of refused forms are complaints of Chromium's console; everything else is ours. */
  const onlyRefused = (...statuses: string[]) =>
    expect(office.complaints.splice(0)).toEqual(statuses.map((status) => expect.stringContaining(status)))

  const widthTooMuch = (page: Page) => page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")

  /** Looked at wide in both themes, and on a telephone. */
  async function faultsOf(page: Page): Promise<string[]> {
    const found = await axeFindingsInBothThemes(page)
    await page.setViewportSize(PHONE)
    found.push(...(await axeFindings(page)).map((finding) => `phone ${finding}`))
    const wider = await widthTooMuch(page)
    await page.setViewportSize(WIDE)
    return wider > 0 ? [...found, `wider than a telephone by ${wider}`] : found
  }
  const isClean = async (page: Page) => expect(await faultsOf(page)).toEqual([])

  test(
    "a user is made with the keyboard alone; what is wrong is said at its field, the invitation is copied, and it opens the door",
    async () => {
      await dora.goto(`${office.url}/admin/users`)
      await dora.getByRole("link", { name: "New user" }).focus()
      await dora.keyboard.press("Enter")
      await field("First name").waitFor()
      await field("First name").focus()
      await dora.keyboard.type("Nina")
      await dora.keyboard.press("Tab")
      await dora.keyboard.type("Verdi")
      await field("Username").focus()
      await dora.keyboard.type("anna")
      await dora.keyboard.press("Enter")
      await sheet().getByText("1 field to correct").waitFor()
      expect(await field("Username").evaluate((element) => element.matches(":focus"))).toBe(true)
      expect(await field("Last name").inputValue()).toBe("Verdi")
      onlyRefused("422")
      await dora.keyboard.press("ControlOrMeta+a")
      await dora.keyboard.type("nina")
      await sheet().getByRole("checkbox", { name: "Sales" }).focus()
      await dora.keyboard.press("Space")
      await sheet().getByRole("button", { name: "Create user" }).focus()
      await dora.keyboard.press("Enter")
      await sheet().getByText("No mail goes out").waitFor()
      await isClean(dora)
      await sheet().getByRole("button", { name: "Copy" }).click()
      const copied = await dora.evaluate<string>("navigator.clipboard.readText()")
      expect(copied).toContain("Username: nina")
      const password = /One-time password: (.+)/.exec(copied)?.[1] ?? ""
      const nina = await (await office.browser.newContext({ locale: "en-GB" })).newPage()
      watch(nina, "nina", office.complaints)
      await nina.goto(/Link: (.+)/.exec(copied)?.[1] ?? "")
      await nina.getByRole("textbox", { name: "Username" }).fill("nina")
      await nina.getByLabel("Password", { exact: true }).fill(password)
      await nina.getByRole("button", { name: "Login" }).click()
      await nina.getByText("New password", { exact: true }).first().waitFor()
      await nina.context().close()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "two administrators change the same user: the second is told who and what, keeps what was typed, and decides",
    async () => {
      const rosa = (await office.signIn("dora", {})).page
      await dora.goto(`${office.url}/admin/users`)
      await rosa.goto(`${office.url}/admin/users`)
      await open("Nina Verdi")
      await rosa.getByRole("link", { name: "Nina Verdi" }).first().click()
      await field("Last name", rosa).fill("Neri")
      await save(rosa)
      await sheet(rosa).getByText("Saved.").waitFor()
      await field("External id").fill("HR-77")
      await save()
      await sheet()
        .getByText(/while you were editing/)
        .waitFor()
      await sheet().getByText("Last name: Verdi → Neri").waitFor()
      expect(await field("External id").inputValue()).toBe("HR-77")
      await isClean(dora)
      onlyRefused("409")
      await save()
      await sheet().getByText("Saved.").waitFor()
      expect([await field("Last name").inputValue(), await field("External id").inputValue()]).toEqual([
        "Verdi",
        "HR-77",
      ])
      await rosa.context().close()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "who is disabled is out within seconds and comes back with Undo; who is deleted is gone from the list",
    async () => {
      const marco = (await office.signIn("marco")).page
      await dora.goto(`${office.url}/admin/users`)
      await open("Marco Rossi")
      await sheet()
        .getByRole("switch", { name: /^Enabled/ })
        .uncheck()
      await save()
      await sheet().getByText("Disabled: signed out").waitFor()
      await row("Marco Rossi").getByText("disabled").waitFor()
      await marco.waitForURL("**/login**")
      await marco.context().close()
      await sheet().getByRole("button", { name: "Undo" }).click()
      await sheet().getByText("Saved.").waitFor()
      expect(await row("Marco Rossi").getByText("disabled").count()).toBe(0)
      await open("Nina Verdi")
      await sheet().getByRole("link", { name: "Delete" }).click()
      await sheet().getByRole("heading", { name: "Delete Nina Verdi?" }).waitFor()
      await isClean(dora)
      await sheet().getByRole("button", { name: "Delete Nina Verdi" }).click()
      await row("Nina Verdi").waitFor({ state: "detached" })
      expect(await row("Marco Rossi").count()).toBe(1)
      office.complaints.splice(0)
    },
    LONG,
  )

  test(
    "a skillset gets members and a strategy; one that is in use names its uses and wants an heir",
    async () => {
      await dora.goto(`${office.url}/admin/skillsets`)
      await dora.getByRole("link", { name: "New skillset" }).click()
      await field("Name").fill("Repairs")
      await sheet().getByRole("combobox", { name: "Strategy" }).selectOption({ label: "In turn" })
      await sheet().getByRole("checkbox", { name: "Marco Rossi" }).check()
      await sheet().getByRole("button", { name: "Create skillset" }).click()
      await row("Repairs").getByText("In turn").waitFor()
      expect(await sheet().getByRole("checkbox", { name: "Marco Rossi" }).isChecked()).toBe(true)
      await isClean(dora)
      await open("Service")
      await sheet().getByRole("link", { name: "Delete" }).click()
      await sheet().getByText("It is in use.").waitFor()
      await sheet().getByText("Main").waitFor()
      await sheet().getByRole("combobox", { name: "In its place" }).selectOption({ label: "Repairs" })
      await isClean(dora)
      await sheet().getByRole("button", { name: "Delete Service" }).click()
      await row("Service").waitFor({ state: "detached" })
      await open("Repairs")
      await sheet().getByRole("link", { name: "Delete" }).click()
      await sheet().getByText("Main").waitFor()
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "a setting that cannot be is said at its field and the rest keeps what was typed; put right, it is saved",
    async () => {
      await dora.goto(`${office.url}/admin/settings`)
      const timeout = dora.getByRole("spinbutton", { name: "Time to open an offer" })
      const words = dora.getByRole("textbox", { name: "Company name" })
      await timeout.fill("0")
      await words.fill("Acme Italia")
      await dora.getByRole("button", { name: "Save", exact: true }).click()
      await dora.getByText("1 field to correct").waitFor()
      expect([await timeout.inputValue(), await words.inputValue()]).toEqual(["0", "Acme Italia"])
      expect(await timeout.evaluate((element) => element.matches(":focus"))).toBe(true)
      await isClean(dora)
      onlyRefused("422")
      await timeout.fill("240")
      await dora.getByRole("button", { name: "Save", exact: true }).click()
      await dora.getByText("Saved.").waitFor()
      await dora.reload()
      expect([await timeout.inputValue(), await words.inputValue()]).toEqual(["240", "Acme Italia"])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "search, filter, order and columns are in the address or remembered: a reload shows the same; the file too",
    async () => {
      await dora.goto(`${office.url}/admin/users`)
      await dora.getByRole("button", { name: "Filter" }).click()
      await dora.getByRole("checkbox", { name: "Agent", exact: true }).check()
      await row("Carla Rossi").waitFor({ state: "detached" })
      await dora.keyboard.press("Escape")
      await dora.getByRole("searchbox", { name: "Name, username, e-mail" }).fill("rossi")
      await dora.waitForURL(/q=rossi/)
      await dora.getByRole("button", { name: "Columns" }).click()
      await dora.getByRole("checkbox", { name: "Level" }).uncheck()
      await dora.getByRole("checkbox", { name: "E-mail" }).check()
      await dora.locator("[popover]:popover-open").getByRole("button", { name: "Show" }).click()
      await dora.getByRole("columnheader", { name: "E-mail" }).waitFor()
      const table = () => dora.getByRole("table").textContent()
      await dora.reload()
      expect(await dora.getByRole("columnheader", { name: "Level" }).count()).toBe(0)
      expect(await dora.getByRole("searchbox").first().inputValue()).toBe("rossi")
      const shown = await table()
      const names = await dora.getByRole("rowheader").allInnerTexts()
      expect(names.join()).toMatch(/Anna.*Ivo.*Marco/s)
      expect(shown).not.toContain("Carla")
      await dora.getByRole("button", { name: "Export" }).click()
      const waiting = dora.waitForEvent("download")
      await dora.getByRole("button", { name: /Text/ }).click()
      const file = await waiting
      expect(file.suggestedFilename()).toMatch(/\.csv$/)
      const text = await Bun.file((await file.path()) ?? "").text()
      expect(text.split("\r\n")[0]).toContain("E-mail")
      expect([text.includes("marco@company.test"), text.includes("Carla")]).toEqual([true, false])
      await dora.getByRole("button", { name: "Export" }).click()
      const sheetFile = dora.waitForEvent("download")
      await dora.getByRole("button", { name: /Excel/ }).click()
      const bytes = await Bun.file((await (await sheetFile).path()) ?? "").bytes()
      expect(String.fromCharCode(...bytes.slice(0, 2))).toBe("PK")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test("every page of it is clean in both themes and on a telephone", async () => {
    await dora.goto(`${office.url}/admin/users`)
    const paths = await dora
      .locator(".admin-nav > a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")))
    expect(paths.length).toBeGreaterThan(6)
    const found: string[] = []
    for (const path of ["/admin", ...paths]) {
      await dora.goto(`${office.url}${path}`)
      found.push(...(await faultsOf(dora)).map((fault) => `${path} ${fault}`))
    }
    expect(found).toEqual([])
    expect(office.complaints).toEqual([])
  }, 180_000)

  test(
    "Italian, which is longer, fits a telephone and a window too",
    async () => {
      await dora.goto(`${office.url}/admin/users`)
      const paths = await dora
        .locator(".admin-nav > a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")))
      await dora.getByRole("button", { name: /Menu of/ }).click()
      await dora.getByRole("button", { name: "Italiano" }).click()
      await dora.locator("html[lang=it]").waitFor()
      const found: string[] = []
      for (const path of ["/admin", ...paths, "/admin/users/new", "/admin/skillsets/new"]) {
        await dora.goto(`${office.url}${path}`)
        for (const size of [WIDE, PHONE]) {
          await dora.setViewportSize(size)
          if ((await widthTooMuch(dora)) > 0) found.push(`${path} at ${size.width}`)
        }
      }
      expect(found).toEqual([])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
