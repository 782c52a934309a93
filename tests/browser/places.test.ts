/** Places by hand: the tenant's own, a point of the map, pasted coordinates; sent, and seen on the pretend phone. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { standsAbove, standsWithin } from "../support/standing.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000
const LOCATIONS = [
  { name: "Aurora Service Milano", address: "Via Roma 1, 20121 Milano", latitude: 45.4642, longitude: 9.19 },
  { name: "Aurora Monza", address: "Viale Libertà 5, Monza", latitude: 45.585, longitude: 9.29 },
  { name: "Deposito ricambi", address: "Via Emilia 210, San Donato", latitude: 45.4145, longitude: 9.2655 },
]

describe.skipIf(!existsSync(CHROMIUM))("Places", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  /** A geocoder of the company's own, as Nominatim answers. */
  const asked: string[] = []
  const geocoder = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      asked.push(new URL(request.url).search)
      return Response.json([
        { lat: "44.4949", lon: "11.3426", name: "Piazza Maggiore", display_name: "Piazza Maggiore, Bologna, Italia" },
      ])
    },
  })
  const panel = () => anna.getByRole("dialog", { name: "Locations" })
  const open = () => anna.getByRole("button", { name: "Choose a location" }).click()
  const search = () => panel().getByRole("combobox")
  const send = () => panel().getByRole("button", { name: "Send location" }).click()
  const chosen = (words: string | RegExp) => panel().locator("#place-chosen").getByText(words).waitFor()

  beforeAll(async () => {
    const document = officeOf([{ username: "anna" }])
    const [acme, ...others] = document.tenants
    const settings = { geocoderUrl: `http://127.0.0.1:${geocoder.port}` }
    office = await openOffice({
      document: { tenants: [{ ...acme, locations: LOCATIONS, settings }, ...others] },
    })
    anna = (await office.signIn("anna")).page
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    giulia.send({ kind: "location", latitude: 45.57, longitude: 9.27, name: "Casa", address: "Monza" })
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByRole("img", { name: "Map around Casa" }).waitFor()
  }, LONG)
  afterAll(async () => {
    await geocoder.stop(true)
    await office?.close()
  })

  test(
    "of the tenant are listed nearest first, found by typing, and sent with the keyboard alone",
    async () => {
      await open()
      await search().waitFor()
      expect(await standsAbove(panel(), anna.getByRole("textbox", { name: "Message" }))).toBe(true)
      expect(await standsWithin(panel().locator(".search-frame > .icon"), search())).toBe(true)
      const options = panel().getByRole("listbox", { name: "Locations" }).getByRole("option")
      await options.first().waitFor()
      expect(await options.allInnerTexts()).toEqual([
        expect.stringContaining("Aurora Monza\n2.3 km"),
        expect.stringContaining("Aurora Service Milano"),
        expect.stringContaining("Deposito ricambi"),
      ])
      await search().pressSequentially("roma")
      await anna.keyboard.press("ArrowDown")
      await chosen("Aurora Service Milano")
      await anna.screenshot({ path: "/tmp/places-list.png" })
      await anna.keyboard.press("Enter")
      await panel().waitFor({ state: "hidden" })
      await anna.getByRole("log").locator(".is-ours").getByText("Via Roma 1, 20121 Milano").waitFor()
      await office.simulator.idle()
      expect(giulia.received()).toMatchObject([{ type: "location", content: LOCATIONS[0] }])
    },
    LONG,
  )

  test(
    "anywhere on the map are chosen by a click, dragged, zoomed to, and named",
    async () => {
      await open()
      await panel().getByRole("listbox", { name: "Locations" }).getByRole("option").first().waitFor()
      const map = panel().getByRole("application", { name: "Map" })
      await map.click({ position: { x: 120, y: 90 } })
      await chosen(/^\d\d\.\d+, \d+\.\d+$/)
      const before = await panel().locator("#place-chosen").textContent()
      await panel().getByRole("button", { name: "Zoom in" }).click()
      await map.click({ position: { x: 200, y: 120 } })
      expect(await panel().locator("#place-chosen").textContent()).not.toBe(before)
      await map.focus()
      for (const key of ["ArrowRight", "ArrowDown", "+", "-", "Enter"]) await anna.keyboard.press(key)
      await panel().getByLabel("Name (optional)").fill("Il nostro furgone")
      await send()
      await panel().waitFor({ state: "hidden" })
      await anna.getByRole("log").locator(".is-ours").getByText("Il nostro furgone").waitFor()
    },
    LONG,
  )

  test(
    "are taken from pasted coordinates and links, from towns, and from the company's own geocoder",
    async () => {
      await open()
      await panel().getByRole("listbox", { name: "Locations" }).getByRole("option").first().waitFor()
      asked.splice(0)
      await search().fill("https://maps.apple.com/?ll=41.9,12.5&q=Roma")
      await chosen("41.9, 12.5")
      expect(asked).toEqual([])
      await search().fill("Bologna")
      await panel().getByRole("option", { name: "Piazza Maggiore" }).click()
      await chosen("44.4949, 11.3426")
      expect(asked).toEqual([expect.stringContaining("?q=Bologna&format=jsonv2")])
      await panel().getByRole("listbox", { name: "Towns" }).getByRole("option", { name: "Bologna" }).waitFor()
      await anna.screenshot({ path: "/tmp/places-search.png" })
      await geocoder.stop(true)
      await search().fill("Torin")
      await panel().getByText("The address search does not answer").waitFor()
      await anna.keyboard.press("Escape")
      await panel().waitFor({ state: "hidden" })
    },
    LONG,
  )

  test.each(LOOKS)(
    "look right and are accessible: $name",
    async ({ name, colorScheme, size }) => {
      await anna.setViewportSize(size)
      await anna.emulateMedia({ colorScheme })
      await open()
      await panel().getByRole("listbox", { name: "Locations" }).getByRole("option").first().waitFor()
      await anna.evaluate(
        'fetch(document.querySelector(".map-tiles use").getAttribute("href")).then((one) => one.text())',
      )
      await anna.screenshot({ path: `/tmp/places-${name}.png` })
      expect(await axeFindings(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await anna.screenshot({ path: `/tmp/places-thread-${name}.png` })
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
