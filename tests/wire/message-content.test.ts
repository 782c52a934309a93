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
