import { describe, expect, test } from "bun:test"
import { summaryText } from "~/whatsapp/payload.ts"
import { contentOf, type Loose } from "./support.ts"

const media = {
  id: "1003383421387256",
  mime_type: "image/jpeg",
  sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
}
const reference = { mediaId: media.id, mimeType: media.mime_type, sha256: media.sha256, url: null }

type Case = { says: string; sent: Loose; means: unknown; summary: string }

const cases: Case[] = [
  {
    says: "text",
    sent: { type: "text", text: { body: "Does it come in another color?" } },
    means: { kind: "text", text: "Does it come in another color?" },
    summary: "Does it come in another color?",
  },
  {
    says: "a text whose type Meta left out",
    sent: { text: { body: "hello" } },
    means: { kind: "text", text: "hello" },
    summary: "hello",
  },
  {
    says: "a picture with its caption",
    sent: { type: "image", image: { ...media, url: "https://lookaside.fbsbx.com/x", caption: "Taj Mahal" } },
    means: { kind: "image", media: { ...reference, url: "https://lookaside.fbsbx.com/x" }, caption: "Taj Mahal" },
    summary: "Taj Mahal",
  },
  {
    says: "a video without caption",
    sent: { type: "video", video: { ...media, mime_type: "video/mp4" } },
    means: { kind: "video", media: { ...reference, mimeType: "video/mp4" }, caption: null },
    summary: "",
  },
  {
    says: "a voice note",
    sent: { type: "audio", audio: { ...media, mime_type: "audio/ogg; codecs=opus", voice: true } },
    means: { kind: "audio", media: { ...reference, mimeType: "audio/ogg; codecs=opus" }, voice: true },
    summary: "",
  },
  {
    says: "an audio file",
    sent: { type: "audio", audio: { ...media, mime_type: "audio/mpeg" } },
    means: { kind: "audio", media: { ...reference, mimeType: "audio/mpeg" }, voice: false },
    summary: "",
  },
  {
    says: "a voice note of the older form",
    sent: { type: "voice", voice: {} },
    means: { kind: "audio", media: { mediaId: null, mimeType: null, sha256: null, url: null }, voice: true },
    summary: "",
  },
  {
    says: "a document with name and caption",
    sent: { type: "document", document: { ...media, filename: "receipt.pdf", caption: "my receipt" } },
    means: { kind: "document", media: reference, caption: "my receipt", fileName: "receipt.pdf" },
    summary: "my receipt\nreceipt.pdf",
  },
  {
    says: "a sticker",
    sent: { type: "sticker", sticker: { ...media, animated: true } },
    means: { kind: "sticker", media: reference, animated: true },
    summary: "",
  },
  {
    says: "a place, its coordinates as text",
    sent: {
      type: "location",
      location: { latitude: "37.4422", longitude: -122.1616, name: "Philz", address: "101 Forest" },
    },
    means: {
      kind: "location",
      latitude: 37.4422,
      longitude: -122.1616,
      name: "Philz",
      address: "101 Forest",
      url: null,
    },
    summary: "Philz\n101 Forest",
  },
  {
    says: "a reaction",
    sent: { type: "reaction", reaction: { message_id: "wamid.TARGET", emoji: "👍" } },
    means: { kind: "reaction", targetWamid: "wamid.TARGET", emoji: "👍" },
    summary: "👍",
  },
  {
    says: "a reaction taken back by an empty emoji",
    sent: { type: "reaction", reaction: { message_id: "wamid.TARGET", emoji: "" } },
    means: { kind: "reaction", targetWamid: "wamid.TARGET", emoji: null },
    summary: "",
  },
  {
    says: "a reaction taken back by no emoji",
    sent: { type: "reaction", reaction: { message_id: "wamid.TARGET" } },
    means: { kind: "reaction", targetWamid: "wamid.TARGET", emoji: null },
    summary: "",
  },
  {
    says: "a template's quick reply",
    sent: { type: "button", button: { payload: "unsubscribe-1", text: "Unsubscribe" } },
    means: { kind: "button", text: "Unsubscribe", payload: "unsubscribe-1" },
    summary: "Unsubscribe",
  },
  {
    says: "a chosen button",
    sent: {
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id: "cancel", title: "Cancel" } },
    },
    means: { kind: "button_reply", id: "cancel", title: "Cancel" },
    summary: "Cancel",
  },
  {
    says: "a chosen line of a list",
    sent: {
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "express", title: "Express", description: "Next day" } },
    },
    means: { kind: "list_reply", id: "express", title: "Express", description: "Next day" },
    summary: "Express\nNext day",
  },
  {
    says: "a chosen line without description",
    sent: { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "1", title: "Express" } } },
    means: { kind: "list_reply", id: "1", title: "Express", description: null },
    summary: "Express",
  },
  {
    says: "a completed form, its token left out of the answers",
    sent: {
      type: "interactive",
      interactive: {
        type: "nfm_reply",
        nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"T","rating":"4","again":true}' },
      },
    },
    means: {
      kind: "form_reply",
      name: "flow",
      text: "Sent",
      responseJson: '{"flow_token":"T","rating":"4","again":true}',
      answers: [
        { field: "rating", value: "4" },
        { field: "again", value: "true" },
      ],
    },
    summary: "Sent\n4\ntrue",
  },
  {
    says: "a form whose answer is no JSON object",
    sent: { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { response_json: "plain words" } } },
    means: { kind: "form_reply", name: null, text: null, responseJson: "plain words", answers: [] },
    summary: "",
  },
  {
    says: "a permission to call",
    sent: {
      type: "interactive",
      interactive: {
        type: "call_permission_reply",
        call_permission_reply: {
          response: "accept",
          is_permanent: false,
          expiration_timestamp: "1753186982",
          response_source: "user_action",
        },
      },
    },
    means: {
      kind: "call_permission",
      granted: true,
      permanent: false,
      automatic: false,
      expiresAt: 1_753_186_982_000,
    },
    summary: "",
  },
  {
    says: "a refusal to be called",
    sent: {
      type: "interactive",
      interactive: {
        type: "call_permission_reply",
        call_permission_reply: { response: "reject", response_source: "automatic" },
      },
    },
    means: { kind: "call_permission", granted: false, permanent: false, automatic: true, expiresAt: null },
    summary: "",
  },
  {
    says: "a shared product",
    sent: { type: "interactive", interactive: { type: "product", product: { product_retailer_id: "di9o" } } },
    means: { kind: "product", productId: "di9o", catalogId: null },
    summary: "",
  },
  {
    says: "a payment",
    sent: { type: "interactive", interactive: { type: "payment_method", payment_method: {} } },
    means: { kind: "payment" },
    summary: "",
  },
  {
    says: "an interactive message that Meta could not hand over",
    sent: { type: "interactive" },
    means: { kind: "unsupported", type: "interactive" },
    summary: "",
  },
  {
    says: "an order",
    sent: {
      type: "order",
      order: {
        catalog_id: 194836987003835,
        text: "Love these!",
        product_items: [{ product_retailer_id: "di9o", quantity: 2, item_price: 30.5, currency: "USD" }],
      },
    },
    means: {
      kind: "order",
      catalogId: "194836987003835",
      note: "Love these!",
      items: [{ productId: "di9o", quantity: 2, price: 30.5, currency: "USD" }],
    },
    summary: "Love these!",
  },
  {
    says: "a first contact that says nothing yet",
    sent: { type: "request_welcome" },
    means: { kind: "request_welcome" },
    summary: "",
  },
  {
    says: "a system notice that concerns nobody's ids",
    sent: { type: "system", system: { type: "group_rules", body: "Something happened" } },
    means: { kind: "system", type: "group_rules", text: "Something happened" },
    summary: "Something happened",
  },
  {
    says: "what WhatsApp will not hand over, by name",
    sent: { type: "unsupported", unsupported: { type: "poll" } },
    means: { kind: "unsupported", type: "poll" },
    summary: "",
  },
  {
    says: "what WhatsApp will not hand over, the older way",
    sent: { type: "unknown" },
    means: { kind: "unsupported", type: null },
    summary: "",
  },
  {
    says: "a kind that WhatsApp invents later",
    sent: { type: "hologram", hologram: { depth: 3 } },
    means: { kind: "unknown", type: "hologram" },
    summary: "",
  },
  {
    says: "an edit of a picture's caption",
    sent: {
      type: "edit",
      edit: { original_message_id: "wamid.ORIG", message: { type: "image", image: { ...media, caption: "new" } } },
    },
    means: {
      kind: "edit",
      targetWamid: "wamid.ORIG",
      content: { kind: "image", media: reference, caption: "new" },
    },
    summary: "new",
  },
  {
    says: "a message taken back",
    sent: { type: "revoke", revoke: { original_message_id: "wamid.ORIG" } },
    means: { kind: "revoke", targetWamid: "wamid.ORIG" },
    summary: "",
  },
  {
    says: "a medium of the past that may follow",
    sent: { type: "media_placeholder" },
    means: { kind: "media_placeholder" },
    summary: "",
  },
]

