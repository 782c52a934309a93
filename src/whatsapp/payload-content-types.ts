import type { Instant } from "~/kernel/clock.ts"

/** What a message says, one shape per kind of the wire reference §2.2. */
export type InboundContent =
  | { kind: "text"; text: string }
  | { kind: "image"; media: MediaReference; caption: string | null }
  | { kind: "video"; media: MediaReference; caption: string | null }
  /** `voice`: recorded in the chat, as opposed to an audio file. */
  | { kind: "audio"; media: MediaReference; voice: boolean }
  | { kind: "document"; media: MediaReference; caption: string | null; fileName: string | null }
  | { kind: "sticker"; media: MediaReference; animated: boolean }
  | {
      kind: "location"
      latitude: number
      longitude: number
      name: string | null
      address: string | null
      url: string | null
    }
  | { kind: "contacts"; cards: ContactCard[] }
  /** `emoji` null takes the reaction back. */
  | { kind: "reaction"; targetWamid: string; emoji: string | null }
  /** A quick reply of a template. */
  | { kind: "button"; text: string; payload: string | null }
  | { kind: "button_reply"; id: string; title: string }
  | { kind: "list_reply"; id: string; title: string; description: string | null }
  /** A completed form or address; `responseJson` is Meta's text, `answers` its plain values. */
  | { kind: "form_reply"; name: string | null; text: string | null; responseJson: string; answers: FormAnswer[] }
  | { kind: "call_permission"; granted: boolean; permanent: boolean; automatic: boolean; expiresAt: Instant | null }
  | { kind: "product"; productId: string | null; catalogId: string | null }
  | { kind: "payment" }
  | { kind: "order"; catalogId: string | null; note: string | null; items: OrderItem[] }
  /** A first contact that has said nothing yet. */
  | { kind: "request_welcome" }
  | { kind: "system"; type: string | null; text: string | null }
  /** WhatsApp will not hand it over (poll, view-once…); `type` says what it was, where known. */
  | { kind: "unsupported"; type: string | null }
  /** WhatsApp handed it over, we cannot read it. The raw message is kept beside it. */
  | { kind: "unknown"; type: string | null }
  | { kind: "edit"; targetWamid: string; content: InboundContent }
  | { kind: "revoke"; targetWamid: string }
  /** History only: there was a medium, which may follow. */
  | { kind: "media_placeholder" }
  /** Echoes only: what a business sends and no customer can. */
  | { kind: "template"; name: string; language: string | null }
  | { kind: "prompt"; type: string; text: string | null }

/** `url` expires within minutes and is not to be kept; `mediaId` fetches a new one for seven days (§6). */
export type MediaReference = {
  mediaId: string | null
  mimeType: string | null
  sha256: string | null
  url: string | null
}

export type ContactCard = {
  name: string | null
  phones: { number: string | null; whatsappId: string | null; type: string | null }[]
  emails: { address: string; type: string | null }[]
  urls: string[]
  addresses: string[]
  company: string | null
  birthday: string | null
  vcard: string | null
  /** The customer's own number, given on our request (§10.1). */
  requested: boolean
}

export type OrderItem = {
  productId: string | null
  quantity: number | null
  price: number | null
  currency: string | null
}
export type FormAnswer = { field: string; value: string }
