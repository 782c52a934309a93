/**
 * From the link of an empty appliance to the first customer who is answered, on screens alone: platform admin, tenant,
 * its admin, skillset, agent by mail, number, hours, texts, reasons, conversation, closing, report, configuration.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { openSmtpHost } from "../mail/smtp-host.ts"
import { ACME } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindings } from "./axe.ts"

const LONG = 60_000
const PASSWORD = "una frase abbastanza lunga"
const { number } = ACME

describe.skipIf(!existsSync(CHROMIUM))("A newcomer", () => {
  let office: Office
  let mail: Awaited<ReturnType<typeof openSmtpHost>>
  let root: Page
  let rosa: Page
  let anna: Page

  const browse = async (who: string) => {
    const page = await (await office.browser.newContext({ locale: "en-GB" })).newPage()
    watch(page, who, office.complaints)
    return page
  }
  const signIn = async (page: Page, username: string, password: string) => {
    await page.getByRole("textbox", { name: "Username" }).fill(username)
    await page.getByLabel("Password", { exact: true }).fill(password)
    await page.getByRole("button", { name: "Login" }).click()
  }
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click()
  const follow = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).first().click()
  const fill = async (page: Page, fields: Record<string, string>) => {
    for (const [name, value] of Object.entries(fields))
      await page.getByRole("textbox", { name, exact: true }).fill(value)
  }
  const step = (name: string) => rosa.locator(".start-steps").getByRole("link", { name, exact: true }).click()
  /** The steps of the first page that are still to do. */
  const stillToDo = async () => {
    await follow(rosa, "Administration")
    await rosa.getByRole("heading", { name: "Administration", level: 1 }).waitFor()
    return rosa.locator(".start-steps > :not(.is-done):not(.is-advice) strong").allTextContents()
  }

  beforeAll(async () => {
    office = await openOffice({ document: null })
    mail = await openSmtpHost()
    root = await browse("root")
  }, LONG)
  afterAll(async () => {
    await office?.close()
    await mail?.close()
  })

  test(
    "makes the platform's administrator, a mail server and a tenant",
    async () => {
      await root.goto(office.setupUrl ?? "")
      await fill(root, { "First name": "Root", Username: "root" })
      for (const name of ["Password", "Password again"]) await root.getByLabel(name, { exact: true }).fill(PASSWORD)
      await press(root, "Create administrator")
      await root.waitForURL("**/login")
      await signIn(root, "root", PASSWORD)
      await follow(root, "Mail")
      await fill(root, { Host: "127.0.0.1", Sender: "Acme <office@acme.example>" })
      await root.getByLabel("Port").fill(String(mail.port))
      await root.getByText("Not secured", { exact: true }).click()
      await press(root, "Save")
      await root.getByRole("button", { name: "Remove this server" }).waitFor()
      await follow(root, "Tenants")
      await follow(root, "New tenant")
      await press(root, "Create tenant")
      await root.getByText("This is needed.").first().waitFor()
      expect(await root.getByLabel("Company name").evaluate((field) => field.matches(":focus"))).toBe(true)
      await fill(root, { "Company name": "Acme", "Short name": "acme", "First name": "Rosa", Username: "rosa" })
      await root.getByLabel("Password", { exact: true }).fill(PASSWORD)
      await press(root, "Create tenant")
      const said = root.getByRole("status").filter({ hasText: "Acme is there." })
      expect(await said.getByRole("code").textContent()).toBe(`${office.url}/login`)
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "the tenant's administrator is led to the first step, and every step leads back",
    async () => {
      rosa = await browse("rosa")
      await rosa.goto(`${office.url}/login`)
      await signIn(rosa, "rosa", PASSWORD)
      await rosa.getByText("5 steps are left before the first conversation.").waitFor()
      expect(await axeFindings(rosa)).toEqual([])
      await follow(rosa, "Go on with the set-up")
      expect(await stillToDo()).toHaveLength(5)
      await step("Skillsets: who does what")
      await follow(rosa, "New skillset")
      await fill(rosa, { Name: "Sales" })
      await press(rosa, "Create skillset")
      await rosa.getByText("Created.").waitFor()
      await rosa.getByRole("link", { name: /^First steps/ }).click()
      await step("Agents")
      await follow(rosa, "New user")
      await fill(rosa, { "First name": "Anna", "E-mail optional": "anna@acme.example", Username: "anna" })
      await rosa.getByRole("checkbox", { name: "Sales" }).check()
      await press(rosa, "Create user")
      await rosa.getByText("User created; the invitation is on its way by mail.").waitFor()
      expect(await stillToDo()).toEqual(["A service number", "The first conversation"])
    },
    LONG,
  )

  test(
    "the number is connected, gets its hours, its welcome and its reasons",
    async () => {
      await step("A service number")
      await follow(rosa, "New service number")
      await fill(rosa, { Name: "Acme", "Phone number ID": number.phoneNumberId })
      await fill(rosa, { "WhatsApp Business Account ID": number.wabaId })
      await rosa.getByLabel("Access token").fill(number.accessToken)
      await rosa.getByLabel("App secret").fill(number.appSecret)
      await press(rosa, "Check and connect")
      await rosa.getByRole("heading", { name: "Acme", level: 1 }).waitFor()
      const sections = rosa.getByRole("navigation", { name: "Sections of the number" })
      const section = async (name: string) => {
        await sections.getByRole("link", { name, exact: true }).click()
        await rosa.getByRole("heading", { name, level: 2, exact: true }).waitFor()
      }

      await section("Hours")
      const monday = rosa.getByRole("group", { name: "Monday" })
      expect(await monday.isVisible()).toBe(false)
      await rosa.getByText("By the week", { exact: true }).click()
      await rosa.getByText("Never open.").waitFor()
      await monday.getByRole("button", { name: "Add a shift to Monday" }).click()
      await monday.getByRole("textbox").first().waitFor()
      await rosa.getByText("Around the clock", { exact: true }).click()
      await rosa.getByText("Open now, and always.").waitFor()
      await press(rosa, "Save")
      await rosa.getByText("Saved.").waitFor()

      await section("Messages")
      await rosa.getByRole("button", { name: "Add a text: Welcome" }).click()
      await rosa.getByLabel("Text", { exact: true }).fill("Welcome to {firm.name}")
      await press(rosa, "Save")
      await rosa.getByText("«firm.name» is no placeholder.").waitFor()
      expect(await rosa.getByLabel("Text", { exact: true }).evaluate((field) => field.matches(":focus"))).toBe(true)
      await rosa.getByLabel("Text", { exact: true }).fill("Welcome to ")
      await press(rosa, "Company")
      await press(rosa, "Save")
      await rosa.getByText("Saved.").waitFor()

      await follow(rosa, "Profiling")
      await rosa.locator(".empty-state").getByRole("link", { name: "New tree" }).click()
      await fill(rosa, { Name: "Reasons" })
      await rosa.getByPlaceholder("New reason").first().fill("Order")
      await rosa.getByRole("checkbox", { name: "Acme" }).check()
      await press(rosa, "Create tree")
      await rosa.getByText("Created.").waitFor()
      await follow(rosa, "Service numbers")
      await follow(rosa, "Acme")
      await section("Behaviour")
      await rosa.getByLabel("Reason of contact").selectOption({ label: "required" })
      await press(rosa, "Save")
      await rosa.getByText("Saved.").waitFor()
      expect(await stillToDo()).toEqual(["The first conversation"])
      expect(office.complaints.splice(0)).toEqual([expect.stringContaining("422")])
    },
    LONG,
  )

  test(
    "the agent comes with the password of the mail, answers the first customer and closes with a reason",
    async () => {
      const letter = mail.arrived.find(({ to }) => to.includes("anna@acme.example"))?.text ?? ""
      const oneTime = /One-time password: (\S+)/.exec(letter.replaceAll(/=\r?\n/g, ""))?.[1] ?? ""
      anna = await browse("anna")
      await anna.goto(`${office.url}/login?username=anna`)
      await anna.getByLabel("Password", { exact: true }).fill(oneTime)
      await press(anna, "Login")
      for (const name of ["New password", "New password again"])
        await anna.getByLabel(name, { exact: true }).fill(`${PASSWORD} mia`)
      await press(anna, "Save password")
      await anna.getByRole("navigation", { name: "Main" }).waitFor()

      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      giulia.say("Buongiorno, il mio ordine?")
      await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
      await anna.getByRole("log").getByText("Buongiorno, il mio ordine?").waitFor()
      await anna.getByRole("textbox", { name: "Message" }).fill("È partito stamattina.")
      await press(anna, "Send")
      await anna.getByRole("log").getByText("È partito stamattina.").waitFor()
      await anna.getByRole("button", { name: "Close", exact: true }).click()
      const dialog = anna.getByRole("dialog", { name: "Close conversation" })
      await dialog.getByRole("radio", { name: "Order" }).check()
      await dialog.getByRole("button", { name: "Close conversation" }).click()
      await dialog.waitFor({ state: "hidden" })
      const heard = giulia.received().map(({ words }) => words.text ?? "")
      expect(heard).toEqual(["Welcome to Acme", "È partito stamattina."])
      expect(office.complaints).toEqual([])
    },
    LONG,
  )

  test(
    "nothing is left to do; the report counts it, the record says it in words, the configuration can be taken along",
    async () => {
      expect(await stillToDo()).toEqual([])
      await rosa.getByText("Everything that a first conversation needs is there.").waitFor()
      await rosa.goto(`${office.url}/reports?report=profiling`)
      await rosa.getByRole("row", { name: /Order/ }).first().waitFor()
      await rosa.goto(`${office.url}/admin/audit`)
      await rosa
        .getByText(/Welcome to \{/)
        .first()
        .waitFor()
      expect(await rosa.locator("main").textContent()).not.toContain('{"')
      await rosa.goto(`${office.url}/admin/configuration`)
      const [file] = await Promise.all([rosa.waitForEvent("download"), press(rosa, "Download")])
      const written = JSON.parse(await Bun.file(await file.path()).text())
      expect(written.tenants[0]).toMatchObject({ slug: "acme", skillsets: [{ name: "Sales" }] })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