describe("a customer's message is read as", () => {
  for (const { says, sent, means, summary } of cases) {
    test(says, () => {
      const content = contentOf(sent)
      expect(content as unknown).toEqual(means)
      expect(summaryText(content)).toBe(summary)
    })
  }

  test("contact cards, each with what it holds", () => {
    const content = contentOf({
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Barbara J. Johnson", first_name: "Barbara" },
          phones: [{ phone: "+1 (415) 555-0829", wa_id: 14125550829, type: "MOBILE" }],
          emails: [{ email: "b@example.com", type: "WORK" }, { type: "HOME" }],
          addresses: [{ street: "1 Hacker Way", city: "Menlo Park", zip: "94025" }],
          org: { company: "Social Tsunami" },
          urls: [{ url: "https://example.com" }],
          birthday: "2012-08-18",
        },
        { vcard: "BEGIN:VCARD", origin: "contact_request", phones: [{ phone: "+39 06 555" }] },
      ],
    })
    expect(content).toEqual({
      kind: "contacts",
      cards: [
        {
          name: "Barbara J. Johnson",
          phones: [{ number: "+1 (415) 555-0829", whatsappId: "14125550829", type: "MOBILE" }],
          emails: [{ address: "b@example.com", type: "WORK" }],
          urls: ["https://example.com"],
          addresses: ["1 Hacker Way, 94025, Menlo Park"],
          company: "Social Tsunami",
          birthday: "2012-08-18",
          vcard: null,
          requested: false,
        },
        {
          name: null,
          phones: [{ number: "+39 06 555", whatsappId: null, type: null }],
          emails: [],
          urls: [],
          addresses: [],
          company: null,
          birthday: null,
          vcard: "BEGIN:VCARD",
          requested: true,
        },
      ],
    })
    expect(summaryText(content)).toBe("Barbara J. Johnson +1 (415) 555-0829\n+39 06 555")
  })
})

