import { expect, test } from "bun:test"
import fc from "fast-check"
import { summaryText, translate } from "~/whatsapp/payload.ts"
import { change, envelope, message, value, WABA } from "./support.ts"

const text = { type: "text", text: { body: "hello" } }

/** Keys that our readers look at, so that arbitrary values meet them. */
const KEYS = [
  ..."id type from to timestamp text body image audio document location contacts reaction button interactive order".split(
    " ",
  ),
  ..."system edit revoke message context errors referral status recipient_id pricing conversation profile name".split(
    " ",
  ),
  ..."list_reply nfm_reply response_json button_reply phones wa_id user_id __proto__ constructor value event".split(
    " ",
  ),
]
const TYPES =
  "text image audio voice contacts reaction interactive order system edit revoke unsupported template".split(" ")

const leaf = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...TYPES, "wamid.X", "1750030073", "16505551234"))
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc.dictionary(fc.constantFrom(...KEYS), tie("node"), { maxKeys: 6 }),
    fc.array(tie("node"), { maxLength: 4 }),
  ),
}))
const FIELDS = [
  ..."messages smb_message_echoes standby history calls user_preferences user_id_update smb_app_state_sync".split(" "),
  ..."messaging_handovers account_update message_template_status_update group_lifecycle_update hologram".split(" "),
]
const LISTS =
  "messages statuses message_echoes calls history state_sync user_preferences user_id_update standby errors".split(" ")

test("any JSON at all is translated without a fault", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const { items, rejected } = translate(json)
      expect(items.length + rejected.length).toBeGreaterThanOrEqual(0)
    }),
  )
})

test("any values in the places Meta writes to are translated without a fault, and each is accounted for", () => {
  const list = fc.tuple(fc.constantFrom(...LISTS), fc.array(node, { maxLength: 4 }))
  fc.assert(
    fc.property(fc.constantFrom(...FIELDS), fc.array(list, { maxLength: 3 }), (field, lists) => {
      const { items, rejected } = translate(envelope({ field, value: value(Object.fromEntries(lists)) }))
      expect(items.length + rejected.length).toBeGreaterThan(0)
      for (const item of items) {
        if (item.kind === "message" || item.kind === "echo") expect(summaryText(item.content)).toBeString()
        expect(JSON.stringify(item)).toBeString()
      }
    }),
    { numRuns: 500 },
  )
})

test("whatever stands between them, good messages come through whole and in order", () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), fc.integer({ min: 0, max: 6 }), (strange, at) => {
      const first = message({ ...text, id: "wamid.first" })
      const second = message({ ...text, id: "wamid.second" })
      const around = [...strange.slice(0, at), first, ...strange.slice(at), second]
      const { items, rejected } = translate(envelope(change("messages", { messages: around })))
      const raws = items.map((item) => (item.kind === "message" ? item.raw : null))
      expect(raws.indexOf(first)).toBeGreaterThanOrEqual(0)
      expect(raws.indexOf(second)).toBeGreaterThan(raws.indexOf(first))
      expect(items.length + rejected.length).toBe(around.length)
    }),
    { numRuns: 300 },
  )
})

test("a strange entry or change costs only itself", () => {
  fc.assert(
    fc.property(node, node, (strangeEntry, strangeChange) => {
      const good = change("messages", { messages: [message({ ...text, id: "wamid.good" })] })
      const { items } = translate({ entry: [strangeEntry, { id: WABA, changes: [strangeChange, good] }] })
      expect(items.filter((item) => item.kind === "message" && item.wamid === "wamid.good")).toHaveLength(1)
    }),
  )
})
