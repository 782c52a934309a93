import { describe, expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type Json, translate, type WireItem } from "~/whatsapp/payload.ts"
import { isRecord } from "~/whatsapp/payload-read.ts"
import { sharedFixtures } from "./support.ts"

/** Every envelope that others published as test data, wherever in a file it stands. */
type Published = { name: string; body: Json }

function published(folder: string): Published[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".json"))
    .map((file) => join(file.parentPath, file.name))
    .sort()
  return paths.flatMap((path) => {
    const parsed = parse(readFileSync(path, "utf8"))
    return envelopesIn(parsed).map((body, index) => ({ name: `${basename(path)} ${index}`, body }))
  })
}

/** One published file carries a stray brace after its JSON; what stands before it is an envelope all the same. */
function parse(text: string): unknown {
  for (const written of [text, text.trimEnd().slice(0, -1)]) {
    try {
      return JSON.parse(written)
    } catch {}
  }
  return null
}

function envelopesIn(json: unknown): Json[] {
  if (Array.isArray(json)) return json.flatMap(envelopesIn)
  if (!isRecord(json)) return []
  return Array.isArray(json.entry) ? [json] : Object.values(json).flatMap(envelopesIn)
}

const countIn = (json: unknown, keys: readonly string[]): number => {
  if (Array.isArray(json)) return json.reduce((sum: number, each) => sum + countIn(each, keys), 0)
  if (!isRecord(json)) return 0
  return Object.entries(json).reduce(
    (sum, [key, inner]) => sum + (keys.includes(key) && Array.isArray(inner) ? inner.length : countIn(inner, keys)),
    0,
  )
}

const FROM_LISTS: readonly WireItem["kind"][] = ["message", "echo", "identity", "status", "call"]

const folder = sharedFixtures()
const payloads = folder === null ? [] : published(folder)

describe.skipIf(folder === null)("payloads that others published", () => {
  test("are all found", () => expect(payloads.length).toBeGreaterThan(60))

  for (const { name, body } of payloads) {
    test(`${name} is understood, and nothing of it is lost`, () => {
      const { items, rejected } = translate(body)
      expect(rejected).toEqual([])
      expect(items.length).toBeGreaterThan(0)
      const written = countIn(body, ["messages", "statuses", "message_echoes", "calls", "user_id_update"])
      expect(items.filter((item) => FROM_LISTS.includes(item.kind))).toHaveLength(written)
      const strange = items.filter(
        (item) =>
          (item.kind === "ignored" && item.reason !== "group") ||
          (item.kind === "message" && item.content.kind === "unknown"),
      )
      expect(strange).toEqual([])
    })
  }

  const expected: [string, WireItem["kind"], object][] = [
    ["button_message.json", "message", { content: { kind: "button", text: "Unsubscribe", payload: "Unsubscribe" } }],
    ["contact_sharing_message.json", "message", { content: { kind: "contacts", cards: [{ name: "Lucía Gómez" }] } }],
    ["group_create_message.json", "ignored", { reason: "group" }],
    ["image_message.json", "message", { content: { kind: "image", caption: "Taj Mahal" } }],
    ["interactive_button_reply_message.json", "message", { content: { kind: "button_reply", id: "cancel-button" } }],
    ["interactive_list_reply_message.json", "message", { content: { kind: "list_reply", id: "priority_express" } }],
    ["location_message.json", "message", { content: { kind: "location", latitude: 37.44221496582 } }],
    ["order_message.json", "message", { content: { kind: "order", note: null } }],
    ["system_message.json", "identity", { change: "number", current: { phone: "12195555358" } }],
    ["text_message_from_click_to_whatsapp_ad.json", "message", { referral: { source_type: "ad" } }],
    ["text_message_with_context_product_inquiry.json", "message", { product: { productId: "di9ozbzfi4" } }],
    ["unsupported_message.json", "message", { content: { kind: "unsupported" }, errors: [{ code: 131051 }] }],
    ["audioMessage.json", "message", { content: { kind: "audio", voice: true } }],
    ["mediaUploadError.json", "status", { status: "failed", errors: [{ code: 131053 }] }],
    ["reEngagementMessageError.json", "status", { status: "failed", errors: [{ code: 131047 }] }],
    ["textMessageStatusRead.json", "status", { status: "read" }],
    ["rejectedTemplate.json", "account", { template: { status: "REJECTED", reason: "SCAM", language: "pt_BR" } }],
    ["accountBanned.json", "account", { event: "DISABLED_UPDATE" }],
    ["business-scoped-user-ids__contacts_webhook.json", "message", { from: { phone: null, username: "pablomorales" } }],
    ["business-scoped-user-ids__edit_messages_webhooks.json", "message", { content: { kind: "edit" } }],
    ["business-scoped-user-ids__history_webhooks_2_message_echoes.json", "echo", { historic: true }],
    [
      "business-scoped-user-ids__status_messages_webhooks_for_groups.json",
      "status",
      { recipient: { phone: "16505551234" } },
    ],
    ["business-scoped-user-ids__system_messages_webhooks.json", "identity", { change: "user_id" }],
    ["business-scoped-user-ids__user_id_update_webhooks.json", "identity", { change: "user_id" }],
    [
      "calling.reference__call_created_webhook.json",
      "call",
      { event: "call_created", customer: { phone: "16315553602" } },
    ],
    ["conversation-routing.thread-control__control_taken.json", "handover", { change: "taken" }],
    ["direct-send.integrity-and-content-guidelines__warning.json", "account", { at: 1_750_101_000_000 }],
  ]
  for (const [name, kind, parts] of expected) {
    test(`${name} means ${kind} ${JSON.stringify(parts)}`, () => {
      const body = payloads.find((each) => each.name === `${name} 0`)?.body
      const [item] = translate(body).items
      expect(item).toMatchObject({ kind, ...parts })
    })
  }
})
