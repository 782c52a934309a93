/**
 * Who gets it, as a call centre lives it: three agents, a supervisor, phones, and a machine that is restarted in the
 * middle of every story. No page is loaded again.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf, withChannel } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { rowsOf } from "../support/records.ts"

const LONG = 120_000
const CLOSED = "We are closed."
const DOCUMENT = withChannel(
  officeOf(
    [
      ...["anna", "marco", "vito"].map((username) => ({ username, most: 1 })),
      { username: "carla", level: "supervisor", skillsets: [] },
    ],
    { messages: { closed_hours: { en: CLOSED } } },
  ),
  { settings: { parkSilentAfterMinutes: 10, parkSilentAs: "public" } },
)
/** What a browser says that finds nobody at home during a restart. */
const WHILE_IT_WAS_DOWN = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/

type Name = "anna" | "marco" | "vito"

describe.skipIf(!existsSync(CHROMIUM))("Who gets it", () => {
  let office: Office
  let carla: Page
  const pages = new Map<Name, Page>()
  const phones: Phone[] = []

  beforeAll(async () => {
    office = await openOffice({ document: DOCUMENT })
    for (const name of ["anna", "marco", "vito"] as const) {
      await signIn(name)
      await setStatus(name, "Break")
    }
    carla = (await office.signIn("carla")).page
    await carla.goto(`${office.url}/waiting`)
  }, LONG)
  afterAll(() => office?.close())

  const signIn = async (name: Name) => pages.set(name, (await office.signIn(name)).page)
  const page = (name: Name): Page => {
    const found = pages.get(name)
    if (!found) throw new Error(`${name} is not there`)
    return found
  }
  async function setStatus(name: Name, status: string): Promise<void> {
    await page(name)
      .getByRole("button", { name: /^Status:/ })
      .click()
    await page(name).getByRole("button", { name: status, exact: true }).click()
    await page(name)
      .getByRole("button", { name: `Status: ${status}` })
      .waitFor()
  }
  /** Somebody new writes. */
  function write(): Phone {
    const number = phones.length + 1
    const phone = office.simulator.phones.create({ name: `Customer ${number}`, phone: `+39 345 555 02${10 + number}` })
    phones.push(phone)
    phone.say("Buongiorno")
    return phone
  }
  const popup = (name: Name) => page(name).getByRole("region", { name: "Notifications" })
  const isOffered = (name: Name, { customer }: Phone) => popup(name).getByText(customer.name).first().waitFor()
  async function open(name: Name, phone: Phone): Promise<void> {
    await isOffered(name, phone)
    await popup(name).getByRole("button", { name: "Open" }).click()
    await page(name).getByRole("heading", { name: phone.customer.name }).first().waitFor()
  }
  const inList = (name: Name, { customer }: Phone) =>
    page(name).getByRole("list", { name: "Conversations" }).getByText(customer.name).first()
  const row = ({ customer }: Phone) => carla.getByRole("row", { name: new RegExp(customer.name) })
  async function transfer(from: Name, to: string, mode: "Immediate" | "Exclusive"): Promise<void> {
    await page(from).getByRole("button", { name: "Transfer", exact: true }).click()
    const dialog = page(from).getByRole("dialog", { name: "Transfer conversation" })
    await dialog.getByRole("radio", { name: new RegExp(`^${to}`) }).check()
    await dialog.getByRole("radio", { name: mode }).check()
    await dialog.getByRole("button", { name: `Transfer to ${to}` }).click()
  }
  async function park(name: Name, as: "Public" | "Personal"): Promise<void> {
    await page(name).getByRole("button", { name: "Transfer", exact: true }).click()
    const dialog = page(name).getByRole("dialog", { name: "Transfer conversation" })
    await dialog.getByRole("radio", { name: "Wait queue" }).check()
    await dialog.getByRole("radio", { name: as }).check()
    await dialog.getByRole("button", { name: "Move to wait queue" }).click()
  }
  async function close(name: Name, phone: Phone): Promise<void> {
    await inList(name, phone).click()
    await page(name).getByRole("button", { name: "Close", exact: true }).click()
    await page(name).getByRole("button", { name: "Close conversation" }).click()
    await inList(name, phone).waitFor({ state: "detached" })
  }
  /** The appliance ends and is started again; browsers and phones find it by themselves. */
  async function restart(): Promise<void> {
    const back = await office.goDown()
    await back()
  }
  /** So much time, and a restart in the middle of it. */
  async function pass(span: Milliseconds): Promise<void> {
    office.clock.putAhead(span / 2)
    await restart()
    office.clock.putAhead(span / 2)
  }
  const waitingSince = ({ customer }: Phone) =>
    rowsOf<{ waitingSince: number | null }>(
      office.appliance().database.path,
      `SELECT c.waitingSince FROM conversation c JOIN customer ON customer.id = c.customer AND customer.tenant = c.tenant
       WHERE customer.whatsappUserId = ? ORDER BY c.id DESC LIMIT 1`,
      customer.userId,
    )[0]?.waitingSince

  test(
    "an immediate transfer falls through to the next eligible agent, and keeps its waiting time",
    async () => {
      await setStatus("anna", "Ready")
      const giulia = write()
      await open("anna", giulia)
      await setStatus("anna", "Break")
      await setStatus("marco", "Ready")
      await setStatus("vito", "Ready")
      await transfer("anna", "Marco Rossi", "Immediate")
      await isOffered("marco", giulia)
      const since = waitingSince(giulia)
      await pass(minutes(3) + seconds(2))
      await isOffered("vito", giulia)
      await popup("marco").getByText(giulia.customer.name).first().waitFor({ state: "detached" })
      expect(since).toBeNumber()
      expect(waitingSince(giulia)).toBe(since)
      await row(giulia).getByText("Given to Vito Rossi, to be opened by").waitFor()
      await open("vito", giulia)
    },
    LONG,
  )

  test(
    "an exclusive one waits for its agent while they are full, on a break and signed out; nobody else gets it",
    async () => {
      const paolo = write()
      await open("marco", paolo)
      await setStatus("marco", "Break")
      await setStatus("anna", "Ready")
      const [giulia] = phones as [Phone]
      await transfer("vito", "Marco Rossi", "Exclusive")
      await row(giulia).getByText("For Marco Rossi only").first().waitFor()
      await page("marco").getByRole("button", { name: "Menu of Marco Rossi" }).click()
      await page("marco").getByRole("link", { name: "Logout" }).click()
      await page("marco").getByRole("button", { name: "Logout anyway" }).click()
      await page("marco").getByRole("button", { name: "Login" }).waitFor()
      await restart()
      await row(giulia).getByText("For Marco Rossi only").first().waitFor()
      expect(await popup("anna").getByText(giulia.customer.name).count()).toBe(0)
      await signIn("marco")
      await setStatus("marco", "Ready")
      await open("marco", giulia)
      await row(giulia).waitFor({ state: "detached" })
    },
    LONG,
  )

  test(
    "from the public wait queue the first available agent gets it, from a personal one only its owner",
    async () => {
      const [giulia] = phones as [Phone]
      await setStatus("marco", "Break")
      await park("marco", "Public")
      await row(giulia).getByText("Public wait queue").waitFor()
      await restart()
      giulia.say("Eccomi")
      await open("anna", giulia)
      await park("anna", "Personal")
      await setStatus("anna", "Break")
      await row(giulia).getByText("Wait queue of Anna Rossi").waitFor()
      await restart()
      giulia.say("Eccomi ancora")
      await inList("anna", giulia).waitFor()
      await row(giulia).waitFor({ state: "detached" })
      expect(await popup("vito").getByText(giulia.customer.name).count()).toBe(0)
    },
    LONG,
  )

  test(
    "a silent customer's conversation parks by itself, and comes back when they write",
    async () => {
      const [giulia] = phones as [Phone]
      await inList("anna", giulia).click()
      await page("anna").getByRole("textbox", { name: "Message" }).fill("Le faccio sapere")
      await page("anna").getByRole("button", { name: "Send", exact: true }).click()
      await page("anna").getByRole("log").getByText("Le faccio sapere").waitFor()
      await pass(minutes(10) + seconds(5))
      await inList("anna", giulia).waitFor({ state: "detached" })
      await row(giulia).getByText("Public wait queue").waitFor()
      giulia.say("Grazie")
      await open("vito", giulia)
      await close("vito", giulia)
    },
    LONG,
  )

  test(
    "out of hours the customer hears of it once, and is first at the opening",
    async () => {
      const soon = new Date(office.clock.now() + minutes(90))
      const until = soon.toLocaleTimeString("en-GB", { timeZone: "Europe/Rome", hour: "2-digit", minute: "2-digit" })
      await carla.getByRole("button", { name: "1 service open" }).click()
      const dialog = carla.getByRole("dialog", { name: "Service status" })
      await dialog.getByText("Open or close by hand").click()
      await dialog.getByLabel("Until").fill(until)
      await dialog.getByRole("button", { name: "Close now" }).click()
      await dialog.getByText("Closed by Carla Rossi until").waitFor()
      await carla.keyboard.press("Escape")
      const first = write()
      await row(first).waitFor()
      const second = write()
      await row(second).waitFor()
      first.say("C'è qualcuno?")
      const heard = (phone: Phone) => phone.received().filter(({ words }) => words.text === CLOSED).length
      await pass(minutes(60))
      await row(second).waitFor()
      expect(await popup("vito").getByText("Customer").count()).toBe(0)
      office.clock.putAhead(minutes(31))
      await open("vito", first)
      expect([heard(first), heard(second)]).toEqual([1, 1])
      await row(second).getByText("In the queue").waitFor()
      expect(office.complaints.filter((line) => !WHILE_IT_WAS_DOWN.test(line))).toEqual([])
    },
    LONG,
  )
})
