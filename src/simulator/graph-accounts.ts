/** Numbers and accounts: what they say of themselves, profile, subscriptions, block list (wire reference §11). */
import { type Call, type Edges, fieldsOf, pick } from "./graph-call.ts"
import { badParameter, GraphError, missing } from "./graph-errors.ts"
import { uploadMedium } from "./graph-media.ts"
import { sendOrMark } from "./graph-messages.ts"
import { ACCOUNT_TEMPLATE_EDGES } from "./graph-templates.ts"
import { type JsonObject, listOf, objectOf, textOf } from "./json.ts"
import { type Account, type Customer, customerByPhone, customerByUserId, isWindowOpen, type Line } from "./world.ts"

const USUAL_NUMBER_FIELDS = [
  "id",
  "verified_name",
  "display_phone_number",
  "quality_rating",
  "code_verification_status",
  "platform_type",
  "throughput",
]

export const NUMBER_EDGES: Edges<Line> = {
  GET: (line, call) => pick(numberOf(line), fieldsOf(call) ?? USUAL_NUMBER_FIELDS),
  POST: changeNumber,
  "POST messages": sendOrMark,
  "POST marketing_messages": sendOrMark,
  "POST media": uploadMedium,
  "POST register": register,
  "POST deregister": (line) => {
    line.registered = false
    return { success: true }
  },
  "GET whatsapp_business_profile": (line, call) => {
    const { messaging_product, ...profile } = line.profile
    return { data: [{ ...pick(profile, fieldsOf(call) ?? Object.keys(profile)), messaging_product }] }
  },
  "POST whatsapp_business_profile": (line, { body }) => {
    if (textOf(body.about).length > 139) throw badParameter("Param about must be at most 139 characters long.")
    line.profile = { ...line.profile, ...body }
    return { success: true }
  },
  "GET block_users": (line, { world }) => ({
    data: [...line.blocked].flatMap((id) => {
      const customer = world.customers.get(id)
      return customer ? [{ messaging_product: "whatsapp", wa_id: customer.phone, user_id: customer.userId }] : []
    }),
  }),
  "POST block_users": (line, call) => changeBlocked(line, call, "added_users"),
  "DELETE block_users": (line, call) => changeBlocked(line, call, "removed_users"),
}

export const ACCOUNT_EDGES: Edges<Account> = {
  ...ACCOUNT_TEMPLATE_EDGES,
  GET: (account, call) =>
    pick(
      {
        id: account.wabaId,
        name: "Pretend account",
        currency: "EUR",
        timezone_id: "71",
        message_template_namespace: "00000000_0000_0000_0000_000000000000",
        account_review_status: "APPROVED",
        business_verification_status: "verified",
        health_status: { can_send_message: "AVAILABLE", entities: [] },
      },
      fieldsOf(call) ?? ["id", "name", "currency", "timezone_id", "message_template_namespace"],
    ),
  "GET phone_numbers": (account, call) => {
    const lines = [...call.world.lines.values()].filter(({ wabaId }) => wabaId === account.wabaId)
    const fields = fieldsOf(call) ?? USUAL_NUMBER_FIELDS
    const cursors = { before: "QVFIUb", after: "QVFIUa" }
    return { data: lines.map((line) => pick(numberOf(line), fields)), paging: { cursors } }
  },
  "GET subscribed_apps": (account) => ({
    data: account.subscribed
      ? [
          {
            whatsapp_business_api_data: { id: APP_ID, link: "https://www.facebook.com/games/", name: "Pretend app" },
            ...(account.overrideUrl === null ? {} : { override_callback_uri: account.overrideUrl }),
          },
        ]
      : [],
  }),
  "POST subscribed_apps": (account, { body }) => {
    account.subscribed = true
    account.overrideUrl = textOf(body.override_callback_uri) || null
    return { success: true }
  },
  "DELETE subscribed_apps": (account) => {
    account.subscribed = false
    return { success: true }
  },
}

const APP_ID = "670843887433847"

export function debugToken({ world, body, token }: Call): JsonObject {
  const input = textOf(body.input_token)
  if (input === "") throw badParameter("The parameter input_token is required.")
  const known = [...world.lines.values()].some((line) => line.accessToken === input)
  if (!known)
    return { data: { is_valid: false, scopes: [], error: { code: 190, message: "Invalid OAuth access token." } } }
  const ids = [...world.lines.values()].filter((line) => line.accessToken === token).map(({ wabaId }) => wabaId)
  const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
  return {
    data: {
      app_id: APP_ID,
      type: "SYSTEM_USER",
      application: "Pretend app",
      expires_at: 0,
      is_valid: true,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, target_ids: [...new Set(ids)] })),
    },
  }
}

const numberOf = (line: Line): JsonObject => ({
  id: line.phoneNumberId,
  verified_name: line.verifiedName,
  display_phone_number: line.displayPhoneNumber,
  quality_rating: "GREEN",
  code_verification_status: "VERIFIED",
  name_status: "APPROVED",
  platform_type: "CLOUD_API",
  status: line.registered ? "CONNECTED" : "DISCONNECTED",
  account_mode: line.testNumber ? "SANDBOX" : "LIVE",
  is_official_business_account: false,
  is_pin_enabled: line.pin !== null,
  throughput: { level: "STANDARD" },
  whatsapp_business_manager_messaging_limit: "TIER_2K",
  health_status: { can_send_message: line.registered ? "AVAILABLE" : "BLOCKED", entities: [] },
  webhook_configuration: {
    application: line.webhookUrl,
    ...(line.overrideUrl ? { phone_number: line.overrideUrl } : {}),
  },
})

function changeNumber(line: Line, { body }: Call): JsonObject {
  if (body.pin !== undefined) line.pin = textOf(body.pin)
  if (body.webhook_configuration !== undefined)
    line.overrideUrl = textOf(objectOf(body.webhook_configuration).override_callback_uri) || null
  return { success: true }
}

function register(line: Line, { body }: Call): JsonObject {
  const pin = textOf(body.pin)
  if (!/^\d{6}$/.test(pin)) throw missing("pin")
  if (line.pin !== null && line.pin !== pin) throw new GraphError(133005)
  line.pin = pin
  line.registered = true
  return { success: true }
}

/** Only customers who wrote within the last day can be blocked (wire reference §11.7). */
function changeBlocked(line: Line, { world, body }: Call, outcome: "added_users" | "removed_users"): JsonObject {
  const done: JsonObject[] = []
  const failed: JsonObject[] = []
  for (const entry of listOf(body.block_users).map(objectOf)) {
    const input = textOf(entry.user) || textOf(entry.user_id)
    const customer = customerByPhone(world, input) ?? customerByUserId(world, input)
    const adding = outcome === "added_users"
    if (!customer || (adding && !isWindowOpen(world, line.phoneNumberId, customer.id))) {
      failed.push({ input, errors: [{ code: 139103, message: "Re-engagement required", error_data: { details: "" } }] })
      continue
    }
    if (adding) line.blocked.add(customer.id)
    else line.blocked.delete(customer.id)
    done.push(blockedUser(input, customer))
  }
  if (failed.length > 0 && done.length === 0) throw new GraphError(139100)
  return { messaging_product: "whatsapp", block_users: { [outcome]: done, failed_users: failed } }
}

const blockedUser = (input: string, customer: Customer): JsonObject => ({
  input,
  ...(customer.phone === null ? {} : { wa_id: customer.phone }),
  user_id: customer.userId,
})