describe("a malformed content never hides that the customer wrote", () => {
  const broken: Loose[] = [
    { type: "text", text: 5 },
    { type: "text", text: { body: null } },
    { type: "image", image: "picture" },
    { type: "location", location: { latitude: 91, longitude: 0 } },
    { type: "location", location: { latitude: "north", longitude: "1e400" } },
    { type: "contacts", contacts: [7] },
    { type: "reaction", reaction: { emoji: "👍" } },
    { type: "edit", edit: { original_message_id: "wamid.X" } },
    { type: "revoke", revoke: [] },
    { type: "order" },
    { type: "button", button: {} },
    { type: "template", template: {} },
    { type: "interactive", interactive: { type: "button_reply", button_reply: {} } },
    { type: "interactive", interactive: { type: "nfm_reply" } },
    { type: "interactive", interactive: { type: "call_permission_reply", call_permission_reply: {} } },
  ]
  for (const sent of broken) {
    test(`${JSON.stringify(sent)} becomes an unknown ${sent.type}`, () => {
      expect(contentOf(sent)).toEqual({ kind: "unknown", type: String(sent.type) })
    })
  }

  test("neither a constructor nor a prototype of ours is taken for a kind", () => {
    for (const type of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(contentOf({ type })).toEqual({ kind: "unknown", type })
    }
  })

  test("half a character is stored as a replacement character, the rest stays whole", () => {
    expect(contentOf({ type: "text", text: { body: "a\ud83d b \u0000 \u202e end" } })).toEqual({
      kind: "text",
      text: "a\ufffd b \u0000 \u202e end",
    })
  })

  test("a long text stays whole, an absurd file name is cut", () => {
    const body = "x".repeat(70_000)
    expect(contentOf({ type: "text", text: { body } })).toEqual({ kind: "text", text: body })
    const document = contentOf({ type: "document", document: { ...media, filename: body } })
    expect(document.kind === "document" && document.fileName?.length).toBe(256)
  })
})
