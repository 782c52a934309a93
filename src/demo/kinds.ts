/** Lines of the demo's past that are no plain text: what WhatsApp would have posted for them. */
import type { Line, Wire } from "./stories.ts"

const AMENDING: ReadonlySet<unknown> = new Set(["reaction", "edit", "revoke"])

/** Whatever WhatsApp posts, `type` and all; `said` knows the ids of earlier lines. */
export const sent = (after: number, wire: Wire): Line => ({ from: "customer", text: "", after, wire })

export const isAmendment = ({ wire }: Line): boolean => wire !== undefined && AMENDING.has(wire(() => "").type)

const context = (id: string) => ({ context: { id } })

export const answers =
  (line: number, text: string): Wire =>
  (said) => ({ type: "text", text: { body: text }, ...context(said(line)) })
export const reacts =
  (line: number, emoji: string): Wire =>
  (said) => ({
    type: "reaction",
    reaction: { message_id: said(line), emoji },
  })
export const edits =
  (line: number, text: string): Wire =>
  (said) => ({
    type: "edit",
    edit: { original_message_id: said(line), message: { type: "text", text: { body: text } } },
  })
export const deletes =
  (line: number): Wire =>
  (said) => ({ type: "revoke", revoke: { original_message_id: said(line) } })

export const says =
  (text: string, more: Record<string, unknown> = {}): Wire =>
  () => ({ type: "text", text: { body: text }, ...more })

export const isAt =
  (latitude: number, longitude: number, name: string, address: string): Wire =>
  () => ({
    type: "location",
    location: { latitude, longitude, name, address },
  })
export const introduces =
  (name: string, phone: string, company: string): Wire =>
  () => ({
    type: "contacts",
    contacts: [
      {
        name: { formatted_name: name, first_name: name },
        phones: [{ phone, wa_id: phone.replace(/\D/g, ""), type: "MOBILE" }],
        org: { company },
      },
    ],
  })
export const orders =
  (...items: [product: string, quantity: number, price: number][]): Wire =>
  () => ({
    type: "order",
    order: {
      catalog_id: "194836987003835",
      product_items: items.map(([product_retailer_id, quantity, item_price]) => ({
        product_retailer_id,
        quantity,
        item_price,
        currency: "EUR",
      })),
    },
  })
export const fillsIn =
  (answers: Record<string, unknown>): Wire =>
  () => ({
    type: "interactive",
    interactive: {
      type: "nfm_reply",
      nfm_reply: { name: "flow", body: "Sent", response_json: JSON.stringify(answers) },
    },
  })
export const cannotShow =
  (type: string): Wire =>
  () => ({
    type: "unsupported",
    unsupported: { type },
    errors: [
      {
        code: 131051,
        title: "Message type unknown",
        error_data: { details: "Message type is currently not supported." },
      },
    ],
  })

/** The advertisement somebody came through. */
export const WINTER_CHECK = {
  referral: {
    source_url: "https://fb.me/aurora-winter",
    source_id: "120226305854810726",
    source_type: "ad",
    headline: "Winter check for 39 €",
    body: "Battery, tyres, brakes, heating: ready in an hour.",
  },
}
