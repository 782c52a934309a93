import { describe, expect, test } from "bun:test"
import type { SentTemplate } from "~/template/rules/filling.ts"
import { templateBody } from "~/whatsapp/templates.ts"
import { CUSTOMER, USER_ID } from "./support.ts"

const PLAIN: SentTemplate = {
  template: 7,
  name: "order_ready",
  language: "en_US",
  category: "UTILITY",
  header: null,
  footer: "Acme",
  buttons: [],
  values: { header: [], body: [] },
}
const FILE = { mediaId: "9001", name: "receipt.pdf", voice: false, caption: null, kind: "document" } as never
type Body = { template: { components?: unknown[] } }
const componentsOf = (sent: Partial<SentTemplate>) =>
  (templateBody({ userId: null, phone: CUSTOMER }, { ...PLAIN, ...sent }, FILE, "ref", null) as unknown as Body)
    .template.components

describe("a template for a customer", () => {
  test("without anything to fill in has a name and a language, and no components", () => {
    expect(templateBody({ userId: null, phone: CUSTOMER }, PLAIN, null, "ref", null) as unknown).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+16505551234",
      type: "template",
      template: { name: "order_ready", language: { code: "en_US", policy: "deterministic" } },
      biz_opaque_callback_data: "ref",
    })
  })
  test("goes to the user id when there is no phone", () => {
    expect(templateBody({ userId: USER_ID, phone: null }, PLAIN, null, "ref", "wamid.Q") as unknown).toMatchObject({
      recipient: USER_ID,
      context: { message_id: "wamid.Q" },
    })
  })

  const text = (value: string) => ({ type: "text", text: value })
  test.each<[string, Partial<SentTemplate>, unknown[]]>([
    [
      "values by position",
      {
        values: {
          header: [],
          body: [
            { name: null, text: "Giulia" },
            { name: null, text: "10:30" },
          ],
        },
      },
      [{ type: "body", parameters: [text("Giulia"), text("10:30")] }],
    ],
    [
      "values by name, in the heading too",
      {
        header: { kind: "text", text: "Visit of Monday" },
        values: { header: [{ name: "day", text: "Monday" }], body: [{ name: "who", text: "Giulia" }] },
      },
      [
        { type: "header", parameters: [{ type: "text", parameter_name: "day", text: "Monday" }] },
        { type: "body", parameters: [{ type: "text", parameter_name: "who", text: "Giulia" }] },
      ],
    ],
    [
      "a picture",
      { header: { kind: "image" } },
      [{ type: "header", parameters: [{ type: "image", image: { id: "9001" } }] }],
    ],
    [
      "a document with its name",
      { header: { kind: "document" } },
      [{ type: "header", parameters: [{ type: "document", document: { id: "9001", filename: "receipt.pdf" } }] }],
    ],
    [
      "a place, whose degrees are texts",
      { header: { kind: "location", latitude: 45.4642, longitude: -9.19, name: "Acme", address: "Via Dante 1" } },
      [
        {
          type: "header",
          parameters: [
            {
              type: "location",
              location: { latitude: "45.4642", longitude: "-9.19", name: "Acme", address: "Via Dante 1" },
            },
          ],
        },
      ],
    ],
    [
      "buttons by their place; those that ask for nothing are left out",
      {
        buttons: [
          { kind: "quick_reply", text: "Yes", payload: "template-7-1" },
          { kind: "url", text: "Fixed", url: "https://acme.test", value: null },
          { kind: "url", text: "Details", url: "https://acme.test/42", value: "42" },
          { kind: "phone", text: "Call", phone: "+39065550100" },
          { kind: "copy_code", text: "Copy", code: "WINTER10" },
        ],
      },
      [
        {
          type: "button",
          sub_type: "quick_reply",
          index: "0",
          parameters: [{ type: "payload", payload: "template-7-1" }],
        },
        { type: "button", sub_type: "url", index: "2", parameters: [text("42")] },
        {
          type: "button",
          sub_type: "copy_code",
          index: "4",
          parameters: [{ type: "coupon_code", coupon_code: "WINTER10" }],
        },
      ],
    ],
  ])("with %s", (_what, sent, components) => {
    expect(componentsOf(sent)).toEqual(components)
  })
})
