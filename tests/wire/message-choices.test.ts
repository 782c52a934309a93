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
})
