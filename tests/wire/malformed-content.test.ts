import { describe, expect, test } from "bun:test"
import { contentOf, type Loose } from "./support.ts"

const media = {
  id: "1003383421387256",
  mime_type: "image/jpeg",
  sha256: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
}

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
