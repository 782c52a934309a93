/** What customers write and call themselves is text: on every screen that shows it, nothing of it ever runs. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import type { PhoneContent } from "~/simulator/inbound.ts"
import type { JsonObject } from "~/simulator/json.ts"
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

const referralOf = (evil: string) => ({
  source_url: evil,
  source_type: "ad",
  headline: evil,
  body: evil,
  image_url: evil,
  ref: evil,
})

/** One message of each kind, with the same words wherever words can be. */
const everyField = (evil: string, index: number): PhoneContent[] => {
  const raw = (message: JsonObject): PhoneContent => ({ kind: "raw", message })
  const card = {
    name: { formatted_name: evil, first_name: evil },
    birthday: evil,
    vcard: `BEGIN:VCARD\nFN:${evil}\nEND:VCARD`,
    phones: [{ phone: evil, type: evil }],
    emails: [{ email: evil }],
    urls: [{ url: evil }],
    org: { company: evil },
    addresses: [{ street: evil, city: evil }],
  }
  return [
    { kind: "image", caption: evil },
    { kind: "location", latitude: 45, longitude: 9, name: evil, address: evil },
    raw({ type: "contacts", contacts: [card] }),
    raw({ type: "button", button: { text: evil, payload: evil } }),
    raw({
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: evil, title: evil, description: evil } },
    }),
    { kind: "form", answers: { [evil]: evil, [`field ${index}`]: evil } },
    raw({
      type: "interactive",
      interactive: { type: "nfm_reply", nfm_reply: { name: evil, body: evil, response_json: evil } },
    }),
    raw({
      type: "order",
      order: {
        catalog_id: evil,
        text: evil,
        product_items: [{ product_retailer_id: evil, quantity: 1, item_price: 2, currency: evil }],
      },
    }),
    raw({ type: "system", system: { type: evil, body: evil } }),
    raw({
      type: "unsupported",
      unsupported: { type: evil },
      errors: [{ code: 131051, title: evil, message: evil, error_data: { details: evil } }],
    }),
    raw({ type: evil, [evil]: { body: evil } }),
  ]
}

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
    "through every field of every kind of message, nothing of it becomes an element or an attribute",
    async () => {
      const phone = office.simulator.phones.create({ name: "Mallory", phone: "+39 345 555 0166" })
      phone.say("Eccomi")
      await anna.getByRole("list", { name: "Conversations" }).getByText("Eccomi").first().click()
      await thread().getByText("Eccomi").waitFor()
      for (const [index, evil] of HOSTILE.entries()) for (const message of everyField(evil, index)) phone.send(message)
      phone.send({
        kind: "document",
        file: { bytes: new Uint8Array([1]), mimeType: "text/html", filename: HOSTILE[1] ?? "" },
      })
      for (const evil of HOSTILE.slice(0, 4)) {
        const first = phone.say(`prima ${evil}`)
        phone.send({ kind: "edit", message: first, text: `dopo ${evil}` })
        phone.send({ kind: "reaction", message: first, emoji: evil })
        phone.say(`risposta ${evil}`, { quote: first, referral: referralOf(evil) })
      }
      phone.say("Ultimo")
      await thread().getByText("Ultimo").waitFor()
      const made = await anna.evaluate<string[]>(`(() => {
        const names = new Set(["ARTICLE","DIV","P","SPAN","B","I","S","CODE","PRE","UL","OL","LI","A","BDI","SMALL","STRONG","BLOCKQUOTE","SECTION","TABLE","CAPTION","TBODY","TFOOT","TR","TH","TD","DETAILS","SUMMARY","BUTTON","svg","use","g","path","circle","image","rect","g","path","circle","image","rect","FORM","INPUT","FOOTER","TIME","DL","DT","DD","IMG","AUDIO","VIDEO","LABEL"])
        const wrong = []
        for (const one of document.querySelectorAll("#thread *")) {
          if (!names.has(one.tagName)) wrong.push(one.outerHTML.slice(0, 120))
          for (const { name, value } of one.attributes) {
            if (/^on|^style$|srcdoc/i.test(name)) wrong.push(name + "=" + value)
            if (/^(href|src|action)$/.test(name) && !/^(\\/|https?:|mailto:|tel:|#blocked)/.test(value)) wrong.push(name + "=" + value)
            if (name === "hx-get" && value.startsWith("/logout")) wrong.push(value)
          }
        }
        return wrong
      })()`)
      expect(made).toEqual([])
      expect(await thread().locator(".contact-card").count()).toBeGreaterThan(3)
      await anna.reload()
      await thread().getByText("Ultimo").waitFor()
      expect(await ran()).toBeNull()
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
