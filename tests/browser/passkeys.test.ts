/** Passkeys as a person has them: Chromium with a security key that is none, made, used, stopped, taken away. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { CDPSession, Page } from "playwright-core"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { look } from "../support/look.ts"
import { CHROMIUM, freePort, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }

describe.skipIf(!existsSync(CHROMIUM))("Passkeys", () => {
  let office: Office
  let page: Page
  let devtools: CDPSession
  let authenticator: string

  beforeAll(async () => {
    const port = freePort()
    const [acme, globex] = companyDocument().tenants
    const demanding = { ...acme, settings: { ...acme?.settings, secondFactorSupervisor: "required" } }
    office = await openOffice({
      document: { tenants: [demanding, globex] },
      config: { listen: { hostname: "127.0.0.1", port }, url: `http://localhost:${port}` },
    })
    ;({ page } = await office.signIn("anna"))
    authenticator = await plugIn(page)
  }, LONG)
  afterAll(() => office?.close())

  /** A security key that asks for a finger, and gets one. */
  async function plugIn(where: Page): Promise<string> {
    devtools = await where.context().newCDPSession(where)
    await devtools.send("WebAuthn.enable")
    const options = {
      ...({ protocol: "ctap2", transport: "internal" } as const),
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    }
    return (await devtools.send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId
  }
  const button = (name: string) => page.getByRole("button", { name, exact: true })
  /** From nowhere: a page that is left open goes to the login by itself, in between. */
  const leave = async () => {
    await page.goto("about:blank")
    await page.context().clearCookies()
    await page.goto(`${office.url}/login`)
  }
  async function typePassword(who = "anna"): Promise<void> {
    await page.getByRole("textbox", { name: "Username" }).fill(who)
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD)
    await button("Login").click()
  }
  const card = () => page.getByRole("region", { name: "Passkeys" })
  async function fits(): Promise<void> {
    await page.setViewportSize(PHONE)
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
    expect(await axeFindingsInBothThemes(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  }

  test(
    "one is made from the profile, with the password and a name",
    async () => {
      await page.goto(`${office.url}/profile`)
      await card().getByLabel("Your password, to prove that it is you").fill(PASSWORD)
      await card().getByRole("button", { name: "Add a passkey" }).click()
      await page.getByRole("heading", { name: "New passkey" }).waitFor()
      await fits()
      await page.getByRole("textbox", { name: "Name" }).fill("Blue key")
      await button("Make a passkey").click()
      await page.getByRole("heading", { name: "Recovery codes" }).waitFor()
      await page.getByRole("link", { name: "I have kept them" }).click()
      await card().getByText("Blue key").waitFor()
      await card().getByText("not used yet").waitFor()
      await fits()
    },
    LONG,
  )

  test(
    "it gets another name, which is all that changes",
    async () => {
      await page.setViewportSize(PHONE)
      await card().scrollIntoViewIfNeeded()
      await look(page, "passkeys-phone")
      await page.setViewportSize({ width: 1440, height: 900 })
      await card().scrollIntoViewIfNeeded()
      await look(page, "passkeys")
      await card().getByRole("link", { name: "Rename Blue key" }).click()
      await fits()
      await look(page, "passkey-naming")
      await page.getByRole("textbox", { name: "Name" }).fill("Key of the desk")
      await button("Rename").click()
      await page.getByText("The passkey has its new name.").waitFor()
      await card().getByText("Key of the desk").waitFor()
    },
    LONG,
  )

  test(
    "the same device does not make a second one, and says why",
    async () => {
      await card().getByLabel("Your password, to prove that it is you").fill(PASSWORD)
      await card().getByRole("button", { name: "Add a passkey" }).click()
      await button("Make a passkey").click()
      await page.getByRole("alert").getByText("This device or security key has a passkey of yours already.").waitFor()
      await page.getByRole("link", { name: "Cancel" }).click()
    },
    LONG,
  )

  test(
    "one click on the login page is enough",
    async () => {
      await leave()
      await button("Sign in with a passkey").waitFor()
      await fits()
      await button("Sign in with a passkey").click()
      await page.getByRole("navigation", { name: "Main" }).waitFor()
      await page.goto(`${office.url}/profile`)
      await card()
        .getByText(/last used/)
        .waitFor()
    },
    LONG,
  )

  test(
    "after the password it is the second factor; whoever lets go may try again",
    async () => {
      await leave()
      await typePassword()
      await page.getByRole("heading", { name: "Second factor" }).waitFor()
      await fits()
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: false })
      await button("Use a passkey").click()
      await page.getByRole("alert").getByText("No passkey was given. Try again when you are ready.").waitFor()
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: true })
      await button("Use a passkey").click()
      await page.getByRole("navigation", { name: "Main" }).waitFor()
    },
    LONG,
  )

  test(
    "a copy of it that falls behind is noticed, and the key is stopped",
    async () => {
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId: authenticator })
      const [key] = credentials
      expect(key?.signCount).toBeGreaterThan(1)
      await devtools.send("WebAuthn.removeCredential", {
        authenticatorId: authenticator,
        credentialId: key!.credentialId,
      })
      await devtools.send("WebAuthn.addCredential", {
        authenticatorId: authenticator,
        credential: { ...key!, signCount: 0 },
      })
      await leave()
      await button("Sign in with a passkey").click()
      await page.getByText("This passkey was stopped").waitFor()
      expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(0)
    },
    LONG,
  )

  test(
    "whoever has to have a second factor makes a passkey on the way in, and removes none that is the last",
    async () => {
      await leave()
      await typePassword("carla")
      await page.getByRole("heading", { name: "Second factor" }).waitFor()
      await fits()
      await button("Make a passkey").click()
      await page.getByRole("heading", { name: "Recovery codes" }).waitFor()
      await page.goto(`${office.url}/profile`)
      await card()
        .getByRole("link", { name: /^Remove/ })
        .click()
      await page.getByRole("heading", { name: "Remove a passkey" }).waitFor()
      await fits()
      await page.getByLabel("Your password, to prove that it is you").fill(PASSWORD)
      await button("Remove").click()
      await page.getByText("asks everybody of your level for a second factor").waitFor()
    },
    LONG,
  )

  test(
    "a key of another page is none here, in whichever language, and nothing complained",
    async () => {
      const italian = await office.browser.newContext({ locale: "it-IT" })
      const other = await italian.newPage()
      watch(other, "somebody", office.complaints)
      await plugIn(other)
      await other.goto(`${office.url}/login`)
      await other.getByRole("button", { name: "Accedi con una passkey" }).click()
      await other.getByRole("alert").getByText("Nessuna passkey è stata data.").waitFor()
      await italian.close()
      expect(office.complaints.filter((line) => !/40[39]|422/.test(line))).toEqual([])
    },
    LONG,
  )
})
