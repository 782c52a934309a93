import { describe, expect, test } from "bun:test"
import { change, envelope, type Loose, management, NUMBER, OUR_PHONE, only, WABA } from "./support.ts"

describe("news about the account", () => {
  const fields: [string, Loose, Loose][] = [
    [
      "message_template_status_update",
      {
        event: "REJECTED",
        message_template_id: 1_689_556_908_129_835,
        message_template_name: "abandoned_cart",
        message_template_language: "en-US",
        reason: "INVALID_FORMAT",
        message_template_category: "MARKETING",
      },
      {
        event: "REJECTED",
        template: {
          id: "1689556908129835",
          name: "abandoned_cart",
          language: "en_US",
          status: "REJECTED",
          quality: null,
          category: "MARKETING",
          reason: "INVALID_FORMAT",
        },
      },
    ],
    [
      "message_template_quality_update",
      { new_quality_score: "RED", message_template_name: "promo", message_template_language: "it" },
      { template: { quality: "RED", status: null } },
    ],
    [
      "template_category_update",
      {
        new_category: "UTILITY",
        correct_category: "MARKETING",
        message_template_name: "a",
        message_template_language: "it",
      },
      { template: { category: "MARKETING" } },
    ],
    [
      "message_template_components_update",
      { message_template_name: "a", message_template_language: "it", message_template_element: "Hi" },
      { template: { name: "a" } },
    ],
    [
      "phone_number_quality_update",
      { display_phone_number: "+1 555-078-3881", event: "FLAGGED" },
      { event: "FLAGGED", displayPhone: OUR_PHONE },
    ],
    [
      "phone_number_name_update",
      { display_phone_number: OUR_PHONE, decision: "APPROVED" },
      { event: "APPROVED", displayPhone: OUR_PHONE },
    ],
    [
      "account_update",
      { event: "ACCOUNT_RESTRICTION", restriction_info: [] },
      { event: "ACCOUNT_RESTRICTION", wabaId: WABA },
    ],
    [
      "account_update",
      { event: "PARTNER_ADDED", waba_info: { waba_id: "42" } },
      { event: "PARTNER_ADDED", wabaId: "42" },
    ],
    ["account_alerts", { alert_info: { alert_type: "OBA_APPROVED" } }, { event: "OBA_APPROVED" }],
    ["account_review_update", { decision: "APPROVED" }, { event: "APPROVED" }],
    ["account_settings_update", { phone_number_settings: { phone_number_id: NUMBER } }, { phoneNumberId: NUMBER }],
    ["business_capability_update", { max_phone_numbers_per_business: 25 }, { event: null }],
    ["business_username_updates", { display_phone_number: OUR_PHONE, status: "approved" }, { event: "approved" }],
    ["security", { display_phone_number: OUR_PHONE, event: "PIN_CHANGED" }, { event: "PIN_CHANGED" }],
    ["flows", { event: "FLOW_STATUS_CHANGE", flow_id: "662" }, { event: "FLOW_STATUS_CHANGE" }],
    ["partner_solutions", { event: "SOLUTION_CREATED" }, { event: "SOLUTION_CREATED" }],
    ["payment_configuration_update", { status: "Needs Testing" }, { event: "Needs Testing" }],
    ["automatic_events", { automatic_events: [] }, { event: null }],
  ]
  for (const [field, sent, means] of fields) {
    test(`${field} ${JSON.stringify(sent).slice(0, 50)} reaches the health page`, () => {
      const item = only("account", management(field, sent))
      expect(item).toMatchObject({ field, at: 1_739_321_024_000, ...means })
      expect(item.value).toEqual(sent)
    })
  }
})

describe("what is politely ignored", () => {
  test("the management of groups", () => {
    for (const field of ["group_lifecycle_update", "group_participants_update", "group_settings_update"]) {
      expect(only("ignored", management(field, { groups: [{}] }))).toMatchObject({ field, reason: "group" })
    }
  })
  test("a field that Meta adds without notice", () => {
    expect(only("ignored", management("hologram_update", { x: 1 }))).toMatchObject({ reason: "unknown_field" })
    expect(only("ignored", management("__proto__", { x: 1 }))).toMatchObject({ reason: "unknown_field" })
  })
  test("a change with nothing in it", () => {
    expect(only("ignored", envelope(change("messages", {})))).toMatchObject({ field: "messages", reason: "empty" })
  })
})
